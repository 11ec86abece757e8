using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace N2D.Numerics;

/// <summary>Brings the factors of a product together, in the order that <see cref="MicroKernel"/> reads them in.</summary>
internal static unsafe class Packing
{
    private const int ValuesALine = 16;

    /// <summary>Gathers some terms of the right factor for a strip; missing columns are zeros.</summary>
    /// <param name="right">The right factor.</param>
    /// <param name="firstColumn">The strip's first column.</param>
    /// <param name="firstRow">The first term.</param>
    /// <param name="endRow">The one after the last.</param>
    /// <param name="strip">Takes the terms, row after row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Strip(MatrixView right, int firstColumn, int firstRow, int endRow, float* strip)
    {
        var width = Math.Min(MicroKernel.Columns, right.ColumnCount - firstColumn);
        if (width < MicroKernel.Columns)
        {
            new Span<float>(strip, (endRow - firstRow) * MicroKernel.Columns).Clear();
        }

        if (right.ColumnStep == 1)
        {
            Rows(right, firstColumn, width, firstRow, endRow, strip);
        }
        else if (right.RowStep == 1)
        {
            Columns(right, firstColumn, width, firstRow, endRow, strip);
        }
        else
        {
            Values(right, firstColumn, width, firstRow, endRow, strip);
        }
    }

    /// <summary>Asks for a share of what <see cref="Strip"/> will read, so that it is near by then.</summary>
    /// <param name="right">The right factor.</param>
    /// <param name="firstColumn">The strip's first column.</param>
    /// <param name="firstRow">The first term.</param>
    /// <param name="endRow">The one after the last.</param>
    /// <param name="share">Which share.</param>
    /// <param name="shareCount">Of how many.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Prefetch(MatrixView right, int firstColumn, int firstRow, int endRow, int share, int shareCount)
    {
        if (!Sse.IsSupported)
        {
            return;
        }

        var width = Math.Min(MicroKernel.Columns, right.ColumnCount - firstColumn);
        var (start, end) = (firstRow + ((endRow - firstRow) * share / shareCount), firstRow + ((endRow - firstRow) * (share + 1) / shareCount));
        if (right.ColumnStep == 1)
        {
            for (var row = start; row < end; row++)
            {
                var source = right.Row(row) + firstColumn;
                Sse.Prefetch1(source);
                Sse.Prefetch1(source + Math.Min(ValuesALine, width - 1));
                Sse.Prefetch1(source + width - 1);
            }

            return;
        }

        for (var column = firstColumn; column < firstColumn + width; column++)
        {
            var source = right.Column(column);
            for (var row = (start + ValuesALine - 1) / ValuesALine * ValuesALine; row < end; row += ValuesALine)
            {
                Sse.Prefetch1(source + ((long)row * right.RowStep));
            }
        }
    }

    /// <summary>Gathers some columns of rows of the left factor, tile after tile, the four values of a column side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tiles(MatrixView left, int firstRow, int endRow, int firstColumn, int endColumn, float* target)
    {
        var tileSize = TileSize(endColumn - firstColumn);
        for (var column = firstColumn; column < endColumn; column++, target += MicroKernel.Rows)
        {
            var source = left.Column(column) + ((long)firstRow * left.RowStep);
            var tile = target;
            var row = firstRow;
            if (left.RowStep == 1)
            {
                for (; row <= endRow - MicroKernel.Rows; row += MicroKernel.Rows, tile += tileSize, source += MicroKernel.Rows)
                {
                    Vector128.Load(source).Store(tile);
                }
            }

            for (; row < endRow; row += MicroKernel.Rows, tile += tileSize)
            {
                for (var i = 0; i < MicroKernel.Rows; i++, source += left.RowStep)
                {
                    tile[i] = row + i < endRow ? *source : 0;
                }
            }
        }
    }

    /// <summary>The values from one gathered tile to the next: a line of the cache more than there are, so that not all tiles fall on the same lines of it.</summary>
    public static int TileSize(int depth) => (depth * MicroKernel.Rows) + 16;

    /// <summary>Copies the rows that are too few for a tile, with zeros for those that are missing.</summary>
    public static void LastRows(MatrixView left, int firstRow, int endRow, int firstColumn, int endColumn, float* target)
    {
        var depth = endColumn - firstColumn;
        for (var row = firstRow; row < endRow; row++, target += depth)
        {
            new ReadOnlySpan<float>(left.Row(row) + firstColumn, depth).CopyTo(new Span<float>(target, depth));
        }

        new Span<float>(target, (MicroKernel.Rows - (endRow - firstRow)) * depth).Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows(MatrixView right, int firstColumn, int width, int firstRow, int endRow, float* strip)
    {
        for (var row = firstRow; row < endRow; row++, strip += MicroKernel.Columns)
        {
            var source = right.Row(row) + firstColumn;
            if (width == MicroKernel.Columns)
            {
                Vector256.Load(source).Store(strip);
                Vector256.Load(source + 8).Store(strip + 8);
                Vector256.Load(source + 16).Store(strip + 16);
            }
            else
            {
                new ReadOnlySpan<float>(source, width).CopyTo(new Span<float>(strip, width));
            }
        }
    }

    /// <summary>Four columns at a time, eight values of each; then what is left over.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Columns(MatrixView right, int firstColumn, int width, int firstRow, int endRow, float* strip)
    {
        var column = 0;
        for (; column <= width - 4; column += 4)
        {
            var a = right.Column(firstColumn + column);
            var b = a + right.ColumnStep;
            var c = b + right.ColumnStep;
            var d = c + right.ColumnStep;
            var target = strip + column;
            var row = firstRow;
            for (; row <= endRow - 8; row += 8, target += 8 * MicroKernel.Columns)
            {
                var (rows04, rows15, rows26, rows37) = InterleavedRows.Turn(Vector256.Load(a + row), Vector256.Load(b + row), Vector256.Load(c + row), Vector256.Load(d + row));
                rows04.GetLower().Store(target);
                rows15.GetLower().Store(target + MicroKernel.Columns);
                rows26.GetLower().Store(target + (2 * MicroKernel.Columns));
                rows37.GetLower().Store(target + (3 * MicroKernel.Columns));
                rows04.GetUpper().Store(target + (4 * MicroKernel.Columns));
                rows15.GetUpper().Store(target + (5 * MicroKernel.Columns));
                rows26.GetUpper().Store(target + (6 * MicroKernel.Columns));
                rows37.GetUpper().Store(target + (7 * MicroKernel.Columns));
            }

            Values(right, firstColumn + column, 4, row, endRow, target);
        }

        Values(right, firstColumn + column, width - column, firstRow, endRow, strip + column);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Values(MatrixView right, int firstColumn, int width, int firstRow, int endRow, float* strip)
    {
        for (var row = firstRow; row < endRow; row++, strip += MicroKernel.Columns)
        {
            for (var column = 0; column < width; column++)
            {
                strip[column] = right.Column(firstColumn + column)[(long)row * right.RowStep];
            }
        }
    }
}
