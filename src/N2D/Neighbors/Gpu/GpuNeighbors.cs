using ILGPU;
using ILGPU.Runtime;
using N2D.Devices;
using N2D.Numerics;

namespace N2D.Neighbors;

/// <summary>
/// Exact k nearest neighbors by comparison of all pairs on a GPU, with the same bits as <see cref="ExactNeighbors"/>. O(n^2 d) time and
/// O(n d + b k) memory for blocks of b queries.
/// </summary>
internal static class GpuNeighbors
{
    /// <summary>Enough queries to occupy any GPU.</summary>
    private const int MostQueries = 1 << 16;

    /// <summary>
    /// The coordinate differences of a launch, less than a second on the slowest GPUs: Windows stops a launch after two, and a stop by the
    /// user takes effect between launches.
    /// </summary>
    private const double DifferencesPerLaunch = 5e10;

    /// <summary>Finds the neighbors of every row among the other rows.</summary>
    /// <param name="session">The GPU.</param>
    /// <param name="kernel">The metric on the processor.</param>
    /// <param name="distance">The distance.</param>
    /// <param name="rows">n x d, as the metric compares them.</param>
    /// <param name="neighborCount">k, at most n - 1.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <typeparam name="TKernel">The kind of metric.</typeparam>
    /// <exception cref="N2DException">The rows do not fit into the memory of the GPU (<c>OutOfDeviceMemory</c>).</exception>
    public static NeighborGraph Find<TKernel>(
        GpuSession session, TKernel kernel, RowDistance distance, Matrix rows, int neighborCount, Execution execution)
        where TKernel : struct, IDistanceKernel
    {
        var (indices, distances) = GpuMetricChoice.Run(
            distance, new Search(session, rows, neighborCount, DifferencesPerLaunch / TKernel.RelativeCost, execution));
        ParallelRows.ForValues(distances.Length, execution, (start, end) =>
        {
            foreach (ref var value in distances.AsSpan(start, end - start))
            {
                value = kernel.Finish(value);
            }
        });
        return new NeighborGraph(indices, distances, neighborCount);
    }

    private sealed record Search(GpuSession Session, Matrix Rows, int NeighborCount, double DifferencesPerLaunch, Execution Execution)
        : IGpuMetricAction<(int[] Indices, float[] Ranks)>
    {
        public (int[] Indices, float[] Ranks) Run<TMetric>(TMetric metric)
            where TMetric : unmanaged, IGpuMetric =>
            Session.HasLargeTiles ? Run(metric, default(LargeTile)) : Run(metric, default(SmallTile));

        private (int[] Indices, float[] Ranks) Run<TMetric, TShape>(TMetric metric, TShape shape)
            where TMetric : unmanaged, IGpuMetric
            where TShape : unmanaged, ITileShape
        {
            var indices = new int[ArraySize.Of(Rows.RowCount, NeighborCount)];
            var ranks = new float[ArraySize.Of(Rows.RowCount, NeighborCount)];
            var tile = shape.Side * TileComparison.RowsPerThread;
            var tileCount = (int)(((long)Rows.RowCount + tile - 1) / tile);
            var tilesPerBlock = TilesPerBlock(tile, tileCount);
            var tiles = ColumnBlocks.Of(Rows, tile, Execution);
            var accelerator = Session.Accelerator;
            var listLength = (long)tilesPerBlock * tile * NeighborCount * TileComparison.ListsPerQuery;
            using var values = accelerator.Allocate1D<float>(tiles.Values.Length);
            using var listRanks = accelerator.Allocate1D<float>(listLength);
            using var listRows = accelerator.Allocate1D<int>(listLength);
            values.View.BaseView.CopyFromCPU(accelerator.DefaultStream, tiles.Values);
            var clear = accelerator.LoadAutoGroupedStreamKernel<Index1D, ArrayView<float>, ArrayView<int>>(TileComparison.Clear);
            var compare = accelerator.LoadStreamKernel<TMetric, TShape, ArrayView<float>, ArrayView<float>, ArrayView<int>, TileRange>(
                TileComparison.Compare);
            var finish = accelerator.LoadAutoGroupedStreamKernel<Index1D, ArrayView<float>, ArrayView<int>, int, int>(
                TileComparison.Finish);
            for (var firstTile = 0; firstTile < tileCount; firstTile += tilesPerBlock)
            {
                var queryTiles = Math.Min(tilesPerBlock, tileCount - firstTile);
                var firstQuery = firstTile * tile;
                var queryCount = Math.Min(queryTiles * tile, Rows.RowCount - firstQuery);
                clear((Index1D)listLength, listRanks.View, listRows.View);
                var differencesPerTile = (double)queryTiles * tile * tile * Rows.ColumnCount;
                var tilesPerLaunch = (int)Math.Clamp(DifferencesPerLaunch / differencesPerTile, 1, tileCount);
                for (var rowTile = 0; rowTile < tileCount; rowTile += tilesPerLaunch)
                {
                    Execution.CancellationToken.ThrowIfCancellationRequested();
                    var end = Math.Min(rowTile + tilesPerLaunch, tileCount);
                    var range = new TileRange(
                        firstTile, rowTile, end, Rows.RowCount, Rows.ColumnCount, NeighborCount, tilesPerBlock * tile);
                    compare(
                        new KernelConfig(queryTiles, shape.Side * shape.Side), metric, shape, values.View, listRanks.View, listRows.View,
                        range);
                    accelerator.Synchronize();
                    Execution.Report(
                        $"neighbors of {firstQuery + queryCount} of {Quantity.Of(Rows.RowCount, "row")} on {Session.Device}",
                        (firstTile + ((double)end / tileCount * queryTiles)) / tileCount);
                }

                finish(queryCount, listRanks.View, listRows.View, NeighborCount, tilesPerBlock * tile);
                var (place, length) = (firstQuery * NeighborCount, queryCount * NeighborCount);
                listRanks.View.SubView(0, length).BaseView.CopyToCPU(accelerator.DefaultStream, ranks.AsSpan(place, length));
                listRows.View.SubView(0, length).BaseView.CopyToCPU(accelerator.DefaultStream, indices.AsSpan(place, length));
                accelerator.Synchronize();
            }

            return (indices, ranks);
        }

        /// <summary>The tiles of queries whose lists fit into the memory beside the rows.</summary>
        private int TilesPerBlock(int tile, int tileCount)
        {
            var free = Session.FreeBytes;
            var rowBytes = (long)sizeof(float) * Rows.ColumnCount;
            var tileBytes = (long)tile * NeighborCount * TileComparison.ListsPerQuery * (sizeof(float) + sizeof(int));
            var allRows = tileCount * tile * rowBytes;
            var mostTiles = Math.Min(MostQueries, int.MaxValue / (NeighborCount * TileComparison.ListsPerQuery)) / tile;
            return allRows + tileBytes <= free
                ? (int)Math.Min(Math.Min((free - allRows) / tileBytes, Math.Max(1, mostTiles)), tileCount)
                : throw GpuFailure.TooLarge(
                    Session.Device,
                    $"The neighbors of {Quantity.Of(Rows.RowCount, "row")} in {Quantity.Of(Rows.ColumnCount, "dimension")}",
                    allRows + tileBytes,
                    free,
                    Math.Max(0, (free - tileBytes) / rowBytes));
        }
    }
}
