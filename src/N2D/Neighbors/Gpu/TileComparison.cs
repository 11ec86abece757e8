using ILGPU;

namespace N2D.Neighbors;

/// <summary>
/// The kernels of the exact search: a group of threads compares a tile of queries with tiles of rows, which it holds in shared memory, and
/// keeps the best candidates of each query in two heaps, each of which belongs to one thread. So results do not depend on the order in
/// which threads run.
/// </summary>
internal static class TileComparison
{
    /// <summary>The queries and the rows of a thread: 16 pairs, whose sums stay in registers.</summary>
    public const int RowsPerThread = 4;

    /// <summary>The heaps of a query: each has the candidates of a half of each tile.</summary>
    public const int ListsPerQuery = 2;

    private const int ColumnsPerStep = 16;
    private const int LargestTile = 32;

    /// <summary>Fills the columns of ranks, so that threads write them to different banks of the shared memory.</summary>
    private const int RankPadding = 4;

    /// <summary>Empties the heaps.</summary>
    public static void Clear(Index1D place, ArrayView<float> ranks, ArrayView<int> rows)
    {
        ranks[place] = float.PositiveInfinity;
        rows[place] = NeighborHeap.Empty;
    }

    /// <summary>Compares a tile of queries with tiles of rows. Rows are in tiles, each column by column.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="shape">The size of a tile.</param>
    /// <param name="values">The rows, which are the queries, too.</param>
    /// <param name="ranks">The ranks in the heaps.</param>
    /// <param name="rows">The row numbers in the heaps.</param>
    /// <param name="range">The pairs to compare.</param>
    public static void Compare<TMetric, TShape>(
        TMetric metric, TShape shape, ArrayView<float> values, ArrayView<float> ranks, ArrayView<int> rows, TileRange range)
        where TMetric : unmanaged, IGpuMetric
        where TShape : unmanaged, ITileShape
    {
        var queryValues = SharedMemory.Allocate<float>(LargestTile * ColumnsPerStep);
        var rowValues = SharedMemory.Allocate<float>(LargestTile * ColumnsPerStep);
        var tileRanks = SharedMemory.Allocate<float>(LargestTile * (LargestTile + RankPadding));
        var tile = shape.Side * RowsPerThread;
        var (x, y) = (Group.IdxX % shape.Side, Group.IdxX / shape.Side);
        var queryStart = (long)(range.FirstQueryTile + Grid.IdxX) * tile * range.ColumnCount;
        for (var rowTile = range.FirstRowTile; rowTile < range.EndRowTile; rowTile++)
        {
            var rowStart = (long)rowTile * tile * range.ColumnCount;
            var first = default(QuerySums<TMetric>);
            var second = default(QuerySums<TMetric>);
            var third = default(QuerySums<TMetric>);
            var fourth = default(QuerySums<TMetric>);
            for (var column = 0; column < range.ColumnCount; column += ColumnsPerStep)
            {
                var count = Math.Min(ColumnsPerStep, range.ColumnCount - column) * tile;
                for (var place = Group.IdxX; place < count; place += shape.Side * shape.Side)
                {
                    queryValues[place] = values[queryStart + (column * tile) + place];
                    rowValues[place] = values[rowStart + (column * tile) + place];
                }

                Group.Barrier();
                for (var start = 0; start < count; start += tile)
                {
                    var coordinates = new RowCoordinates(
                        rowValues[start + x],
                        rowValues[start + x + shape.Side],
                        rowValues[start + x + (2 * shape.Side)],
                        rowValues[start + x + (3 * shape.Side)]);
                    first = first.Add(metric, queryValues[start + y], coordinates);
                    second = second.Add(metric, queryValues[start + y + shape.Side], coordinates);
                    third = third.Add(metric, queryValues[start + y + (2 * shape.Side)], coordinates);
                    fourth = fourth.Add(metric, queryValues[start + y + (3 * shape.Side)], coordinates);
                }

                Group.Barrier();
            }

            var stride = tile + RankPadding;
            first.Store(metric, tileRanks, (x * stride) + y, shape.Side * stride);
            second.Store(metric, tileRanks, (x * stride) + y + shape.Side, shape.Side * stride);
            third.Store(metric, tileRanks, (x * stride) + y + (2 * shape.Side), shape.Side * stride);
            fourth.Store(metric, tileRanks, (x * stride) + y + (3 * shape.Side), shape.Side * stride);
            Group.Barrier();
            Select(shape, tileRanks, ranks, rows, range, rowTile);
        }
    }

    /// <summary>Merges the heaps of a query and sorts them.</summary>
    public static void Finish(Index1D query, ArrayView<float> ranks, ArrayView<int> rows, int neighborCount, int listStride)
    {
        var start = (long)query.X * neighborCount;
        GpuHeap.Merge(ranks, rows, start, start + ((long)listStride * neighborCount), neighborCount);
        GpuHeap.Sort(ranks, rows, start, neighborCount);
    }

    /// <summary>Offers the ranks of a tile to the heaps of its queries. Later rows at an equal distance are not neighbors.</summary>
    private static void Select<TShape>(
        TShape shape, ArrayView<float> tileRanks, ArrayView<float> ranks, ArrayView<int> rows, TileRange range, int rowTile)
        where TShape : unmanaged, ITileShape
    {
        var tile = shape.Side * RowsPerThread;
        for (var list = Group.IdxX; list < tile * ListsPerQuery; list += shape.Side * shape.Side)
        {
            var (query, part) = (list % tile, list / tile);
            var place = (Grid.IdxX * tile) + query;
            var queryRow = (range.FirstQueryTile * tile) + place;
            if (queryRow < range.RowCount)
            {
                var start = (((long)part * range.ListStride) + place) * range.NeighborCount;
                var worst = ranks[start];
                for (var candidate = part * (tile / ListsPerQuery); candidate < (part + 1) * (tile / ListsPerQuery); candidate++)
                {
                    var rank = tileRanks[(candidate * (tile + RankPadding)) + query];
                    var row = (rowTile * tile) + candidate;
                    if (rank < worst && row != queryRow && row < range.RowCount)
                    {
                        GpuHeap.ReplaceWorst(ranks, rows, start, range.NeighborCount, rank, row);
                        worst = ranks[start];
                    }
                }
            }
        }
    }

    /// <summary>The coordinates of a thread's rows in a dimension.</summary>
    private readonly struct RowCoordinates(float first, float second, float third, float fourth)
    {
        public readonly float First = first;

        public readonly float Second = second;

        public readonly float Third = third;

        public readonly float Fourth = fourth;
    }

    /// <summary>The sums of a query and a thread's rows.</summary>
    private readonly struct QuerySums<TMetric>(PairSums first, PairSums second, PairSums third, PairSums fourth)
        where TMetric : unmanaged, IGpuMetric
    {
        private readonly PairSums _first = first;
        private readonly PairSums _second = second;
        private readonly PairSums _third = third;
        private readonly PairSums _fourth = fourth;

        public QuerySums<TMetric> Add(TMetric metric, float query, RowCoordinates rows) => new(
            metric.Accumulate(_first, query, rows.First),
            metric.Accumulate(_second, query, rows.Second),
            metric.Accumulate(_third, query, rows.Third),
            metric.Accumulate(_fourth, query, rows.Fourth));

        public void Store(TMetric metric, ArrayView<float> ranks, int place, int step)
        {
            ranks[place] = metric.Rank(_first);
            ranks[place + step] = metric.Rank(_second);
            ranks[place + (2 * step)] = metric.Rank(_third);
            ranks[place + (3 * step)] = metric.Rank(_fourth);
        }
    }
}
