using N2D.Numerics;

namespace N2D.Neighbors;

/// <summary>
/// An index of rows for repeated searches of the nearest of them: exact search if comparing all pairs is cheap, otherwise walks along a
/// search graph.
/// </summary>
/// <remarks>
/// The result for a query depends only on the query and the rows. A walk finds nearly all of the nearest rows (for the recall see
/// bench/README.md), and always finds a row that equals the query.
/// </remarks>
internal sealed class NeighborIndex
{
    /// <summary>
    /// The largest number of coordinate differences per query, n d (times the metric's cost of a coordinate), for exact search. Beyond it,
    /// walks are faster.
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

    /// <summary>The search graph; null for exact search.</summary>
    public SearchGraph? Graph => _search?.Graph;

    /// <summary>Builds an index, for exact search or walks by the numbers of rows and columns.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="distance">The distance.</param>
    /// <param name="neighborCount">The number of neighbors of each row for the search graph, below n. Usually they are cached.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <param name="exactLimit">The limit of exact search; <see cref="ExactLimit"/> except in tests.</param>
    public static NeighborIndex Build(
        Matrix rows, RowDistance distance, int neighborCount, Execution execution, double exactLimit = ExactLimit)
    {
        if ((double)rows.RowCount * rows.ColumnCount * KernelCost.Of(distance, rows.ColumnCount) <= exactLimit)
        {
            return Exact(rows, distance, execution);
        }

        var prepared = Prepare(distance, rows, RowUnit.ExponentFor(distance, rows), execution);
        var neighbors = NeighborSearch.Find(rows, neighborCount, distance, execution);
        return KernelChoice.Run(distance, rows.ColumnCount, new GraphOfNeighbors(prepared, neighbors, execution)) is { } graph
            ? Walked(rows, distance, graph, execution)
            : Exact(rows, distance, execution);
    }

    /// <summary>Builds an index for exact search.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="distance">The distance.</param>
    /// <param name="execution">Threads and cancellation.</param>
    public static NeighborIndex Exact(Matrix rows, RowDistance distance, Execution execution)
    {
        var exponent = RowUnit.ExponentFor(distance, rows);
        var prepared = Prepare(distance, rows, exponent, execution);
        return new NeighborIndex(distance, exponent, prepared, ExactNeighbors.TilesOf(prepared, execution), null);
    }

    /// <summary>Builds an index from an existing search graph.</summary>
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

    /// <summary>Finds the k nearest rows of each query.</summary>
    /// <param name="queries">q x d.</param>
    /// <param name="neighborCount">k, 1 to n.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <exception cref="N2DException">
    /// The metric is not defined for a query, or fewer than k rows are at a finite distance from it (<c>UndefinedDistance</c>).
    /// </exception>
    public NeighborGraph Find(Matrix queries, int neighborCount, Execution execution)
    {
        execution.Explain?.Invoke(
            $"Neighbors: {(_search is null ? "exact search" : "walks along the graph")} for {Quantity.Of(queries.RowCount, "row")} among "
                + $"{_rows.RowCount} in {Quantity.Of(_rows.ColumnCount, "dimension")}, {_distance} metric.");
        var prepared = Prepare(_distance, queries, _exponent, execution);
        var found = KernelChoice.Run(
            _distance, _rows.ColumnCount, new Search(this, prepared, neighborCount, execution)).InUnit(_distance, _exponent);
        NeighborSearch.ThrowIfInfinite(found, _distance);
        return found;
    }

    private static Matrix Prepare(RowDistance distance, Matrix rows, int exponent, Execution execution) =>
        MetricRows.Prepare(distance, RowUnit.Scale(rows, exponent), execution.CancellationToken);

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
