using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using N2D.Numerics;

namespace N2D.Metrics;

/// <summary>Euclidean distances of single rows from all rows, in double precision: the metrics compare and add them up exactly.</summary>
internal static class PairwiseDistances
{
    /// <summary>Measures all rows from one of them.</summary>
    /// <param name="rows">n rows.</param>
    /// <param name="point">The row to measure from, d values.</param>
    /// <param name="squared">Takes the squared distances: as many values as all blocks have rows; those past n mean nothing.</param>
    public static void Squared(ColumnBlocks rows, ReadOnlySpan<float> point, Span<double> squared)
    {
        for (var start = 0; start < rows.RowCount; start += rows.BlockSize)
        {
            SquaredOfBlock(rows.Block(start), point, squared.Slice(start, rows.BlockSize));
        }
    }

    /// <summary>Measures all rows from one of them.</summary>
    /// <param name="rows">n rows.</param>
    /// <param name="point">The row to measure from, d values.</param>
    /// <param name="distances">Takes the distances: as many values as all blocks have rows; those past n mean nothing.</param>
    public static void Euclidean(ColumnBlocks rows, ReadOnlySpan<float> point, Span<double> distances)
    {
        Squared(rows, point, distances);
        TensorPrimitives.Sqrt<double>(distances, distances);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SquaredOfBlock(ReadOnlySpan<float> block, ReadOnlySpan<float> point, Span<double> squared)
    {
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
