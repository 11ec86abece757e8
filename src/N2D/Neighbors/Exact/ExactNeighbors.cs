using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using N2D.Numerics;

namespace N2D.Neighbors;

/// <summary>
/// Exact k nearest neighbors by comparison of all pairs, which vector units do faster than any index in the 10 or so dimensions after the
/// autoencoder. O(q n d) time for q queries among n rows, O(n d + q k) memory.
/// </summary>
/// <remarks>
/// Rows are stored in tiles of two vectors, column by column, so that a query is compared with all rows of a tile at once, and a tile stays
/// in the L1 cache for a block of queries. Differences are computed before squares, so there is no cancellation for any offset of the data.
/// </remarks>
internal static class ExactNeighbors
{
    private const int QueriesPerBlock = 64;

    /// <summary>The row number of a query that is not one of the rows.</summary>
    private const int None = -1;

    /// <summary>Finds the neighbors of every row among the other rows.</summary>
    /// <param name="kernel">The metric.</param>
    /// <param name="rows">n x d.</param>
    /// <param name="neighborCount">k, at most n - 1.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <typeparam name="TKernel">The kind of metric.</typeparam>
    public static NeighborGraph Find<TKernel>(TKernel kernel, Matrix rows, int neighborCount, Execution execution)
        where TKernel : struct, IDistanceKernel => Find(kernel, rows, TilesOf(rows, execution), isOther: false, neighborCount, execution);

    /// <summary>Prepares rows for repeated searches.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="execution">Threads and cancellation.</param>
    public static ColumnBlocks TilesOf(Matrix rows, Execution execution) => ColumnBlocks.Of(
        rows,
        2 * (Vector512.IsHardwareAccelerated ? Vector512<float>.Count
            : Vector256.IsHardwareAccelerated ? Vector256<float>.Count
            : Vector128<float>.Count),
        execution);

    /// <summary>Finds the neighbors of queries. The result for a query does not depend on the other queries.</summary>
    /// <param name="kernel">The metric.</param>
    /// <param name="queries">q x d.</param>
    /// <param name="tiles">
    /// The rows to search, n x d, in blocks of 8, 16, or 32, which determine the width of the vectors. A row that equals the query counts
    /// like any other.
    /// </param>
    /// <param name="neighborCount">k, at most n.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <typeparam name="TKernel">The kind of metric.</typeparam>
    public static NeighborGraph FindAmong<TKernel>(
        TKernel kernel, Matrix queries, ColumnBlocks tiles, int neighborCount, Execution execution)
        where TKernel : struct, IDistanceKernel => Find(kernel, queries, tiles, isOther: true, neighborCount, execution);

    private static NeighborGraph Find<TKernel>(
        TKernel kernel, Matrix queries, ColumnBlocks tiles, bool isOther, int neighborCount, Execution execution)
        where TKernel : struct, IDistanceKernel => (tiles.BlockSize / 2) switch
        {
            16 => Find<TKernel, Width512<float>, Vector512<float>>(kernel, queries, tiles, isOther, neighborCount, execution),
            8 => Find<TKernel, Width256<float>, Vector256<float>>(kernel, queries, tiles, isOther, neighborCount, execution),
            _ => Find<TKernel, Width128<float>, Vector128<float>>(kernel, queries, tiles, isOther, neighborCount, execution),
        };

    private static NeighborGraph Find<TKernel, TWidth, TVector>(
        TKernel kernel, Matrix queries, ColumnBlocks tiles, bool isOther, int neighborCount, Execution execution)
        where TKernel : struct, IDistanceKernel
        where TWidth : struct, IVectorWidth<TVector, float>
        where TVector : struct
    {
        var indices = new int[ArraySize.Of(queries.RowCount, neighborCount)];
        var distances = new float[ArraySize.Of(queries.RowCount, neighborCount)];
        var done = 0;
        ParallelRows.For(queries.RowCount, QueriesPerBlock, execution, (start, end) =>
        {
            var (offset, length) = (start * neighborCount, (end - start) * neighborCount);
            FindBlock<TKernel, TWidth, TVector>(
                kernel,
                queries,
                isOther,
                tiles,
                start,
                end,
                distances.AsSpan(offset, length),
                indices.AsSpan(offset, length),
                execution.CancellationToken);
            var finished = Interlocked.Add(ref done, end - start);
            execution.Report($"neighbors of {finished} of {Quantity.Of(queries.RowCount, "row")}", (double)finished / queries.RowCount);
        });
        return new NeighborGraph(indices, distances, neighborCount);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FindBlock<TKernel, TWidth, TVector>(
        TKernel kernel,
        Matrix queries,
        bool isOther,
        ColumnBlocks tiles,
        int start,
        int end,
        Span<float> distances,
        Span<int> indices,
        CancellationToken token)
        where TKernel : struct, IDistanceKernel
        where TWidth : struct, IVectorWidth<TVector, float>
        where TVector : struct
    {
        Debug.Assert(tiles.BlockSize == 2 * TWidth.Lanes, "A tile must be two vectors wide.");
        NeighborHeap.Clear(distances, indices);
        var neighborCount = distances.Length / (end - start);
        for (var firstRow = 0; firstRow < tiles.RowCount; firstRow += tiles.BlockSize)
        {
            // A block takes seconds in many dimensions, such as those of large images.
            token.ThrowIfCancellationRequested();
            var tile = tiles.Block(firstRow);
            for (int query = start, place = 0; query < end; query += 2, place += 2 * neighborCount)
            {
                // If their number is odd, the last query is its own partner.
                var (second, secondPlace) = query + 1 < end ? (query + 1, place + neighborCount) : (query, place);
                CompareWithTile<TKernel, TWidth, TVector>(
                    kernel,
                    queries.Row(query),
                    queries.Row(second),
                    tile,
                    out var low,
                    out var high,
                    out var secondLow,
                    out var secondHigh);
                var closer = Below<TWidth, TVector>(distances[place], low, high);
                var secondCloser = Below<TWidth, TVector>(distances[secondPlace], secondLow, secondHigh);
                if (closer != 0)
                {
                    var ownRow = isOther ? None : query;
                    var ranks = distances.Slice(place, neighborCount);
                    var neighbors = indices.Slice(place, neighborCount);
                    Offer<TWidth, TVector>(low, high, closer, firstRow, ownRow, tiles.RowCount, ranks, neighbors);
                }

                if (secondCloser != 0 && second != query)
                {
                    var ownRow = isOther ? None : second;
                    var ranks = distances.Slice(secondPlace, neighborCount);
                    var neighbors = indices.Slice(secondPlace, neighborCount);
                    Offer<TWidth, TVector>(secondLow, secondHigh, secondCloser, firstRow, ownRow, tiles.RowCount, ranks, neighbors);
                }
            }
        }

        for (var place = 0; place < distances.Length; place += neighborCount)
        {
            NeighborHeap.Sort(distances.Slice(place, neighborCount), indices.Slice(place, neighborCount));
        }

        foreach (ref var distance in distances)
        {
            distance = kernel.Finish(distance);
        }
    }

    /// <summary>Ranks the rows of a tile by their distance from two queries, in four independent sums whose latencies overlap.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CompareWithTile<TKernel, TWidth, TVector>(
        TKernel kernel,
        ReadOnlySpan<float> query,
        ReadOnlySpan<float> second,
        ReadOnlySpan<float> tile,
        out TVector low,
        out TVector high,
        out TVector secondLow,
        out TVector secondHigh)
        where TKernel : struct, IDistanceKernel
        where TWidth : struct, IVectorWidth<TVector, float>
        where TVector : struct
    {
        Debug.Assert(second.Length == query.Length, "The queries must have the same number of columns.");
        Debug.Assert(tile.Length >= query.Length * 2 * TWidth.Lanes, "The tile must have two vectors for each column.");
        var (lowSums, highSums) = (default(DistanceSums<TVector>), default(DistanceSums<TVector>));
        var (secondLowSums, secondHighSums) = (default(DistanceSums<TVector>), default(DistanceSums<TVector>));
        ref var coordinates = ref MemoryMarshal.GetReference(tile);
        ref var other = ref MemoryMarshal.GetReference(second);
        for (var column = 0; column < query.Length; column++)
        {
            var (lowValues, highValues) = (TWidth.Load(ref coordinates, 0), TWidth.Load(ref coordinates, (nuint)TWidth.Lanes));
            var broadcast = TWidth.Broadcast(query[column]);
            lowSums = kernel.Accumulate<TWidth, TVector>(lowSums, broadcast, lowValues);
            highSums = kernel.Accumulate<TWidth, TVector>(highSums, broadcast, highValues);
            broadcast = TWidth.Broadcast(Unsafe.Add(ref other, column));
            secondLowSums = kernel.Accumulate<TWidth, TVector>(secondLowSums, broadcast, lowValues);
            secondHighSums = kernel.Accumulate<TWidth, TVector>(secondHighSums, broadcast, highValues);
            coordinates = ref Unsafe.Add(ref coordinates, 2 * TWidth.Lanes);
        }

        (low, high) = (kernel.Rank<TWidth, TVector>(lowSums), kernel.Rank<TWidth, TVector>(highSums));
        (secondLow, secondHigh) = (kernel.Rank<TWidth, TVector>(secondLowSums), kernel.Rank<TWidth, TVector>(secondHighSums));
    }

    /// <summary>
    /// A bit for each row of a tile that is nearer than the farthest of a query's neighbors so far. A row at an equal distance has a larger
    /// number, and is not a neighbor.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Below<TWidth, TVector>(float worst, TVector low, TVector high)
        where TWidth : struct, IVectorWidth<TVector, float>
        where TVector : struct
    {
        var limit = TWidth.Broadcast(worst);
        return TWidth.BitsOf(TWidth.LessThan(low, limit)) | (TWidth.BitsOf(TWidth.LessThan(high, limit)) << TWidth.Lanes);
    }

    /// <summary>
    /// Offers rows of a tile to a query's heap. Not inlined, because few tiles need it, and the others need the registers.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Offer<TWidth, TVector>(
        TVector low, TVector high, uint lanes, int firstRow, int ownRow, int rowCount, Span<float> ranks, Span<int> indices)
        where TWidth : struct, IVectorWidth<TVector, float>
        where TVector : struct
    {
        Span<float> values = stackalloc float[2 * TWidth.Lanes];
        TWidth.Store(low, ref values[0], 0);
        TWidth.Store(high, ref values[0], (nuint)TWidth.Lanes);
        for (; lanes != 0; lanes &= lanes - 1)
        {
            var lane = BitOperations.TrailingZeroCount(lanes);
            var row = firstRow + lane;
            if (row != ownRow && row < rowCount)
            {
                NeighborHeap.Offer(ranks, indices, values[lane], row);
            }
        }
    }
}
