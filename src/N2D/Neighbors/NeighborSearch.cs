using System.Diagnostics;
using System.Globalization;
using N2D.Numerics;

namespace N2D.Neighbors;

/// <summary>Finds the k nearest neighbors of every row: exactly where that is cheap, by NN-descent where it is not.</summary>
/// <remarks>
/// Neighbors are the same for every seed: NN-descent draws its random numbers from a fixed one. What it finds hardly depends on what it draws
/// (recall is 0.998 on ordinary data), so seeds are left to what follows, and one search serves them all.
/// </remarks>
public static class NeighborSearch
{
    /// <summary>
    /// Above this many coordinate differences, n^2 d (times what a coordinate costs under the metric), exact search gives way to NN-descent:
    /// some ten seconds on two cores, and about where NN-descent, whose cost grows with n^1.1 d or so, becomes the faster of the two.
    /// </summary>
    internal const double ExactLimit = 1.5e11;

    /// <summary>Finds the k nearest other rows of every row.</summary>
    /// <param name="rows">n x d. Neighbors are kept with them: a later search on the same matrix by the same distance may come for nothing.</param>
    /// <param name="neighborCount">k, 1 to n - 1; the row itself is not counted.</param>
    /// <param name="distance">The distance.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <exception cref="N2DException">
    /// There are not more than k rows (<c>TooFewRows</c>), or the metric is not defined for a row, or puts it at no finite distance from k others
    /// (<c>UndefinedDistance</c>).
    /// </exception>
    public static NeighborGraph Find(Matrix rows, int neighborCount, RowDistance distance, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(distance);
        ArgumentNullException.ThrowIfNull(execution);
        if (neighborCount < 1 || neighborCount >= rows.RowCount)
        {
            throw new N2DException(
                "TooFewRows",
                ErrorKind.InvalidArgument,
                $"{Quantity.Of(neighborCount, "neighbor")} of each of {Quantity.Of(rows.RowCount, "row")}: the number of neighbors must be 1 or more, and below the number of rows.",
                neighborCount);
        }

        var simplified = distance.Simplified();
        var cache = NeighborCache.Of(rows);
        var found = cache.Find(simplified, neighborCount);
        if (found is null)
        {
            found = Search(rows, neighborCount, simplified, execution);
            cache.Keep(simplified, found);
        }
        else
        {
            execution.Explain?.Invoke(string.Create(
                CultureInfo.InvariantCulture,
                $"Neighbors: reused from an earlier call on the same rows, which saves {found.Seconds:F2} s."));
        }

        return found.Graph.First(neighborCount);
    }

    /// <summary>
    /// Finds the k nearest of some rows for each of other ones. Every pair is looked at, whatever their number: what is found for a query is exact,
    /// and the same in any company.
    /// </summary>
    /// <remarks>
    /// A query costs n d coordinate differences. A call lays the rows out first, which takes as long as some fifty queries: ask for many at once.
    /// </remarks>
    /// <param name="queries">q x d.</param>
    /// <param name="rows">n x d, among which neighbors are looked for; one that equals the query counts.</param>
    /// <param name="neighborCount">k, 1 to n.</param>
    /// <param name="distance">The distance.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <returns>For each query the row numbers of its neighbors and their distances.</returns>
    /// <exception cref="N2DException">
    /// There are fewer than k rows (<c>TooFewRows</c>), or the metric is not defined for a query or a row, or a query is at no finite distance from k
    /// of them (<c>UndefinedDistance</c>).
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
            throw new ArgumentException($"Queries of {queries.ColumnCount} columns have no distance to rows of {rows.ColumnCount}.", nameof(queries));
        }

        if (neighborCount < 1 || neighborCount > rows.RowCount)
        {
            throw new N2DException(
                "TooFewRows",
                ErrorKind.InvalidArgument,
                $"{Quantity.Of(neighborCount, "neighbor")} among {Quantity.Of(rows.RowCount, "row")}: the number of neighbors must be 1 or more, and at most the number of rows.",
                neighborCount);
        }

        return NeighborIndex.Exact(rows, distance, execution).Find(queries, neighborCount, execution);
    }

    /// <summary>
    /// Finds the neighbors that later calls will ask for, each with its own number of them: one exact search for the most serves all. What NN-descent finds serves one
    /// number alone, so that nothing is found ahead where it would search and the calls differ.
    /// </summary>
    /// <param name="rows">n x d, with which the neighbors are kept.</param>
    /// <param name="neighborCounts">The number that each call will ask for, 1 to n - 1.</param>
    /// <param name="distance">The distance.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <returns>Seconds that finding them took, by this call or an earlier one; 0 if they are left to the later calls.</returns>
    /// <exception cref="N2DException">As for <see cref="Find"/>.</exception>
    internal static double FindAhead(Matrix rows, IReadOnlyCollection<int> neighborCounts, RowDistance distance, Execution execution)
    {
        var (least, most) = (neighborCounts.Min(), neighborCounts.Max());
        if (least != most && !KernelChoice.Run(distance, rows.ColumnCount, new ExactSearch(rows.RowCount, rows.ColumnCount)))
        {
            return 0;
        }

        Find(rows, most, distance, execution);
        return NeighborCache.Of(rows).Find(distance.Simplified(), most)!.Seconds;
    }

    private static FoundNeighbors Search(Matrix rows, int neighborCount, RowDistance distance, Execution execution)
    {
        var clock = Stopwatch.StartNew();
        var exponent = RowUnit.ExponentFor(distance, rows);
        var prepared = MetricRows.Prepare(distance, RowUnit.Scale(rows, exponent), execution.CancellationToken);
        var (graph, isExact) = KernelChoice.Run(distance, rows.ColumnCount, new NearestRows(prepared, neighborCount, distance, execution));
        graph = graph.InUnit(distance, exponent);
        ThrowIfInfinite(graph, distance);
        return new FoundNeighbors(graph, isExact, clock.Elapsed.TotalSeconds);
    }

    /// <summary>Refuses rows that have a neighbor at no finite distance.</summary>
    /// <exception cref="N2DException">There is one (<c>UndefinedDistance</c>).</exception>
    internal static void ThrowIfInfinite(NeighborGraph graph, RowDistance distance)
    {
        for (var row = 0; row < graph.RowCount; row++)
        {
            if (!float.IsFinite(graph.Distances(row)[^1]))
            {
                throw new N2DException(
                    "UndefinedDistance",
                    ErrorKind.InvalidData,
                    $"Row {row + 1} has no {graph.NeighborCount} other rows at a finite distance under the {distance} metric: values are too large for it, "
                        + "or rows are each other's negative under Bray-Curtis. Scale the data down, or use another metric.",
                    row);
            }
        }
    }

    private sealed record NearestRows(Matrix Rows, int NeighborCount, RowDistance Distance, Execution Execution)
        : IKernelAction<(NeighborGraph Graph, bool IsExact)>
    {
        public (NeighborGraph Graph, bool IsExact) Run<TKernel>(TKernel kernel)
            where TKernel : struct, IDistanceKernel
        {
            var isExact = new ExactSearch(Rows.RowCount, Rows.ColumnCount).Run(kernel);
            Execution.Explain?.Invoke(
                $"Neighbors: {(isExact ? "exact search" : "NN-descent")} over {Quantity.Of(Rows.RowCount, "row")} in {Quantity.Of(Rows.ColumnCount, "dimension")}, {Distance} metric.");
            var graph = isExact
                ? ExactNeighbors.Find(kernel, Rows, NeighborCount, Execution)
                : NeighborDescent.Find(kernel, Rows, NeighborCount, new NeighborDescentOptions(), Execution);
            return (graph, isExact);
        }
    }

    /// <summary>Whether every pair of so many rows is looked at.</summary>
    private sealed record ExactSearch(int RowCount, int ColumnCount) : IKernelAction<bool>
    {
        public bool Run<TKernel>(TKernel kernel)
            where TKernel : struct, IDistanceKernel => (double)RowCount * RowCount * ColumnCount * TKernel.RelativeCost <= ExactLimit;
    }
}
