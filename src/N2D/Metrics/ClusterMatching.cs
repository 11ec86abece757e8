namespace N2D.Metrics;

/// <summary>
/// The labels of two labelings, paired one to one so that the pairs share as many rows as possible (Kuhn, 1955). Noise is paired with noise
/// only. Labels that share no row are not paired.
/// </summary>
internal sealed class ClusterMatching
{
    private const int None = -1;

    private readonly int[] _columnOf;

    private ClusterMatching(int[] columnOf) => _columnOf = columnOf;

    /// <summary>Pairs the labels.</summary>
    /// <param name="table">The contingency table of the labelings. Its lines are the first one, its columns the second one.</param>
    /// <param name="lineNoise">The number of noise in the first labeling; null if no row is noise.</param>
    /// <param name="columnNoise">The number of noise in the second labeling; null if no row is noise.</param>
    /// <param name="token">Cancels the work: thousands of clusters take a while.</param>
    public static ClusterMatching Of(ContingencyTable table, int? lineNoise, int? columnNoise, CancellationToken token)
    {
        var (lineCount, columnCount) = (table.Classes.Length, table.Clusters.Length);
        var (noiseLine, noiseColumn) = (IndexOf(table.Classes, lineNoise), IndexOf(table.Clusters, columnNoise));
        var columnOf = OptimalAssignment.Maximize(lineCount, columnCount, Shared, token);
        for (var line = 0; line < lineCount; line++)
        {
            if (columnOf[line] >= 0 && Shared(line, columnOf[line]) == 0)
            {
                columnOf[line] = None;
            }
        }

        if (noiseLine >= 0)
        {
            columnOf[noiseLine] = noiseColumn;
        }

        return new ClusterMatching(columnOf);

        double Shared(int line, int column) => line == noiseLine || column == noiseColumn ? 0 : table[line, column];
    }

    /// <summary>The column that a line is paired with; -1 if it is not paired.</summary>
    /// <param name="line">The index of the line in the table.</param>
    public int this[int line] => _columnOf[line];

    /// <summary>The lines: first the paired ones, then the rest.</summary>
    public int[] LineOrder() => [.. Enumerable.Range(0, _columnOf.Length).OrderBy(line => _columnOf[line] < 0)];

    /// <summary>The columns: first the paired ones, in the order of their lines, then the rest.</summary>
    /// <param name="columnCount">The number of columns.</param>
    public int[] ColumnOrder(int columnCount)
    {
        int[] paired = [.. _columnOf.Where(column => column >= 0)];
        return [.. paired, .. Enumerable.Range(0, columnCount).Except(paired)];
    }

    private static int IndexOf(ReadOnlySpan<int> numbers, int? number) => number is { } value ? numbers.IndexOf(value) : None;
}
