using N2D.Clustering;
using N2D.Manifolds;
using N2D.Metrics;
using N2D.Numerics;

namespace N2D.Tests.Clustering;

/// <summary>The number of clusters that mixtures choose from the rows.</summary>
public sealed class ClusterCountChoiceTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(12)]
    public void GroupsThatLieApart_AreCounted(int count)
    {
        var (rows, _) = RandomRows.Blobs(600, 6, count, scale: 30, seed: count);
        Assert.Equal(count, Choose(rows).ClusterCount);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void GroupsOfALayoutOfUmap_AreCountedOnce_ThoughNoneIsAGaussian(int count)
    {
        var (rows, _) = RandomRows.Blobs(400, 10, count, scale: 20, seed: count);
        var layout = new UmapOptions().Fit(rows, Execution.Default).Layout;
        Assert.Equal(count, Choose(layout).ClusterCount);
    }

    [Fact]
    public void OneLongGaussian_IsOneGroup()
    {
        var (rows, _) = RandomRows.Blobs(400, 2, 1, scale: 1);
        float[] stretched = [.. rows.Values.ToArray().Select((value, place) => place % 2 == 0 ? 20 * value : value)];
        var mixture = Choose(Matrix.Own(stretched, 2));
        Assert.Equal(1, mixture.ClusterCount);
        Assert.Equal("Bic", Assert.Single(mixture.GetClusterCountCurve(), point => point.IsChosen).Criterion);
    }

    [Fact]
    public void RowsThatLieNowhereApart_AreToldOf()
    {
        var warnings = new List<string>();
        var mixture = Choose(RandomRows.Uniform(500, 5), warnings.Add);
        Assert.InRange(mixture.ClusterCount, 1, 3);
        Assert.True(mixture.ClusterCount == 1
            || warnings.Exists(warning => warning.Contains("no clearly separated groups", StringComparison.Ordinal)));
        var layout = new UmapOptions().Fit(RandomRows.Uniform(500, 5), Execution.Default).Layout;
        warnings.Clear();
        Choose(layout, warnings.Add);
        Assert.Contains(warnings, warning => warning.Contains("is uncertain", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(CovarianceKind.Full)]
    [InlineData(CovarianceKind.Spherical)]
    public void Auto_FindsTheNumberOfGaussiansThatRowsWereDrawnFrom(CovarianceKind kind)
    {
        var (rows, blobs) = RandomRows.Blobs(600, 3, 5, scale: 25, seed: 2);
        var options = new GaussianMixtureOptions(new ClusterCountRange(1, 9)) { CovarianceKind = kind, StartCount = 3 };
        var mixture = GaussianMixture.Fit(rows, options, Execution.Default);
        Assert.Equal(5, mixture.ClusterCount);
        Assert.Equal(1, AdjustedRandIndex.Compute(blobs, mixture.Predict(rows, Execution.Default).Assignments), 0.05);
        var curve = mixture.GetClusterCountCurve();
        Assert.Equal(Enumerable.Range(2, 8), curve.Select(point => point.ClusterCount));
        Assert.All(curve, point => Assert.Equal("Silhouette", point.Criterion));
        Assert.Equal(curve.Max(point => point.Score), Assert.Single(curve, point => point.IsChosen).Score);
        Assert.Equal(Silhouette.Compute(rows, mixture.Predict(rows, Execution.Default).Assignments, 0, Execution.Default), curve[3].Score);

        // The result equals a fit with the chosen number. A refit chooses again.
        var alone = GaussianMixture.Fit(rows, options with { ClusterCounts = ClusterCountRange.Exactly(5) }, Execution.Default);
        Assert.Equal(alone.LogLikelihood, mixture.LogLikelihood);
        Assert.Empty(alone.GetClusterCountCurve());
        Assert.Equal(8, mixture.Refit(rows, 1, Execution.Default).GetClusterCountCurve().Count);
        Assert.StartsWith("ClusterCount=Auto(1..9); ", mixture.Settings, StringComparison.Ordinal);
    }

    [Fact]
    public void Auto_OfFewRows_TriesNoMoreThanThereAre_AndTellsOfAnEnd()
    {
        var warnings = new List<string>();
        var rows = Matrix.Own([0, 10, 30, 70], 1);
        var few = GaussianMixture.Fit(rows, new GaussianMixtureOptions(new ClusterCountRange(1, 20)) { StartCount = 1 }, Execution.Default);
        Assert.Equal([2, 3], few.GetClusterCountCurve().Select(point => point.ClusterCount));
        var (blobs, _) = RandomRows.Blobs(300, 2, 6, scale: 80);
        GaussianMixture.Fit(
            blobs, new GaussianMixtureOptions(new ClusterCountRange(2, 3)) { StartCount = 2 }, new Execution { Warn = warnings.Add });
        Assert.Contains("ClusterCounts.Most", Assert.Single(warnings), StringComparison.Ordinal);
        Assert.Equal("ClusterCountOutOfRange", Assert.Throws<N2DException>(() => new ClusterCountRange(3, 2)).Id);
        Assert.Equal("ClusterCountOutOfRange", Assert.Throws<N2DException>(() => new ClusterCountRange(0, 2)).Id);
    }

    private static GaussianMixture Choose(Matrix rows, Action<string>? warn = null) =>
        GaussianMixture.Fit(
            rows, new GaussianMixtureOptions(new ClusterCountRange(1, 14)) { StartCount = 3 }, new Execution { Warn = warn });
}
