using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace N2D.Numerics;

/// <summary>
/// The innermost of a product of matrices: four rows of the left factor by 24 columns of the right one. Twelve vectors of sums, a row of the strip and a broadcast value
/// fill the sixteen registers of AVX2, and of 19 instructions a term twelve multiply.
/// </summary>
internal static unsafe class MicroKernel
{
    /// <summary>The rows of a tile.</summary>
    public const int Rows = 4;

    /// <summary>The columns of a tile, and of a strip.</summary>
    public const int Columns = 24;

    /// <summary>The sums of a tile.</summary>
    public const int Size = Rows * Columns;

    /// <summary>Adds the products of some terms.</summary>
    /// <typeparam name="TLayout">How the tile's values lie.</typeparam>
    /// <param name="left">The first value of the tile.</param>
    /// <param name="rowStep">Values from one of its rows to the next.</param>
    /// <param name="strip">The terms of the right factor, row after row.</param>
    /// <param name="depth">The number of terms.</param>
    /// <param name="goesOn">Whether there are sums already.</param>
    /// <param name="sums">The sums, row after row.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Multiply<TLayout>(float* left, nint rowStep, float* strip, int depth, bool goesOn, float* sums)
        where TLayout : struct, ILayout
    {
        Vector256<float> sum00, sum01, sum02, sum10, sum11, sum12, sum20, sum21, sum22, sum30, sum31, sum32;
        if (goesOn)
        {
            Load(sums, out sum00, out sum01, out sum02);
            Load(sums + Columns, out sum10, out sum11, out sum12);
            Load(sums + (2 * Columns), out sum20, out sum21, out sum22);
            Load(sums + (3 * Columns), out sum30, out sum31, out sum32);
        }
        else
        {
            sum00 = sum01 = sum02 = sum10 = sum11 = sum12 = sum20 = sum21 = sum22 = sum30 = sum31 = sum32 = Vector256<float>.Zero;
        }

        Vector256<float> first, second, third, value;
        var (twoRows, threeRows) = (2 * rowStep, 3 * rowStep);
        var end = strip + ((long)depth * Columns);
        for (; strip <= end - (4 * Columns); left += 4 * TLayout.ColumnStep, strip += 4 * Columns)
        {
            (first, second, third) = (Vector256.Load(strip), Vector256.Load(strip + 8), Vector256.Load(strip + 16));
            value = Vector256.Create(*left);
            sum00 = Vector256.FusedMultiplyAdd(value, first, sum00);
            sum01 = Vector256.FusedMultiplyAdd(value, second, sum01);
            sum02 = Vector256.FusedMultiplyAdd(value, third, sum02);
            value = Vector256.Create(*(left + rowStep));
            sum10 = Vector256.FusedMultiplyAdd(value, first, sum10);
            sum11 = Vector256.FusedMultiplyAdd(value, second, sum11);
            sum12 = Vector256.FusedMultiplyAdd(value, third, sum12);
            value = Vector256.Create(*(left + twoRows));
            sum20 = Vector256.FusedMultiplyAdd(value, first, sum20);
            sum21 = Vector256.FusedMultiplyAdd(value, second, sum21);
            sum22 = Vector256.FusedMultiplyAdd(value, third, sum22);
            value = Vector256.Create(*(left + threeRows));
            sum30 = Vector256.FusedMultiplyAdd(value, first, sum30);
            sum31 = Vector256.FusedMultiplyAdd(value, second, sum31);
            sum32 = Vector256.FusedMultiplyAdd(value, third, sum32);

            (first, second, third) = (Vector256.Load(strip + 24), Vector256.Load(strip + 32), Vector256.Load(strip + 40));
            value = Vector256.Create(*(left + TLayout.ColumnStep));
            sum00 = Vector256.FusedMultiplyAdd(value, first, sum00);
            sum01 = Vector256.FusedMultiplyAdd(value, second, sum01);
            sum02 = Vector256.FusedMultiplyAdd(value, third, sum02);
            value = Vector256.Create(*(left + rowStep + TLayout.ColumnStep));
            sum10 = Vector256.FusedMultiplyAdd(value, first, sum10);
            sum11 = Vector256.FusedMultiplyAdd(value, second, sum11);
            sum12 = Vector256.FusedMultiplyAdd(value, third, sum12);
            value = Vector256.Create(*(left + twoRows + TLayout.ColumnStep));
            sum20 = Vector256.FusedMultiplyAdd(value, first, sum20);
            sum21 = Vector256.FusedMultiplyAdd(value, second, sum21);
            sum22 = Vector256.FusedMultiplyAdd(value, third, sum22);
            value = Vector256.Create(*(left + threeRows + TLayout.ColumnStep));
            sum30 = Vector256.FusedMultiplyAdd(value, first, sum30);
            sum31 = Vector256.FusedMultiplyAdd(value, second, sum31);
            sum32 = Vector256.FusedMultiplyAdd(value, third, sum32);

            (first, second, third) = (Vector256.Load(strip + 48), Vector256.Load(strip + 56), Vector256.Load(strip + 64));
            value = Vector256.Create(*(left + (2 * TLayout.ColumnStep)));
            sum00 = Vector256.FusedMultiplyAdd(value, first, sum00);
            sum01 = Vector256.FusedMultiplyAdd(value, second, sum01);
            sum02 = Vector256.FusedMultiplyAdd(value, third, sum02);
            value = Vector256.Create(*(left + rowStep + (2 * TLayout.ColumnStep)));
            sum10 = Vector256.FusedMultiplyAdd(value, first, sum10);
            sum11 = Vector256.FusedMultiplyAdd(value, second, sum11);
            sum12 = Vector256.FusedMultiplyAdd(value, third, sum12);
            value = Vector256.Create(*(left + twoRows + (2 * TLayout.ColumnStep)));
            sum20 = Vector256.FusedMultiplyAdd(value, first, sum20);
            sum21 = Vector256.FusedMultiplyAdd(value, second, sum21);
            sum22 = Vector256.FusedMultiplyAdd(value, third, sum22);
            value = Vector256.Create(*(left + threeRows + (2 * TLayout.ColumnStep)));
            sum30 = Vector256.FusedMultiplyAdd(value, first, sum30);
            sum31 = Vector256.FusedMultiplyAdd(value, second, sum31);
            sum32 = Vector256.FusedMultiplyAdd(value, third, sum32);

            (first, second, third) = (Vector256.Load(strip + 72), Vector256.Load(strip + 80), Vector256.Load(strip + 88));
            value = Vector256.Create(*(left + (3 * TLayout.ColumnStep)));
            sum00 = Vector256.FusedMultiplyAdd(value, first, sum00);
            sum01 = Vector256.FusedMultiplyAdd(value, second, sum01);
            sum02 = Vector256.FusedMultiplyAdd(value, third, sum02);
            value = Vector256.Create(*(left + rowStep + (3 * TLayout.ColumnStep)));
            sum10 = Vector256.FusedMultiplyAdd(value, first, sum10);
            sum11 = Vector256.FusedMultiplyAdd(value, second, sum11);
            sum12 = Vector256.FusedMultiplyAdd(value, third, sum12);
            value = Vector256.Create(*(left + twoRows + (3 * TLayout.ColumnStep)));
            sum20 = Vector256.FusedMultiplyAdd(value, first, sum20);
            sum21 = Vector256.FusedMultiplyAdd(value, second, sum21);
            sum22 = Vector256.FusedMultiplyAdd(value, third, sum22);
            value = Vector256.Create(*(left + threeRows + (3 * TLayout.ColumnStep)));
            sum30 = Vector256.FusedMultiplyAdd(value, first, sum30);
            sum31 = Vector256.FusedMultiplyAdd(value, second, sum31);
            sum32 = Vector256.FusedMultiplyAdd(value, third, sum32);
        }

        for (; strip < end; left += TLayout.ColumnStep, strip += Columns)
        {
            (first, second, third) = (Vector256.Load(strip), Vector256.Load(strip + 8), Vector256.Load(strip + 16));
            value = Vector256.Create(*left);
            sum00 = Vector256.FusedMultiplyAdd(value, first, sum00);
            sum01 = Vector256.FusedMultiplyAdd(value, second, sum01);
            sum02 = Vector256.FusedMultiplyAdd(value, third, sum02);
            value = Vector256.Create(*(left + rowStep));
            sum10 = Vector256.FusedMultiplyAdd(value, first, sum10);
            sum11 = Vector256.FusedMultiplyAdd(value, second, sum11);
            sum12 = Vector256.FusedMultiplyAdd(value, third, sum12);
            value = Vector256.Create(*(left + twoRows));
            sum20 = Vector256.FusedMultiplyAdd(value, first, sum20);
            sum21 = Vector256.FusedMultiplyAdd(value, second, sum21);
            sum22 = Vector256.FusedMultiplyAdd(value, third, sum22);
            value = Vector256.Create(*(left + threeRows));
            sum30 = Vector256.FusedMultiplyAdd(value, first, sum30);
            sum31 = Vector256.FusedMultiplyAdd(value, second, sum31);
            sum32 = Vector256.FusedMultiplyAdd(value, third, sum32);
        }

        Store(sums, sum00, sum01, sum02);
        Store(sums + Columns, sum10, sum11, sum12);
        Store(sums + (2 * Columns), sum20, sum21, sum22);
        Store(sums + (3 * Columns), sum30, sum31, sum32);
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

    /// <summary>How the values of a tile lie.</summary>
    internal interface ILayout
    {
        /// <summary>Values from one column to the next.</summary>
        static abstract int ColumnStep { get; }
    }

    /// <summary>As rows of a matrix.</summary>
    internal readonly struct ByRows : ILayout
    {
        /// <inheritdoc/>
        public static int ColumnStep => 1;
    }

    /// <summary>Gathered, the values of a column side by side.</summary>
    internal readonly struct ByColumns : ILayout
    {
        /// <inheritdoc/>
        public static int ColumnStep => Rows;
    }
}
