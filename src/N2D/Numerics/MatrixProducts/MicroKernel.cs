using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace N2D.Numerics;

/// <summary>
/// The micro-kernel of a matrix product: updates an MR x NR micro-tile of C with the product of a micro-panel of A and one of B.
/// </summary>
/// <remarks>
/// Twelve accumulators, one row of the micro-panel of B, and one broadcast value of A fill the sixteen registers of AVX2. Twelve of the
/// 19 instructions for each term are multiply-adds.
/// </remarks>
internal static unsafe class MicroKernel
{
    /// <summary>The rows of a micro-tile of C.</summary>
    public const int MR = 4;

    /// <summary>The columns of a micro-tile of C.</summary>
    public const int NR = 24;

    /// <summary>The values of a micro-tile of C.</summary>
    public const int TileSize = MR * NR;

    /// <summary>Computes C = A B or C += A B for one micro-tile.</summary>
    /// <typeparam name="TLayout">The layout of the micro-panel of A.</typeparam>
    /// <param name="a">The micro-panel of A, MR x k.</param>
    /// <param name="rowStride">The number of values from one of its rows to the next.</param>
    /// <param name="b">The micro-panel of B, k x NR, row-major.</param>
    /// <param name="k">The number of terms.</param>
    /// <param name="accumulates">Whether to add to C instead of replacing it.</param>
    /// <param name="c">The micro-tile of C, row-major.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Multiply<TLayout>(float* a, nint rowStride, float* b, int k, bool accumulates, float* c)
        where TLayout : struct, ILayout
    {
        Debug.Assert(a != null && b != null && c != null, "The micro-panels and the micro-tile must be there.");
        Debug.Assert(k >= 0 && rowStride >= 1, "The number of terms must be 0 or more, and the stride 1 or more.");
        Debug.Assert(c + TileSize <= b || b + ((long)k * NR) <= c, "The micro-tile must not overlap the micro-panel of B.");
        Vector256<float> sum00, sum01, sum02, sum10, sum11, sum12, sum20, sum21, sum22, sum30, sum31, sum32;
        if (accumulates)
        {
            Load(c, out sum00, out sum01, out sum02);
            Load(c + NR, out sum10, out sum11, out sum12);
            Load(c + (2 * NR), out sum20, out sum21, out sum22);
            Load(c + (3 * NR), out sum30, out sum31, out sum32);
        }
        else
        {
            sum00 = sum01 = sum02 = sum10 = sum11 = sum12 = sum20 = sum21 = sum22 = sum30 = sum31 = sum32 = Vector256<float>.Zero;
        }

        Vector256<float> first, second, third, value;
        var (twoRows, threeRows) = (2 * rowStride, 3 * rowStride);
        var end = b + ((long)k * NR);
        for (; b <= end - (4 * NR); a += 4 * TLayout.ColumnStride, b += 4 * NR)
        {
            (first, second, third) = (Vector256.Load(b), Vector256.Load(b + 8), Vector256.Load(b + 16));
            value = Vector256.Create(*a);
            sum00 = Vector256.FusedMultiplyAdd(value, first, sum00);
            sum01 = Vector256.FusedMultiplyAdd(value, second, sum01);
            sum02 = Vector256.FusedMultiplyAdd(value, third, sum02);
            value = Vector256.Create(*(a + rowStride));
            sum10 = Vector256.FusedMultiplyAdd(value, first, sum10);
            sum11 = Vector256.FusedMultiplyAdd(value, second, sum11);
            sum12 = Vector256.FusedMultiplyAdd(value, third, sum12);
            value = Vector256.Create(*(a + twoRows));
            sum20 = Vector256.FusedMultiplyAdd(value, first, sum20);
            sum21 = Vector256.FusedMultiplyAdd(value, second, sum21);
            sum22 = Vector256.FusedMultiplyAdd(value, third, sum22);
            value = Vector256.Create(*(a + threeRows));
            sum30 = Vector256.FusedMultiplyAdd(value, first, sum30);
            sum31 = Vector256.FusedMultiplyAdd(value, second, sum31);
            sum32 = Vector256.FusedMultiplyAdd(value, third, sum32);

            (first, second, third) = (Vector256.Load(b + 24), Vector256.Load(b + 32), Vector256.Load(b + 40));
            value = Vector256.Create(*(a + TLayout.ColumnStride));
            sum00 = Vector256.FusedMultiplyAdd(value, first, sum00);
            sum01 = Vector256.FusedMultiplyAdd(value, second, sum01);
            sum02 = Vector256.FusedMultiplyAdd(value, third, sum02);
            value = Vector256.Create(*(a + rowStride + TLayout.ColumnStride));
            sum10 = Vector256.FusedMultiplyAdd(value, first, sum10);
            sum11 = Vector256.FusedMultiplyAdd(value, second, sum11);
            sum12 = Vector256.FusedMultiplyAdd(value, third, sum12);
            value = Vector256.Create(*(a + twoRows + TLayout.ColumnStride));
            sum20 = Vector256.FusedMultiplyAdd(value, first, sum20);
            sum21 = Vector256.FusedMultiplyAdd(value, second, sum21);
            sum22 = Vector256.FusedMultiplyAdd(value, third, sum22);
            value = Vector256.Create(*(a + threeRows + TLayout.ColumnStride));
            sum30 = Vector256.FusedMultiplyAdd(value, first, sum30);
            sum31 = Vector256.FusedMultiplyAdd(value, second, sum31);
            sum32 = Vector256.FusedMultiplyAdd(value, third, sum32);

            (first, second, third) = (Vector256.Load(b + 48), Vector256.Load(b + 56), Vector256.Load(b + 64));
            value = Vector256.Create(*(a + (2 * TLayout.ColumnStride)));
            sum00 = Vector256.FusedMultiplyAdd(value, first, sum00);
            sum01 = Vector256.FusedMultiplyAdd(value, second, sum01);
            sum02 = Vector256.FusedMultiplyAdd(value, third, sum02);
            value = Vector256.Create(*(a + rowStride + (2 * TLayout.ColumnStride)));
            sum10 = Vector256.FusedMultiplyAdd(value, first, sum10);
            sum11 = Vector256.FusedMultiplyAdd(value, second, sum11);
            sum12 = Vector256.FusedMultiplyAdd(value, third, sum12);
            value = Vector256.Create(*(a + twoRows + (2 * TLayout.ColumnStride)));
            sum20 = Vector256.FusedMultiplyAdd(value, first, sum20);
            sum21 = Vector256.FusedMultiplyAdd(value, second, sum21);
            sum22 = Vector256.FusedMultiplyAdd(value, third, sum22);
            value = Vector256.Create(*(a + threeRows + (2 * TLayout.ColumnStride)));
            sum30 = Vector256.FusedMultiplyAdd(value, first, sum30);
            sum31 = Vector256.FusedMultiplyAdd(value, second, sum31);
            sum32 = Vector256.FusedMultiplyAdd(value, third, sum32);

            (first, second, third) = (Vector256.Load(b + 72), Vector256.Load(b + 80), Vector256.Load(b + 88));
            value = Vector256.Create(*(a + (3 * TLayout.ColumnStride)));
            sum00 = Vector256.FusedMultiplyAdd(value, first, sum00);
            sum01 = Vector256.FusedMultiplyAdd(value, second, sum01);
            sum02 = Vector256.FusedMultiplyAdd(value, third, sum02);
            value = Vector256.Create(*(a + rowStride + (3 * TLayout.ColumnStride)));
            sum10 = Vector256.FusedMultiplyAdd(value, first, sum10);
            sum11 = Vector256.FusedMultiplyAdd(value, second, sum11);
            sum12 = Vector256.FusedMultiplyAdd(value, third, sum12);
            value = Vector256.Create(*(a + twoRows + (3 * TLayout.ColumnStride)));
            sum20 = Vector256.FusedMultiplyAdd(value, first, sum20);
            sum21 = Vector256.FusedMultiplyAdd(value, second, sum21);
            sum22 = Vector256.FusedMultiplyAdd(value, third, sum22);
            value = Vector256.Create(*(a + threeRows + (3 * TLayout.ColumnStride)));
            sum30 = Vector256.FusedMultiplyAdd(value, first, sum30);
            sum31 = Vector256.FusedMultiplyAdd(value, second, sum31);
            sum32 = Vector256.FusedMultiplyAdd(value, third, sum32);
        }

        for (; b < end; a += TLayout.ColumnStride, b += NR)
        {
            (first, second, third) = (Vector256.Load(b), Vector256.Load(b + 8), Vector256.Load(b + 16));
            value = Vector256.Create(*a);
            sum00 = Vector256.FusedMultiplyAdd(value, first, sum00);
            sum01 = Vector256.FusedMultiplyAdd(value, second, sum01);
            sum02 = Vector256.FusedMultiplyAdd(value, third, sum02);
            value = Vector256.Create(*(a + rowStride));
            sum10 = Vector256.FusedMultiplyAdd(value, first, sum10);
            sum11 = Vector256.FusedMultiplyAdd(value, second, sum11);
            sum12 = Vector256.FusedMultiplyAdd(value, third, sum12);
            value = Vector256.Create(*(a + twoRows));
            sum20 = Vector256.FusedMultiplyAdd(value, first, sum20);
            sum21 = Vector256.FusedMultiplyAdd(value, second, sum21);
            sum22 = Vector256.FusedMultiplyAdd(value, third, sum22);
            value = Vector256.Create(*(a + threeRows));
            sum30 = Vector256.FusedMultiplyAdd(value, first, sum30);
            sum31 = Vector256.FusedMultiplyAdd(value, second, sum31);
            sum32 = Vector256.FusedMultiplyAdd(value, third, sum32);
        }

        Store(c, sum00, sum01, sum02);
        Store(c + NR, sum10, sum11, sum12);
        Store(c + (2 * NR), sum20, sum21, sum22);
        Store(c + (3 * NR), sum30, sum31, sum32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load(float* source, out Vector256<float> first, out Vector256<float> second, out Vector256<float> third) =>
        (first, second, third) = (Vector256.Load(source), Vector256.Load(source + 8), Vector256.Load(source + 16));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float* target, Vector256<float> first, Vector256<float> second, Vector256<float> third)
    {
        first.Store(target);
        second.Store(target + 8);
        third.Store(target + 16);
    }

    /// <summary>The layout of a micro-panel of A.</summary>
    internal interface ILayout
    {
        /// <summary>The number of values from one column to the next.</summary>
        static abstract int ColumnStride { get; }
    }

    /// <summary>Rows of a matrix, read in place.</summary>
    internal readonly struct RowMajor : ILayout
    {
        /// <inheritdoc/>
        public static int ColumnStride => 1;
    }

    /// <summary>Packed, column-major.</summary>
    internal readonly struct Packed : ILayout
    {
        /// <inheritdoc/>
        public static int ColumnStride => MR;
    }
}
