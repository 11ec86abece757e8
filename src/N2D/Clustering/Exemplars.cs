using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>The most typical rows of a cluster: those nearest to its center.</summary>
public static class Exemplars
{
    /// <summary>Finds the rows of each cluster that are nearest to the mean of the cluster, by Euclidean distance.</summary>
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
        var centers = ClusterCenters.Of(rows, clusters, clusterCount, execution);
        var nearest = new int[clusterCount][];
        ParallelRows.For(clusterCount, 1, execution, (start, end) =>
        {
            for (var cluster = start; cluster < end; cluster++)
            {
                var members = centers.RowsOf(cluster);
                double[] distances = [.. members.Select(row => centers.DistanceTo(rows.Row(row), cluster))];
                nearest[cluster] = [.. Enumerable.Range(0, distances.Length)
                    .OrderBy(place => distances[place])
                    .Take(count)
                    .Select(place => members[place])];
            }
        });
        return nearest;
    }
}
