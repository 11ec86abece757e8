using System.Buffers;
using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using N2D.Numerics;

namespace N2D.Metrics;

/// <summary>
/// Trustworthiness (Venna and Kaski, 2001): to what extent the neighbors of rows in an embedding are also neighbors in the original space.
/// Each neighbor that is not among the k nearest original ones is penalized by its original rank minus k.
/// </summary>
public static class Trustworthiness
{
    /// <summary>Computes the trustworthiness of an embedding exactly, with O(n²) distances in both spaces.</summary>
    /// <param name="original">The original rows, n x d.</param>
    /// <param name="embedded">The same rows in the embedding, n x any number of columns.</param>
    /// <param name="neighborCount">The number of neighbors, k: 1 or more, less than n / 2.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <param name="sampleSize">
    /// The number of evenly spaced rows to evaluate; null for all. Neighbors are still ranked among all rows, so a sample of 2000 has an
    /// error of about 0.0005.
    /// </param>
    /// <returns>0 to 1; 1 if all neighbors in the embedding are among the k nearest original ones.</returns>
    /// <exception cref="N2DException">The number of neighbors is out of range (<c>NeighborCountOutOfRange</c>).</exception>
    public static double Compute(Matrix original, Matrix embedded, int neighborCount, Execution execution, int? sampleSize = null)
    {
        ArgumentNullException.ThrowIfNull(original);
        ArgumentNullException.ThrowIfNull(embedded);
        ArgumentNullException.ThrowIfNull(execution);
        var rowCount = original.RowCount;
        if (embedded.RowCount != rowCount)
        {
            throw new ArgumentException($"The embedding has {embedded.RowCount} rows, the original {rowCount}.", nameof(embedded));
        }

        if (neighborCount < 1 || 2L * neighborCount >= rowCount)
        {
            throw new N2DException(
                "NeighborCountOutOfRange",
                ErrorKind.InvalidArgument,
                $"Trustworthiness with {Quantity.Of(neighborCount, "neighbor")} is undefined for {Quantity.Of(rowCount, "row")}. Use "
                    + $"a NeighborCount from 1 to {(rowCount - 1) / 2}.",
                neighborCount)
            { Options = ["NeighborCount"] };
        }

        var before = ColumnBlocks.Of(original, execution);
        var after = ColumnBlocks.Of(embedded, execution);
        var paddedCount = (rowCount + 255) / 256 * 256;
        var sampleCount = Math.Clamp(sampleSize ?? rowCount, 1, rowCount);
        var excess = ParallelRows.Sum(sampleCount, 32, execution, (start, end) =>
        {
            var distances = ArrayPool<double>.Shared.Rent(paddedCount);
            var neighbors = new int[neighborCount];
            var points = 0L;
            for (var index = start; index < end; index++)
            {
                var row = (int)((long)index * rowCount / sampleCount);
                Measure(after, embedded.Row(row), row, distances);
                FindNearest(distances.AsSpan(0, rowCount), neighbors);
                Measure(before, original.Row(row), row, distances);
                foreach (var neighbor in neighbors)
                {
                    points += Math.Max(0, Rank(distances.AsSpan(0, rowCount), neighbor) - neighborCount);
                }
            }

            ArrayPool<double>.Shared.Return(distances);
            return points;
        });
        return 1 - (excess * (2 / ((double)sampleCount * neighborCount * ((2.0 * rowCount) - (3.0 * neighborCount) - 1))));
    }

    private static void Measure(ColumnBlocks rows, ReadOnlySpan<float> point, int self, double[] distances)
    {
        PairwiseDistances.Squared(rows, point, distances);
        distances[self] = double.PositiveInfinity;
    }

    /// <summary>Finds the nearest rows, in ascending order of distance. Ties are in row order.</summary>
    private static void FindNearest(ReadOnlySpan<double> distances, Span<int> nearest)
    {
        var count = 0;
        var farthest = double.PositiveInfinity;
        for (var row = 0; row < distances.Length; row++)
        {
            if (count == nearest.Length && distances[row] >= farthest)
            {
                continue;
            }

            var place = count == nearest.Length ? count - 1 : count++;
            for (; place > 0 && distances[nearest[place - 1]] > distances[row]; place--)
            {
                nearest[place] = nearest[place - 1];
            }

            nearest[place] = row;
            farthest = distances[nearest[count - 1]];
        }
    }

    /// <summary>The rank of a row among all rows by distance, from 1. Ties are in row order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Rank(ReadOnlySpan<double> distances, int row)
    {
        Debug.Assert((uint)row < (uint)distances.Length, "The row must be one of the rows.");
        var distance = distances[row];
        var vectors = MemoryMarshal.Cast<double, Vector<double>>(distances);
        var limit = new Vector<double>(distance);
        var nearer = Vector<long>.Zero;
        var equal = Vector<long>.Zero;
        foreach (var values in vectors)
        {
            nearer -= Vector.LessThan(values, limit);
            equal -= Vector.Equals(values, limit);
        }

        var (count, ties) = (Vector.Sum(nearer), Vector.Sum(equal));
        for (var other = vectors.Length * Vector<double>.Count; other < distances.Length; other++)
        {
            count += distances[other] < distance ? 1 : 0;
            ties += distances[other] == distance ? 1 : 0;
        }

        return (int)count + 1 + (ties > 1 ? EqualBefore(distances, row) : 0);
    }

    private static int EqualBefore(ReadOnlySpan<double> distances, int row) => distances[..row].Count(distances[row]);
}
