using System.Diagnostics;
using System.Globalization;
using N2D.Devices;
using N2D.Numerics;

namespace N2D.Neighbors;

/// <summary>Finds the k nearest neighbors of every row: exactly if that is cheap, otherwise by NN-descent.</summary>
/// <remarks>
/// Neighbors are the same for every seed: NN-descent draws its random numbers from a fixed one. Its result hardly depends on the seed
/// (recall 0.998 on ordinary data), so one search is shared by fits with different seeds.
/// </remarks>
public static class NeighborSearch
{
    /// <summary>
    /// Above this many coordinate differences, n^2 d (times what a coordinate costs under the metric), NN-descent replaces exact search.
    /// At this limit exact search takes about ten seconds on two cores, and NN-descent (cost about n^1.1 d) becomes faster.
    /// </summary>
    internal const double ExactLimit = 1.5e11;

    /// <summary>
    /// Below this many coordinate differences, exact search takes less than about a second on two cores, as long as a GPU takes to start.
    /// </summary>
    private const double GpuStart = 1.5e10;

    /// <summary>Finds the k nearest other rows of each row.</summary>
    /// <param name="rows">n x d. The result is cached with the matrix, for later searches by the same distance.</param>
    /// <param name="neighborCount">k, 1 to n - 1, without the row itself.</param>
    /// <param name="distance">The distance.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <exception cref="N2DException">
    /// There are k rows or fewer (<c>TooFewRows</c>), or the metric is not defined for a row, or fewer than k others are at a finite
    /// distance from it (<c>UndefinedDistance</c>).
    /// </exception>
    public static NeighborGraph Find(Matrix rows, int neighborCount, RowDistance distance, Execution execution) =>
        FindOn(ComputeDevice.Cpu, rows, neighborCount, distance, execution).Graph;

    /// <summary>Finds the k nearest other rows of each row on a device. A GPU always compares all pairs.</summary>
    /// <param name="device">
    /// The device. <see cref="ComputeDevice.Auto"/> is a GPU if there is one and the search is large, otherwise the processor.
    /// </param>
    /// <param name="rows">n x d. The result is cached with the matrix, for later searches by the same distance.</param>
    /// <param name="neighborCount">k, 1 to n - 1, without the row itself.</param>
    /// <param name="distance">The distance.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <returns>The neighbors, and how they were found.</returns>
    /// <exception cref="N2DException">
    /// As on the processor; or the metric has no kernel for GPUs (<c>MetricNotOnDevice</c>), or the device is not available
    /// (<c>DeviceUnavailable</c>), has too little memory (<c>OutOfDeviceMemory</c>) or failed (<c>DeviceFailed</c>).
    /// </exception>
    internal static FoundNeighbors FindOn(
        ComputeDevice device, Matrix rows, int neighborCount, RowDistance distance, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(distance);
        ArgumentNullException.ThrowIfNull(execution);
        if (neighborCount < 1 || neighborCount >= rows.RowCount)
        {
            throw new N2DException(
                "TooFewRows",
                ErrorKind.InvalidArgument,
                $"{Quantity.Of(rows.RowCount, "row")} cannot have {Quantity.Of(neighborCount, "neighbor")} each. The number of neighbors "
                    + "must be 1 or more, and less than the number of rows.",
                neighborCount);
        }

        ThrowIfUnavailable(device, distance);
        var simplified = distance.Simplified();
        var cache = NeighborCache.Of(rows);
        var processorOnly = WhyProcessor(rows, simplified);
        var resolved = DeviceChoice.Resolve(device, processorOnly);
        var isExact = IsExact(rows, simplified);
        var found = Reuse(resolved != ComputeDevice.Cpu || isExact) ?? DeviceChoice.Run(
            device,
            resolved,
            processorOnly,
            () => Reuse(isExact) ?? Search(session: null),
            Search,
            execution);
        return found with { Graph = found.Graph.First(neighborCount) };

        FoundNeighbors? Reuse(bool exact)
        {
            var cached = cache.Find(simplified, neighborCount, exact);
            if (cached is not null)
            {
                execution.Explain?.Invoke(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Neighbors: reused from an earlier call on the same rows, which saves {cached.Seconds:F2} s."));
            }

            return cached;
        }

        FoundNeighbors Search(GpuSession? session)
        {
            var searched = SearchOn(session, rows, neighborCount, simplified, isExact, execution);
            cache.Keep(simplified, searched);
            return searched;
        }
    }

    /// <summary>Throws if a device cannot search neighbors by a distance.</summary>
    /// <param name="device">The device.</param>
    /// <param name="distance">The distance.</param>
    /// <exception cref="N2DException">
    /// The device is not available (<c>DeviceUnavailable</c>), or the metric has no kernel for it (<c>MetricNotOnDevice</c>).
    /// </exception>
    internal static void ThrowIfUnavailable(ComputeDevice device, RowDistance distance)
    {
        if (device.Kind == ComputeDeviceKind.Cuda && !GpuMetricChoice.Supports(distance))
        {
            throw new N2DException(
                "MetricNotOnDevice",
                ErrorKind.InvalidArgument,
                $"{DeviceChoice.Option} {device} has no kernel for the {distance.Simplified()} metric. Set {DeviceChoice.Option} to Cpu, "
                    + "or use another metric.",
                distance.Metric)
            {
                Options = [DeviceChoice.Option],
            };
        }

        if (device.Kind != ComputeDeviceKind.Auto)
        {
            DeviceChoice.Resolve(device);
        }
    }

    /// <summary>
    /// Finds the k nearest rows of each query. All pairs are compared, so the result for a query is exact and does not depend on the other
    /// queries.
    /// </summary>
    /// <remarks>
    /// A query costs n d coordinate differences. Each call first prepares the rows, which takes as long as about 50 queries. Pass many
    /// queries at once.
    /// </remarks>
    /// <param name="queries">q x d.</param>
    /// <param name="rows">n x d, the rows to search. A row that equals the query counts.</param>
    /// <param name="neighborCount">k, 1 to n.</param>
    /// <param name="distance">The distance.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <returns>The row numbers and distances of each query's neighbors.</returns>
    /// <exception cref="N2DException">
    /// There are fewer than k rows (<c>TooFewRows</c>), or the metric is not defined for a query or a row, or fewer than k rows are at a
    /// finite distance from a query (<c>UndefinedDistance</c>).
    /// </exception>
    /// <exception cref="ArgumentException">Queries and rows differ in their number of columns.</exception>
    public static NeighborGraph FindAmong(Matrix queries, Matrix rows, int neighborCount, RowDistance distance, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(distance);
        ArgumentNullException.ThrowIfNull(execution);
        if (queries.ColumnCount != rows.ColumnCount)
        {
            throw new ArgumentException(
                $"The queries have {queries.ColumnCount} columns, but the rows have {rows.ColumnCount}.", nameof(queries));
        }

        if (neighborCount < 1 || neighborCount > rows.RowCount)
        {
            throw new N2DException(
                "TooFewRows",
                ErrorKind.InvalidArgument,
                $"There cannot be {Quantity.Of(neighborCount, "neighbor")} among {Quantity.Of(rows.RowCount, "row")}. The number of "
                    + "neighbors must be 1 or more, and at most the number of rows.",
                neighborCount);
        }

        return NeighborIndex.Exact(rows, distance, execution).Find(queries, neighborCount, execution);
    }

    /// <summary>
    /// Finds the neighbors for several later calls: one exact search for the largest number is enough for all. A result of NN-descent is
    /// valid for one number only, so nothing is searched if NN-descent would run and the numbers differ.
    /// </summary>
    /// <param name="rows">n x d. The result is cached with the matrix.</param>
    /// <param name="neighborCounts">The number of neighbors in each later call, 1 to n - 1.</param>
    /// <param name="distance">The distance.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <returns>The seconds that the search took, in this or an earlier call; 0 if nothing was searched.</returns>
    /// <exception cref="N2DException">As for <see cref="Find"/>.</exception>
    internal static double FindAhead(Matrix rows, IReadOnlyCollection<int> neighborCounts, RowDistance distance, Execution execution)
    {
        var (least, most) = (neighborCounts.Min(), neighborCounts.Max());
        if (least != most && !IsExact(rows, distance))
        {
            return 0;
        }

        return FindOn(ComputeDevice.Cpu, rows, most, distance, execution).Seconds;
    }

    /// <summary>Whether the processor compares all pairs of rows.</summary>
    private static bool IsExact(Matrix rows, RowDistance distance) => DifferencesOf(rows, distance) <= ExactLimit;

    /// <summary>The coordinate differences of all pairs, weighted by the metric's cost of a coordinate.</summary>
    private static double DifferencesOf(Matrix rows, RowDistance distance) =>
        (double)rows.RowCount * rows.RowCount * rows.ColumnCount * KernelCost.Of(distance, rows.ColumnCount);

    /// <summary>The reason why a search suits the processor better than any GPU; null if there is none.</summary>
    private static string? WhyProcessor(Matrix rows, RowDistance distance) =>
        !GpuMetricChoice.Supports(distance) ? $"there is no kernel for the {distance} metric"
        : DifferencesOf(rows, distance) < GpuStart ? "the search takes less than about a second there"
        : null;

    /// <summary>Searches on a GPU, which is always exact, or, without a session, on the processor.</summary>
    private static FoundNeighbors SearchOn(
        GpuSession? session, Matrix rows, int neighborCount, RowDistance distance, bool isExact, Execution execution)
    {
        var clock = Stopwatch.StartNew();
        var exponent = RowUnit.ExponentFor(distance, rows);
        var prepared = MetricRows.Prepare(distance, RowUnit.Scale(rows, exponent), execution.CancellationToken);
        var search = new NearestRows(prepared, neighborCount, distance, isExact, execution);
        var found = session is null
            ? KernelChoice.Run(distance, rows.ColumnCount, search)
            : KernelChoice.Run(distance, rows.ColumnCount, new NearestRowsOnGpu(session, search));
        var graph = found.InUnit(distance, exponent);
        ThrowIfInfinite(graph, distance);
        return new FoundNeighbors(graph, isExact || session is not null, clock.Elapsed.TotalSeconds)
        {
            Device = session?.Device ?? ComputeDevice.Cpu,
        };
    }

    /// <summary>Throws if the distance of a neighbor is not finite.</summary>
    /// <exception cref="N2DException">A distance is not finite (<c>UndefinedDistance</c>).</exception>
    internal static void ThrowIfInfinite(NeighborGraph graph, RowDistance distance)
    {
        for (var row = 0; row < graph.RowCount; row++)
        {
            if (!float.IsFinite(graph.Distances(row)[^1]))
            {
                throw new N2DException(
                    "UndefinedDistance",
                    ErrorKind.InvalidData,
                    $"Row {row + 1} has fewer than {Quantity.Of(graph.NeighborCount, "other row")} at a finite distance under the "
                        + $"{distance} metric: the values are too "
                        + "large, or, under BrayCurtis, rows are the negatives of each other. Scale the data down, or use another metric.",
                    row);
            }
        }
    }

    private sealed record NearestRows(Matrix Rows, int NeighborCount, RowDistance Distance, bool IsExact, Execution Execution)
        : IKernelAction<NeighborGraph>
    {
        public NeighborGraph Run<TKernel>(TKernel kernel)
            where TKernel : struct, IDistanceKernel
        {
            Explain(IsExact ? "exact search" : "NN-descent");
            return IsExact
                ? ExactNeighbors.Find(kernel, Rows, NeighborCount, Execution)
                : NeighborDescent.Find(kernel, Rows, NeighborCount, new NeighborDescentOptions(), Execution);
        }

        public void Explain(string search) => Execution.Explain?.Invoke(
            $"Neighbors: {search} over {Quantity.Of(Rows.RowCount, "row")} in {Quantity.Of(Rows.ColumnCount, "dimension")}, {Distance} "
                + "metric.");
    }

    private sealed record NearestRowsOnGpu(GpuSession Session, NearestRows Search) : IKernelAction<NeighborGraph>
    {
        public NeighborGraph Run<TKernel>(TKernel kernel)
            where TKernel : struct, IDistanceKernel
        {
            Search.Explain($"exact search on {Session.Device}");
            return GpuNeighbors.Find(Session, kernel, Search.Distance, Search.Rows, Search.NeighborCount, Search.Execution);
        }
    }
}
