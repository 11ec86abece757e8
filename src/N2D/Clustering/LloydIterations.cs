using System.Runtime.CompilerServices;
using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>
/// k-means by Lloyd's iterations (Lloyd, 1982): each row goes to its nearest centre, each centre to the mean of its rows.
/// </summary>
internal static class LloydIterations
{
    /// <summary>Refines centres until no row changes its cluster, or the iterations are used up.</summary>
    /// <param name="rows">n rows.</param>
    /// <param name="centers">k x d starting centres; takes the refined ones.</param>
    /// <param name="maxIterations">The largest number of iterations, 1 or more.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>The cluster of each row, its squared distance from that centre, and the number of iterations done.</returns>
    public static (int[] Clusters, float[] Distances, int Iterations) Refine(
        ColumnBlocks rows,
        float[] centers,
        int maxIterations,
        Execution execution)
    {
        var clusters = new int[rows.RowCount];
        var distances = new float[rows.RowCount];
        var iterations = 0;
        Assign(rows, centers, clusters, distances, execution);
        do
        {
            MoveToMeans(rows, clusters, distances, centers, execution);
            iterations++;
        }
        while (Assign(rows, centers, clusters, distances, execution) && iterations < maxIterations);
        return (clusters, distances, iterations);
    }

    /// <summary>Gives each row to its nearest centre, the first of several equally near.</summary>
    /// <param name="rows">n rows.</param>
    /// <param name="centers">k x d values.</param>
    /// <param name="clusters">The cluster of each row so far; takes the new one.</param>
    /// <param name="distances">Takes the squared distance of each row from its centre.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>Whether any row changed its cluster.</returns>
    public static bool Assign(ColumnBlocks rows, float[] centers, int[] clusters, float[] distances, Execution execution)
    {
        var dimension = rows.ColumnCount;
        var clusterCount = centers.Length / dimension;
        var changes = ParallelRows.Sum(rows.RowCount, rows.BlockSize, execution, (start, end) =>
        {
            Span<float> toCenter = stackalloc float[rows.BlockSize];
            Span<float> nearest = stackalloc float[rows.BlockSize];
            Span<int> nearestCenter = stackalloc int[rows.BlockSize];
            nearest.Fill(float.PositiveInfinity);
            nearestCenter.Clear();
            for (var center = 0; center < clusterCount; center++)
            {
                SquaredDistances.From(rows.Block(start), centers.AsSpan(center * dimension, dimension), toCenter);
                SquaredDistances.KeepNearest(toCenter, center, nearest, nearestCenter);
            }

            var valid = nearestCenter[..(end - start)];
            var own = clusters.AsSpan(start, end - start);
            var changed = own.SequenceEqual(valid) ? 0 : 1;
            valid.CopyTo(own);
            nearest[..(end - start)].CopyTo(distances.AsSpan(start));
            return changed;
        });
        return changes > 0;
    }

    private static void MoveToMeans(ColumnBlocks rows, int[] clusters, float[] distances, float[] centers, Execution execution)
    {
        var dimension = rows.ColumnCount;
        var clusterCount = centers.Length / dimension;
        var (sums, counts) = SumClusters(rows, clusters, clusterCount, execution);
        for (var cluster = 0; cluster < clusterCount; cluster++)
        {
            var center = centers.AsSpan(cluster * dimension, dimension);
            if (counts[cluster] == 0)
            {
                MoveToFarthestRow(rows, distances, center);
                continue;
            }

            for (var column = 0; column < dimension; column++)
            {
                center[column] = (float)(sums[(cluster * dimension) + column] / counts[cluster]);
            }
        }
    }

    /// <summary>A cluster that lost all rows starts again where the sum of squared distances gains most from it.</summary>
    private static void MoveToFarthestRow(ColumnBlocks rows, float[] distances, Span<float> center)
    {
        var farthest = 0;
        for (var row = 1; row < distances.Length; row++)
        {
            farthest = distances[row] > distances[farthest] ? row : farthest;
        }

        rows.CopyRow(farthest, center);
        distances[farthest] = 0;
    }

    private static (double[] Sums, int[] Counts) SumClusters(ColumnBlocks rows, int[] clusters, int clusterCount, Execution execution)
    {
        // As many parts as keep the memory small; their number must not depend on the threads.
        var dimension = rows.ColumnCount;
        var partRows = Math.Max(rows.BlockSize * 16, ((rows.RowCount / 64 / rows.BlockSize) + 1) * rows.BlockSize);
        var partCount = (rows.RowCount + partRows - 1) / partRows;
        var sums = new double[partCount][];
        var counts = new int[partCount][];
        ParallelRows.For(rows.RowCount, partRows, execution, (start, end) =>
        {
            var part = start / partRows;
            sums[part] = new double[clusterCount * dimension];
            counts[part] = new int[clusterCount];
            for (var blockStart = start; blockStart < end; blockStart += rows.BlockSize)
            {
                var own = clusters.AsSpan(blockStart, Math.Min(end - blockStart, rows.BlockSize));
                AddBlock(rows.Block(blockStart), rows.BlockSize, own, sums[part], counts[part]);
            }
        });

        for (var part = 1; part < partCount; part++)
        {
            for (var index = 0; index < sums[0].Length; index++)
            {
                sums[0][index] += sums[part][index];
            }

            for (var cluster = 0; cluster < clusterCount; cluster++)
            {
                counts[0][cluster] += counts[part][cluster];
            }
        }

        return (sums[0], counts[0]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddBlock(ReadOnlySpan<float> block, int blockSize, ReadOnlySpan<int> clusters, double[] sums, int[] counts)
    {
        var dimension = block.Length / blockSize;
        for (var row = 0; row < clusters.Length; row++)
        {
            counts[clusters[row]]++;
        }

        for (var column = 0; column < dimension; column++)
        {
            var values = block.Slice(column * blockSize, clusters.Length);
            for (var row = 0; row < values.Length; row++)
            {
                sums[(clusters[row] * dimension) + column] += values[row];
            }
        }
    }
}
