using N2D.Pipeline;

namespace N2D.Data;

/// <summary>Turns a column of a data set into the weights of its rows.</summary>
internal static class WeightColumn
{
    /// <summary>Removes a column and uses its numbers as weights.</summary>
    /// <param name="dataset">The rows.</param>
    /// <param name="name">The name of the column.</param>
    /// <param name="source">The table, for messages.</param>
    /// <param name="terms">The words of messages.</param>
    /// <returns>The rows without the column, with weights.</returns>
    /// <exception cref="N2DException">
    /// The column holds vectors (<c>WeightColumnTaken</c>) or values that cannot be weights (<c>WeightOutOfRange</c>).
    /// </exception>
    public static Dataset Take(Dataset dataset, string name, TableSource source, TableTerms terms)
    {
        const string Weight = nameof(TableOptions.WeightColumn);
        var names = dataset.GetSourceColumnNames();
        var column = Enumerable.Range(0, dataset.Dimension).FirstOrDefault(place => names[place] == name, -1);
        if (column < 0)
        {
            throw source.Invalid(
                "WeightColumnTaken",
                $", {terms.Column} {Quotation.Of(name)}: it holds vectors, but a weight is one number per row. Remove it from {Weight}.",
                Weight);
        }

        var rows = dataset.GetRawRows(Execution.Default);
        var offset = dataset.Raw.Offsets?[column] ?? 0;
        double[] weights = [.. Enumerable.Range(0, dataset.RowCount).Select(row => rows[row, column] + offset)];
        try
        {
            RowWeights.ThrowIfOutOfRange(weights);
        }
        catch (N2DException error)
        {
            var message = $"{char.ToLowerInvariant(error.Message[0])}{error.Message[1..]}";
            throw source.Invalid(error.Id, $", {terms.Column} {Quotation.Of(name)}: {message}", [.. error.Options]);
        }

        int[] others = [.. Enumerable.Range(0, dataset.Dimension).Where(place => place != column)];
        return dataset.SelectColumns(others).WithWeights(weights);
    }
}
