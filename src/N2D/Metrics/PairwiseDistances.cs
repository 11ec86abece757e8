using System.Diagnostics;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using N2D.Numerics;

namespace N2D.Metrics;

/// <summary>Euclidean distances from a row to all rows, in double precision.</summary>
internal static class PairwiseDistances
{
    /// <summary>Computes the squared distances from a point to all rows.</summary>
    /// <param name="rows">n rows.</param>
    /// <param name="point">The point, d values.</param>
    /// <param name="squared">Receives a value for each row of all blocks, including padding rows, whose values are undefined.</param>
    public static void Squared(ColumnBlocks rows, ReadOnlySpan<float> point, Span<double> squared) =>
        Squared(rows, 0, rows.RowCount, point, squared);

    /// <summary>Computes the squared distances from a point to the rows of some blocks.</summary>
    /// <param name="rows">n rows.</param>
    /// <param name="first">The first row of the first block.</param>
    /// <param name="end">The row after the last one.</param>
    /// <param name="point">The point, d values.</param>
    /// <param name="squared">
    /// Has a value for each row of all blocks. Those of these blocks are replaced, including padding rows, whose values are undefined.
    /// </param>
    public static void Squared(ColumnBlocks rows, int first, int end, ReadOnlySpan<float> point, Span<double> squared)
    {
        for (var start = first; start < end; start += rows.BlockSize)
        {
            SquaredOfBlock(rows.Block(start), point, squared.Slice(start, rows.BlockSize));
        }
    }

    /// <summary>Computes the distances from a point to all rows.</summary>
    /// <param name="rows">n rows.</param>
    /// <param name="point">The point, d values.</param>
    /// <param name="distances">Receives a value for each row of all blocks, including padding rows, whose values are undefined.</param>
    public static void Euclidean(ColumnBlocks rows, ReadOnlySpan<float> point, Span<double> distances)
    {
        Squared(rows, point, distances);
        TensorPrimitives.Sqrt<double>(distances, distances);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SquaredOfBlock(ReadOnlySpan<float> block, ReadOnlySpan<float> point, Span<double> squared)
    {
        Debug.Assert(squared.Length % Vector<float>.Count == 0, "The rows of a block must fill whole vectors.");
        Debug.Assert(block.Length == squared.Length * point.Length, "The block must have the columns of the point.");
        var sums = MemoryMarshal.Cast<double, Vector<double>>(squared);
        sums.Clear();
        for (var column = 0; column < point.Length; column++)
        {
            var values = MemoryMarshal.Cast<float, Vector<float>>(block.Slice(column * squared.Length, squared.Length));
            var coordinate = new Vector<double>(point[column]);
            for (var lane = 0; lane < values.Length; lane++)
            {
                Vector.Widen(values[lane], out var low, out var high);
                low -= coordinate;
                high -= coordinate;
                sums[2 * lane] = Vector.MultiplyAddEstimate(low, low, sums[2 * lane]);
                sums[(2 * lane) + 1] = Vector.MultiplyAddEstimate(high, high, sums[(2 * lane) + 1]);
            }
        }
    }
}
