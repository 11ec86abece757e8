using System.Runtime.InteropServices;
using N2D.Metrics;
using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>The rows and the mean of each cluster.</summary>
internal sealed class ClusterCenters
{
    private readonly List<int>[] _members;
    private readonly double[][] _centers;

    private ClusterCenters(List<int>[] members, double[][] centers) => (_members, _centers) = (members, centers);

    /// <summary>The number of clusters, k.</summary>
    public int ClusterCount => _members.Length;

    /// <summary>Computes the mean of each cluster. Sums are taken in the order of the rows, for any number of threads.</summary>
    /// <param name="rows">The clustered rows, n x d.</param>
    /// <param name="clusters">The cluster of each row, from 0; negative for rows in no cluster.</param>
    /// <param name="clusterCount">The number of clusters, k.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <exception cref="ArgumentException">The numbers of clusters and rows differ.</exception>
    public static ClusterCenters Of(Matrix rows, ReadOnlySpan<int> clusters, int clusterCount, Execution execution)
    {
        if (clusters.Length != rows.RowCount)
        {
            throw new ArgumentException($"{clusters.Length} clusters for {rows.RowCount} rows.", nameof(clusters));
        }

        var members = MembersOf(clusters, clusterCount);
        var centers = new double[clusterCount][];
        ParallelRows.For(clusterCount, 1, execution, (start, end) =>
        {
            for (var cluster = start; cluster < end; cluster++)
            {
                centers[cluster] = ClusterSpread.MeanOf(
                    rows, CollectionsMarshal.AsSpan(members[cluster]), execution.CancellationToken);
            }
        });
        return new ClusterCenters(members, centers);
    }

    /// <summary>The rows of a cluster, ascending.</summary>
    /// <param name="cluster">The cluster.</param>
    public IReadOnlyList<int> RowsOf(int cluster) => _members[cluster];

    /// <summary>The center of each cluster.</summary>
    public double[][] ToArray() => _centers;

    /// <summary>The Euclidean distance from a row to the center of a cluster.</summary>
    /// <param name="row">The row's values.</param>
    /// <param name="cluster">The cluster.</param>
    public double DistanceTo(ReadOnlySpan<float> row, int cluster)
    {
        var (center, sum) = (_centers[cluster], 0.0);
        for (var column = 0; column < center.Length; column++)
        {
            var difference = row[column] - center[column];
            sum += difference * difference;
        }

        return Math.Sqrt(sum);
    }

    /// <summary>The cluster with the nearest center to a row, other than the row's own; null if no other cluster has rows.</summary>
    /// <param name="row">The row's values.</param>
    /// <param name="own">The row's cluster.</param>
    public (int Cluster, double Distance)? NearestOther(ReadOnlySpan<float> row, int own)
    {
        (int Cluster, double Distance)? nearest = null;
        for (var cluster = 0; cluster < _members.Length; cluster++)
        {
            if (cluster != own && _members[cluster].Count > 0 && DistanceTo(row, cluster) is var distance
                && !(distance >= nearest?.Distance))
            {
                nearest = (cluster, distance);
            }
        }

        return nearest;
    }

    /// <summary>The cluster with the nearest center to that of a cluster; null if no other cluster has rows.</summary>
    /// <param name="cluster">The cluster.</param>
    public (int Cluster, double Distance)? Neighbor(int cluster)
    {
        (int Cluster, double Distance)? nearest = null;
        for (var other = 0; _members[cluster].Count > 0 && other < _members.Length; other++)
        {
            if (other != cluster && _members[other].Count > 0
                && FixedOrder.Distance<double>(_centers[cluster], _centers[other]) is var distance && !(distance >= nearest?.Distance))
            {
                nearest = (other, distance);
            }
        }

        return nearest;
    }

    private static List<int>[] MembersOf(ReadOnlySpan<int> clusters, int clusterCount)
    {
        List<int>[] members = [.. Enumerable.Range(0, clusterCount).Select(_ => new List<int>())];
        for (var row = 0; row < clusters.Length; row++)
        {
            if (clusters[row] >= 0)
            {
                members[clusters[row]].Add(row);
            }
        }

        return members;
    }
}
