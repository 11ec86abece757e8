namespace N2D.Metrics;

/// <summary>
/// The adjusted Rand index (ARI): the share of pairs of rows on which two labelings agree, adjusted for chance (Hubert and Arabie, 1985).
/// </summary>
public static class AdjustedRandIndex
{
    /// <summary>Computes the ARI of two labelings.</summary>
    /// <param name="classes">The true class of each row.</param>
    /// <param name="clusters">The cluster of each row.</param>
    /// <returns>1 for equal partitions, about 0 for random ones, at least -0.5.</returns>
    /// <exception cref="ArgumentException">The labelings have different lengths.</exception>
    public static double Compute(ReadOnlySpan<int> classes, ReadOnlySpan<int> clusters) => Compute(new ContingencyTable(classes, clusters));

    /// <summary>Computes the ARI of two labelings.</summary>
    /// <param name="table">The contingency table of the labelings.</param>
    /// <returns>1 for equal partitions, about 0 for random ones, at least -0.5.</returns>
    public static double Compute(ContingencyTable table)
    {
        ArgumentNullException.ThrowIfNull(table);

        // Counts of ordered pairs are integers, so there is no rounding.
        var squares = SumOfSquares(table);
        var sameClass = SumOfSquares(table.ClassSizes);
        var sameCluster = SumOfSquares(table.ClusterSizes);
        Int128 rows = table.RowCount;
        var both = squares - rows;
        var classOnly = sameClass - squares;
        var clusterOnly = sameCluster - squares;
        var neither = (rows * rows) - sameClass - sameCluster + squares;
        if (classOnly == 0 && clusterOnly == 0)
        {
            return 1;
        }

        var agreement = (both * neither) - (classOnly * clusterOnly);
        var chance = ((both + classOnly) * (classOnly + neither)) + ((both + clusterOnly) * (clusterOnly + neither));
        return 2 * ((double)agreement / (double)chance);
    }

    private static Int128 SumOfSquares(ContingencyTable table)
    {
        Int128 sum = 0;
        for (var row = 0; row < table.Classes.Length; row++)
        {
            for (var column = 0; column < table.Clusters.Length; column++)
            {
                sum += (long)table[row, column] * table[row, column];
            }
        }

        return sum;
    }

    private static Int128 SumOfSquares(ReadOnlySpan<int> sizes)
    {
        Int128 sum = 0;
        foreach (var size in sizes)
        {
            sum += (long)size * size;
        }

        return sum;
    }
}
