using N2D.Clustering;
using N2D.Metrics;
using N2D.Numerics;
using N2D.Tests.Expected;

namespace N2D.Tests.Clustering;

/// <summary>Spectral clustering compared with scikit-learn and SciPy (Expected/spectral.py), and invariants.</summary>
public sealed class SpectralClusteringTests
{
    private static readonly Matrix Digits = Matrix.Own(
        [.. File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Expected", "digits.u8")).Select(value => (float)value)], 64);

    [Fact]
    public void Digits_HaveScikitLearnsClusters_AndSciPysEigenvalues()
    {
        var expected = ExpectedValues.Load("spectral.json");
        var clusterer = SpectralClustering.Fit(Digits, new SpectralOptions(10), Execution.Default);
        var eigenvalues = expected.GetProperty("eigenvalues").EnumerateArray().Select(value => value.GetDouble());
        Assert.Equal(11, clusterer.GetEigenvalues().Count);

        // Rows at equal distances cause other edges in the graph: a few of twenty thousand.
        Assert.All(eigenvalues.Zip(clusterer.GetEigenvalues()), pair => Assert.Equal(pair.First, pair.Second, 5e-4));
        int[] labels = [.. expected.GetProperty("digits").EnumerateArray().Select(value => value.GetInt32())];
        Assert.InRange(AdjustedRandIndex.Compute(labels, Clusters(clusterer, Digits)), 0.97, 1);
    }

    [Fact]
    public void Moons_AreToldApart_AsNoCentersCould()
    {
        var expected = ExpectedValues.Load("spectral.json");
        var moons = expected.GetProperty("moons").ToMatrix();
        int[] halves = [.. expected.GetProperty("halves").EnumerateArray().Select(value => value.GetInt32())];
        int[] labels = [.. expected.GetProperty("moonLabels").EnumerateArray().Select(value => value.GetInt32())];
        var clusters = Clusters(SpectralClustering.Fit(moons, new SpectralOptions(2), Execution.Default), moons);
        Assert.Equal(1, AdjustedRandIndex.Compute(labels, clusters));
        Assert.Equal(1, AdjustedRandIndex.Compute(halves, clusters));
        Assert.InRange(
            AdjustedRandIndex.Compute(
                halves, KMeans.Fit(moons, new KMeansOptions(2), Execution.Default).Predict(moons, Execution.Default).Assignments),
            0,
            0.6);
    }

    [Fact]
    public void Auto_ChoosesByTheEigengap_BeyondTheParts()
    {
        var (rows, blobs) = RandomRows.Blobs(500, 4, 5, scale: 14, seed: 3);
        var clusterer = SpectralClustering.Fit(rows, new SpectralOptions(new ClusterCountRange(2, 12)), Execution.Default);
        Assert.Equal(5, clusterer.ClusterCount);
        Assert.Equal(1, AdjustedRandIndex.Compute(blobs, Clusters(clusterer, rows)), 0.03);
        var curve = clusterer.GetClusterCountCurve();
        Assert.Equal(Enumerable.Range(2, 11), curve.Select(point => point.ClusterCount));
        Assert.All(curve, point => Assert.Equal("Eigengap", point.Criterion));
        Assert.Equal(curve.Last(point => point.Score >= 0.7), Assert.Single(curve, point => point.IsChosen));
        Assert.All(curve, point => Assert.InRange(point.Score, 0, 1));
    }

    /// <summary>Plain differences of the eigenvalues make nine or thirteen of them, cutting each.</summary>
    [Theory]
    [InlineData(90)]
    [InlineData(300)]
    [InlineData(1500)]
    public void Auto_FindsGroupsThatLieApart(int count)
    {
        var rows = RandomRows.Uniform(count, 2).Values.ToArray();
        var groups = Enumerable.Range(0, count).Select(row => row % 3).ToArray();
        for (var row = 0; row < count; row++)
        {
            rows[2 * row] += 4 * groups[row];
        }

        var warnings = new List<string>();
        var matrix = Matrix.Own(rows, 2);
        var clusterer =
            SpectralClustering.Fit(matrix, new SpectralOptions(new ClusterCountRange(2, 20)), new Execution { Warn = warnings.Add });
        Assert.Equal(3, clusterer.ClusterCount);
        Assert.Equal(1, AdjustedRandIndex.Compute(groups, Clusters(clusterer, matrix)));
        Assert.Empty(warnings);
    }

    /// <summary>Their divisions fade at many rates, so that coarse ones stand out more than theirs.</summary>
    [Fact]
    public void Auto_FindsManyGroupsThatTouch()
    {
        var values = Normal(1000).Values.ToArray();
        for (var row = 0; row < 1000; row++)
        {
            values[2 * row] += 6 * (row % 25 % 5);
            values[(2 * row) + 1] += 6 * (row % 25 / 5);
        }

        Assert.Equal(
            25,
            SpectralClustering.Fit(
                Matrix.Own(values, 2), new SpectralOptions(new ClusterCountRange(2, 40)), Execution.Default).ClusterCount);
    }

    [Fact]
    public void Auto_OfALine_IsOneWhereThatMayBe()
    {
        var options = new SpectralOptions(new ClusterCountRange(1, 10)) { NeighborCount = 30 };
        Assert.Equal(1, SpectralClustering.Fit(RandomRows.Uniform(300, 1), options, Execution.Default).ClusterCount);
    }

    [Fact]
    public void Auto_OfOneGroup_SaysThatTheNumberIsAGuess()
    {
        var warnings = new List<string>();
        var clusterer = SpectralClustering.Fit(
            RandomRows.Uniform(400, 2), new SpectralOptions(new ClusterCountRange(2, 6)), new Execution { Warn = warnings.Add });
        var curve = clusterer.GetClusterCountCurve();
        Assert.Equal(curve.MaxBy(point => point.Score), Assert.Single(curve, point => point.IsChosen));
        Assert.Contains(
            warnings,
            warning =>
                warning.Contains($"number of clusters, {clusterer.ClusterCount}, has the largest eigengap (0.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(2, 1, 0.25)]
    [InlineData(4, 1, 0.472)]
    [InlineData(1, 1, 0)]
    [InlineData(5, 0, 1)]
    public void Eigengap_IsTheLargestDifferenceOfWhatIsLeft(double next, double rate, double expected)
    {
        double[] eigenvalues = [0, rate, next];
        var score = EigengapChoice.Choose(new ClusterCountRange(2, 3), eigenvalues, [10])[0];
        var largest = Enumerable.Range(0, 100_000).Max(step => Math.Exp(-step * 1e-4 * rate) - Math.Exp(-step * 1e-4 * next));
        Assert.Equal(expected, largest, 1e-3);
        Assert.Equal(largest, score.Score, 1e-3);
    }

    [Fact]
    public void Auto_DoesNotTakeASpeckForAGroup_AndTellsOfIt()
    {
        var values = RandomRows.Uniform(311, 2).Values.ToArray();
        for (var row = 300; row < 311; row++)
        {
            values[2 * row] += 50;
        }

        var warnings = new List<string>();
        var clusterer = SpectralClustering.Fit(
            Matrix.Own(values, 2), new SpectralOptions(new ClusterCountRange(2, 6)), new Execution { Warn = warnings.Add });
        Assert.Equal(0, clusterer.GetClusterCountCurve()[0].Score);
        Assert.Contains(
            warnings,
            warning =>
                warning.Contains("The neighbor graph has 2 connected components, of which 1 is tiny (11 rows)", StringComparison.Ordinal));
        Assert.Contains(warnings, warning => warning.Contains("is uncertain", StringComparison.Ordinal));
    }

    [Fact]
    public void Auto_OfMorePartsThanAreTried_TakesTheMost()
    {
        double[] eigenvalues = [0, 0, 1e-9, 2e-9, 4e-8];
        var chosen =
            Assert.Single(EigengapChoice.Choose(new ClusterCountRange(2, 4), eigenvalues, [5, 5, 5, 5, 5, 5, 5]), point => point.IsChosen);
        Assert.Equal(4, chosen.ClusterCount);
    }

    [Fact]
    public void PartsThatNothingJoins_AreTheClusters()
    {
        var (rows, blobs) = RandomRows.Blobs(300, 3, 3, scale: 1000);
        var warnings = new List<string>();
        var clusterer = SpectralClustering.Fit(rows, new SpectralOptions(3), new Execution { Warn = warnings.Add });
        Assert.Equal(1, AdjustedRandIndex.Compute(blobs, Clusters(clusterer, rows)));
        Assert.All(clusterer.GetEigenvalues().Take(3), value => Assert.Equal(0, value, 1e-5));
        Assert.Empty(warnings);
        SpectralClustering.Fit(rows, new SpectralOptions(2), new Execution { Warn = warnings.Add });
        Assert.Contains("3 connected components", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void SameSeed_SameBytes_ForAnyThreadCount()
    {
        var (rows, _) = RandomRows.Blobs(1_500, 6, 7, scale: 3);
        var one = SpectralClustering.Fit(rows, new SpectralOptions(7), new Execution { ThreadCount = 1 });
        var three = SpectralClustering.Fit(rows, new SpectralOptions(7), new Execution { ThreadCount = 3 });
        Assert.Equal(one.GetEigenvalues(), three.GetEigenvalues());
        Assert.Equal(Clusters(one, rows), Clusters(three, rows));
    }

    [Fact]
    public void MovedScaledShuffledAndRepeatedRows_SameClusters()
    {
        var (rows, blobs) = RandomRows.Blobs(400, 3, 4, scale: 30);
        var moved = Matrix.Own([.. rows.Values.ToArray().Select(value => (4 * value) + 16)], 3);
        var order = Enumerable.Range(0, rows.RowCount).ToArray();
        new RandomSequence(1, RandomPurpose.Shuffle).Shuffle<int>(order);
        var shuffled = Matrix.Own([.. order.SelectMany(row => rows.Row(row).ToArray())], 3);
        var twice = Matrix.Own([.. rows.Values.ToArray(), .. rows.Values.ToArray()], 3);
        Assert.Equal(1, AdjustedRandIndex.Compute(blobs, Clusters(moved)), 0.02);
        Assert.Equal(1, AdjustedRandIndex.Compute([.. order.Select(row => blobs[row])], Clusters(shuffled)), 0.02);
        var both = Clusters(twice);
        Assert.Equal(both[..400], both[400..]);
        Assert.Equal(1, AdjustedRandIndex.Compute(blobs, both.AsSpan(0, 400)), 0.02);
    }

    [Fact]
    public void UnseenRows_GoWithTheNearestFittedRow_AsCertainAsItsNeighborhood()
    {
        var (rows, _) = RandomRows.Blobs(400, 3, 2, scale: 40);
        var clusterer = SpectralClustering.Fit(rows, new SpectralOptions(2) { NeighborCount = 8 }, Execution.Default);
        var fitted = clusterer.Predict(rows, Execution.Default);
        var copy = clusterer.Predict(Matrix.Own(rows.Values.ToArray(), 3), Execution.Default);
        Assert.Equal(fitted.Assignments.ToArray(), copy.Assignments.ToArray());
        Assert.All(Enumerable.Range(0, 400), row => Assert.Equal(fitted.ProbabilityOf(row), copy.ProbabilityOf(row)));
        Assert.All(Enumerable.Range(0, 400), row => Assert.InRange(fitted.ProbabilityOf(row), 1 / 8f, 1));
        Assert.Equal(1, fitted.Probabilities.RowCount / 400);
        Assert.Equal("DimensionMismatch", IdOf(() => clusterer.Predict(Matrix.Own([1, 2], 2), Execution.Default)));
        Assert.Equal("NotFinite", IdOf(() => clusterer.Predict(Matrix.Own([1, 2, float.NaN], 3), Execution.Default)));
    }

    [Theory]
    [InlineData(10, 10)]
    [InlineData(12, 1)]
    [InlineData(30, 29)]
    public void FewRows_AreClustered(int rowCount, int clusterCount)
    {
        var rows = RandomRows.Uniform(rowCount, 2);
        var clusterer = SpectralClustering.Fit(rows, new SpectralOptions(clusterCount), Execution.Default);
        Assert.All(Clusters(clusterer, rows), cluster => Assert.InRange(cluster, 0, clusterCount - 1));
    }

    [Fact]
    public void UnusableInput_IsRefusedByName()
    {
        Assert.Equal("NeighborCountOutOfRange", IdOf(() => new SpectralOptions(2) { NeighborCount = 1 }));
        Assert.Equal("StartCountOutOfRange", IdOf(() => new SpectralOptions(2) { StartCount = 0 }));
        Assert.Equal("TooFewRows", IdOf(() => SpectralClustering.Fit(RandomRows.Uniform(9, 2), new SpectralOptions(2), Execution.Default)));
        Assert.Equal(
            "ClusterCountOutOfRange",
            IdOf(() => SpectralClustering.Fit(RandomRows.Uniform(20, 2), new SpectralOptions(21), Execution.Default)));
        Assert.Equal(
            "NotFinite",
            IdOf(() =>
                SpectralClustering.Fit(Matrix.Own([.. Enumerable.Repeat(float.NaN, 20)], 1), new SpectralOptions(1), Execution.Default)));
    }

    [Fact]
    public void Canceled_EndsBeforeTheNextReport()
    {
        var rows = RandomRows.Uniform(10_000, 8);
        Cancellation.AssertEndsAt("eigenvectors", execution => SpectralClustering.Fit(rows, new SpectralOptions(30), execution));
    }

    private static Matrix Normal(int count) => RandomRows.Blobs(count, 2, 1, scale: 0).Rows;

    private static int[] Clusters(Matrix rows) => Clusters(SpectralClustering.Fit(rows, new SpectralOptions(4), Execution.Default), rows);

    private static int[] Clusters(FittedClusterer clusterer, Matrix rows) =>
        clusterer.Predict(rows, Execution.Default).Assignments.ToArray();

    private static string IdOf(Func<object> action) => Assert.Throws<N2DException>(action).Id;
}
