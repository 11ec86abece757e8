using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace N2D.Numerics;

/// <summary>
/// Micro-tiles of matrix products in double precision, of the same size for every vector width: each is a single micro-tile of
/// <see cref="MicroKernel{TWidth, TVector, T}"/> with AVX-512, and several smaller ones otherwise. Terms are added first to last.
/// </summary>
internal static unsafe class DoubleMicroKernel
{
    /// <summary>The rows of a micro-tile.</summary>
    public const int MR = 8;

    /// <summary>The columns of a micro-tile.</summary>
    public const int NR = 24;

    /// <summary>The values of a micro-tile.</summary>
    public const int TileSize = MR * NR;

    /// <summary>Computes a micro-tile, A B, with the widest vectors that the processor has.</summary>
    /// <typeparam name="TLayout">The layout of A: <see cref="Rows"/> or <see cref="Columns"/>.</typeparam>
    /// <param name="a">A, MR x k.</param>
    /// <param name="rowStride">The number of values from one row of A to the next.</param>
    /// <param name="b">The micro-panel of B, k x NR, row-major.</param>
    /// <param name="k">The number of terms.</param>
    /// <param name="columnCount">The number of columns that are needed, 1 to NR. The others are undefined.</param>
    /// <param name="tile">Receives the micro-tile, row-major.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Multiply<TLayout>(double* a, nint rowStride, double* b, int k, int columnCount, double* tile)
        where TLayout : struct, IPanelLayout
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Multiply<Width512<double>, Vector512<double>, TLayout>(a, rowStride, b, k, columnCount, tile);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Multiply<Width256<double>, Vector256<double>, TLayout>(a, rowStride, b, k, columnCount, tile);
        }
        else
        {
            Multiply<Width128<double>, Vector128<double>, TLayout>(a, rowStride, b, k, columnCount, tile);
        }
    }

    /// <summary>Computes a micro-tile, A B, with vectors of one width.</summary>
    /// <typeparam name="TWidth">The width.</typeparam>
    /// <typeparam name="TVector">A vector of this width.</typeparam>
    /// <typeparam name="TLayout">The layout of A.</typeparam>
    /// <param name="a">A, MR x k.</param>
    /// <param name="rowStride">The number of values from one row of A to the next.</param>
    /// <param name="b">The micro-panel of B, k x NR, row-major.</param>
    /// <param name="k">The number of terms.</param>
    /// <param name="columnCount">The number of columns that are needed.</param>
    /// <param name="tile">Receives the micro-tile.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Multiply<TWidth, TVector, TLayout>(
        double* a, nint rowStride, double* b, int k, int columnCount, double* tile)
        where TWidth : struct, IVectorWidth<TVector, double>
        where TVector : struct
        where TLayout : struct, IPanelLayout
    {
        Debug.Assert(columnCount is > 0 and <= NR, "The columns must be those of the micro-panel.");
        Debug.Assert(tile + TileSize <= b || b + ((long)k * NR) <= tile, "The micro-tile must not overlap the micro-panel of B.");
        for (var column = 0; column < columnCount; column += MicroKernel<TWidth, TVector, double>.NR)
        {
            var vectorCount = Math.Min(
                MicroKernel<TWidth, TVector, double>.MaxVectors, (columnCount - column + TWidth.Lanes - 1) / TWidth.Lanes);
            for (var row = 0; row < MR; row += MicroKernel<TWidth, TVector, double>.MR)
            {
                MicroKernel<TWidth, TVector, double>.Multiply<TLayout>(
                    a + (row * rowStride), rowStride, b + column, k, vectorCount, false, tile + (row * NR) + column, NR);
            }
        }
    }

    /// <summary>A has contiguous rows.</summary>
    internal readonly struct Rows : IPanelLayout
    {
        /// <inheritdoc/>
        public static int ColumnStride => 1;

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static int RowStrideOfB(int columnCount) => NR;
    }

    /// <summary>A consists of contiguous columns of a micro-panel like that of B: its row stride is 1.</summary>
    internal readonly struct Columns : IPanelLayout
    {
        /// <inheritdoc/>
        public static int ColumnStride => NR;

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static int RowStrideOfB(int columnCount) => NR;
    }
}
