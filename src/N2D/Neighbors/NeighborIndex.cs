using N2D.Numerics;

namespace N2D.Neighbors;

/// <summary>
/// Rows among which the neighbors of other rows are found, call after call: laid out once for exact search where every pair is cheap to look at, and joined to a
/// graph that a walk goes along where it is not.
/// </summary>
/// <remarks>
/// What is found for a query depends on nothing but the query and the rows. A walk finds nearly all of the nearest (bench/README.md tells how many), and an equal
/// row always.
/// </remarks>
internal sealed class NeighborIndex
{
    /// <summary>
    /// Above this many coordinate differences a query, n d (times what a coordinate costs under the metric), walks take the place of exact search: about where they
    /// become the faster of the two.
    /// </summary>
    public const double ExactLimit = 1.5e6;

    private readonly RowDistance _distance;
    private readonly int _exponent;
    private readonly Matrix _rows;
    private readonly ColumnBlocks? _tiles;
    private readonly GraphSearch? _search;

    private NeighborIndex(RowDistance distance, int exponent, Matrix rows, ColumnBlocks? tiles, GraphSearch? search)
    {
        _distance = distance;
        _exponent = exponent;
        _rows = rows;
        _tiles = tiles;
        _search = search;
    }

    /// <summary>The graph that walks go along; null where all rows are looked at.</summary>
    public SearchGraph? Graph => _search?.Graph;

    /// <summary>Prepares rows to be searched among, exactly or by walks as their number and that of their columns say.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="distance">The distance.</param>
    /// <param name="neighborCount">The neighbors of each row among the others that a graph is made of, below n; found already, most often.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <param name="exactLimit">Where walks begin; <see cref="ExactLimit"/> but in tests.</param>
    public static NeighborIndex Build(Matrix rows, RowDistance distance, int neighborCount, Execution execution, double exactLimit = ExactLimit)
    {
        if ((double)rows.RowCount * rows.ColumnCount * KernelChoice.Run(distance, rows.ColumnCount, default(CostOfKernel)) <= exactLimit)
        {
            return Exact(rows, distance, execution);
        }

        var prepared = Prepare(distance, rows, RowUnit.ExponentFor(distance, rows), execution);
        var neighbors = NeighborSearch.Find(rows, neighborCount, distance, execution);
        return KernelChoice.Run(distance, rows.ColumnCount, new GraphOfNeighbors(prepared, neighbors, execution)) is { } graph
            ? Walked(rows, distance, graph, execution)
            : Exact(rows, distance, execution);
    }

    /// <summary>Prepares rows to be looked at all of them.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="distance">The distance.</param>
    /// <param name="execution">Threads and cancellation.</param>
    public static NeighborIndex Exact(Matrix rows, RowDistance distance, Execution execution)
    {
        var exponent = RowUnit.ExponentFor(distance, rows);
        var prepared = Prepare(distance, rows, exponent, execution);
        return new NeighborIndex(distance, exponent, prepared, ExactNeighbors.TilesOf(prepared, execution), null);
    }

    /// <summary>Prepares rows whose graph was made before.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="distance">The distance.</param>
    /// <param name="graph">The graph.</param>
    /// <param name="execution">Threads and cancellation.</param>
    public static NeighborIndex Walked(Matrix rows, RowDistance distance, SearchGraph graph, Execution execution)
    {
        var exponent = RowUnit.ExponentFor(distance, rows);
        var prepared = Prepare(distance, rows, exponent, execution);
        return new NeighborIndex(distance, exponent, prepared, null, new GraphSearch(prepared, graph, execution));
    }

    /// <summary>Finds the k nearest of the rows for each of other ones.</summary>
    /// <param name="queries">q x d.</param>
    /// <param name="neighborCount">k, 1 to n.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <exception cref="N2DException">
    /// The metric is not defined for a query, or puts it at no finite distance from k of the rows (<c>UndefinedDistance</c>).
    /// </exception>
    public NeighborGraph Find(Matrix queries, int neighborCount, Execution execution)
    {
        execution.Explain?.Invoke(
            $"Neighbors: {(_search is null ? "exact search" : "walks along the graph")} for {Quantity.Of(queries.RowCount, "row")} among {_rows.RowCount} in {Quantity.Of(_rows.ColumnCount, "dimension")}, {_distance} metric.");
        var prepared = Prepare(_distance, queries, _exponent, execution);
        var found = KernelChoice.Run(_distance, _rows.ColumnCount, new Search(this, prepared, neighborCount, execution)).InUnit(_distance, _exponent);
        NeighborSearch.ThrowIfInfinite(found, _distance);
        return found;
    }

    private static Matrix Prepare(RowDistance distance, Matrix rows, int exponent, Execution execution) =>
        MetricRows.Prepare(distance, RowUnit.Scale(rows, exponent), execution.CancellationToken);

    private readonly struct CostOfKernel : IKernelAction<double>
    {
        public double Run<TKernel>(TKernel kernel)
            where TKernel : struct, IDistanceKernel => TKernel.RelativeCost;
    }

    private sealed record GraphOfNeighbors(Matrix Rows, NeighborGraph Neighbors, Execution Execution) : IKernelAction<SearchGraph?>
    {
        public SearchGraph? Run<TKernel>(TKernel kernel)
            where TKernel : struct, IDistanceKernel => SearchGraph.Build(kernel, Rows, Neighbors, Execution);
    }

    private sealed record Search(NeighborIndex Index, Matrix Queries, int NeighborCount, Execution Execution) : IKernelAction<NeighborGraph>
    {
        public NeighborGraph Run<TKernel>(TKernel kernel)
            where TKernel : struct, IDistanceKernel => Index._search is { } search
                ? search.Find(kernel, Queries, NeighborCount, Execution)
                : ExactNeighbors.FindAmong(kernel, Queries, Index._tiles!, NeighborCount, Execution);
    }
}
