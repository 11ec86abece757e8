using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace N2D.Numerics;

/// <summary>The micro-kernel of matrix products in double precision: the product of MR rows of A and a micro-panel of B.</summary>
/// <remarks>
/// Twelve accumulators, one row of the micro-panel, and one broadcast value of A fill the sixteen registers of AVX2. Terms are added first
/// to last.
/// </remarks>
internal static unsafe class DoubleMicroKernel
{
    /// <summary>The rows of a micro-tile.</summary>
    public const int MR = 4;

    /// <summary>The columns of a micro-tile.</summary>
    public const int NR = 12;

    /// <summary>The values of a micro-tile.</summary>
    public const int TileSize = MR * NR;

    /// <summary>Computes a micro-tile, A B.</summary>
    /// <param name="a">A, MR x k.</param>
    /// <param name="rowStride">The number of values from one row of A to the next.</param>
    /// <param name="columnStride">The number of values from one column of A to the next.</param>
    /// <param name="b">The micro-panel of B, k x NR, row-major.</param>
    /// <param name="k">The number of terms.</param>
    /// <param name="tile">Receives the micro-tile, row-major.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(double* a, nint rowStride, nint columnStride, double* b, int k, double* tile)
    {
        Debug.Assert(a != null && b != null && tile != null, "A, the micro-panel and the micro-tile must be there.");
        Debug.Assert(k >= 0 && rowStride >= 1 && columnStride >= 1, "The number of terms must be 0 or more, and the strides 1 or more.");
        Debug.Assert(tile + TileSize <= b || b + ((long)k * NR) <= tile, "The micro-tile must not overlap the micro-panel of B.");
        Vector256<double> sum00, sum01, sum02, sum10, sum11, sum12, sum20, sum21, sum22, sum30, sum31, sum32;
        sum00 = sum01 = sum02 = sum10 = sum11 = sum12 = sum20 = sum21 = sum22 = sum30 = sum31 = sum32 = Vector256<double>.Zero;
        var (twoRows, threeRows) = (2 * rowStride, 3 * rowStride);
        for (var end = b + ((long)k * NR); b < end; a += columnStride, b += NR)
        {
            var (first, second, third) = (Vector256.Load(b), Vector256.Load(b + 4), Vector256.Load(b + 8));
            var value = Vector256.Create(*a);
            sum00 = Vector256.MultiplyAddEstimate(value, first, sum00);
            sum01 = Vector256.MultiplyAddEstimate(value, second, sum01);
            sum02 = Vector256.MultiplyAddEstimate(value, third, sum02);
            value = Vector256.Create(*(a + rowStride));
            sum10 = Vector256.MultiplyAddEstimate(value, first, sum10);
            sum11 = Vector256.MultiplyAddEstimate(value, second, sum11);
            sum12 = Vector256.MultiplyAddEstimate(value, third, sum12);
            value = Vector256.Create(*(a + twoRows));
            sum20 = Vector256.MultiplyAddEstimate(value, first, sum20);
            sum21 = Vector256.MultiplyAddEstimate(value, second, sum21);
            sum22 = Vector256.MultiplyAddEstimate(value, third, sum22);
            value = Vector256.Create(*(a + threeRows));
            sum30 = Vector256.MultiplyAddEstimate(value, first, sum30);
            sum31 = Vector256.MultiplyAddEstimate(value, second, sum31);
            sum32 = Vector256.MultiplyAddEstimate(value, third, sum32);
        }

        Store(tile, sum00, sum01, sum02);
        Store(tile + NR, sum10, sum11, sum12);
        Store(tile + (2 * NR), sum20, sum21, sum22);
        Store(tile + (3 * NR), sum30, sum31, sum32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(double* row, Vector256<double> first, Vector256<double> second, Vector256<double> third)
    {
        Vector256.Store(first, row);
        Vector256.Store(second, row + 4);
        Vector256.Store(third, row + 8);
    }
}
