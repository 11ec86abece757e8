using N2D.Pipeline;

namespace N2D.Data;

/// <summary>Turns a column of a table into the weights of its rows.</summary>
internal static class WeightColumn
{
    /// <summary>The same rows without a column, whose numbers become their weights.</summary>
    /// <param name="dataset">The rows.</param>
    /// <param name="name">The name of the column.</param>
    /// <param name="source">Where the rows come from, for messages.</param>
    /// <param name="terms">The words of messages.</param>
    /// <exception cref="N2DException">
    /// It holds vectors (<c>WeightColumnTaken</c>), or values that cannot be weights (<c>WeightOutOfRange</c>).
    /// </exception>
    public static Dataset Take(Dataset dataset, string name, TableSource source, TableTerms terms)
    {
        var names = dataset.GetSourceColumnNames();
        var column = Enumerable.Range(0, dataset.Dimension).FirstOrDefault(place => names[place] == name, -1);
        if (column < 0)
        {
            throw source.Invalid(
                "WeightColumnTaken",
                $", {terms.Column} {Quotation.Of(name)}: a weight is one number for each row. Take it from {terms.Weight}.");
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
            throw source.Invalid(error.Id, $", {terms.Column} {Quotation.Of(name)}: {char.ToLowerInvariant(error.Message[0])}{error.Message[1..]}");
        }

        return dataset.SelectColumns([.. Enumerable.Range(0, dataset.Dimension).Where(place => place != column)]).WithWeights(weights);
    }
}
