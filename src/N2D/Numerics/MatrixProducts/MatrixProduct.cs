using System.Runtime.CompilerServices;

namespace N2D.Numerics;

/// <summary>
/// Products of float32 matrices. Each value is summed from the first term to the last by fused multiply-adds, whatever the number of threads and the width of the
/// vectors: the same factors give the same bytes everywhere.
/// </summary>
/// <remarks>
/// The blocking is that of Goto and van de Geijn (2008) and of BLIS (Van Zee and van de Geijn, 2015). Some hundred terms of a few columns of the right factor are gathered
/// into a strip that stays in the first-level cache, while the same terms of all rows of the left factor stay in the second. Tiles (<see cref="MicroKernel"/>) are summed in
/// registers, and go on where the terms before left them.
/// </remarks>
internal static unsafe class MatrixProduct
{
    /// <summary>Terms a strip: with the columns of a tile 24 of the 32 KiB of a first-level cache, which leaves room for a tile.</summary>
    private const int MostTerms = 256;

    /// <summary>Strips of a piece of the work: they share the terms of the left factor, and all their sums are kept until the last terms are added.</summary>
    private const int MostStrips = 4;

    /// <summary>The same where the left factor is gathered as well, at most 260 KiB of it.</summary>
    private const int MostGatheredStrips = 8;

    /// <summary>Tiles of a piece where the left factor is gathered: half of a second-level cache.</summary>
    private const int MostGatheredTiles = 64;

    /// <summary>Tiles of a piece where it is not: 4096 rows, so that the sums that stay with a thread take 1.5 MiB at most, however large a batch is.</summary>
    private const int MostTiles = 1024;

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
        var stripCount = (right.ColumnCount + MicroKernel.Columns - 1) / MicroKernel.Columns;
        var wanted = (long)left.RowCount * right.ColumnCount * left.ColumnCount < ParallelTerms ? 1 : PiecesAThread * execution.ThreadCount;

        // What a piece gathers has to find room in its cache, and to be worth it. Where few strips make too few pieces for the threads, the rows are cut as well.
        var isGathered = left.ColumnStep != 1;
        var tileCount = CeilingOf(left.RowCount, MicroKernel.Rows);
        var stripsAPiece = isGathered ? Math.Min(MostGatheredStrips, stripCount) : Math.Clamp(stripCount / wanted, 1, MostStrips);
        var across = CeilingOf(stripCount, stripsAPiece);
        var tilesAPiece = CeilingOf(tileCount, Math.Max(CeilingOf(tileCount, isGathered ? MostGatheredTiles : MostTiles), Math.Min(CeilingOf(wanted, across), tileCount)));
        var down = CeilingOf(tileCount, tilesAPiece);
        var rowsAPiece = tilesAPiece * MicroKernel.Rows;
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyPiece<TTarget>(MatrixView left, MatrixView right, int firstRow, int endRow, int firstStrip, int endStrip, TTarget target)
        where TTarget : struct, IProductTarget
    {
        var depth = left.ColumnCount;
        var blockCount = CeilingOf(depth, MostTerms);
        var tileCount = CeilingOf(endRow - firstRow, MicroKernel.Rows);
        var strip = (s_strip ??= new()).Floats(MostTerms * MicroKernel.Columns);
        var sums = (s_sums ??= new()).Floats(blockCount == 1 ? MicroKernel.Size : (endStrip - firstStrip) * tileCount * MicroKernel.Size);
        var lastRows = (s_lastRows ??= new()).Floats(MicroKernel.Rows * MostTerms);
        var gathered = left.ColumnStep == 1 ? null : (s_left ??= new()).Floats(tileCount * Packing.TileSize(MostTerms));
        var (start, end) = Block(0);
        for (var block = 0; block < blockCount; block++)
        {
            var (nextStart, nextEnd) = Block(block + 1);
            if (gathered != null)
            {
                Packing.Tiles(left, firstRow, endRow, start, end, gathered);
            }
            else
            {
                Packing.LastRows(left, firstRow + ((endRow - firstRow) / MicroKernel.Rows * MicroKernel.Rows), endRow, start, end, lastRows);
            }

            for (var place = firstStrip; place < endStrip; place++)
            {
                var column = place * MicroKernel.Columns;
                var width = Math.Min(MicroKernel.Columns, right.ColumnCount - column);
                var isLastStrip = place + 1 == endStrip;
                var nextColumn = (isLastStrip ? firstStrip : place + 1) * MicroKernel.Columns;
                Packing.Strip(right, column, start, end, strip);
                for (var tile = 0; tile < tileCount; tile++)
                {
                    Packing.Prefetch(right, nextColumn, isLastStrip ? nextStart : start, isLastStrip ? nextEnd : end, tile, tileCount);
                    var tileSums = blockCount == 1 ? sums : sums + ((((place - firstStrip) * tileCount) + tile) * MicroKernel.Size);
                    var row = firstRow + (tile * MicroKernel.Rows);
                    if (gathered != null)
                    {
                        MicroKernel.Multiply<MicroKernel.ByColumns>(gathered + (tile * Packing.TileSize(end - start)), 1, strip, end - start, block > 0, tileSums);
                    }
                    else if (row + MicroKernel.Rows <= endRow)
                    {
                        MicroKernel.Multiply<MicroKernel.ByRows>(left.Row(row) + start, left.RowStep, strip, end - start, block > 0, tileSums);
                    }
                    else
                    {
                        MicroKernel.Multiply<MicroKernel.ByRows>(lastRows, end - start, strip, end - start, block > 0, tileSums);
                    }

                    if (block == blockCount - 1)
                    {
                        WriteTile(tileSums, row, Math.Min(MicroKernel.Rows, endRow - row), column, width, target);
                    }
                }
            }

            (start, end) = (nextStart, nextEnd);
        }

        (int Start, int End) Block(int block) => ((int)((long)depth * block / blockCount), Math.Min((int)((long)depth * (block + 1) / blockCount), depth));
    }
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteTile<TTarget>(float* sums, int row, int rowCount, int column, int width, TTarget target)
        where TTarget : struct, IProductTarget
    {
        for (var i = 0; i < rowCount; i++, sums += MicroKernel.Columns)
        {
            target.Write(row + i, column, new ReadOnlySpan<float>(sums, width));
        }
    }
}
