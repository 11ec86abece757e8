using N2D.Manifolds;
using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Tests.Neighbors;

public sealed class NeighborCacheTests
{
    private static readonly RowDistance Euclidean = new();

    [Fact]
    public void SameMatrix_IsSearchedOnce()
    {
        var rows = RandomRows.Uniform(300, 5);
        var first = Search(rows, 10, Euclidean);
        var second = Search(rows, 10, Euclidean);
        Assert.Equal((false, true), (first.IsReused, second.IsReused));
        Assert.Same(first.Graph, second.Graph);
    }

    [Fact]
    public void EqualRowsInAnotherMatrix_AreSearchedAnew()
    {
        var rows = RandomRows.Uniform(300, 5);
        Search(rows, 10, Euclidean);
        Assert.False(Search(Copy(rows), 10, Euclidean).IsReused);
    }

    [Fact]
    public void FewerNeighbors_AreTheFirstOfMore_AsIfSearchedAnew()
    {
        var rows = RandomRows.Uniform(300, 5);
        Search(rows, 20, Euclidean);
        foreach (var count in new[] { 1, 7, 19 })
        {
            var reused = Search(rows, count, Euclidean);
            Assert.True(reused.IsReused);
            NeighborGraphs.AssertEqual(Search(Copy(rows), count, Euclidean).Graph, reused.Graph);
        }
    }

    [Fact]
    public void MoreNeighbors_AreSearchedAnew_AndReplaceFewer()
    {
        var rows = RandomRows.Uniform(300, 5);
        Search(rows, 5, Euclidean);
        var more = Search(rows, 20, Euclidean);
        Assert.False(more.IsReused);
        NeighborGraphs.AssertEqual(Search(Copy(rows), 20, Euclidean).Graph, more.Graph);
        Assert.True(Search(rows, 20, Euclidean).IsReused);
        Assert.True(Search(rows, 5, Euclidean).IsReused);
    }

    [Fact]
    public void EachMetricAndPower_HasItsOwn()
    {
        var rows = RandomRows.Uniform(300, 5);
        Search(rows, 10, Euclidean);
        Assert.False(Search(rows, 10, new RowDistance { Metric = DistanceMetric.SquaredEuclidean }).IsReused);
        Assert.False(Search(rows, 10, new RowDistance { Metric = DistanceMetric.Minkowski, MinkowskiPower = 3 }).IsReused);
        Assert.False(Search(rows, 10, new RowDistance { Metric = DistanceMetric.Minkowski, MinkowskiPower = 4 }).IsReused);
        Assert.True(Search(rows, 10, new RowDistance { Metric = DistanceMetric.Minkowski, MinkowskiPower = 3 }).IsReused);

        // Minkowski with power 2 is Euclidean, which ignores the power.
        Assert.True(Search(rows, 10, new RowDistance { Metric = DistanceMetric.Minkowski, MinkowskiPower = 2 }).IsReused);
        Assert.True(Search(rows, 10, new RowDistance { MinkowskiPower = 7 }).IsReused);
    }

    [Fact]
    public void NeighborDescent_IsReused_AcrossThreadCounts()
    {
        // Just beyond the limit of exact search, which is low for a metric as slow as this.
        var rows = RandomRows.Uniform(10_000, 101);
        var distance = new RowDistance { Metric = DistanceMetric.Minkowski, MinkowskiPower = 3 };
        var first = Search(rows, 3, distance, threadCount: 1);
        var second = Search(rows, 3, distance, threadCount: 2);
        Assert.Equal((false, true), (first.IsReused, second.IsReused));
        Assert.Same(first.Graph, second.Graph);
    }

    [Fact]
    public void WhatNeighborDescentFound_ServesItsOwnCountAlone()
    {
        var found = new FoundNeighbors(MetricActions.Exact(RandomRows.Uniform(30, 2), 9, Euclidean), IsExact: false, Seconds: 1);
        Assert.Equal([false, true, false], new[] { 8, 9, 10 }.Select(found.Serves));
        Assert.Equal([true, true, false], new[] { 8, 9, 10 }.Select((found with { IsExact = true }).Serves));
    }

    [Fact]
    public void OneGraphOfEachKind_IsKeptForADistance()
    {
        var graph = MetricActions.Exact(RandomRows.Uniform(30, 2), 9, Euclidean);
        var cache = NeighborCache.Of(RandomRows.Uniform(30, 2));
        cache.Keep(Euclidean, new FoundNeighbors(graph, IsExact: false, Seconds: 1));
        cache.Keep(Euclidean, new FoundNeighbors(graph.First(5), IsExact: false, Seconds: 1));
        Assert.Null(cache.Find(Euclidean, 9, isExact: false));
        Assert.NotNull(cache.Find(Euclidean, 5, isExact: false));
        Assert.Null(cache.Find(Euclidean, 5, isExact: true));
    }

    [Fact]
    public void Layouts_AreWhatTheyAreWithoutCache_ForAnySeedAndThreadCount()
    {
        var rows = RandomRows.Uniform(400, 6);
        foreach (var (seed, neighborCount, threadCount) in new[] { (0, 20, 2), (1, 20, 1), (2, 10, 3) })
        {
            var options = new UmapOptions { Seed = seed, NeighborCount = neighborCount, Epochs = 20, Dimension = 2 };
            var execution = new Execution { ThreadCount = threadCount };
            var reused = options.Fit(rows, execution).Layout.Values.ToArray();
            Assert.Equal(options.Fit(Copy(rows), Execution.Default).Layout.Values.ToArray(), reused);
        }
    }

    [Fact]
    public void CanceledSearch_LeavesNothing()
    {
        var rows = RandomRows.Uniform(300, 5);
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() =>
            NeighborSearch.Find(rows, 10, Euclidean, new Execution { CancellationToken = cancellation.Token }));
        Assert.False(Search(rows, 10, Euclidean).IsReused);
    }

    [Fact]
    public void SearchesAtOnce_AllGetTheSame()
    {
        var rows = RandomRows.Uniform(500, 5);
        var graphs = new NeighborGraph[16];
        Parallel.For(0, graphs.Length, call => graphs[call] = Search(rows, 5 + (call % 4), Euclidean).Graph);
        for (var call = 0; call < graphs.Length; call++)
        {
            NeighborGraphs.AssertEqual(Search(Copy(rows), 5 + (call % 4), Euclidean).Graph, graphs[call]);
        }
    }

    [Fact]
    public void Neighbors_GoWithTheirMatrix()
    {
        var cache = CacheOfForgottenMatrix();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.False(cache.IsAlive);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static WeakReference CacheOfForgottenMatrix()
    {
        var rows = RandomRows.Uniform(50, 2);
        Search(rows, 5, Euclidean);
        return new WeakReference(NeighborCache.Of(rows));
    }

    private static Matrix Copy(Matrix rows) => Matrix.Own(rows.Values.ToArray(), rows.ColumnCount);

    private static (NeighborGraph Graph, bool IsReused) Search(Matrix rows, int neighborCount, RowDistance distance, int threadCount = 2)
    {
        var told = new List<string>();
        var graph = NeighborSearch.Find(rows, neighborCount, distance, new Execution { ThreadCount = threadCount, Explain = told.Add });
        return (graph, told.Any(line => line.Contains("reused", StringComparison.Ordinal)));
    }
}
