using N2D.Clustering;
using N2D.Data;
using N2D.Manifolds;
using N2D.Models;
using N2D.Numerics;
using N2D.Tests.Expected;

namespace N2D.Tests.Models;

/// <summary>How far rows lie from a fit: the distances against scikit-learn's and SciPy's (Expected/novelty.py), and what pipelines of every kind make of them.</summary>
public sealed class NoveltyTests
{
    private const int Columns = 6;

    /// <summary>Rows of four groups, of which the first half is fitted.</summary>
    private static readonly Matrix Rows = RandomRows.Blobs(2400, Columns, 4, scale: 12).Rows;

    private static readonly Dictionary<string, ManifoldOptions> Learners = new()
    {
        ["PCA"] = new PcaOptions { Dimension = 2 },
        ["Isomap"] = new IsomapOptions { Dimension = 2, LandmarkCount = 100, NeighborCount = 10 },
    };

    private static readonly Dictionary<string, ClustererOptions> Clusterers = new()
    {
        ["Full"] = new GaussianMixtureOptions(4) { StartCount = 3 },
        ["Diagonal"] = new GaussianMixtureOptions(4) { StartCount = 3, CovarianceKind = CovarianceKind.Diagonal },
        ["KMeans"] = new KMeansOptions(4),
        ["Spectral"] = new SpectralOptions(4),
        ["Agglomerative"] = new AgglomerativeOptions(4),
        ["Hdbscan"] = new HdbscanOptions { MinimumClusterSize = 40 },
    };

    [Theory]
    [InlineData("Raw", "Full")]
    [InlineData("Raw", "Diagonal")]
    [InlineData("Raw", "KMeans")]
    [InlineData("Raw", "Spectral")]
    [InlineData("Raw", "Agglomerative")]
    [InlineData("Raw", "Hdbscan")]
    [InlineData("ZScore", "KMeans")]
    [InlineData("PCA", "KMeans")]
    [InlineData("Isomap", "KMeans")]
    public void OneInAHundredRowsLikeThoseOfTheFit_IsNovel_AndStrangersAreAll_WhateverTheStages(string stage, string clusterer)
    {
        var fitted = new Dataset("fitted", Half(0));
        var embedding = stage switch
        {
            "Raw" => fitted,
            "ZScore" => Standardizer.Apply(fitted, Standardization.ZScore, Execution.Default),
            _ => Learned(fitted, Learners[stage]),
        };
        var pipeline = FittedPipeline.Of(
            ClusterResult.Create(embedding, Clusterers[clusterer].Fit(embedding.GetRows(), Execution.Default), Execution.Default), Execution.Default);
        Assert.True(pipeline.GetDescription().TellsNovelty);

        Assert.InRange(pipeline.Score(fitted, Execution.Default).NovelShare!.Value, 0.005, 0.01);
        Assert.InRange(pipeline.Score(new Dataset("others", Half(1)), Execution.Default).NovelShare!.Value, 0.001, 0.05);
        var strangers = Matrix.Own([.. Half(1).Values.ToArray().Select(value => value + 100)], Columns);
        var strange = pipeline.Score(new Dataset("strangers", strangers), Execution.Default);
        Assert.Equal(1, strange.NovelShare);
        Assert.InRange(strange.GetNovelty().ToArray().Min(), 2, float.MaxValue);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void OfPrincipalComponents_ItIsMahalanobisDistance_InTheirGaussian(int dimension)
    {
        var expected = ExpectedValues.Load("novelty.json");
        var pca = new PcaOptions { Dimension = dimension }.Fit(expected.GetProperty("fitted").ToMatrix(), Execution.Default);
        var measured = pca.Measure(expected.GetProperty("unseen").ToMatrix(), Execution.Default);
        Assert.Equal(pca.Transform(expected.GetProperty("unseen").ToMatrix(), Execution.Default).Values, measured.Rows.Values);
        AssertNear(expected.GetProperty("pca").GetProperty($"{dimension}"), measured.Distances!, 1e-5);
    }

    [Fact]
    public void OffThePlaneThatAllRowsOfTheFitLieOn_NothingIsNear()
    {
        // The third column is the sum of the first two: the smallest step off it counts, and rounding does not.
        var plane = Matrix.Own([.. RandomRows.Uniform(200, 2).Values.ToArray().Chunk(2).SelectMany(row => new[] { row[0], row[1], row[0] + row[1] })], 3);
        var pca = new PcaOptions { Dimension = 2 }.Fit(plane, Execution.Default);
        var off = Matrix.Own([.. plane.Values.ToArray().Select((value, place) => place % 3 == 2 ? value + 0.01f : value)], 3);
        var farthest = pca.Measure(plane, Execution.Default).Distances!.Max();
        Assert.InRange(farthest, 1, 4);
        Assert.InRange(pca.Measure(off, Execution.Default).Distances!.Min(), 5 * farthest, float.MaxValue);
    }

    [Theory]
    [InlineData(CovarianceKind.Full, "full")]
    [InlineData(CovarianceKind.Tied, "tied")]
    [InlineData(CovarianceKind.Diagonal, "diag")]
    [InlineData(CovarianceKind.Spherical, "spherical")]
    public void OfAMixture_ItIsMahalanobisDistance_FromTheGaussianLeastFar(CovarianceKind kind, string name)
    {
        var expected = ExpectedValues.Load("novelty.json");
        var options = new GaussianMixtureOptions(2) { CovarianceKind = kind, Tolerance = 1e-10, MaxIterations = 1000 };
        var mixture = GaussianMixture.Fit(expected.GetProperty("fitted").ToMatrix(), options, Execution.Default);
        var unseen = expected.GetProperty("unseen").ToMatrix();
        var measured = mixture.Measure(unseen, Execution.Default);
        Assert.Equal(mixture.Predict(unseen, Execution.Default).Probabilities.Values, measured.Prediction.Probabilities.Values);

        // Two optima within a tolerance of each other, from different starts.
        AssertNear(expected.GetProperty("mixtures").GetProperty(name), measured.Distances, 1e-3);
    }

    [Fact]
    public void OfCentres_ItIsTheDistanceFromTheNearest()
    {
        var rows = RandomRows.Uniform(300, 5);
        var means = (KMeans)new KMeansOptions(7).Fit(rows, Execution.Default);
        var measured = means.Measure(rows, Execution.Default);
        for (var row = 0; row < rows.RowCount; row++)
        {
            var least = Enumerable.Range(0, 7).Min(cluster => FixedOrder.Distance<float>(rows.Row(row), means.GetCenter(cluster)));
            Assert.Equal(least, measured.Distances[row], 1e-5f);
        }
    }

    [Theory]
    [InlineData("PCA")]
    [InlineData("Full")]
    [InlineData("KMeans")]
    [InlineData("Hdbscan")]
    public void SameBytes_ForAnyThreadCount(string name)
    {
        var rows = Half(0);
        float[] Distances(int threads) => Learners.TryGetValue(name, out var learner)
            ? learner.Fit(rows, Execution.Default).Measure(Rows, new Execution { ThreadCount = threads }).Distances!
            : Clusterers[name].Fit(rows, Execution.Default).Measure(Rows, new Execution { ThreadCount = threads }).Distances;
        Assert.Equal(Distances(1), Distances(3));
    }

    private static Embedding Learned(Dataset dataset, ManifoldOptions options)
    {
        var learner = options.Fit(dataset.GetRows(), Execution.Default);
        return dataset.Append(learner, learner.Layout);
    }

    private static Matrix Half(int number) => Matrix.Own(Rows.RowRange(number * Rows.RowCount / 2, Rows.RowCount / 2).ToArray(), Columns);

    private static void AssertNear(System.Text.Json.JsonElement expected, float[] actual, double tolerance)
    {
        Assert.Equal(expected.GetArrayLength(), actual.Length);
        Assert.All(expected.EnumerateArray().Zip(actual), pair => Assert.Equal(1, pair.Second / pair.First.GetDouble(), tolerance));
    }
}
