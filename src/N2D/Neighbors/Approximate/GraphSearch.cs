using System.Collections.Concurrent;
using N2D.Numerics;

namespace N2D.Neighbors;

/// <summary>Finds the nearest rows of queries by walks along a search graph.</summary>
internal sealed class GraphSearch
{
    private const int QueriesPerBlock = 32;

    /// <summary>The number of nearest entries at which a walk starts.</summary>
    private const int BeginningCount = 4;

    private readonly Matrix _rows;
    private readonly ColumnBlocks _entryTiles;
    private readonly Dictionary<long, int> _rowOfHash;
    private readonly ConcurrentBag<GraphWalk> _walks = [];

    /// <summary>Prepares the search.</summary>
    /// <param name="rows">n x d, prepared for the metric.</param>
    /// <param name="graph">Their search graph.</param>
    /// <param name="execution">Threads and cancellation.</param>
    public GraphSearch(Matrix rows, SearchGraph graph, Execution execution)
    {
        _rows = rows;
        Graph = graph;
        var entries = new float[(long)graph.Entries.Length * rows.ColumnCount];
        for (var place = 0; place < graph.Entries.Length; place++)
        {
            rows.Row(graph.Entries[place]).CopyTo(entries.AsSpan(place * rows.ColumnCount));
        }

        _entryTiles = ExactNeighbors.TilesOf(Matrix.Own(entries, rows.ColumnCount), execution);
        _rowOfHash = HashesOf(rows);
    }

    /// <summary>The search graph.</summary>
    public SearchGraph Graph { get; }

    /// <summary>Finds the k nearest rows of each query.</summary>
    /// <param name="kernel">The metric.</param>
    /// <param name="queries">q x d, prepared for the metric.</param>
    /// <param name="neighborCount">k, at most n.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <typeparam name="TKernel">The kind of metric.</typeparam>
    public NeighborGraph Find<TKernel>(TKernel kernel, Matrix queries, int neighborCount, Execution execution)
        where TKernel : struct, IDistanceKernel
    {
        var beginnings = ExactNeighbors.FindAmong(
            kernel, queries, _entryTiles, Math.Min(BeginningCount, Graph.Entries.Length), execution with { Progress = null });
        var indices = new int[ArraySize.Of(queries.RowCount, neighborCount)];
        var distances = new float[ArraySize.Of(queries.RowCount, neighborCount)];
        var done = 0;
        ParallelRows.For(queries.RowCount, QueriesPerBlock, execution, (start, end) =>
        {
            var walk = _walks.TryTake(out var rested) && rested.Serves(neighborCount) ? rested : new GraphWalk(_rows, Graph, neighborCount);
            for (var query = start; query < end; query++)
            {
                var row = queries.Row(query);
                walk.Begin();
                if (EqualRow(row) is { } equal)
                {
                    walk.Visit(kernel, row, equal);
                }

                foreach (var entry in beginnings.Neighbors(query))
                {
                    // There is no entry if no row is at a finite distance from the query.
                    if (entry != NeighborHeap.Empty)
                    {
                        walk.Visit(kernel, row, Graph.Entries[entry]);
                    }
                }

                walk.Run(kernel, row);
                walk.CopyTo(
                    kernel,
                    row,
                    indices.AsSpan(query * neighborCount, neighborCount),
                    distances.AsSpan(query * neighborCount, neighborCount));
            }

            _walks.Add(walk);
            var finished = Interlocked.Add(ref done, end - start);
            execution.Report($"neighbors of {finished} of {Quantity.Of(queries.RowCount, "row")}", (double)finished / queries.RowCount);
        });
        return new NeighborGraph(indices, distances, neighborCount);
    }

    /// <summary>
    /// The first row of each hash. If two different rows have the same hash, which is unlikely, only a walk can find the second.
    /// </summary>
    private static Dictionary<long, int> HashesOf(Matrix rows)
    {
        var rowOfHash = new Dictionary<long, int>(rows.RowCount);
        for (var row = 0; row < rows.RowCount; row++)
        {
            rowOfHash.TryAdd(RowHash.Of(rows.Row(row)), row);
        }

        return rowOfHash;
    }

    private int? EqualRow(ReadOnlySpan<float> query) =>
        _rowOfHash.TryGetValue(RowHash.Of(query), out var row) && _rows.Row(row).SequenceEqual(query) ? row : null;
}
