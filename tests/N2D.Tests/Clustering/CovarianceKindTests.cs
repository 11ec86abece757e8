using System.Runtime.InteropServices;
using N2D.Clustering;
using N2D.Numerics;
using N2D.Tests.Expected;

namespace N2D.Tests.Clustering;

/// <summary>
/// Tied, diagonal and spherical covariances, compared with scikit-learn (Expected/covariances.py), and the chosen number of Gaussians.
/// </summary>
public sealed class CovarianceKindTests
{
    private static readonly Matrix Digits = Matrix.Own(
        MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Expected", "digits-umap.f32"))).ToArray(),
        10);

    [Theory]
    [InlineData(CovarianceKind.Full, "full")]
    [InlineData(CovarianceKind.Tied, "tied")]
    [InlineData(CovarianceKind.Diagonal, "diag")]
    [InlineData(CovarianceKind.Spherical, "spherical")]
    public void EveryIteration_IsScikitLearns(CovarianceKind kind, string name)
    {
        var expected = ExpectedValues.Load("covariances.json").GetProperty("kinds").GetProperty(name);
        var rows = Matrix.Own([.. Enumerable.Range(0, Digits.RowCount).SelectMany(row => Digits.Row(row)[..3].ToArray())], 3);
        var options = new GaussianMixtureOptions(4) { CovarianceKind = kind, MaxIterations = 25, Tolerance = 0 };
        var estimation = new ExpectationMaximization(rows, ColumnBlocks.Of(rows, Execution.Default), options);
        int[] clusters = [.. Enumerable.Range(0, rows.RowCount).Select(row => row % 4)];
        var mixture = estimation.FromClusters(clusters, [.. Enumerable.Repeat(5f, 12)], Execution.Default);
        var likelihoods = new List<double>();
        estimation.Run(mixture, Execution.Default, (_, likelihood) => likelihoods.Add(likelihood));

        // Responsibilities are stored in float32, and a start with nearly equal Gaussians amplifies their rounding.
        var others = expected.GetProperty("likelihoods").EnumerateArray().Select(value => value.GetDouble()).ToArray();
        Assert.All(others.Zip(likelihoods), pair => Assert.Equal(pair.First, pair.Second, 1e-3));
        var means = expected.GetProperty("means");
        var covariances = expected.GetProperty("covariances");
        for (var cluster = 0; cluster < 4; cluster++)
        {
            Assert.All(
                means[cluster].EnumerateArray().Zip(mixture.Mean(cluster).ToArray()),
                pair => Assert.Equal(pair.First.GetDouble(), pair.Second, 1e-2));
            Assert.All(
                covariances[cluster].EnumerateArray().Zip(mixture.FullCovariance(cluster).ToArray()),
                pair => Assert.Equal(pair.First.GetDouble(), pair.Second, 2e-2));
        }

        Assert.Equal(expected.GetProperty("parameters").GetInt64(), mixture.ParameterCount);
    }

    [Theory]
    [InlineData(CovarianceKind.Tied, "tied")]
    [InlineData(CovarianceKind.Diagonal, "diag")]
    [InlineData(CovarianceKind.Spherical, "spherical")]
    public void EmbeddedDigits_AreAtLeastAsLikelyAsScikitLearnsBestOf20(CovarianceKind kind, string name)
    {
        var expected = ExpectedValues.Load("covariances.json").GetProperty("kinds").GetProperty(name).GetProperty("bestOf20").GetDouble();
        var mixture = GaussianMixture.Fit(Digits, new GaussianMixtureOptions(10) { CovarianceKind = kind }, Execution.Default);

        // Twenty starts do not find every optimum, so a difference of 0.01 in log-likelihood is chance.
        Assert.InRange(mixture.LogLikelihood, expected - 1e-2, double.MaxValue);
        Assert.Equal(mixture.LogLikelihood, mixture.Predict(Digits, Execution.Default).LogLikelihood!.Value, 1e-12);
    }

    [Fact]
    public void OneGaussian_HasTheRowsCovarianceAsFarAsItsKindAllows()
    {
        double[] Of(CovarianceKind kind) =>
            [.. GaussianMixture.Fit(
                Digits, new GaussianMixtureOptions(1) { CovarianceKind = kind, StartCount = 1 }, Execution.Default).GetCovariance(0)];
        var full = Of(CovarianceKind.Full);
        Assert.All(full.Zip(Of(CovarianceKind.Tied)), pair => Assert.Equal(pair.First, pair.Second, 1e-10));
        var (diagonal, spherical) = (Of(CovarianceKind.Diagonal), Of(CovarianceKind.Spherical));
        for (var place = 0; place < 100; place++)
        {
            var isVariance = place % 11 == 0;
            Assert.Equal(isVariance ? full[place] : 0, diagonal[place], 1e-10);
            Assert.Equal(isVariance ? Enumerable.Range(0, 10).Average(i => full[11 * i]) : 0, spherical[place], 1e-10);
        }
    }

    [Theory]
    [InlineData(CovarianceKind.Tied)]
    [InlineData(CovarianceKind.Diagonal)]
    [InlineData(CovarianceKind.Spherical)]
    public void SameSeed_SameBytes_ForAnyThreadCount(CovarianceKind kind)
    {
        var options = new GaussianMixtureOptions(5) { CovarianceKind = kind, StartCount = 2, Seed = 3 };
        var one = GaussianMixture.Fit(Digits, options, new Execution { ThreadCount = 1 });
        var three = GaussianMixture.Fit(Digits, options, new Execution { ThreadCount = 3 });
        Assert.Equal(one.GetStarts(), three.GetStarts());
        Assert.True(one.GetCovariance(4).SequenceEqual(three.GetCovariance(4)));
    }

    [Theory]
    [InlineData(CovarianceKind.Tied)]
    [InlineData(CovarianceKind.Diagonal)]
    [InlineData(CovarianceKind.Spherical)]
    public void DegenerateRows_NeverGiveNaN(CovarianceKind kind)
    {
        // Two distinct points, a constant column and one that repeats another.
        var rows = Matrix.Own([.. Enumerable.Range(0, 40).SelectMany(row => new float[] { row % 2, row % 2, 5, 1e6f * (row % 2) })], 4);
        foreach (var regularization in new[] { 1e-6, 0 })
        {
            var options = new GaussianMixtureOptions(3)
            { CovarianceKind = kind, StartCount = 2, CovarianceRegularization = regularization };
            var prediction = GaussianMixture.Fit(rows, options, Execution.Default).Predict(rows, Execution.Default);
            Assert.True(double.IsFinite(prediction.LogLikelihood!.Value));
            Assert.Equal(1, prediction.Probabilities.Row(7).ToArray().Sum(value => (double)value), 1e-5);
        }
    }

    [Fact]
    public void Bic_IsScikitLearnsFormula()
    {
        // -2 log L + p log n, of scikit-learn's own figures for the same mixture of three dimensions.
        var expected = ExpectedValues.Load("covariances.json").GetProperty("kinds").GetProperty("full");
        var mixture = GaussianMixture.Fit(Digits, new GaussianMixtureOptions(3) { StartCount = 1 }, Execution.Default);
        Assert.Equal((-2 * mixture.LogLikelihood * Digits.RowCount) + ((3 * 55) + 30 + 2) * Math.Log(Digits.RowCount), mixture.Bic, 1e-6);
        Assert.Equal(39, expected.GetProperty("parameters").GetInt32());
    }
}
