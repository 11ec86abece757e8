using System.Buffers;
using N2D.Numerics;

namespace N2D.Metrics;

/// <summary>
/// The mean silhouette coefficient (Rousseeuw, 1987): how much closer rows are to their own cluster than to the nearest other one. It needs
/// no labels.
/// </summary>
public static class Silhouette
{
    /// <summary>
    /// The largest number of rows for which all pairs are computed. With more rows, a sample of this size is used, with a standard error of
    /// about 0.003.
    /// </summary>
    public const int SampleSize = 10_000;

    /// <summary>Computes the mean silhouette, on a sample if there are more than <see cref="SampleSize"/> rows.</summary>
    /// <param name="rows">n rows.</param>
    /// <param name="clusters">The cluster of each row.</param>
    /// <param name="seed">The seed of the sample.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <param name="noise">The cluster number of noise, which is ignored; null if there is none.</param>
    /// <returns>-1 to 1; null if it is undefined, with a single cluster or a cluster for each row.</returns>
    /// <exception cref="ArgumentException">The numbers of clusters and rows differ.</exception>
    public static double? Compute(Matrix rows, ReadOnlySpan<int> clusters, int seed, Execution execution, int? noise = null) =>
        ComputeEach(rows, clusters, seed, execution, noise)?.Mean;

    /// <summary>Computes the silhouette of each row, or of a sample if there are more than <see cref="SampleSize"/> rows.</summary>
    /// <param name="rows">n rows.</param>
    /// <param name="clusters">The cluster of each row.</param>
    /// <param name="seed">The seed of the sample.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <param name="noise">The cluster number of noise, which is ignored; null if there is none.</param>
    /// <returns>The silhouettes; null if they are undefined, with a single cluster or a cluster for each row.</returns>
    /// <exception cref="ArgumentException">The numbers of clusters and rows differ.</exception>
    public static SilhouetteValues? ComputeEach(Matrix rows, ReadOnlySpan<int> clusters, int seed, Execution execution, int? noise = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(execution);
        if (clusters.Length != rows.RowCount)
        {
            throw new ArgumentException($"{clusters.Length} clusters for {rows.RowCount} rows.", nameof(clusters));
        }

        var population = Clustered(clusters, noise);
        var sample = Sample(population, SampleSize, seed);
        var own = new int[sample.Length];
        for (var index = 0; index < own.Length; index++)
        {
            own[index] = clusters[sample[index]];
        }

        var clusterCount = own.Distinct().Count();
        return clusterCount < 2 || clusterCount >= own.Length
            ? null
            : new SilhouetteValues(sample, own, Each(rows, sample, own, execution), population.Length);
    }

    private static int[] Clustered(ReadOnlySpan<int> clusters, int? noise)
    {
        var members = new List<int>(clusters.Length);
        for (var row = 0; row < clusters.Length; row++)
        {
            if (clusters[row] != noise)
            {
                members.Add(row);
            }
        }

        return [.. members];
    }

    /// <summary>Draws a sample of rows.</summary>
    /// <param name="population">The rows to draw from.</param>
    /// <param name="size">The size of the sample; if there are no more rows, all are returned.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The rows, ascending.</returns>
    internal static int[] Sample(int[] population, int size, int seed)
    {
        if (population.Length <= size)
        {
            return population;
        }

        int[] order = [.. population];
        var random = new RandomSequence(seed, RandomPurpose.Sampling);
        for (var index = 0; index < size; index++)
        {
            var other = index + random.NextInt32(order.Length - index);
            (order[index], order[other]) = (order[other], order[index]);
        }

        return [.. order.AsSpan(0, size).ToArray().Order()];
    }

    private static double[] Each(Matrix rows, int[] sample, int[] clusters, Execution execution)
    {
        // Sort the rows by cluster, so that the sum of the distances to a cluster is a sum over a range.
        int[] places = [.. Enumerable.Range(0, sample.Length).OrderBy(index => clusters[index])];
        var starts = ClusterStarts(places, clusters);
        var sorted = Gather(rows, sample, places);
        var blocks = ColumnBlocks.Of(sorted, execution);
        var paddedCount = blocks.PaddedRowCount;
        var values = new double[sample.Length];
        ParallelRows.For(sample.Length, 32, execution, (start, end) =>
        {
            var distances = ArrayPool<double>.Shared.Rent(paddedCount);
            var cluster = ClusterAt(starts, start);
            for (var row = start; row < end; row++)
            {
                cluster = row < starts[cluster + 1] ? cluster : ClusterAt(starts, row);
                PairwiseDistances.Euclidean(blocks, sorted.Row(row), distances.AsSpan(0, paddedCount));
                values[places[row]] = OfRow(distances, starts, cluster);
            }

            ArrayPool<double>.Shared.Return(distances);
        });
        return values;
    }

    private static double OfRow(double[] distances, int[] starts, int own)
    {
        var ownSize = starts[own + 1] - starts[own];
        if (ownSize == 1)
        {
            return 0;
        }

        var (inside, outside) = (0.0, double.PositiveInfinity);
        for (var cluster = 0; cluster < starts.Length - 1; cluster++)
        {
            var size = starts[cluster + 1] - starts[cluster];
            var sum = FixedOrder.Sum<double>(distances.AsSpan(starts[cluster], size));
            if (cluster == own)
            {
                inside = sum / (size - 1);
            }
            else
            {
                outside = Math.Min(outside, sum / size);
            }
        }

        // Both are zero if rows of several clusters are equal.
        var larger = Math.Max(inside, outside);
        return larger > 0 ? (outside - inside) / larger : 0;
    }

    private static int[] ClusterStarts(int[] places, int[] clusters)
    {
        var starts = new List<int> { 0 };
        for (var index = 1; index < places.Length; index++)
        {
            if (clusters[places[index]] != clusters[places[index - 1]])
            {
                starts.Add(index);
            }
        }

        return [.. starts, places.Length];
    }

    private static int ClusterAt(int[] starts, int row)
    {
        var found = Array.BinarySearch(starts, row);
        return found >= 0 ? found : ~found - 1;
    }

    private static Matrix Gather(Matrix rows, int[] sample, int[] places)
    {
        var values = new float[places.Length * rows.ColumnCount];
        for (var index = 0; index < places.Length; index++)
        {
            rows.Row(sample[places[index]]).CopyTo(values.AsSpan(index * rows.ColumnCount));
        }

        return Matrix.Own(values, rows.ColumnCount);
    }
}
