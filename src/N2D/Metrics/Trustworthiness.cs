using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using N2D.Numerics;

namespace N2D.Metrics;

/// <summary>
/// Trustworthiness (Venna and Kaski, 2001): to what extent the neighbors of a row in an embedding were its neighbors before. Each
/// that was not costs as many points as it was ranked beyond the k-th place.
/// </summary>
public static class Trustworthiness
{
    /// <summary>Computes the trustworthiness of an embedding, exactly: O(n²) distances in both spaces.</summary>
    /// <param name="original">The n rows that were embedded.</param>
    /// <param name="embedded">The same rows in the embedding, n x any.</param>
    /// <param name="neighborCount">The number of neighbors, k: 1 or more, less than n / 2.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <param name="sampleSize">
    /// How many rows to look at, spread evenly; null for all. Each is ranked among all rows all the same, so that a sample of 2000 tells the
    /// figure to some 0.0005.
    /// </param>
    /// <returns>0 to 1; 1 if no row has a neighbor that it should not have.</returns>
    /// <exception cref="N2DException">The number of neighbors does not suit the number of rows (<c>NeighborCountOutOfRange</c>).</exception>
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
                $"Trustworthiness over {Quantity.Of(neighborCount, "neighbor")} is not defined for {Quantity.Of(rowCount, "row")}: ask for 1 to {(rowCount - 1) / 2}.",
                neighborCount);
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

    /// <summary>The nearest rows, in ascending order of their distance; of equally near ones, those that come first.</summary>
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

    /// <summary>The place of a row among all by distance, from 1; of equally near ones, those that come first are before it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Rank(ReadOnlySpan<double> distances, int row)
    {
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
