using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace N2D.Numerics;

/// <summary>
/// The micro-kernel of convolutions and of small dense layers: C = A B or C += A B for one MR x NR micro-tile of C, read in place. Each
/// value is summed from the first term to the last by fused multiply-adds, so the bytes do not depend on the vector width.
/// </summary>
/// <remarks>
/// Twelve accumulators, two registers of B and one broadcast value of A fill the sixteen registers of AVX2. Unlike
/// <see cref="MicroKernel{TWidth, TVector, T}"/>, it takes both strides of A and several segments of terms, so a 3 x 3 convolution of a
/// padded image needs no copy of its patches (no im2col): each row of the kernel is one segment.
/// </remarks>
internal static unsafe class TileKernel
{
    /// <summary>The rows of a micro-tile.</summary>
    public const int MR = 6;

    /// <summary>The columns of a micro-tile.</summary>
    public const int NR = 16;

    /// <summary>Rounds a number of rows up to whole micro-tiles.</summary>
    public static int WholeTiles(int rowCount) => (rowCount + MR - 1) / MR * MR;

    /// <summary>Rounds a number of columns up to whole micro-tiles.</summary>
    public static int WholeColumns(int columnCount) => (columnCount + NR - 1) / NR * NR;

    /// <summary>Multiplies whole micro-tiles: m x n values of C, with m rounded up to <see cref="MR"/>.</summary>
    /// <param name="a">The terms of A.</param>
    /// <param name="rowCount">m. Rows up to the next multiple of <see cref="MR"/> are read and written as well.</param>
    /// <param name="b">The terms of B, row-major, as many rows as all segments have terms.</param>
    /// <param name="columnCount">n, a multiple of <see cref="NR"/>; also the stride of B and C.</param>
    /// <param name="c">The product, row-major.</param>
    /// <param name="accumulates">Whether to add to C instead of replacing it.</param>
    public static void Multiply(Terms a, int rowCount, float* b, int columnCount, float* c, bool accumulates)
    {
        Debug.Assert(columnCount % NR == 0, "C must have whole micro-tiles.");
        Debug.Assert(rowCount >= 0 && a.TermCount >= 0 && a.SegmentCount >= 0, "The sizes must be 0 or more.");
        for (var row = 0; row < rowCount; row += MR)
        {
            for (var column = 0; column < columnCount; column += NR)
            {
                Tile(
                    a.Values + (row * a.RowStride), a.RowStride, a.TermStride, a.SegmentStride, a.SegmentCount, a.TermCount, b + column,
                    columnCount, c + ((nint)row * columnCount) + column, accumulates);
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Tile(
        float* a, nint rowStride, nint termStride, nint segmentStride, int segmentCount, int termCount, float* b, nint stride, float* c,
        bool accumulates)
    {
        Vector256<float> sum00, sum01, sum10, sum11, sum20, sum21, sum30, sum31, sum40, sum41, sum50, sum51;
        if (accumulates)
        {
            (sum00, sum01) = (Vector256.Load(c), Vector256.Load(c + 8));
            (sum10, sum11) = (Vector256.Load(c + stride), Vector256.Load(c + stride + 8));
            (sum20, sum21) = (Vector256.Load(c + (2 * stride)), Vector256.Load(c + (2 * stride) + 8));
            (sum30, sum31) = (Vector256.Load(c + (3 * stride)), Vector256.Load(c + (3 * stride) + 8));
            (sum40, sum41) = (Vector256.Load(c + (4 * stride)), Vector256.Load(c + (4 * stride) + 8));
            (sum50, sum51) = (Vector256.Load(c + (5 * stride)), Vector256.Load(c + (5 * stride) + 8));
        }
        else
        {
            sum00 = sum01 = sum10 = sum11 = sum20 = sum21 = sum30 = sum31 = sum40 = sum41 = sum50 = sum51 = Vector256<float>.Zero;
        }

        var (twoRows, threeRows, fourRows, fiveRows) = (2 * rowStride, 3 * rowStride, 4 * rowStride, 5 * rowStride);
        for (var segment = 0; segment < segmentCount; segment++, a += segmentStride)
        {
            var term = a;
            for (var remaining = termCount; remaining > 0; remaining--, term += termStride, b += stride)
            {
                var (first, second) = (Vector256.Load(b), Vector256.Load(b + 8));
                var value = Vector256.Create(*term);
                sum00 = Vector256.MultiplyAddEstimate(value, first, sum00);
                sum01 = Vector256.MultiplyAddEstimate(value, second, sum01);
                value = Vector256.Create(*(term + rowStride));
                sum10 = Vector256.MultiplyAddEstimate(value, first, sum10);
                sum11 = Vector256.MultiplyAddEstimate(value, second, sum11);
                value = Vector256.Create(*(term + twoRows));
                sum20 = Vector256.MultiplyAddEstimate(value, first, sum20);
                sum21 = Vector256.MultiplyAddEstimate(value, second, sum21);
                value = Vector256.Create(*(term + threeRows));
                sum30 = Vector256.MultiplyAddEstimate(value, first, sum30);
                sum31 = Vector256.MultiplyAddEstimate(value, second, sum31);
                value = Vector256.Create(*(term + fourRows));
                sum40 = Vector256.MultiplyAddEstimate(value, first, sum40);
                sum41 = Vector256.MultiplyAddEstimate(value, second, sum41);
                value = Vector256.Create(*(term + fiveRows));
                sum50 = Vector256.MultiplyAddEstimate(value, first, sum50);
                sum51 = Vector256.MultiplyAddEstimate(value, second, sum51);
            }
        }

        Store(sum00, sum01, c);
        Store(sum10, sum11, c + stride);
        Store(sum20, sum21, c + (2 * stride));
        Store(sum30, sum31, c + (3 * stride));
        Store(sum40, sum41, c + (4 * stride));
        Store(sum50, sum51, c + (5 * stride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<float> first, Vector256<float> second, float* target)
    {
        first.Store(target);
        second.Store(target + 8);
    }

    /// <summary>The values of A, m rows of terms.</summary>
    /// <param name="Address">The address of the first value.</param>
    /// <param name="RowStride">The number of values from one row to the next.</param>
    /// <param name="TermStride">The number of values from one term to the next.</param>
    /// <param name="TermCount">The number of terms in a segment.</param>
    /// <param name="SegmentCount">The number of segments.</param>
    /// <param name="SegmentStride">The number of values from one segment to the next.</param>
    internal readonly record struct Terms(
        nint Address, nint RowStride, nint TermStride, int TermCount, int SegmentCount = 1, nint SegmentStride = 0)
    {
        /// <summary>The first value.</summary>
        public float* Values => (float*)Address;
    }
}
