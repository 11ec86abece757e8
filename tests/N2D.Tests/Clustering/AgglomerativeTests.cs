using System.Runtime.InteropServices;
using N2D.Clustering;
using N2D.Metrics;
using N2D.Numerics;
using N2D.Tests.Expected;

namespace N2D.Tests.Clustering;

/// <summary>Ward clusters on the neighbor graph, compared with scikit-learn (Expected/agglomerative.py), and invariants.</summary>
public sealed class AgglomerativeTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void RowsOfOneGaussian_HaveScikitLearnsClusters(int index)
    {
        // Nothing but the criterion and the graph tells these rows apart; with 500 neighbors of 500 rows any may merge.
        var expected = ExpectedValues.Load("agglomerative.json");
        var run = expected.GetProperty("joined")[index];
        var options = new AgglomerativeOptions(run.GetProperty("count").GetInt32())
        { NeighborCount = run.GetProperty("neighbors").GetInt32() };
        Assert.Equal(
            1, AdjustedRandIndex.Compute(Labels(run.GetProperty("labels")), Clusters(expected.GetProperty("rows").ToMatrix(), options)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public void BelowADistance_ClustersAreScikitLearns(int index)
    {
        var expected = ExpectedValues.Load("agglomerative.json");
        var run = expected.GetProperty("below")[index];
        var labels = Labels(run.GetProperty("labels"));
        var options = AgglomerativeOptions.UpTo(run.GetProperty("threshold")
            .GetDouble()) with
        {
            NeighborCount = run.GetProperty("neighbors")
            .GetInt32()
        };
        var rows = expected.GetProperty("rows").ToMatrix();
        var fitted = Agglomerative.Fit(rows, options, Execution.Default);
        Assert.Equal(labels.Max() + 1, fitted.ClusterCount);
        Assert.Equal(1, AdjustedRandIndex.Compute(labels, fitted.Predict(rows, Execution.Default).Assignments), 1e-12);
        Assert.Contains("DistanceThreshold=", fitted.Settings, StringComparison.Ordinal);
        Assert.DoesNotContain("ClusterCount", fitted.Settings, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(0.9, 5)]
    [InlineData(1, 5)]
    [InlineData(1.0001, 3)]
    [InlineData(2.88, 3)]
    [InlineData(2.89, 2)]
    [InlineData(26.07, 2)]
    [InlineData(26.08, 1)]
    [InlineData(1e6, 1)]
    public void ADistance_IsThatOfTwoRows_OrOfMeansByTheirSizes(double threshold, int clusterCount)
    {
        // 0 and 1, and 16 and 17, are 1 apart. Then sqrt(2 a b / (a + b)) times the distance of the means: 19 and 16.5 of sizes 1 and 2 are
        // sqrt(4 / 3) 2.5 = 2.887 apart, 0.5 and 17.333 of sizes 2 and 3 are sqrt(12 / 5) 16.833 = 26.078 apart.
        var rows = Matrix.Own([0, 1, 16, 17, 19], 1);
        var options = AgglomerativeOptions.UpTo(threshold) with { NeighborCount = 5 };
        Assert.Equal(clusterCount, Agglomerative.Fit(rows, options, Execution.Default).ClusterCount);
    }

    [Fact]
    public void TheFartherTheDistance_TheFewerClusters_InAnyUnit()
    {
        var rows = RandomRows.Blobs(300, 3, 4, scale: 9).Rows;
        var last = 300;
        foreach (var threshold in new[] { 0, 0.1, 0.5, 1, 2, 4, 8, 16, 32, 64, 1e9 })
        {
            var clusters = Clusters(rows, AgglomerativeOptions.UpTo(threshold));
            var count = clusters.Distinct().Count();
            Assert.InRange(count, 1, last);
            last = count;
            Assert.True(threshold > 0 || count == 300);

            // What is merged at a number of clusters is what is merged at the distance.
            Assert.Equal(clusters, Clusters(rows, new AgglomerativeOptions(count)));

            // Columns of a unit in which squares leave the range of float32 are compared in another; the distance goes with them.
            var small = Matrix.Own([.. rows.Values.ToArray().Select(value => MathF.ScaleB(value, -80))], 3);
            Assert.Equal(clusters, Clusters(small, AgglomerativeOptions.UpTo(Math.ScaleB(threshold, -80))));
        }

        Assert.Equal(1, last);
    }

    [Fact]
    public void EmbeddedDigits_HaveScikitLearnsClusters()
    {
        // The graph is disconnected. scikit-learn joins all parts with each other, this library by their shortest edges. Ten clusters need
        // no such edge.
        var digits = Matrix.Own(
            MemoryMarshal.Cast<byte, float>(
                File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Expected", "digits-umap.f32"))).ToArray(), 10);
        var labels = Labels(ExpectedValues.Load("agglomerative.json").GetProperty("digits"));
        Assert.InRange(AdjustedRandIndex.Compute(labels, Clusters(digits, new AgglomerativeOptions(10) { NeighborCount = 40 })), 0.98, 1);
    }

    [Fact]
    public void PartsOfTheGraph_AreJoinedByTheirShortestWays()
    {
        // Three groups on a line, the first two nearer to each other.
        var rows = Matrix.Own([0, 1, 2, 10, 11, 12, 30, 31, 32], 1);
        var options = new AgglomerativeOptions(2) { NeighborCount = 3 };
        Assert.Equal([0, 0, 0, 0, 0, 0, 1, 1, 1], Clusters(rows, options));
        var joins = SpanningJoins(rows, [[0, 1, 2], [3, 4, 5], [6, 7, 8]]);
        Assert.Equal([(2, 3), (5, 6)], joins);
    }

    [Fact]
    public void MovedScaledShuffledAndRepeatedRows_SameClusters()
    {
        var (rows, blobs) = RandomRows.Blobs(400, 3, 4, scale: 30);
        var options = new AgglomerativeOptions(4);
        var moved = Matrix.Own([.. rows.Values.ToArray().Select(value => (4 * value) + 16)], 3);
        var order = Enumerable.Range(0, rows.RowCount).ToArray();
        new RandomSequence(1, RandomPurpose.Shuffle).Shuffle<int>(order);
        var shuffled = Matrix.Own([.. order.SelectMany(row => rows.Row(row).ToArray())], 3);
        var twice = Matrix.Own([.. rows.Values.ToArray(), .. rows.Values.ToArray()], 3);
        Assert.Equal(1, AdjustedRandIndex.Compute(blobs, Clusters(rows, options)), 0.02);
        Assert.Equal(Clusters(rows, options), Clusters(moved, options));
        Assert.Equal(1, AdjustedRandIndex.Compute([.. order.Select(row => Clusters(rows, options)[row])], Clusters(shuffled, options)));
        var both = Clusters(twice, options);
        Assert.Equal(both[..400], both[400..]);
    }

    [Fact]
    public void AnyThreadCount_SameClusters()
    {
        var (rows, _) = RandomRows.Blobs(2_000, 5, 6, scale: 2);
        var one = Agglomerative.Fit(rows, new AgglomerativeOptions(6), new Execution { ThreadCount = 1 }).Predict(rows, Execution.Default);
        var three =
            Agglomerative.Fit(rows, new AgglomerativeOptions(6), new Execution { ThreadCount = 3 }).Predict(rows, Execution.Default);
        Assert.Equal(one.Assignments.ToArray(), three.Assignments.ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(40)]
    public void AnyNumberOfClusters_CanBeReached(int clusterCount)
    {
        var rows = RandomRows.Uniform(40, 2);
        var clusters = Clusters(rows, new AgglomerativeOptions(clusterCount) { NeighborCount = 3 });
        Assert.Equal(Enumerable.Range(0, clusterCount), clusters.Distinct().Order());
    }

    [Fact]
    public void EqualRows_AreClustered()
    {
        var rows = Matrix.Own([.. Enumerable.Repeat(1f, 60)], 2);
        Assert.Equal(2, Clusters(rows, new AgglomerativeOptions(2)).Distinct().Count());
    }

    [Fact]
    public void UnseenRows_GoWithTheNearestFittedRow()
    {
        var clusterer = Agglomerative.Fit(
            Matrix.Own([0, 1, 2, 3, 10, 11, 12], 1), new AgglomerativeOptions(2) { NeighborCount = 3 }, Execution.Default);
        Assert.Equal([0, 1, 1], clusterer.Predict(Matrix.Own([-4, 6.6f, 99], 1), Execution.Default).Assignments.ToArray());
    }

    [Fact]
    public void UnusableInput_IsRefusedByName()
    {
        Assert.Equal("DistanceThresholdOutOfRange", IdOf(() => AgglomerativeOptions.UpTo(-1)));
        Assert.Equal("DistanceThresholdOutOfRange", IdOf(() => AgglomerativeOptions.UpTo(double.NaN)));
        Assert.Equal("NeighborCountOutOfRange", IdOf(() => new AgglomerativeOptions(2) { NeighborCount = 1 }));
        Assert.Equal("TooFewRows", IdOf(() => Agglomerative.Fit(RandomRows.Uniform(9, 2), new AgglomerativeOptions(2), Execution.Default)));
        Assert.Equal(
            "ClusterCountOutOfRange",
            IdOf(() => Agglomerative.Fit(RandomRows.Uniform(20, 2), new AgglomerativeOptions(21), Execution.Default)));
        Assert.Equal(
            "NotFinite",
            IdOf(() =>
                Agglomerative.Fit(Matrix.Own([.. Enumerable.Repeat(float.NaN, 20)], 1), new AgglomerativeOptions(1), Execution.Default)));
    }

    [Fact]
    public void Canceled_EndsBeforeTheNextReport() =>
        Cancellation.AssertEndsAt(
            " clusters", execution => Agglomerative.Fit(RandomRows.Uniform(5000, 8), new AgglomerativeOptions(3), execution));

    private static (int, int)[] SpanningJoins(Matrix rows, int[][] parts) =>
        [.. N2D.Neighbors.SpanningTree.Join(rows, parts, Execution.Default)
            .Select(edge => (Math.Min(edge.First, edge.Second), Math.Max(edge.First, edge.Second)))
            .Order()];

    private static int[] Clusters(Matrix rows, AgglomerativeOptions options) =>
        Agglomerative.Fit(rows, options, Execution.Default).Predict(rows, Execution.Default).Assignments.ToArray();

    private static int[] Labels(System.Text.Json.JsonElement labels) => [.. labels.EnumerateArray().Select(value => value.GetInt32())];

    private static string IdOf(Func<object> action) => Assert.Throws<N2DException>(action).Id;
}
