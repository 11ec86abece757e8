using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>Squared Euclidean distances between a block of rows and centers, with one SIMD lane per row.</summary>
/// <remarks>Processes 32 rows at once in four accumulators, which stay in registers and hide the latency of additions.</remarks>
internal static class SquaredDistances
{
    private const int GroupSize = ColumnBlocks.RowMultiple;

    /// <summary>Computes the distances from the rows of a block to a point.</summary>
    /// <param name="block">The block: d columns, each with a value for each row.</param>
    /// <param name="center">d values.</param>
    /// <param name="distances">
    /// Receives the squared distances of the first rows; its length is a multiple of <see cref="ColumnBlocks.RowMultiple"/>.
    /// </param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static unsafe void From(ReadOnlySpan<float> block, ReadOnlySpan<float> center, Span<float> distances)
    {
        var (dimension, blockSize) = (center.Length, block.Length / center.Length);
        Debug.Assert(block.Length == blockSize * dimension, "The block must have whole columns.");
        Debug.Assert(
            distances.Length % GroupSize == 0 && distances.Length <= blockSize,
            "The distances must be whole groups of the block's rows.");
        fixed (float* values = block, coordinates = center, targets = distances)
        {
            for (var lane = 0; lane < distances.Length; lane += GroupSize)
            {
                Measure(values + lane, blockSize, coordinates, dimension, out var sum0, out var sum1, out var sum2, out var sum3);
                sum0.Store(targets + lane);
                sum1.Store(targets + lane + 8);
                sum2.Store(targets + lane + 16);
                sum3.Store(targets + lane + 24);
            }
        }
    }

    /// <summary>Finds the nearest center of each row of a block.</summary>
    /// <param name="block">The block: d columns, each with a value for each row.</param>
    /// <param name="centers">k x d values.</param>
    /// <param name="dimension">d.</param>
    /// <param name="nearest">
    /// Receives the number of the nearest center of each of the first rows, the first one in a tie. Its length is a multiple of
    /// <see cref="ColumnBlocks.RowMultiple"/>.
    /// </param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static unsafe void Nearest(ReadOnlySpan<float> block, ReadOnlySpan<float> centers, int dimension, Span<int> nearest)
    {
        var (centerCount, blockSize) = (centers.Length / dimension, block.Length / dimension);
        Debug.Assert(block.Length == blockSize * dimension, "The block must have whole columns.");
        Debug.Assert(centers.Length == centerCount * dimension, "The centers must be whole.");
        Debug.Assert(nearest.Length % GroupSize == 0 && nearest.Length <= blockSize, "The rows must be whole groups of the block's rows.");
        fixed (float* values = block, coordinates = centers)
        fixed (int* targets = nearest)
        {
            for (var lane = 0; lane < nearest.Length; lane += GroupSize)
            {
                var nearest0 = Vector256.Create(float.PositiveInfinity);
                var (nearest1, nearest2, nearest3) = (nearest0, nearest0, nearest0);
                var number0 = Vector256<int>.Zero;
                var (number1, number2, number3) = (number0, number0, number0);
                for (var center = 0; center < centerCount; center++)
                {
                    Measure(values
                        + lane, blockSize, coordinates
                        + (center * dimension), dimension, out var sum0, out var sum1, out var sum2, out var sum3);
                    var number = Vector256.Create(center);
                    number0 = Vector256.ConditionalSelect(Vector256.LessThan(sum0, nearest0).AsInt32(), number, number0);
                    number1 = Vector256.ConditionalSelect(Vector256.LessThan(sum1, nearest1).AsInt32(), number, number1);
                    number2 = Vector256.ConditionalSelect(Vector256.LessThan(sum2, nearest2).AsInt32(), number, number2);
                    number3 = Vector256.ConditionalSelect(Vector256.LessThan(sum3, nearest3).AsInt32(), number, number3);
                    nearest0 = Vector256.MinNative(sum0, nearest0);
                    nearest1 = Vector256.MinNative(sum1, nearest1);
                    nearest2 = Vector256.MinNative(sum2, nearest2);
                    nearest3 = Vector256.MinNative(sum3, nearest3);
                }

                number0.Store(targets + lane);
                number1.Store(targets + lane + 8);
                number2.Store(targets + lane + 16);
                number3.Store(targets + lane + 24);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Measure(
        float* rows,
        int blockSize,
        float* center,
        int dimension,
        out Vector256<float> sum0,
        out Vector256<float> sum1,
        out Vector256<float> sum2,
        out Vector256<float> sum3)
    {
        Debug.Assert(rows != null && center != null && blockSize >= GroupSize, "There must be a group of rows, and a center.");
        var (s0, s1, s2, s3) = (Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero);
        for (var end = center + dimension; center < end; center++, rows += blockSize)
        {
            var coordinate = Vector256.Create(*center);
            var difference = coordinate - Vector256.Load(rows);
            s0 = Vector256.MultiplyAddEstimate(difference, difference, s0);
            difference = coordinate - Vector256.Load(rows + 8);
            s1 = Vector256.MultiplyAddEstimate(difference, difference, s1);
            difference = coordinate - Vector256.Load(rows + 16);
            s2 = Vector256.MultiplyAddEstimate(difference, difference, s2);
            difference = coordinate - Vector256.Load(rows + 24);
            s3 = Vector256.MultiplyAddEstimate(difference, difference, s3);
        }

        (sum0, sum1, sum2, sum3) = (s0, s1, s2, s3);
    }
}
