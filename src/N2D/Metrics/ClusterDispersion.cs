using N2D.Numerics;

namespace N2D.Metrics;

/// <summary>
/// How compact clusters are and how far they are apart, from their means: the indices of Davies and Bouldin (1979) and of Calinski and
/// Harabasz (1974). They need no labels, and are defined as in scikit-learn.
/// </summary>
/// <remarks>
/// Both favor round clusters of equal size. Compare them only between clusterings of the same rows in the same space. Time: O(n d + k² d)
/// for n rows, d columns and k clusters.
/// </remarks>
public sealed class ClusterDispersion
{
    private ClusterDispersion(double daviesBouldin, double calinskiHarabasz) =>
        (DaviesBouldin, CalinskiHarabasz) = (daviesBouldin, calinskiHarabasz);

    /// <summary>
    /// The Davies-Bouldin index, 0 or more; smaller is better. For each cluster, the largest ratio of the spread of two clusters (the mean
    /// distance of the rows to the mean) to the distance of their means; the mean over the clusters.
    /// </summary>
    public double DaviesBouldin { get; }

    /// <summary>
    /// The Calinski-Harabasz index, 0 or more; larger is better. The ratio of the variance between clusters to the variance within them.
    /// </summary>
    public double CalinskiHarabasz { get; }

    /// <summary>Computes both indices.</summary>
    /// <param name="rows">n rows.</param>
    /// <param name="clusters">The cluster of each row.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <param name="noise">The cluster number of noise, which is ignored; null if no row is noise.</param>
    /// <returns>The indices; null if they are undefined, with a single cluster or a cluster for each row.</returns>
    /// <exception cref="ArgumentException">The numbers of clusters and rows differ.</exception>
    public static ClusterDispersion? Compute(Matrix rows, ReadOnlySpan<int> clusters, Execution execution, int? noise = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(execution);
        if (clusters.Length != rows.RowCount)
        {
            throw new ArgumentException($"{clusters.Length} clusters for {rows.RowCount} rows.", nameof(clusters));
        }

        var members = ClusterMembers.Of(clusters, noise);
        var rowCount = members.Sum(cluster => cluster.Length);
        if (members.Length < 2 || members.Length >= rowCount)
        {
            return null;
        }

        // Each cluster adds its own rows in their order, so the bits are the same for any number of threads.
        var spreads = new ClusterSpread[members.Length];
        ParallelRows.For(members.Length, 1, execution, (start, end) =>
        {
            for (var cluster = start; cluster < end; cluster++)
            {
                spreads[cluster] = ClusterSpread.Of(rows, members[cluster], execution.CancellationToken);
            }
        });
        return new ClusterDispersion(DaviesBouldinOf(spreads, execution), CalinskiHarabaszOf(spreads, rowCount));
    }

    private static double DaviesBouldinOf(ClusterSpread[] spreads, Execution execution)
    {
        var sum = ParallelRows.Sum(spreads.Length, 1, execution, (start, end) =>
        {
            var blockSum = 0.0;
            for (var cluster = start; cluster < end; cluster++)
            {
                blockSum += LargestRatio(spreads, cluster);
            }

            return blockSum;
        });
        return sum / spreads.Length;
    }

    /// <summary>The largest ratio of the spread of a cluster and another one to the distance of their means.</summary>
    private static double LargestRatio(ClusterSpread[] spreads, int cluster)
    {
        var (spread, largest) = (spreads[cluster], 0.0);
        foreach (var other in spreads)
        {
            // As in scikit-learn, equal means do not count.
            var distance = FixedOrder.Distance<double>(spread.Mean, other.Mean);
            largest = distance > 0 ? Math.Max(largest, (spread.MeanDistance + other.MeanDistance) / distance) : largest;
        }

        return largest;
    }

    private static double CalinskiHarabaszOf(ClusterSpread[] spreads, int rowCount)
    {
        var overall = new double[spreads[0].Mean.Length];
        foreach (var spread in spreads)
        {
            for (var column = 0; column < overall.Length; column++)
            {
                overall[column] += spread.Mean[column] * spread.RowCount / rowCount;
            }
        }

        var between = spreads.Sum(spread => spread.RowCount * FixedOrder.SquaredDistance<double>(spread.Mean, overall));
        var within = spreads.Sum(spread => spread.SquaredDistanceSum);

        // As in scikit-learn, if all rows of each cluster are equal.
        return within == 0 ? 1 : between * (rowCount - spreads.Length) / (within * (spreads.Length - 1));
    }
}
