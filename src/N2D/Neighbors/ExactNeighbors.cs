using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using N2D.Numerics;

namespace N2D.Neighbors;

/// <summary>
/// Exact k nearest neighbours: every pair is looked at, which vector units do faster than any index in the 10 or so dimensions
/// after the autoencoder. O(q n d) time for q queries among n rows, O(n d + q k) memory.
/// </summary>
/// <remarks>
/// Rows are laid out in tiles of 16, coordinate by coordinate, so that one query is compared with 16 rows at once, and a tile
/// stays in the first-level cache while a block of queries passes over it. Differences are taken before squaring: no
/// cancellation, whatever the data's offset.
/// </remarks>
internal static class ExactNeighbors
{
    private const int TileSize = 16;
    private const int QueriesPerBlock = 64;

    /// <summary>The row's own number where it is not one of those that are looked at.</summary>
    private const int None = -1;

    /// <summary>Finds the neighbours of every row among the other rows.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="neighborCount">k, at most n - 1.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <typeparam name="TKernel">The metric.</typeparam>
    public static NeighborGraph Find<TKernel>(Matrix rows, int neighborCount, Execution execution)
        where TKernel : struct, IDistanceKernel => Find<TKernel>(rows, rows, isOther: false, neighborCount, execution);

    /// <summary>Finds the neighbours of other rows. What it finds for one does not depend on which others are asked for with it.</summary>
    /// <param name="queries">q x d, each of which has its neighbours found.</param>
    /// <param name="rows">n x d, among which they are found; a row that equals the query counts like any other.</param>
    /// <param name="neighborCount">k, at most n.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <typeparam name="TKernel">The metric.</typeparam>
    public static NeighborGraph FindAmong<TKernel>(Matrix queries, Matrix rows, int neighborCount, Execution execution)
        where TKernel : struct, IDistanceKernel => Find<TKernel>(queries, rows, isOther: true, neighborCount, execution);

    private static NeighborGraph Find<TKernel>(Matrix queries, Matrix rows, bool isOther, int neighborCount, Execution execution)
        where TKernel : struct, IDistanceKernel
    {
        var tiles = Tile(rows);
        var indices = new int[queries.RowCount * neighborCount];
        var distances = new float[queries.RowCount * neighborCount];
        var done = 0;
        ParallelRows.For(queries.RowCount, QueriesPerBlock, execution, (start, end) =>
        {
            var (offset, length) = (start * neighborCount, (end - start) * neighborCount);
            FindBlock<TKernel>(
                queries, isOther, tiles, start, end, distances.AsSpan(offset, length), indices.AsSpan(offset, length), execution.CancellationToken);
            var finished = Interlocked.Add(ref done, end - start);
            execution.Report($"neighbours of {finished} of {queries.RowCount} rows", (double)finished / queries.RowCount);
        });
        return new NeighborGraph(indices, distances, neighborCount);
    }

    /// <summary>The rows in tiles of 16, each d x 16; the last tile is filled up with NaN, which is nearer than nothing.</summary>
    private static float[] Tile(Matrix rows)
    {
        var dimension = rows.ColumnCount;
        var tileLength = TileSize * dimension;
        var tiles = new float[(rows.RowCount + TileSize - 1) / TileSize * tileLength];
        tiles.AsSpan(tiles.Length - tileLength).Fill(float.NaN);
        for (var row = 0; row < rows.RowCount; row++)
        {
            var offset = (row / TileSize * tileLength) + (row % TileSize);
            foreach (var value in rows.Row(row))
            {
                tiles[offset] = value;
                offset += TileSize;
            }
        }

        return tiles;
    }

    private static void FindBlock<TKernel>(
        Matrix queries, bool isOther, float[] tiles, int start, int end, Span<float> distances, Span<int> indices, CancellationToken token)
        where TKernel : struct, IDistanceKernel
    {
        NeighborHeap.Clear(distances, indices);
        var neighborCount = distances.Length / (end - start);
        var tileLength = TileSize * queries.ColumnCount;
        for (int offset = 0, firstRow = 0; offset < tiles.Length; offset += tileLength, firstRow += TileSize)
        {
            // A block takes seconds in many dimensions; 1024 tiles never do.
            if ((firstRow & 0x3FFF) == 0)
            {
                token.ThrowIfCancellationRequested();
            }

            var tile = tiles.AsSpan(offset, tileLength);
            for (int query = start, place = 0; query < end; query++, place += neighborCount)
            {
                CompareWithTile<TKernel>(
                    queries.Row(query), isOther ? None : query, tile, firstRow, distances.Slice(place, neighborCount), indices.Slice(place, neighborCount));
            }
        }

        for (var place = 0; place < distances.Length; place += neighborCount)
        {
            NeighborHeap.Sort(distances.Slice(place, neighborCount), indices.Slice(place, neighborCount));
        }

        foreach (ref var distance in distances)
        {
            distance = TKernel.Finish(distance);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CompareWithTile<TKernel>(
        ReadOnlySpan<float> query, int ownRow, ReadOnlySpan<float> tile, int firstRow, Span<float> distances, Span<int> indices)
        where TKernel : struct, IDistanceKernel
    {
        var low = Vector256<float>.Zero;
        var high = Vector256<float>.Zero;
        ref var coordinates = ref MemoryMarshal.GetReference(tile);
        for (var column = 0; column < query.Length; column++)
        {
            var value = Vector256.Create(query[column]);
            low = TKernel.Accumulate(low, value, Vector256.LoadUnsafe(ref coordinates, (nuint)(column * TileSize)));
            high = TKernel.Accumulate(high, value, Vector256.LoadUnsafe(ref coordinates, (nuint)((column * TileSize) + 8)));
        }

        // "At most" lets ties through, which the heap then settles by row number; the filling's NaN never passes.
        var worst = Vector256.Create(distances[0]);
        var closer = Vector256.LessThanOrEqual(low, worst).ExtractMostSignificantBits()
            | (Vector256.LessThanOrEqual(high, worst).ExtractMostSignificantBits() << 8);
        while (closer != 0)
        {
            var lane = BitOperations.TrailingZeroCount(closer);
            closer &= closer - 1;
            if (firstRow + lane != ownRow)
            {
                NeighborHeap.Offer(distances, indices, lane < 8 ? low[lane] : high[lane - 8], firstRow + lane);
            }
        }
    }
}
