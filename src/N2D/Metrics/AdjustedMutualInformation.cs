namespace N2D.Metrics;

/// <summary>
/// Adjusted mutual information (AMI): the mutual information of two labelings, adjusted for chance and normalized by the mean entropy
/// (Vinh, Epps and Bailey, 2010).
/// </summary>
/// <remarks>NMI grows with the number of clusters even for random labelings. AMI does not: it is about 0 for them.</remarks>
public static class AdjustedMutualInformation
{
    /// <summary>Computes the AMI of two labelings.</summary>
    /// <param name="classes">The true class of each row.</param>
    /// <param name="clusters">The cluster of each row.</param>
    /// <returns>1 for equal partitions, about 0 for random ones; it can be slightly below 0.</returns>
    /// <exception cref="ArgumentException">The labelings have different lengths.</exception>
    public static double Compute(ReadOnlySpan<int> classes, ReadOnlySpan<int> clusters) => Compute(new ContingencyTable(classes, clusters));

    /// <summary>Computes the AMI of two labelings.</summary>
    /// <param name="table">The contingency table of the labelings.</param>
    /// <param name="token">Cancels the work.</param>
    /// <returns>1 for equal partitions, about 0 for random ones; it can be slightly below 0.</returns>
    public static double Compute(ContingencyTable table, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(table);

        // Partitions of single rows leave 0 / 0 below, so equal partitions are recognized first.
        if (AreEqual(table))
        {
            return 1;
        }

        if (table.Classes.Length <= 1 || table.Clusters.Length <= 1)
        {
            return 0;
        }

        var expected = ExpectedMutualInformation.Compute(table.ClassSizes, table.ClusterSizes, table.RowCount, token);
        var mean = (MutualInformation.Entropy(table.ClassSizes, table.RowCount)
            + MutualInformation.Entropy(table.ClusterSizes, table.RowCount)) / 2;

        // Rounding can make the denominator 0 or negative.
        return (MutualInformation.Of(table) - expected) / Math.Max(mean - expected, MutualInformation.Epsilon);
    }

    /// <summary>Whether each class is one whole cluster.</summary>
    private static bool AreEqual(ContingencyTable table)
    {
        if (table.Classes.Length != table.Clusters.Length)
        {
            return false;
        }

        for (var row = 0; row < table.Classes.Length; row++)
        {
            for (var column = 0; column < table.Clusters.Length; column++)
            {
                if (table[row, column] > 0 && table[row, column] != Math.Max(table.ClassSizes[row], table.ClusterSizes[column]))
                {
                    return false;
                }
            }
        }

        return true;
    }
}
