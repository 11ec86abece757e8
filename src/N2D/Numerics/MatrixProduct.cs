using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace N2D.Numerics;

/// <summary>
/// Products of float32 matrices. Each value is summed from the first term to the last by fused multiply-adds, whatever the number of threads and the width of the
/// vectors: the same factors give the same bytes everywhere.
/// </summary>
/// <remarks>
/// The blocking is that of Goto and van de Geijn (2008) and of BLIS (Van Zee and van de Geijn, 2015). Sixteen columns of some hundred terms of the right factor are
/// gathered into a strip that stays in the first-level cache, beside them the same terms of all rows of the left factor in the second. Tiles of six rows by sixteen columns are
/// summed in registers, and go on where the terms before left them.
/// </remarks>
internal static unsafe class MatrixProduct
{
    /// <summary>The columns of a strip.</summary>
    public const int StripColumns = 24;

    private const int TileRows = 4;
    private const int TileSize = TileRows * StripColumns;

    /// <summary>Terms a strip: with sixteen columns, some 20 of the 32 KiB of a first-level cache.</summary>
    private const int MostTerms = 256;

    /// <summary>Strips of a piece of the work: they share the terms of the left factor, and all their sums are kept until the last terms are added.</summary>
    private const int MostStrips = 4;

    /// <summary>The same where the left factor is gathered as well, some 270 KiB of it.</summary>
    private const int MostGatheredStrips = 8;

    private const int MostGatheredTiles = 64;

    private const int PiecesAThread = 8;

    /// <summary>Below so many multiply-adds, a thread costs more to start than it saves.</summary>
    private const long ParallelTerms = 1 << 17;

    [ThreadStatic]
    private static AlignedBuffer? s_strip;

    [ThreadStatic]
    private static AlignedBuffer? s_left;

    [ThreadStatic]
    private static AlignedBuffer? s_sums;

    [ThreadStatic]
    private static AlignedBuffer? s_lastRows;

    /// <summary>Multiplies two matrices.</summary>
    /// <typeparam name="TTarget">What takes the product.</typeparam>
    /// <param name="left">m x k.</param>
    /// <param name="right">k x n.</param>
    /// <param name="target">Takes the m x n values.</param>
    /// <param name="execution">Threads and cancellation.</param>
    public static void Compute<TTarget>(MatrixView left, MatrixView right, TTarget target, Execution execution)
        where TTarget : struct, IProductTarget
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(right.RowCount, left.ColumnCount);
        var stripCount = (right.ColumnCount + StripColumns - 1) / StripColumns;
        var wanted = (long)left.RowCount * right.ColumnCount * left.ColumnCount < ParallelTerms ? 1 : PiecesAThread * execution.ThreadCount;

        // What a piece gathers has to find room in its cache, and to be worth it. Where few strips make too few pieces for the threads, the rows are cut as well.
        var isGathered = left.ColumnStep != 1;
        var tileCount = CeilingOf(left.RowCount, TileRows);
        var stripsAPiece = isGathered ? Math.Min(MostGatheredStrips, stripCount) : Math.Clamp(stripCount / wanted, 1, MostStrips);
        var across = CeilingOf(stripCount, stripsAPiece);
        var tilesAPiece = CeilingOf(tileCount, Math.Max(isGathered ? CeilingOf(tileCount, MostGatheredTiles) : 1, Math.Min(CeilingOf(wanted, across), tileCount)));
        var down = CeilingOf(tileCount, tilesAPiece);
        var rowsAPiece = tilesAPiece * TileRows;
        ParallelRows.For(across * down, wanted == 1 ? int.MaxValue : 1, execution, (start, end) =>
        {
            for (var piece = start; piece < end; piece++)
            {
                var (row, strip) = (piece / across * rowsAPiece, piece % across * stripsAPiece);
                MultiplyPiece(left, right, row, Math.Min(row + rowsAPiece, left.RowCount), strip, Math.Min(strip + stripsAPiece, stripCount), target);
            }
        });
    }

    private static int CeilingOf(int count, int size) => (int)(((long)count + size - 1) / size);

    private static void MultiplyPiece<TTarget>(MatrixView left, MatrixView right, int firstRow, int endRow, int firstStrip, int endStrip, TTarget target)
        where TTarget : struct, IProductTarget
    {
        var depth = left.ColumnCount;
        var blockCount = CeilingOf(depth, MostTerms);
        var tileCount = CeilingOf(endRow - firstRow, TileRows);
        var strips = (s_strip ??= new()).Floats((endStrip - firstStrip) * MostTerms * StripColumns);
        var sums = (s_sums ??= new()).Floats(blockCount == 1 ? TileSize : (endStrip - firstStrip) * tileCount * TileSize);
        var gathered = left.ColumnStep == 1 ? null : (s_left ??= new()).Floats(tileCount * GatheredTile(MostTerms));
        var lastRows = (s_lastRows ??= new()).Floats(TileRows * MostTerms);
        for (var block = 0; block < blockCount; block++)
        {
            var (start, end) = ((int)((long)depth * block / blockCount), (int)((long)depth * (block + 1) / blockCount));
            if (gathered != null)
            {
                GatherTiles(left, firstRow, endRow, start, end, gathered);
            }
            else
            {
                CopyLastRows(left, firstRow + ((endRow - firstRow) / TileRows * TileRows), endRow, start, end, lastRows);
            }

            GatherStrips(right, firstStrip, endStrip, start, end, strips);
            for (var place = firstStrip; place < endStrip; place++)
            {
                var column = place * StripColumns;
                var width = Math.Min(StripColumns, right.ColumnCount - column);
                var strip = strips + ((place - firstStrip) * (end - start) * StripColumns);
                for (var tile = 0; tile < tileCount; tile++)
                {
                    var tileSums = blockCount == 1 ? sums : sums + ((((place - firstStrip) * tileCount) + tile) * TileSize);
                    var row = firstRow + (tile * TileRows);
                    if (gathered != null)
                    {
                        MultiplyTile<ByColumns>(gathered + (tile * GatheredTile(end - start)), 1, strip, end - start, block > 0, tileSums);
                    }
                    else if (row + TileRows <= endRow)
                    {
                        MultiplyTile<ByRows>(left.Row(row) + start, left.RowStep, strip, end - start, block > 0, tileSums);
                    }
                    else
                    {
                        MultiplyTile<ByRows>(lastRows, end - start, strip, end - start, block > 0, tileSums);
                    }

                    if (block == blockCount - 1)
                    {
                        for (var i = 0; i < TileRows && row + i < endRow; i++)
                        {
                            target.Write(row + i, column, new ReadOnlySpan<float>(tileSums + (i * StripColumns), width));
                        }
                    }
                }
            }
        }
    }

    /// <summary>Four rows of the left factor by a strip: twelve vectors of sums, which with a broadcast value and a row of the strip fill the registers of AVX2.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyTile<TLayout>(float* left, nint rowStep, float* strip, int depth, bool goesOn, float* sums)
        where TLayout : struct, ITileLayout
    {
        Vector256<float> sum00, sum01, sum02, sum10, sum11, sum12, sum20, sum21, sum22, sum30, sum31, sum32;
        if (goesOn)
        {
            Load(sums, out sum00, out sum01, out sum02);
            Load(sums + StripColumns, out sum10, out sum11, out sum12);
            Load(sums + (2 * StripColumns), out sum20, out sum21, out sum22);
            Load(sums + (3 * StripColumns), out sum30, out sum31, out sum32);
        }
        else
        {
            sum00 = sum01 = sum02 = sum10 = sum11 = sum12 = sum20 = sum21 = sum22 = sum30 = sum31 = sum32 = Vector256<float>.Zero;
        }

        Vector256<float> first, second, third, value;
        var (twoRows, threeRows) = (2 * rowStep, 3 * rowStep);
        var end = strip + ((long)depth * StripColumns);
        for (; strip <= end - (4 * StripColumns); left += 4 * TLayout.ColumnStep, strip += 4 * StripColumns)
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

        for (; strip < end; left += TLayout.ColumnStep, strip += StripColumns)
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
        Store(sums + StripColumns, sum10, sum11, sum12);
        Store(sums + (2 * StripColumns), sum20, sum21, sum22);
        Store(sums + (3 * StripColumns), sum30, sum31, sum32);
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

    /// <summary>Gathers some rows of the right factor for strips side by side; missing columns are zeros.</summary>
    private static void GatherStrips(MatrixView right, int firstStrip, int endStrip, int firstRow, int endRow, float* strips)
    {
        var size = (endRow - firstRow) * StripColumns;
        var endColumn = Math.Min(endStrip * StripColumns, right.ColumnCount);
        if (endColumn < endStrip * StripColumns)
        {
            new Span<float>(strips + ((endStrip - firstStrip - 1) * size), size).Clear();
        }

        if (right.ColumnStep == 1)
        {
            GatherRows(right, firstStrip * StripColumns, endColumn, firstRow, endRow, strips);
        }
        else
        {
            GatherColumns(right, firstStrip * StripColumns, endColumn, firstRow, endRow, strips);
        }
    }

    private static void GatherRows(MatrixView right, int firstColumn, int endColumn, int firstRow, int endRow, float* strips)
    {
        var size = (long)(endRow - firstRow) * StripColumns;
        for (var row = firstRow; row < endRow; row++)
        {
            var source = right.Row(row);
            var target = strips + ((row - firstRow) * StripColumns);
            var column = firstColumn;
            for (; column <= endColumn - StripColumns; column += StripColumns, target += size)
            {
                Store(target, Vector256.Load(source + column), Vector256.Load(source + column + 8), Vector256.Load(source + column + 16));
            }

            for (; column < endColumn; column++)
            {
                *target++ = source[column];
            }
        }
    }

    private static void GatherColumns(MatrixView right, int firstColumn, int endColumn, int firstRow, int endRow, float* strips)
    {
        var size = (long)(endRow - firstRow) * StripColumns;
        for (var column = firstColumn; column < endColumn; column++)
        {
            var source = right.Column(column);
            var (strip, place) = Math.DivRem(column - firstColumn, StripColumns);
            var target = strips + (strip * size) + place;
            for (var row = firstRow; row < endRow; row++, target += StripColumns)
            {
                *target = source[(long)row * right.RowStep];
            }
        }
    }

    /// <summary>Gathers some columns of rows of the left factor, tile after tile, the four values of a column side by side.</summary>
    private static void GatherTiles(MatrixView left, int firstRow, int endRow, int firstColumn, int endColumn, float* target)
    {
        var tileSize = GatheredTile(endColumn - firstColumn);
        for (var column = firstColumn; column < endColumn; column++, target += TileRows)
        {
            var source = left.Column(column) + ((long)firstRow * left.RowStep);
            var tile = target;
            var row = firstRow;
            if (left.RowStep == 1)
            {
                for (; row <= endRow - TileRows; row += TileRows, tile += tileSize, source += TileRows)
                {
                    Vector128.Load(source).Store(tile);
                }
            }

            for (; row < endRow; row += TileRows, tile += tileSize)
            {
                for (var i = 0; i < TileRows; i++, source += left.RowStep)
                {
                    tile[i] = row + i < endRow ? *source : 0;
                }
            }
        }
    }

    /// <summary>The values from one gathered tile to the next: a line of the cache more than there are, so that not all tiles fall on the same lines of it.</summary>
    private static int GatheredTile(int depth) => (depth * TileRows) + 16;

    /// <summary>Copies the rows that are too few for a tile, with zeros for those that are missing.</summary>
    private static void CopyLastRows(MatrixView left, int firstRow, int endRow, int firstColumn, int endColumn, float* target)
    {
        var depth = endColumn - firstColumn;
        for (var row = firstRow; row < endRow; row++, target += depth)
        {
            new ReadOnlySpan<float>(left.Row(row) + firstColumn, depth).CopyTo(new Span<float>(target, depth));
        }

        new Span<float>(target, (TileRows - (endRow - firstRow)) * depth).Clear();
    }

    /// <summary>How the values of a tile lie.</summary>
    private interface ITileLayout
    {
        /// <summary>Values from one column to the next.</summary>
        static abstract int ColumnStep { get; }
    }

    private readonly struct ByRows : ITileLayout
    {
        public static int ColumnStep => 1;
    }

    private readonly struct ByColumns : ITileLayout
    {
        public static int ColumnStep => TileRows;
    }
}
