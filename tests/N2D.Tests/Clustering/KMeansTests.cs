using System.Runtime.InteropServices;
using N2D.Clustering;
using N2D.Metrics;
using N2D.Numerics;
using N2D.Tests.Expected;

namespace N2D.Tests.Clustering;

/// <summary>k-means compared with scikit-learn (Expected/kmeans.py), and invariants.</summary>
public sealed class KMeansTests
{
    private static readonly Matrix Digits = Matrix.Own([.. ReadFile("digits.u8").Select(value => (float)value)], 64);
    private static readonly Matrix Embedded = Matrix.Own(MemoryMarshal.Cast<byte, float>(ReadFile("digits-umap.f32")).ToArray(), 10);

    [Fact]
    public void FromGivenCenters_EndsWhereScikitLearnsDoes()
    {
        var expected = ExpectedValues.Load("kmeans.json").GetProperty("FixedStart");
        var centers = Digits.RowRange(0, 10).ToArray();
        var iterations = new HamerlyIterations(Digits, 10);
        var (count, converged) = iterations.Run(centers, 300, tolerance: 0, Execution.Default);
        Assert.True(converged);
        Assert.Equal(expected.GetProperty("labels").EnumerateArray().Select(value => value.GetInt32()), iterations.Clusters);
        // scikit-learn also counts the last iteration, which changes nothing.
        Assert.Equal(expected.GetProperty("iterations").GetInt32(), count + 1);
        var inertia = Enumerable.Range(0, Digits.RowCount).Sum(row => iterations.SquaredDistance(row, centers));

        // Distances are of float32: 1e-6 of them, after adding up 64 squares.
        Assert.Equal(1, inertia / expected.GetProperty("inertia").GetDouble(), 1e-6);
    }

    [Fact]
    public void BestStart_IsAsGoodAsScikitLearnsBestOf10()
    {
        // The starts differ, so the optimum that is found depends on luck. The means over five seeds are within 0.1 %.
        var expected = ExpectedValues.Load("kmeans.json");
        var others = expected.GetProperty("RawBestOf10").EnumerateArray().Select(value => value.GetDouble()).ToArray();
        var own = others.Select((_, seed) => KMeans.Fit(Digits, new KMeansOptions(10) { Seed = seed }, Execution.Default).Inertia);
        Assert.InRange(own.Average(), 0, 1.001 * others.Average());
        Assert.InRange(
            KMeans.Fit(Embedded, new KMeansOptions(10), Execution.Default).Inertia, 0,
            1.001 * expected.GetProperty("EmbeddedBestOf10").GetDouble());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(17)]
    [InlineData(40)]
    public void EveryRow_IsWithItsNearestCenter_AndEveryCenterTheMeanOfItsRows(int clusterCount)
    {
        var means = KMeans.Fit(Embedded, new KMeansOptions(clusterCount) { StartCount = 2, Tolerance = 0 }, Execution.Default);
        var assignments = means.Predict(Embedded, Execution.Default).Assignments.ToArray();
        for (var row = 0; row < Embedded.RowCount; row++)
        {
            var distances = Enumerable.Range(0, clusterCount)
                .Select(cluster => Distance(Embedded.Row(row), means.GetCenter(cluster)))
                .ToArray();
            Assert.Equal(distances.Min(), distances[assignments[row]], 1e-4);
        }

        for (var cluster = 0; cluster < clusterCount; cluster++)
        {
            var members = Enumerable.Range(0, Embedded.RowCount).Where(row => assignments[row] == cluster).ToArray();
            for (var column = 0; column < 10; column++)
            {
                Assert.Equal(members.Average(row => (double)Embedded[row, column]), means.GetCenter(cluster)[column], 1e-4);
            }
        }
    }

    [Fact]
    public void SameSeed_SameBytes_ForAnyThreadCount()
    {
        var (rows, _) = RandomRows.Blobs(5_000, 7, 6, scale: 4);
        var options = new KMeansOptions(9) { StartCount = 3, Seed = 5 };
        var one = KMeans.Fit(rows, options, new Execution { ThreadCount = 1 });
        var three = KMeans.Fit(rows, options, new Execution { ThreadCount = 3 });
        Assert.Equal(one.GetStarts(), three.GetStarts());
        Assert.True(one.GetCenter(8).SequenceEqual(three.GetCenter(8)));
        Assert.NotEqual(one.GetStarts(), KMeans.Fit(rows, options with { Seed = 6 }, Execution.Default).GetStarts());
    }

    [Fact]
    public void MovedScaledAndShuffledRows_SameClusters()
    {
        var (rows, blobs) = RandomRows.Blobs(600, 3, 4, scale: 60);
        var moved = Matrix.Own([.. rows.Values.ToArray().Select(value => (8 * value) - 32)], 3);
        var order = Enumerable.Range(0, rows.RowCount).ToArray();
        new RandomSequence(1, RandomPurpose.Shuffle).Shuffle<int>(order);
        var shuffled = Matrix.Own([.. order.SelectMany(row => rows.Row(row).ToArray())], 3);
        var options = new KMeansOptions(4);
        Assert.Equal(1, AdjustedRandIndex.Compute(blobs, Clusters(rows, options)));
        Assert.Equal(1, AdjustedRandIndex.Compute(blobs, Clusters(moved, options)));
        Assert.Equal(1, AdjustedRandIndex.Compute([.. order.Select(row => blobs[row])], Clusters(shuffled, options)));
    }

    [Fact]
    public void ByBoundsOrDirectly_SameClusters()
    {
        var (direct, bounded) =
            (new HamerlyIterations(Embedded, 20, ColumnBlocks.Of(Embedded, Execution.Default)), new HamerlyIterations(Embedded, 20));
        var (first, second) = (Embedded.RowRange(0, 20).ToArray(), Embedded.RowRange(0, 20).ToArray());
        Assert.Equal(direct.Run(first, 300, 0, Execution.Default), bounded.Run(second, 300, 0, Execution.Default));
        Assert.Equal(direct.Clusters, bounded.Clusters);
        Assert.Equal(first, second);
    }

    [Fact]
    public void RowsTwice_SameCenters_TwiceTheSum()
    {
        var twice = Matrix.Own([.. Embedded.Values.ToArray(), .. Embedded.Values.ToArray()], 10);
        var once = new HamerlyIterations(Embedded, 10);
        var both = new HamerlyIterations(twice, 10);
        var (first, second) = (Embedded.RowRange(0, 10).ToArray(), Embedded.RowRange(0, 10).ToArray());
        once.Run(first, 300, 0, Execution.Default);
        both.Run(second, 300, 0, Execution.Default);
        Assert.Equal(once.Clusters, both.Clusters[..Embedded.RowCount]);
        Assert.All(first.Zip(second), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
    }

    [Fact]
    public void EmptiedCluster_StartsAgainAtTheFarthestRow()
    {
        // Two centers on one point: the second gets no row.
        var rows = Matrix.Own([0, 0, 1, 10, 11, 50], 1);
        var iterations = new HamerlyIterations(rows, 3);
        var centers = new float[] { 1, 1, 10 };
        iterations.Run(centers, 100, 0, Execution.Default);
        Assert.Equal(3, iterations.Clusters.Distinct().Count());
        Assert.Equal(50, centers[1]);
    }

    [Fact]
    public void FewerDistinctRowsThanClusters_AreWarnedOf()
    {
        var warnings = new List<string>();
        var rows = Matrix.Own([.. Enumerable.Repeat(1f, 50)], 1);
        var means = KMeans.Fit(rows, new KMeansOptions(2) { StartCount = 1 }, new Execution { Warn = warnings.Add });
        Assert.StartsWith("1 of 2 clusters is empty", Assert.Single(warnings), StringComparison.Ordinal);
        Assert.Equal(0, means.Inertia);
    }

    [Fact]
    public void AsManyClustersAsRows_PutEachRowAlone()
    {
        var rows = Matrix.Own([0, 10, 30, 70], 1);
        Assert.Equal(4, Clusters(rows, new KMeansOptions(4) { StartCount = 1 }).Distinct().Count());
        Assert.Equal([0, 0, 0, 0], Clusters(rows, new KMeansOptions(1)));
    }

    [Fact]
    public void UnseenRows_GoToTheNearestCenter_WithoutDoubt()
    {
        var means = KMeans.Fit(Matrix.Own([0, 1, 2, 10, 11], 1), new KMeansOptions(2), Execution.Default);
        var prediction = means.Predict(Matrix.Own([-5, 5.9f, 1e6f], 1), Execution.Default);
        Assert.Equal([0, 1, 1], prediction.Assignments.ToArray());
        Assert.Equal([0, 1], prediction.Probabilities.Row(1).ToArray());
        Assert.Equal(1, prediction.ProbabilityOf(2));
    }

    [Fact]
    public void UnusableInput_IsRefusedByName()
    {
        var rows = RandomRows.Uniform(20, 2);
        Assert.Equal("ClusterCountOutOfRange", IdOf(() => new KMeansOptions(0)));
        Assert.Equal("ClusterCountOutOfRange", IdOf(() => KMeans.Fit(rows, new KMeansOptions(21), Execution.Default)));
        Assert.Equal("NotFinite", IdOf(() => KMeans.Fit(Matrix.Own([1, float.NaN], 1), new KMeansOptions(1), Execution.Default)));
        Assert.Equal("ValuesTooLarge", IdOf(() => KMeans.Fit(Matrix.Own([1e30f, -1e30f], 1), new KMeansOptions(2), Execution.Default)));
        Assert.Equal("StartCountOutOfRange", IdOf(() => new KMeansOptions(2) { StartCount = 0 }));
        Assert.Equal("MaxIterationsOutOfRange", IdOf(() => new KMeansOptions(2) { MaxIterations = 0 }));
        Assert.Equal("ToleranceOutOfRange", IdOf(() => new KMeansOptions(2) { Tolerance = double.PositiveInfinity }));
        var means = KMeans.Fit(rows, new KMeansOptions(2), Execution.Default);
        Assert.Equal("DimensionMismatch", IdOf(() => means.Predict(Matrix.Own([1, 2, 3], 3), Execution.Default)));
        Assert.Equal("NotFinite", IdOf(() => means.Predict(Matrix.Own([1, float.NaN], 2), Execution.Default)));
    }

    [Fact]
    public void Canceled_EndsBeforeTheNextReport()
    {
        var rows = RandomRows.Uniform(20_000, 8);
        var options = new KMeansOptions(200) { StartCount = 1000, Tolerance = 0, MaxIterations = 100_000 };
        Cancellation.AssertEndsAt("iteration", execution => KMeans.Fit(rows, options, execution));
    }

    private static int[] Clusters(Matrix rows, KMeansOptions options) =>
        KMeans.Fit(rows, options, Execution.Default).Predict(rows, Execution.Default).Assignments.ToArray();

    private static double Distance(ReadOnlySpan<float> x, ReadOnlySpan<float> y) => FixedOrder.Distance(x, y);

    private static byte[] ReadFile(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Expected", name));

    private static string IdOf(Func<object> action) => Assert.Throws<N2DException>(action).Id;
}
