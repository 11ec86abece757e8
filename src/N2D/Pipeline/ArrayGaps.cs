using N2D.Numerics;

namespace N2D.Pipeline;

/// <summary>Finds the missing values of an array of numbers, in which NaN is a missing value.</summary>
internal static class ArrayGaps
{
    /// <summary>Finds the missing values of each column.</summary>
    /// <param name="name">The data set's name, for errors.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="columnNames">The names of the columns.</param>
    /// <param name="execution">Progress and cancellation.</param>
    /// <exception cref="N2DException">A value is infinite (<c>NotFinite</c>).</exception>
    public static IReadOnlyList<ColumnGaps> Find(string name, IDataMatrix rows, IReadOnlyList<string> columnNames, Execution execution)
    {
        if (rows.FindNotFinite(execution) is null)
        {
            return [];
        }

        var (counts, firsts) = (new int[rows.ColumnCount], new int[rows.ColumnCount]);
        rows.ForEachBlock("looking for missing values", execution, (start, block) =>
        {
            var values = block.Span;
            for (var place = 0; place < values.Length; place++)
            {
                if (float.IsFinite(values[place]))
                {
                    continue;
                }

                var (row, column) = (start + (place / rows.ColumnCount), place % rows.ColumnCount);
                if (!float.IsNaN(values[place]))
                {
                    throw new N2DException(
                        "NotFinite", ErrorKind.InvalidData,
                        $"Data set '{name}', row {row + 1}, column {Quotation.Of(columnNames[column])}: {values[place]} is not a finite "
                            + "number. Replace such values, or remove the rows.", name);
                }

                firsts[column] = counts[column]++ == 0 ? row + 1 : firsts[column];
            }

            return true;
        });
        return [.. Enumerable.Range(0, counts.Length)
            .Select(column => ColumnGaps.Of(columnNames[column], counts[column], "row", firsts[column], column))
            .OfType<ColumnGaps>()];
    }
}
