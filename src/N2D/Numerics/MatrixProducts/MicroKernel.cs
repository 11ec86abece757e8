using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace N2D.Numerics;

/// <summary>
/// The micro-kernel of a matrix product: updates a micro-tile of C with the product of a micro-panel of A and one of B. A micro-tile has
/// MR rows and one to <see cref="MaxVectors"/> vectors of columns.
/// </summary>
/// <remarks>
/// <para>
/// With three vectors, the accumulators, one row of the micro-panel of B, and one broadcast value of A fill the registers: 12 + 3 + 1 of 16
/// with AVX2, 24 + 3 + 1 of 32 with AVX-512 and on ARM64. The multiply-adds then take longer than the loads.
/// </para>
/// <para>A type argument is a constant for the just-in-time compiler, which removes the branches for rows and vectors.</para>
/// </remarks>
/// <typeparam name="TWidth">The width of the registers.</typeparam>
/// <typeparam name="TVector">A vector of this width.</typeparam>
/// <typeparam name="T">float or double.</typeparam>
internal static unsafe class MicroKernel<TWidth, TVector, T>
    where TWidth : struct, IVectorWidth<TVector, T>
    where TVector : struct
    where T : unmanaged
{
    /// <summary>The most vectors in a row of a micro-tile.</summary>
    public const int MaxVectors = 3;

    /// <summary>The rows of a micro-tile: 4, or 8 if there are 32 registers.</summary>
    public static int MR
    {
        // No vector register survives a call within a loop.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TWidth.RegisterCount == 32 ? 8 : 4;
    }

    /// <summary>The most columns of a micro-tile.</summary>
    public static int NR => MaxVectors * TWidth.Lanes;

    /// <summary>Computes C = A B or C += A B for one micro-tile.</summary>
    /// <typeparam name="TLayout">The layout of the micro-panels.</typeparam>
    /// <param name="a">The micro-panel of A, MR x k.</param>
    /// <param name="rowStride">The number of values from one of its rows to the next.</param>
    /// <param name="b">The micro-panel of B, k x columns, row-major.</param>
    /// <param name="k">The number of terms.</param>
    /// <param name="vectorCount">The number of vectors of columns, 1 to <see cref="MaxVectors"/>.</param>
    /// <param name="accumulates">Whether to add to C instead of replacing it.</param>
    /// <param name="c">The micro-tile of C, row-major.</param>
    /// <param name="rowStrideOfC">The number of values from one of its rows to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Multiply<TLayout>(
        T* a, nint rowStride, T* b, int k, int vectorCount, bool accumulates, T* c, nint rowStrideOfC)
        where TLayout : struct, IPanelLayout
    {
        Debug.Assert(a != null && b != null && c != null, "The micro-panels and the micro-tile must be there.");
        Debug.Assert(k >= 0 && rowStride >= 1, "The number of terms must be 0 or more, and the stride 1 or more.");
        Debug.Assert(vectorCount is > 0 and <= MaxVectors, "A micro-tile has one to three vectors of columns.");
        switch (vectorCount)
        {
            case 1:
                Multiply<TLayout, One>(a, rowStride, b, k, accumulates, c, rowStrideOfC);
                break;
            case 2:
                Multiply<TLayout, Two>(a, rowStride, b, k, accumulates, c, rowStrideOfC);
                break;
            default:
                Multiply<TLayout, Three>(a, rowStride, b, k, accumulates, c, rowStrideOfC);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Multiply<TLayout, TColumns>(
        T* a, nint rowStride, T* b, int k, bool accumulates, T* c, nint rowStrideOfC)
        where TLayout : struct, IPanelLayout
        where TColumns : struct, IColumns
    {
        var columnCount = TColumns.VectorCount * TWidth.Lanes;
        var columnStride = TLayout.ColumnStride;
        var rowStrideOfB = TLayout.RowStrideOfB(columnCount);
        TVector
            sum00, sum01, sum02, sum10, sum11, sum12, sum20, sum21, sum22, sum30, sum31, sum32,
            sum40, sum41, sum42, sum50, sum51, sum52, sum60, sum61, sum62, sum70, sum71, sum72;
        if (accumulates)
        {
            Load<TColumns>(c, out sum00, out sum01, out sum02);
            Load<TColumns>(c + rowStrideOfC, out sum10, out sum11, out sum12);
            Load<TColumns>(c + (2 * rowStrideOfC), out sum20, out sum21, out sum22);
            Load<TColumns>(c + (3 * rowStrideOfC), out sum30, out sum31, out sum32);
            if (MR > 4)
            {
                Load<TColumns>(c + (4 * rowStrideOfC), out sum40, out sum41, out sum42);
                Load<TColumns>(c + (5 * rowStrideOfC), out sum50, out sum51, out sum52);
                Load<TColumns>(c + (6 * rowStrideOfC), out sum60, out sum61, out sum62);
                Load<TColumns>(c + (7 * rowStrideOfC), out sum70, out sum71, out sum72);
            }
            else
            {
                sum40 = sum41 = sum42 = sum50 = sum51 = sum52 = sum60 = sum61 = sum62 = sum70 = sum71 = sum72 = TWidth.Zero;
            }
        }
        else
        {
            sum00 = sum01 = sum02 = sum10 = sum11 = sum12 = sum20 = sum21 = sum22 = sum30 = sum31 = sum32 = TWidth.Zero;
            sum40 = sum41 = sum42 = sum50 = sum51 = sum52 = sum60 = sum61 = sum62 = sum70 = sum71 = sum72 = TWidth.Zero;
        }

        // Rows 4 to 7 have a pointer of their own, so that all rows are within the addressing modes of x64.
        var (twoRows, threeRows) = (2 * rowStride, 3 * rowStride);
        var a4 = a + (4 * rowStride);
        for (var end = b + ((long)k * rowStrideOfB); b < end; a += columnStride, a4 += columnStride, b += rowStrideOfB)
        {
            Load<TColumns>(b, out var b0, out var b1, out var b2);
            AddTerm<TColumns>(a, b0, b1, b2, ref sum00, ref sum01, ref sum02);
            AddTerm<TColumns>(a + rowStride, b0, b1, b2, ref sum10, ref sum11, ref sum12);
            AddTerm<TColumns>(a + twoRows, b0, b1, b2, ref sum20, ref sum21, ref sum22);
            AddTerm<TColumns>(a + threeRows, b0, b1, b2, ref sum30, ref sum31, ref sum32);
            if (MR > 4)
            {
                AddTerm<TColumns>(a4, b0, b1, b2, ref sum40, ref sum41, ref sum42);
                AddTerm<TColumns>(a4 + rowStride, b0, b1, b2, ref sum50, ref sum51, ref sum52);
                AddTerm<TColumns>(a4 + twoRows, b0, b1, b2, ref sum60, ref sum61, ref sum62);
                AddTerm<TColumns>(a4 + threeRows, b0, b1, b2, ref sum70, ref sum71, ref sum72);
            }
        }

        Store<TColumns>(c, sum00, sum01, sum02);
        Store<TColumns>(c + rowStrideOfC, sum10, sum11, sum12);
        Store<TColumns>(c + (2 * rowStrideOfC), sum20, sum21, sum22);
        Store<TColumns>(c + (3 * rowStrideOfC), sum30, sum31, sum32);
        if (MR > 4)
        {
            Store<TColumns>(c + (4 * rowStrideOfC), sum40, sum41, sum42);
            Store<TColumns>(c + (5 * rowStrideOfC), sum50, sum51, sum52);
            Store<TColumns>(c + (6 * rowStrideOfC), sum60, sum61, sum62);
            Store<TColumns>(c + (7 * rowStrideOfC), sum70, sum71, sum72);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTerm<TColumns>(
        T* a, TVector b0, TVector b1, TVector b2, ref TVector sum0, ref TVector sum1, ref TVector sum2)
        where TColumns : struct, IColumns
    {
        var value = TWidth.Broadcast(*a);
        sum0 = TWidth.MultiplyAdd(value, b0, sum0);
        if (TColumns.VectorCount > 1)
        {
            sum1 = TWidth.MultiplyAdd(value, b1, sum1);
        }

        if (TColumns.VectorCount > 2)
        {
            sum2 = TWidth.MultiplyAdd(value, b2, sum2);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load<TColumns>(T* source, out TVector first, out TVector second, out TVector third)
        where TColumns : struct, IColumns
    {
        first = TWidth.Load(source);
        second = TColumns.VectorCount > 1 ? TWidth.Load(source + TWidth.Lanes) : first;
        third = TColumns.VectorCount > 2 ? TWidth.Load(source + (2 * TWidth.Lanes)) : first;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TColumns>(T* target, TVector first, TVector second, TVector third)
        where TColumns : struct, IColumns
    {
        TWidth.Store(first, target);
        if (TColumns.VectorCount > 1)
        {
            TWidth.Store(second, target + TWidth.Lanes);
        }

        if (TColumns.VectorCount > 2)
        {
            TWidth.Store(third, target + (2 * TWidth.Lanes));
        }
    }

    /// <summary>Rows of A, read in place, and a packed micro-panel of B.</summary>
    internal readonly struct RowMajor : IPanelLayout
    {
        /// <inheritdoc/>
        public static int ColumnStride => 1;

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static int RowStrideOfB(int columnCount) => columnCount;
    }

    /// <summary>A packed, column-major micro-panel of A, and a packed one of B.</summary>
    internal readonly struct Packed : IPanelLayout
    {
        /// <inheritdoc/>
        public static int ColumnStride
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => MR;
        }

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static int RowStrideOfB(int columnCount) => columnCount;
    }

    private interface IColumns
    {
        static abstract int VectorCount { get; }
    }

    private readonly struct One : IColumns
    {
        public static int VectorCount => 1;
    }

    private readonly struct Two : IColumns
    {
        public static int VectorCount => 2;
    }

    private readonly struct Three : IColumns
    {
        public static int VectorCount => 3;
    }
}
