using N2D.Numerics;

namespace N2D.Data;

/// <summary>The rows of each group of a data set.</summary>
/// <param name="Names">The names of the groups, by code.</param>
/// <param name="Rows">The numbers of the rows of each group, by code.</param>
internal sealed record GroupedRows(IReadOnlyList<string> Names, IReadOnlyList<int[]> Rows)
{
    /// <summary>Reads the groups of rows. Codes without a name are ignored.</summary>
    /// <param name="rows">The rows. The first column holds the code of the group.</param>
    /// <param name="names">The names of the groups, by code.</param>
    /// <param name="execution">Progress and cancellation.</param>
    public static GroupedRows Of(IDataMatrix rows, IReadOnlyList<string> names, Execution execution)
    {
        List<int>[] rowsOf = [.. names.Select(_ => new List<int>())];
        rows.ForEachBlock("reading the groups", execution, (start, block) =>
        {
            for (var place = 0; place < block.Length; place += rows.ColumnCount)
            {
                if (block.Span[place] is var code && code >= 0 && code < rowsOf.Length)
                {
                    rowsOf[(int)code].Add(start + (place / rows.ColumnCount));
                }
            }

            return true;
        });
        return new(names, [.. rowsOf.Select(ofGroup => ofGroup.ToArray())]);
    }

    /// <summary>The number of rows of a group.</summary>
    public int CountOf(int group) => Rows[group].Length;

    /// <summary>The groups that have rows, in the order of their codes.</summary>
    public IEnumerable<int> Present() => Enumerable.Range(0, Names.Count).Where(group => CountOf(group) > 0);
}
