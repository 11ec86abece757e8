using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace N2D.Numerics;

/// <summary>
/// Packs the factors of a product into contiguous micro-panels, in the order in which <see cref="MicroKernel{TWidth, TVector, T}"/> reads
/// them.
/// </summary>
internal static unsafe class Packing
{
    private const int FloatsPerCacheLine = 16;
    private const int RowsPerPass = 4 * FloatsPerCacheLine;

    /// <summary>Packs some rows of B into a micro-panel. Columns past the end of B become zeros.</summary>
    /// <param name="b">B.</param>
    /// <param name="firstColumn">The first column of the micro-panel.</param>
    /// <param name="firstRow">The first row of B.</param>
    /// <param name="endRow">The row after the last.</param>
    /// <param name="columnCount">The columns of the micro-panel.</param>
    /// <param name="panel">Receives k x columns values, row-major.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void PackB(MatrixView b, int firstColumn, int firstRow, int endRow, int columnCount, float* panel)
    {
        Debug.Assert(firstColumn >= 0 && firstColumn < b.ColumnCount, "The first column must be a column of B.");
        Debug.Assert(firstRow >= 0 && firstRow <= endRow && endRow <= b.RowCount, "The rows must be rows of B.");
        Debug.Assert(panel != null, "There must be memory for the micro-panel.");
        var width = Math.Min(columnCount, b.ColumnCount - firstColumn);
        if (width < columnCount)
        {
            new Span<float>(panel, (endRow - firstRow) * columnCount).Clear();
        }

        if (b.ColumnStride == 1)
        {
            CopyRows(b, firstColumn, width, firstRow, endRow, columnCount, panel);
        }
        else if (b.RowStride == 1)
        {
            TransposeColumns(b, firstColumn, width, firstRow, endRow, columnCount, panel);
        }
        else
        {
            CopyValues(b, firstColumn, width, firstRow, endRow, columnCount, panel);
        }
    }

    /// <summary>Prefetches one share of the values that <see cref="PackB"/> reads next.</summary>
    /// <param name="b">B.</param>
    /// <param name="firstColumn">The first column of the next micro-panel.</param>
    /// <param name="firstRow">Its first row of B.</param>
    /// <param name="endRow">The row after its last.</param>
    /// <param name="columnCount">Its columns.</param>
    /// <param name="share">The share to prefetch, from 0.</param>
    /// <param name="shareCount">The number of shares.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void PrefetchB(
        MatrixView b, int firstColumn, int firstRow, int endRow, int columnCount, int share, int shareCount)
    {
        Debug.Assert(share >= 0 && share < shareCount, "The share must be one of the shares.");
        Debug.Assert(firstColumn >= 0 && firstColumn < b.ColumnCount, "The first column must be a column of B.");
        if (!Sse.IsSupported)
        {
            return;
        }

        var width = Math.Min(columnCount, b.ColumnCount - firstColumn);
        var start = firstRow + ((endRow - firstRow) * share / shareCount);
        var end = firstRow + ((endRow - firstRow) * (share + 1) / shareCount);
        if (b.ColumnStride == 1)
        {
            for (var row = start; row < end; row++)
            {
                var source = b.Row(row) + firstColumn;
                for (var column = 0; column < width; column += FloatsPerCacheLine)
                {
                    Sse.Prefetch1(source + column);
                }

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

    /// <summary>Packs a block of A into micro-panels, each column-major. Rows past the end become zeros.</summary>
    /// <param name="a">A.</param>
    /// <param name="firstRow">The first row of the block.</param>
    /// <param name="endRow">The row after the last.</param>
    /// <param name="firstColumn">The first column of the block.</param>
    /// <param name="endColumn">The column after the last.</param>
    /// <param name="rowCount">MR, the rows of a micro-panel: 4 or 8.</param>
    /// <param name="panels">Receives the micro-panels, <see cref="PanelStrideOfA"/> values apart.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void PackA(MatrixView a, int firstRow, int endRow, int firstColumn, int endColumn, int rowCount, float* panels)
    {
        Debug.Assert(firstRow >= 0 && firstRow <= endRow && endRow <= a.RowCount, "The rows must be rows of A.");
        Debug.Assert(firstColumn >= 0 && firstColumn <= endColumn && endColumn <= a.ColumnCount, "The columns must be columns of A.");
        Debug.Assert(rowCount is 4 or 8, "A micro-panel has four or eight rows.");
        Debug.Assert(panels != null, "There must be memory for the micro-panels.");
        var panelStride = PanelStrideOfA(endColumn - firstColumn, rowCount);

        // A few cache lines of each column at a time: all rows would be written to as many pages as there are micro-panels.
        for (var start = firstRow; start < endRow; start += RowsPerPass)
        {
            var end = Math.Min(start + RowsPerPass, endRow);
            var pass = panels + ((start - firstRow) / rowCount * panelStride);
            for (var column = firstColumn; column < endColumn; column++, pass += rowCount)
            {
                PackColumn(a, column, start, end, rowCount, panelStride, pass);
            }
        }
    }

    /// <summary>
    /// The number of values from one packed micro-panel of A to the next: one cache line more than its size, to avoid cache conflicts.
    /// </summary>
    /// <param name="depth">k, the number of columns in the block.</param>
    /// <param name="rowCount">MR, the rows of a micro-panel.</param>
    public static int PanelStrideOfA(int depth, int rowCount) => (depth * rowCount) + FloatsPerCacheLine;

    /// <summary>Copies the last rows of A, fewer than MR, into a row-major micro-panel. Missing rows become zeros.</summary>
    /// <param name="a">A; its rows are contiguous.</param>
    /// <param name="firstRow">The first of these rows.</param>
    /// <param name="endRow">The row after the last.</param>
    /// <param name="firstColumn">The first column of the block.</param>
    /// <param name="endColumn">The column after the last.</param>
    /// <param name="rowCount">MR, the rows of the micro-panel.</param>
    /// <param name="panel">Receives MR x k values.</param>
    public static void PackEdgeOfA(MatrixView a, int firstRow, int endRow, int firstColumn, int endColumn, int rowCount, float* panel)
    {
        Debug.Assert(a.ColumnStride == 1, "The rows of A must be contiguous.");
        Debug.Assert(
            firstRow >= 0 && endRow <= a.RowCount && endRow >= firstRow && endRow - firstRow < rowCount,
            "The rows must be less than MR rows of A.");
        Debug.Assert(firstColumn >= 0 && firstColumn <= endColumn && endColumn <= a.ColumnCount, "The columns must be columns of A.");
        Debug.Assert(panel != null, "There must be memory for the micro-panel.");
        var depth = endColumn - firstColumn;
        for (var row = firstRow; row < endRow; row++, panel += depth)
        {
            new ReadOnlySpan<float>(a.Row(row) + firstColumn, depth).CopyTo(new Span<float>(panel, depth));
        }

        new Span<float>(panel, (rowCount - (endRow - firstRow)) * depth).Clear();
    }

    /// <summary>Packs some rows of a column of A: MR values for each micro-panel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PackColumn(MatrixView a, int column, int row, int endRow, int rowCount, int panelStride, float* panel)
    {
        var source = a.Column(column) + ((long)row * a.RowStride);
        if (a.RowStride == 1)
        {
            for (; row <= endRow - rowCount; row += rowCount, panel += panelStride, source += rowCount)
            {
                Vector128.Load(source).Store(panel);
                if (rowCount > 4)
                {
                    Vector128.Load(source + 4).Store(panel + 4);
                }
            }
        }

        for (; row < endRow; row += rowCount, panel += panelStride)
        {
            for (var i = 0; i < rowCount; i++, source += a.RowStride)
            {
                panel[i] = row + i < endRow ? *source : 0;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyRows(MatrixView b, int firstColumn, int width, int firstRow, int endRow, int columnCount, float* panel)
    {
        Debug.Assert(
            b.ColumnStride == 1 && width > 0 && width <= columnCount,
            "The rows of B must be contiguous and fit the micro-panel.");
        for (var row = firstRow; row < endRow; row++, panel += columnCount)
        {
            ProductRow.Copy(b.Row(row) + firstColumn, panel, width);
        }
    }

    /// <summary>Transposes blocks of eight rows and four columns in registers; single values at the edges.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransposeColumns(MatrixView b, int firstColumn, int width, int firstRow, int endRow, int columnCount, float* panel)
    {
        Debug.Assert(
            b.RowStride == 1 && width > 0 && width <= columnCount,
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
            for (; row <= endRow - 8; row += 8, target += 8 * columnCount)
            {
                var (rows04, rows15, rows26, rows37) = InterleavedRows.Transpose4x4(
                    Vector256.Load(column0 + row),
                    Vector256.Load(column1 + row),
                    Vector256.Load(column2 + row),
                    Vector256.Load(column3 + row));
                rows04.GetLower().Store(target);
                rows15.GetLower().Store(target + columnCount);
                rows26.GetLower().Store(target + (2 * columnCount));
                rows37.GetLower().Store(target + (3 * columnCount));
                rows04.GetUpper().Store(target + (4 * columnCount));
                rows15.GetUpper().Store(target + (5 * columnCount));
                rows26.GetUpper().Store(target + (6 * columnCount));
                rows37.GetUpper().Store(target + (7 * columnCount));
            }

            CopyValues(b, firstColumn + column, 4, row, endRow, columnCount, target);
        }

        CopyValues(b, firstColumn + column, width - column, firstRow, endRow, columnCount, panel + column);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyValues(MatrixView b, int firstColumn, int width, int firstRow, int endRow, int columnCount, float* panel)
    {
        Debug.Assert(width >= 0 && firstColumn + width <= b.ColumnCount && endRow <= b.RowCount, "The values must be values of B.");
        for (var row = firstRow; row < endRow; row++, panel += columnCount)
        {
            for (var column = 0; column < width; column++)
            {
                panel[column] = b.Column(firstColumn + column)[(long)row * b.RowStride];
            }
        }
    }
}
