using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Tests.Neighbors;

/// <summary>
/// Neighbors among rows that are searched call after call; here by walks, which small sets of rows are not searched by otherwise.
/// </summary>
public sealed class NeighborIndexTests
{
    private const int RowCount = 3000;

    private static readonly Matrix All = RandomRows.Blobs(RowCount + 200, 40, 8, scale: 6).Rows;
    private static readonly Matrix Rows = Part(All, 0, RowCount);
    private static readonly Matrix Queries = Part(All, RowCount, 200);

    [Theory]
    [InlineData(DistanceMetric.Euclidean)]
    [InlineData(DistanceMetric.Cosine)]
    [InlineData(DistanceMetric.Canberra)]
    public void Walks_FindNearlyAllNeighbors_AtTheirDistances(DistanceMetric metric)
    {
        var distance = new RowDistance { Metric = metric };
        var index = Walked(Rows, distance);
        var found = index.Find(Queries, 15, Execution.Default);
        var exact = NeighborIndex.Exact(Rows, distance, Execution.Default).Find(Queries, 15, Execution.Default);
        Assert.NotNull(index.Graph);
        Assert.InRange(found.RecallOf(exact), 0.95, 1);
        for (var query = 0; query < Queries.RowCount; query++)
        {
            // Sums are added in another order than those of exact search.
            Assert.Equal(exact.Distances(query)[0], found.Distances(query)[0], 1e-4);
        }
    }

    [Fact]
    public void WhatIsFound_DependsOnTheQueryAlone()
    {
        var index = Walked(Rows, new RowDistance());
        var together = index.Find(Queries, 15, new Execution { ThreadCount = 1 });
        var threaded = index.Find(Queries, 15, new Execution { ThreadCount = 3 });
        foreach (var query in new[] { 0, 31, 32, 150, 199 })
        {
            var alone = index.Find(Part(Queries, query, 1), 15, Execution.Default);
            Assert.Equal(together.Neighbors(query), alone.Neighbors(0));
            Assert.Equal(together.Distances(query), alone.Distances(0));
            Assert.Equal(together.Neighbors(query), threaded.Neighbors(query));
        }
    }

    [Fact]
    public void AnEqualRow_IsAlwaysFound_TheFirstOfSeveral()
    {
        var twice = Matrix.Own([.. Rows.Values, .. Rows.RowRange(100, 50)], Rows.ColumnCount);
        var found = Walked(twice, new RowDistance()).Find(Rows, 2, Execution.Default);
        for (var row = 0; row < RowCount; row++)
        {
            Assert.Equal((row, 0f), (found.Neighbors(row)[0], found.Distances(row)[0]));
        }
    }

    [Fact]
    public void GroupsThatNoEdgeJoins_AreReachedAllTheSame()
    {
        // Five groups far apart: the graph is in as many pieces.
        var (rows, groups) = RandomRows.Blobs(2000, 30, 5, scale: 400);
        var found = Walked(
            rows, new RowDistance()).Find(Matrix.Own([.. rows.Values.ToArray().Select(value => value + 0.01f)], 30), 10, Execution.Default);
        for (var row = 0; row < rows.RowCount; row++)
        {
            Assert.All(found.Neighbors(row).ToArray(), neighbor => Assert.Equal(groups[row], groups[neighbor]));
        }
    }

    [Fact]
    public void ManyDuplicates_AreAllFound()
    {
        // Groups of thirty equal rows, more than each row has neighbors: nothing leads from one to the next.
        var distinct = RandomRows.Uniform(100, 20);
        var rows = Matrix.Own([.. Enumerable.Range(0, 3000).SelectMany(row => distinct.Row(row / 30).ToArray())], 20);
        var index = Walked(rows, new RowDistance());
        var found = index.Find(distinct, 40, Execution.Default);
        for (var row = 0; row < 100; row++)
        {
            Assert.Equal(30, found.Distances(row).ToArray().Count(distance => distance == 0));
        }
    }

    [Fact]
    public void MoreNeighborsThanAWalkComesTo_AreFoundByLookingAtAll()
    {
        var index = Walked(Part(Rows, 0, 60), new RowDistance());
        var found = index.Find(Part(Queries, 0, 3), 60, Execution.Default);
        Assert.All(Enumerable.Range(0, 3), query => Assert.Equal(Enumerable.Range(0, 60), found.Neighbors(query).ToArray().Order()));
    }

    [Fact]
    public void AQueryBeyondTheRangeOfNumbers_IsRefused()
    {
        var far = Matrix.Own([.. Enumerable.Repeat(1e30f, 40)], 40);
        Assert.Equal(
            "UndefinedDistance", Assert.Throws<N2DException>(() => Walked(Rows, new RowDistance()).Find(far, 5, Execution.Default)).Id);
    }

    [Fact]
    public void Canceled_EndsBeforeTheNextReport()
    {
        var index = Walked(Rows, new RowDistance());
        var many = RandomRows.Uniform(20_000, 40);
        Cancellation.AssertEndsAt("neighbors of", execution => index.Find(many, 15, execution));
    }

    private static NeighborIndex Walked(Matrix rows, RowDistance distance) =>
        NeighborIndex.Build(rows, distance, neighborCount: 14, Execution.Default, exactLimit: 0);

    private static Matrix Part(Matrix rows, int start, int count) => Matrix.Own(rows.RowRange(start, count).ToArray(), rows.ColumnCount);
}
