using N2D.Neighbors;
using N2D.Numerics;
using N2D.Tests.Expected;

namespace N2D.Tests.Neighbors;

public sealed class NeighborSearchTests
{
    private const double Tolerance = 2e-6;

    [Fact]
    public void ExactNeighbors_AreScikitLearns()
    {
        var expected = ExpectedValues.Load("manifolds.json");
        var rows = expected.GetProperty("rows").ToMatrix();
        foreach (var list in expected.GetProperty("neighbors").EnumerateArray())
        {
            var metric = Enum.Parse<DistanceMetric>(list.GetProperty("metric").GetString()!, ignoreCase: true);
            var graph = NeighborSearch.Find(rows, 10, new RowDistance { Metric = metric }, Execution.Default);
            for (var row = 0; row < rows.RowCount; row++)
            {
                var indices = list.GetProperty("indices")[row];
                var distances = list.GetProperty("distances")[row];
                for (var rank = 0; rank < 10; rank++)
                {
                    // float32 sums against scikit-learn's in double: neighbors closer to each other than that may swap places.
                    Assert.Equal(distances[rank].GetDouble(), graph.Distances(row)[rank], Tolerance);
                    var isTie = (rank > 0 && distances[rank].GetDouble() - distances[rank - 1].GetDouble() < Tolerance)
                        || (rank < 9 && distances[rank + 1].GetDouble() - distances[rank].GetDouble() < Tolerance);
                    Assert.True(isTie || indices[rank].GetInt32() == graph.Neighbors(row)[rank]);
                }
            }
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(15, 3)]
    [InlineData(16, 8)]
    [InlineData(17, 9)]
    [InlineData(131, 21)]
    public void TilesAndRemainders_MissNothing(int rowCount, int columnCount)
    {
        var rows = RandomRows.Uniform(rowCount + 1, columnCount);
        var graph = NeighborSearch.Find(rows, Math.Min(rowCount, 7), new RowDistance(), Execution.Default);
        for (var row = 0; row <= rowCount; row++)
        {
            var byHand = Enumerable.Range(0, rowCount + 1).Where(other => other != row)
                .OrderBy(other => PairDistance.Rank(default(EuclideanKernel), rows.Row(row), rows.Row(other))).Take(graph.NeighborCount);
            Assert.Equal(byHand, graph.Neighbors(row).ToArray());
        }
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(16, 65, 3)]
    [InlineData(131, 7, 21)]
    public void QueriesAmongRows_MissNothing_AndFindTheirEquals(int rowCount, int queryCount, int columnCount)
    {
        var rows = RandomRows.Uniform(rowCount, columnCount);
        var others = RandomRows.Uniform(queryCount, columnCount, seed: 1);
        var queries = Matrix.Own([.. others.Values, .. rows.Row(rowCount - 1)], columnCount);
        var found = NeighborSearch.FindAmong(
            queries, rows, Math.Min(rowCount, 7), new RowDistance { Metric = DistanceMetric.Manhattan }, Execution.Default);
        for (var query = 0; query <= queryCount; query++)
        {
            var byHand = Enumerable.Range(0, rowCount)
                .OrderBy(row => PairDistance.Rank(default(ManhattanKernel), queries.Row(query), rows.Row(row))).Take(found.NeighborCount);
            Assert.Equal(byHand, found.Neighbors(query).ToArray());
        }

        Assert.Equal((rowCount - 1, 0f), (found.Neighbors(queryCount)[0], found.Distances(queryCount)[0]));
    }

    [Fact]
    public void Duplicates_AreOrderedByRow_AndNeverTheRowItself()
    {
        var graph = NeighborSearch.Find(Matrix.Own(new float[40], 2), 5, new RowDistance(), Execution.Default);
        Assert.Equal([0, 1, 2, 4, 5], graph.Neighbors(3).ToArray());
        Assert.Equal(new float[5], graph.Distances(3).ToArray());
    }

    [Fact]
    public void NeighborDescent_CopesWithDuplicates()
    {
        // 3000 rows at 3 places: trees cannot part them, and the lists of all are full of zeros.
        var rows = Matrix.Own([.. Enumerable.Range(0, 3000).SelectMany(row => new float[] { row % 3, 0 })], 2);
        var graph = NeighborDescent.Find(default(EuclideanKernel), rows, 10, new NeighborDescentOptions(), Execution.Default);
        for (var row = 0; row < rows.RowCount; row++)
        {
            Assert.Equal(10, graph.Neighbors(row).ToArray().Distinct().Count());
            Assert.DoesNotContain(row, graph.Neighbors(row).ToArray());
            Assert.All(graph.Distances(row).ToArray(), distance => Assert.True(float.IsFinite(distance)));
        }
    }

    [Fact]
    public void ATreeOnSeveralThreads_EndsAsCanceledLoopsDo()
    {
        using var cancellation = new CancellationTokenSource();
        var execution = new Execution { ThreadCount = 2, CancellationToken = cancellation.Token };
        var rows = RandomRows.Uniform(100_000, 8);

        // The thread pool is busy with the trees. The first tree is complete when the cancellation begins, so it comes while another is
        // built.
        using var begun = new ManualResetEventSlim();
        var canceler = new Thread(() =>
        {
            begun.Wait();
            cancellation.Cancel();
        });
        canceler.Start();
        void BuildTrees()
        {
            for (var tree = 0; ; tree++)
            {
                RandomProjectionTree.Build(rows, leafSize: 10, seed: 0, tree, execution);
                begun.Set();
            }
        }

        Assert.ThrowsAny<OperationCanceledException>(BuildTrees);
        canceler.Join();
    }

    [Fact]
    public void TooFewRows_AreRefused()
    {
        var error =
            Assert.Throws<N2DException>(() => NeighborSearch.Find(RandomRows.Uniform(5, 2), 5, new RowDistance(), Execution.Default));
        Assert.Equal("TooFewRows", error.Id);

        var (queries, rows) = (RandomRows.Uniform(50, 2), RandomRows.Uniform(5, 2));
        Assert.Equal(5, NeighborSearch.FindAmong(queries, rows, 5, new RowDistance(), Execution.Default).NeighborCount);
        error = Assert.Throws<N2DException>(() => NeighborSearch.FindAmong(queries, rows, 6, new RowDistance(), Execution.Default));
        Assert.Equal("TooFewRows", error.Id);
    }
}
