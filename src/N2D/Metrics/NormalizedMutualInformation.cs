namespace N2D.Metrics;

/// <summary>
/// Normalized mutual information (NMI): the mutual information of classes and clusters, divided by their mean entropy (Strehl and Ghosh,
/// 2002; Vinh, Epps and Bailey, 2010).
/// </summary>
public static class NormalizedMutualInformation
{
    /// <summary>Computes the NMI of two labelings.</summary>
    /// <param name="classes">The true class of each row.</param>
    /// <param name="clusters">The cluster of each row.</param>
    /// <param name="average">The kind of mean to normalize by.</param>
    /// <returns>0 to 1. It is 1 if both labelings have a single label, and 0 if only one of them does.</returns>
    /// <exception cref="ArgumentException">The labelings have different lengths.</exception>
    public static double Compute(ReadOnlySpan<int> classes, ReadOnlySpan<int> clusters, NmiAverage average = NmiAverage.Arithmetic) =>
        Compute(new ContingencyTable(classes, clusters), average);

    /// <summary>Computes the NMI of two labelings.</summary>
    /// <param name="table">The contingency table of the labelings.</param>
    /// <param name="average">The kind of mean to normalize by.</param>
    /// <returns>0 to 1. It is 1 if both labelings have a single label, and 0 if only one of them does.</returns>
    public static double Compute(ContingencyTable table, NmiAverage average = NmiAverage.Arithmetic)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (table.Classes.Length <= 1 && table.Clusters.Length <= 1)
        {
            return 1;
        }

        // Returned directly, because rounding errors of logarithms would leave about 1e-16.
        if (table.Classes.Length <= 1 || table.Clusters.Length <= 1)
        {
            return 0;
        }

        var information = MutualInformation.Of(table);
        if (information <= 0)
        {
            return 0;
        }

        var classEntropy = MutualInformation.Entropy(table.ClassSizes, table.RowCount);
        var clusterEntropy = MutualInformation.Entropy(table.ClusterSizes, table.RowCount);
        var mean = average == NmiAverage.Geometric ? Math.Sqrt(classEntropy * clusterEntropy) : (classEntropy + clusterEntropy) / 2;

        // For equal partitions, rounding can give slightly more than 1.
        return Math.Min(information / mean, 1);
    }
}
