using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>The most typical rows of a cluster, nearest to its center, and those at its boundary.</summary>
public static class Exemplars
{
    /// <summary>
    /// Finds the rows of each cluster that are nearest to the mean of the cluster, by Euclidean distance. The first one is the medoid for
    /// squared distances: the sum of its squared distances to all rows of the cluster is the smallest.
    /// </summary>
    /// <param name="rows">The clustered rows, n x d.</param>
    /// <param name="clusters">The cluster of each row, from 0; negative for rows in no cluster.</param>
    /// <param name="clusterCount">The number of clusters, k.</param>
    /// <param name="count">The number of rows for each cluster. Smaller clusters have fewer.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>The row numbers for each cluster, nearest first. Ties are in row order.</returns>
    /// <exception cref="ArgumentException">The numbers of clusters and rows differ.</exception>
    public static int[][] Find(Matrix rows, ReadOnlySpan<int> clusters, int clusterCount, int count, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(execution);
        return Find(rows, ClusterCenters.Of(rows, clusters, clusterCount, execution), count, execution);
    }

    /// <summary>Finds the rows of each cluster that are nearest to its center.</summary>
    /// <param name="rows">The clustered rows, n x d.</param>
    /// <param name="centers">The centers of the clusters of these rows.</param>
    /// <param name="count">The number of rows for each cluster. Smaller clusters have fewer.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>The row numbers for each cluster, nearest first. Ties are in row order.</returns>
    internal static int[][] Find(Matrix rows, ClusterCenters centers, int count, Execution execution) =>
        First(centers, count, execution, (row, cluster) => centers.DistanceTo(rows.Row(row), cluster));

    /// <summary>
    /// Finds the rows of each cluster that are nearest to another cluster: those with the smallest simplified silhouette (b - a) / max(a,
    /// b), where a is the distance to the mean of the row's cluster, and b to the nearest other one (Hruschka et al. 2004).
    /// </summary>
    /// <param name="rows">The clustered rows, n x d.</param>
    /// <param name="clusters">The cluster of each row, from 0; negative for rows in no cluster.</param>
    /// <param name="clusterCount">The number of clusters, k.</param>
    /// <param name="count">The number of rows for each cluster. Smaller clusters have fewer.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>
    /// The row numbers for each cluster, the nearest to another cluster first. Ties are in row order. Empty if there is no other cluster.
    /// </returns>
    /// <exception cref="ArgumentException">The numbers of clusters and rows differ.</exception>
    public static int[][] FindBoundary(Matrix rows, ReadOnlySpan<int> clusters, int clusterCount, int count, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(execution);
        return FindBoundary(rows, ClusterCenters.Of(rows, clusters, clusterCount, execution), count, execution);
    }

    /// <summary>Finds the rows of each cluster that are nearest to another cluster, by the simplified silhouette.</summary>
    /// <param name="rows">The clustered rows, n x d.</param>
    /// <param name="centers">The centers of the clusters of these rows.</param>
    /// <param name="count">The number of rows for each cluster. Smaller clusters have fewer.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>The row numbers for each cluster, the nearest to another cluster first. Empty if there is no other cluster.</returns>
    internal static int[][] FindBoundary(Matrix rows, ClusterCenters centers, int count, Execution execution)
    {
        var isAlone = Enumerable.Range(0, centers.ClusterCount).Count(cluster => centers.RowsOf(cluster).Count > 0) < 2;
        return First(centers, isAlone ? 0 : count, execution, (row, cluster) =>
        {
            var (own, other) = (centers.DistanceTo(rows.Row(row), cluster), centers.NearestOther(rows.Row(row), cluster)!.Value.Distance);
            return Math.Max(own, other) is > 0 and var larger ? (other - own) / larger : 0;
        });
    }

    /// <summary>The first rows of each cluster by a value, the smallest first.</summary>
    private static int[][] First(ClusterCenters centers, int count, Execution execution, Func<int, int, double> valueOf)
    {
        var first = new int[centers.ClusterCount][];
        ParallelRows.For(first.Length, 1, execution, (start, end) =>
        {
            for (var cluster = start; cluster < end; cluster++)
            {
                var members = centers.RowsOf(cluster);
                var values = new double[count > 0 ? members.Count : 0];
                for (var place = 0; place < values.Length; place++)
                {
                    execution.CancellationToken.ThrowIfCancellationRequested();
                    values[place] = valueOf(members[place], cluster);
                }

                first[cluster] =
                    [.. Enumerable.Range(0, values.Length).OrderBy(place => values[place]).Take(count).Select(place => members[place])];
            }
        });
        return first;
    }
}
