using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace N2D.Numerics;

/// <summary>
/// Packs the factors of a product into contiguous micro-panels, in the order in which <see cref="MicroKernel"/> reads them.
/// </summary>
internal static unsafe class Packing
{
    private const int FloatsPerCacheLine = 16;

    /// <summary>Packs some rows of B into a micro-panel. Columns past the end of B become zeros.</summary>
    /// <param name="b">B.</param>
    /// <param name="firstColumn">The first column of the micro-panel.</param>
    /// <param name="firstRow">The first row of B.</param>
    /// <param name="endRow">The row after the last.</param>
    /// <param name="panel">Receives k x NR values, row-major.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void PackB(MatrixView b, int firstColumn, int firstRow, int endRow, float* panel)
    {
        Debug.Assert(firstColumn >= 0 && firstColumn < b.ColumnCount, "The first column must be a column of B.");
        Debug.Assert(firstRow >= 0 && firstRow <= endRow && endRow <= b.RowCount, "The rows must be rows of B.");
        Debug.Assert(panel != null, "There must be memory for the micro-panel.");
        var width = Math.Min(MicroKernel.NR, b.ColumnCount - firstColumn);
        if (width < MicroKernel.NR)
        {
            new Span<float>(panel, (endRow - firstRow) * MicroKernel.NR).Clear();
        }

        if (b.ColumnStride == 1)
        {
            CopyRows(b, firstColumn, width, firstRow, endRow, panel);
        }
        else if (b.RowStride == 1)
        {
            TransposeColumns(b, firstColumn, width, firstRow, endRow, panel);
        }
        else
        {
            CopyValues(b, firstColumn, width, firstRow, endRow, panel);
        }
    }

    /// <summary>Prefetches one share of the values that <see cref="PackB"/> reads next.</summary>
    /// <param name="b">B.</param>
    /// <param name="firstColumn">The first column of the next micro-panel.</param>
    /// <param name="firstRow">Its first row of B.</param>
    /// <param name="endRow">The row after its last.</param>
    /// <param name="share">The share to prefetch, from 0.</param>
    /// <param name="shareCount">The number of shares.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void PrefetchB(MatrixView b, int firstColumn, int firstRow, int endRow, int share, int shareCount)
    {
        Debug.Assert(share >= 0 && share < shareCount, "The share must be one of the shares.");
        Debug.Assert(firstColumn >= 0 && firstColumn < b.ColumnCount, "The first column must be a column of B.");
        if (!Sse.IsSupported)
        {
            return;
        }

        var width = Math.Min(MicroKernel.NR, b.ColumnCount - firstColumn);
        var start = firstRow + ((endRow - firstRow) * share / shareCount);
        var end = firstRow + ((endRow - firstRow) * (share + 1) / shareCount);
        if (b.ColumnStride == 1)
        {
            for (var row = start; row < end; row++)
            {
                var source = b.Row(row) + firstColumn;
                Sse.Prefetch1(source);
                Sse.Prefetch1(source + Math.Min(FloatsPerCacheLine, width - 1));
                Sse.Prefetch1(source + width - 1);
            }

            return;
        }

        for (var column = firstColumn; column < firstColumn + width; column++)
        {
            var source = b.Column(column);
            for (var row = (start + FloatsPerCacheLine - 1) / FloatsPerCacheLine * FloatsPerCacheLine; row < end; row += FloatsPerCacheLine)
            {
                Sse.Prefetch1(source + ((long)row * b.RowStride));
            }
        }
    }

    /// <summary>Packs a block of A into micro-panels of MR rows, each column-major. Rows past the end become zeros.</summary>
    /// <param name="a">A.</param>
    /// <param name="firstRow">The first row of the block.</param>
    /// <param name="endRow">The row after the last.</param>
    /// <param name="firstColumn">The first column of the block.</param>
    /// <param name="endColumn">The column after the last.</param>
    /// <param name="panels">Receives the micro-panels, <see cref="PanelStrideOfA"/> values apart.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void PackA(MatrixView a, int firstRow, int endRow, int firstColumn, int endColumn, float* panels)
    {
        Debug.Assert(firstRow >= 0 && firstRow <= endRow && endRow <= a.RowCount, "The rows must be rows of A.");
        Debug.Assert(firstColumn >= 0 && firstColumn <= endColumn && endColumn <= a.ColumnCount, "The columns must be columns of A.");
        Debug.Assert(panels != null, "There must be memory for the micro-panels.");
        var panelStride = PanelStrideOfA(endColumn - firstColumn);
        for (var column = firstColumn; column < endColumn; column++, panels += MicroKernel.MR)
        {
            var source = a.Column(column) + ((long)firstRow * a.RowStride);
            var panel = panels;
            var row = firstRow;
            if (a.RowStride == 1)
            {
                for (; row <= endRow - MicroKernel.MR; row += MicroKernel.MR, panel += panelStride, source += MicroKernel.MR)
                {
                    Vector128.Load(source).Store(panel);
                }
            }

            for (; row < endRow; row += MicroKernel.MR, panel += panelStride)
            {
                for (var i = 0; i < MicroKernel.MR; i++, source += a.RowStride)
                {
                    panel[i] = row + i < endRow ? *source : 0;
                }
            }
        }
    }

    /// <summary>
    /// The number of values from one packed micro-panel of A to the next: one cache line more than its size, to avoid cache conflicts.
    /// </summary>
    /// <param name="depth">k, the number of columns in the block.</param>
    public static int PanelStrideOfA(int depth) => (depth * MicroKernel.MR) + FloatsPerCacheLine;

    /// <summary>Copies the last rows of A, fewer than MR, into a row-major micro-panel. Missing rows become zeros.</summary>
    /// <param name="a">A; its rows are contiguous.</param>
    /// <param name="firstRow">The first of these rows.</param>
    /// <param name="endRow">The row after the last.</param>
    /// <param name="firstColumn">The first column of the block.</param>
    /// <param name="endColumn">The column after the last.</param>
    /// <param name="panel">Receives MR x k values.</param>
    public static void PackEdgeOfA(MatrixView a, int firstRow, int endRow, int firstColumn, int endColumn, float* panel)
    {
        Debug.Assert(a.ColumnStride == 1, "The rows of A must be contiguous.");
        Debug.Assert(
            firstRow >= 0 && endRow <= a.RowCount && endRow - firstRow is >= 0 and < MicroKernel.MR,
            "The rows must be less than MR rows of A.");
        Debug.Assert(firstColumn >= 0 && firstColumn <= endColumn && endColumn <= a.ColumnCount, "The columns must be columns of A.");
        Debug.Assert(panel != null, "There must be memory for the micro-panel.");
        var depth = endColumn - firstColumn;
        for (var row = firstRow; row < endRow; row++, panel += depth)
        {
            new ReadOnlySpan<float>(a.Row(row) + firstColumn, depth).CopyTo(new Span<float>(panel, depth));
        }

        new Span<float>(panel, (MicroKernel.MR - (endRow - firstRow)) * depth).Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyRows(MatrixView b, int firstColumn, int width, int firstRow, int endRow, float* panel)
    {
        Debug.Assert(
            b.ColumnStride == 1 && width is > 0 and <= MicroKernel.NR,
            "The rows of B must be contiguous and fit the micro-panel.");
        for (var row = firstRow; row < endRow; row++, panel += MicroKernel.NR)
        {
            var source = b.Row(row) + firstColumn;
            if (width == MicroKernel.NR)
            {
                Vector256.Load(source).Store(panel);
                Vector256.Load(source + 8).Store(panel + 8);
                Vector256.Load(source + 16).Store(panel + 16);
            }
            else
            {
                new ReadOnlySpan<float>(source, width).CopyTo(new Span<float>(panel, width));
            }
        }
    }

    /// <summary>Transposes blocks of eight rows and four columns in registers; single values at the edges.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransposeColumns(MatrixView b, int firstColumn, int width, int firstRow, int endRow, float* panel)
    {
        Debug.Assert(
            b.RowStride == 1 && width is > 0 and <= MicroKernel.NR,
            "The columns of B must be contiguous and fit the micro-panel.");
        var column = 0;
        for (; column <= width - 4; column += 4)
        {
            var column0 = b.Column(firstColumn + column);
            var column1 = column0 + b.ColumnStride;
            var column2 = column1 + b.ColumnStride;
            var column3 = column2 + b.ColumnStride;
            var target = panel + column;
            var row = firstRow;
            for (; row <= endRow - 8; row += 8, target += 8 * MicroKernel.NR)
            {
                var (rows04, rows15, rows26, rows37) = InterleavedRows.Transpose4x4(
                    Vector256.Load(column0 + row),
                    Vector256.Load(column1 + row),
                    Vector256.Load(column2 + row),
                    Vector256.Load(column3 + row));
                rows04.GetLower().Store(target);
                rows15.GetLower().Store(target + MicroKernel.NR);
                rows26.GetLower().Store(target + (2 * MicroKernel.NR));
                rows37.GetLower().Store(target + (3 * MicroKernel.NR));
                rows04.GetUpper().Store(target + (4 * MicroKernel.NR));
                rows15.GetUpper().Store(target + (5 * MicroKernel.NR));
                rows26.GetUpper().Store(target + (6 * MicroKernel.NR));
                rows37.GetUpper().Store(target + (7 * MicroKernel.NR));
            }

            CopyValues(b, firstColumn + column, 4, row, endRow, target);
        }

        CopyValues(b, firstColumn + column, width - column, firstRow, endRow, panel + column);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyValues(MatrixView b, int firstColumn, int width, int firstRow, int endRow, float* panel)
    {
        Debug.Assert(width >= 0 && firstColumn + width <= b.ColumnCount && endRow <= b.RowCount, "The values must be values of B.");
        for (var row = firstRow; row < endRow; row++, panel += MicroKernel.NR)
        {
            for (var column = 0; column < width; column++)
            {
                panel[column] = b.Column(firstColumn + column)[(long)row * b.RowStride];
            }
        }
    }
}
