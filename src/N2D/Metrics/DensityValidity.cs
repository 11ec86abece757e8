using System.Buffers;
using System.Numerics.Tensors;
using N2D.Numerics;

namespace N2D.Metrics;

/// <summary>
/// Density-based clustering validation, DBCV (Moulavi, Jaskowiak, Campello, Zimek and Sander, 2014): how much denser clusters are inside
/// than the gaps between them are, for clusters of any shape. It needs no labels.
/// </summary>
/// <remarks>
/// <para>The core distance of a row depends on its distances to all rows of its cluster, and the reachability of two rows is the largest
/// of their distance and their core distances. The minimum spanning tree of a cluster connects its rows by reachability. Its inner rows
/// have several edges; its inner edges connect two inner rows. The sparseness of a cluster is its longest inner edge. The separation of a
/// cluster is the least reachability between its inner rows and those of another cluster. The validity of the cluster is their difference,
/// divided by the larger one. The index is the mean validity, weighted by the rows of the clusters as shares of all rows: noise lowers it.
/// </para>
/// <para>Distances are Euclidean, as in the paper. (The authors' program squares them.) As in that program, a cluster of one row counts as
/// noise, and a tree without inner edges or rows has all its edges or rows instead. The core distance of a row with a duplicate in its
/// cluster is 0, the limit of the paper's formula. (hdbscan.validity_index ignores duplicates there.) Many edges are equally long, because
/// the core distances of a cluster exceed most distances of near rows. The shortest by distance is chosen, and then the first by the values
/// of its rows, so the index does not depend on the order of the rows.</para>
/// <para>Time: O(n² d) for n rows in clusters and d columns, of which at most <see cref="SampleSize"/> are used.</para>
/// </remarks>
public static class DensityValidity
{
    /// <summary>
    /// The largest number of rows in clusters for which the index is exact. With more rows, the largest clusters are replaced by samples
    /// of equal size; smaller clusters remain complete. The index of samples is too high where clusters touch, because a sample misses the
    /// rows that nearly meet: compare it only between clusterings of as many rows.
    /// </summary>
    public const int SampleSize = Silhouette.SampleSize;

    /// <summary>The largest number of clusters. With more, samples of large clusters would have fewer than 10 rows.</summary>
    public const int MaximumClusterCount = SampleSize / 10;

    /// <summary>
    /// Computes the index, on samples of large clusters if there are more than <see cref="SampleSize"/> rows in clusters.
    /// </summary>
    /// <param name="rows">n rows.</param>
    /// <param name="clusters">The cluster of each row.</param>
    /// <param name="seed">The seed of the samples.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <param name="noise">The cluster number of noise; null if no row is noise.</param>
    /// <returns>
    /// -1 to 1; larger is better. Null if fewer than two clusters have several rows, or more than <see cref="MaximumClusterCount"/> have.
    /// </returns>
    /// <exception cref="ArgumentException">The numbers of clusters and rows differ.</exception>
    public static double? Compute(Matrix rows, ReadOnlySpan<int> clusters, int seed, Execution execution, int? noise = null) =>
        Compute(rows, clusters, seed, execution, noise, SampleSize);

    /// <summary>Computes the index on samples of another size.</summary>
    /// <param name="rows">n rows.</param>
    /// <param name="clusters">The cluster of each row.</param>
    /// <param name="seed">The seed of the samples.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <param name="noise">The cluster number of noise; null if no row is noise.</param>
    /// <param name="sampleSize">The number of rows that all clusters together are reduced to.</param>
    internal static double? Compute(
        Matrix rows, ReadOnlySpan<int> clusters, int seed, Execution execution, int? noise, int sampleSize)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(execution);
        if (clusters.Length != rows.RowCount)
        {
            throw new ArgumentException($"{clusters.Length} clusters for {rows.RowCount} rows.", nameof(clusters));
        }

        int[][] members = [.. ClusterMembers.Of(clusters, noise).Where(cluster => cluster.Length > 1)];
        if (members.Length is < 2 or > MaximumClusterCount)
        {
            return null;
        }

        var size = LargestSize(members, sampleSize);
        var parts = Array.ConvertAll(
            members, cluster => DensityCluster.Of(rows, Silhouette.Sample(cluster, size, seed), execution));
        var separations = Separations(parts, execution);
        var sum = 0.0;
        for (var cluster = 0; cluster < parts.Length; cluster++)
        {
            sum += Validity(parts[cluster].Sparseness, separations[cluster]) * members[cluster].Length;
        }

        return sum / rows.RowCount;
    }

    /// <summary>The number of rows that each larger cluster is reduced to, so that all together have the rows of the sample.</summary>
    private static int LargestSize(int[][] members, int sampleSize)
    {
        var (rest, count) = (sampleSize, members.Length);
        foreach (var size in members.Select(cluster => cluster.Length).Order())
        {
            if ((long)size * count > rest)
            {
                return rest / count;
            }

            (rest, count) = (rest - size, count - 1);
        }

        return sampleSize;
    }

    /// <summary>The validity of a cluster; 0 if both measures are, with equal rows in several clusters.</summary>
    private static double Validity(double sparseness, double separation)
    {
        var larger = Math.Max(sparseness, separation);
        return larger > 0 ? (separation - sparseness) / larger : 0;
    }

    /// <summary>The least reachability between the inner rows of each cluster and those of another one.</summary>
    private static double[] Separations(DensityCluster[] clusters, Execution execution)
    {
        var starts = new int[clusters.Length + 1];
        for (var cluster = 0; cluster < clusters.Length; cluster++)
        {
            starts[cluster + 1] = starts[cluster] + clusters[cluster].InnerRows.RowCount;
        }

        var rows = Matrix.Own([.. clusters.SelectMany(cluster => cluster.InnerRows.GetValues())], clusters[0].InnerRows.ColumnCount);
        double[] cores = [.. clusters.SelectMany(cluster => cluster.SquaredCores)];
        var blocks = ColumnBlocks.Of(rows, execution);
        var paddedCount = blocks.PaddedRowCount;
        var separations = new double[clusters.Length];
        for (var cluster = 0; cluster < clusters.Length; cluster++)
        {
            var (first, end) = (starts[cluster], starts[cluster + 1]);
            var nearest = new double[end - first];
            ParallelRows.For(nearest.Length, 32, execution, (blockStart, blockEnd) =>
            {
                var squared = ArrayPool<double>.Shared.Rent(paddedCount);
                for (var row = blockStart; row < blockEnd; row++)
                {
                    PairwiseDistances.Squared(blocks, rows.Row(first + row), squared.AsSpan(0, paddedCount));
                    var reached = squared.AsSpan(0, cores.Length);
                    TensorPrimitives.Max(reached, cores, reached);
                    nearest[row] = Math.Max(cores[first + row], Math.Min(Least(reached[..first]), Least(reached[end..])));
                }

                ArrayPool<double>.Shared.Return(squared);
            });
            separations[cluster] = Math.Sqrt(Least(nearest));
        }

        return separations;
    }

    private static double Least(ReadOnlySpan<double> values) =>
        values.IsEmpty ? double.PositiveInfinity : TensorPrimitives.Min(values);
}
