using N2D.Autoencoders;
using N2D.Clustering;
using N2D.Data;
using N2D.Devices;
using N2D.Manifolds;
using N2D.Models;
using N2D.Neighbors;
using N2D.Numerics;
using N2D.Pipeline;
using N2D.Tests.Autoencoders;
using N2D.Tests.Expected;

namespace N2D.Tests.Models;

/// <summary>
/// Distances of rows from a fit, compared with scikit-learn and SciPy (Expected/novelty.py), and the novelty of all kinds of pipelines.
/// </summary>
[Collection(TorchCollection.Name)]
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
            ClusterResult.Create(embedding, Clusterers[clusterer].Fit(embedding.GetRows(), Execution.Default), Execution.Default),
            Execution.Default);
        Assert.True(pipeline.GetDescription().TellsNovelty);

        Assert.InRange(pipeline.Score(fitted, Execution.Default).NovelShare!.Value, 0.005, 0.015);
        Assert.InRange(pipeline.Score(new Dataset("others", Half(1)), Execution.Default).NovelShare!.Value, 0.001, 0.05);
        var strangers = Matrix.Own([.. Half(1).Values.ToArray().Select(value => value + 100)], Columns);
        var strange = pipeline.Score(new Dataset("strangers", strangers), Execution.Default);
        Assert.Equal(1, strange.NovelShare);
        Assert.InRange(strange.GetNovelty().ToArray().Min(), 2, float.MaxValue);
    }

    [Fact]
    public void AnAutoencoderThatKnowsItsRowsByHeart_DoesNotMakeOthersOfTheirKindNovel()
    {
        // Overfitted: other rows are reconstructed much worse than the training rows.
        var rows = RandomRows.Blobs(1500, 20, 4, scale: 12).Rows;
        var fitted = new Dataset("fitted", Matrix.Own(rows.RowRange(0, 300).ToArray(), 20));
        var others = new Dataset("others", Matrix.Own(rows.RowRange(300, 1200).ToArray(), 20));
        var options = new AutoencoderOptions
        { HiddenUnits = [200, 200], LatentDimension = 14, Epochs = 150, BatchSize = 32, Device = ComputeDevice.Cpu };
        var (autoencoder, codes) = Autoencoder.Fit(fitted.GetRows(), options, Execution.Default);
        var bound = ErrorsOf(autoencoder, fitted).Order().ElementAt(296);
        Assert.InRange(ErrorsOf(autoencoder, others).Count(error => error > bound) / 1200.0, 0.1, 1);

        var embedding = fitted.Append(autoencoder, codes);
        var pipeline = FittedPipeline.Of(
            ClusterResult.Create(embedding, new KMeansOptions(4).Fit(codes, Execution.Default), Execution.Default), Execution.Default);
        Assert.InRange(pipeline.Score(fitted, Execution.Default).NovelShare!.Value, 0.002, 0.01);
        Assert.InRange(pipeline.Score(others, Execution.Default).NovelShare!.Value, 0.003, 0.03);
        var turned = Matrix.Own([.. others.GetRows().Values.ToArray().Chunk(20).SelectMany(row => row.Reverse())], 20);
        Assert.InRange(pipeline.Score(new Dataset("turned", turned), Execution.Default).NovelShare!.Value, 0.95, 1);
    }

    [Fact]
    public void OfAnAutoencoder_ItIsTheDistanceFromTheFifthNearestOtherTrainingRow_OrThatOfASampleOfMany()
    {
        var rows = RandomRows.Uniform(60, 7);
        var measured = OfTwoEpochs(rows).Measure(rows, Execution.Default).Distances!;
        var neighbors = NeighborSearch.Find(rows, 5, new RowDistance(), Execution.Default);
        Assert.Equal([.. Enumerable.Range(0, 60).Select(row => neighbors.Distances(row)[^1])], measured);

        // With 20,000 columns, a million and a half values are only 75 rows, so the minimum number applies.
        var wide = RandomRows.Uniform(300, 20_000);
        var part = new ModelPartWriter("stage0", Execution.Default);
        ((IModelPart<Autoencoder>)OfTwoEpochs(wide, epochs: 1)).Write(part);
        Assert.Equal([200, 20_000], part.Arrays.Single(array => array.Name == "stage0.rows").Sizes);
        Assert.DoesNotContain(part.Arrays, array => array.Name.Contains("index.", StringComparison.Ordinal));
    }

    [Fact]
    public void OfRowsThatAreNotOfTheFit_NoneIsTakenForItself_AndTheFifthNearestCounts()
    {
        var (rows, others) = (RandomRows.Uniform(60, 7), RandomRows.Blobs(40, 7, 1, scale: 1).Rows);
        var neighbors = NeighborSearch.FindAmong(others, rows, 6, new RowDistance(), Execution.Default);
        Assert.All(
            Enumerable.Range(0, 40),
            row => Assert.True(neighbors.Distances(row)[0] > 0 && neighbors.Distances(row)[4] < neighbors.Distances(row)[5]));
        Assert.Equal(
            [.. Enumerable.Range(0, 40).Select(row => neighbors.Distances(row)[4])],
            OfTwoEpochs(rows).Measure(others, Execution.Default).Distances!);
    }

    [Fact]
    public void AFileOfThisVersionWithoutTheAutoencodersTrainingRows_IsCorrupt()
    {
        var path = Path.GetTempFileName();
        try
        {
            FittedPipeline.Of(Pipelines.Encoded(AutoencoderKind.Dense), Execution.Default).Save(path);
            RewrittenFile.Remove(path, name => name == "stage0.rows");
            Assert.Equal("CorruptModel", Assert.Throws<N2DException>(() => FittedPipeline.Load(path)).Id);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void AModelThatKeepsNoTrainingRows_OfAnEarlierVersion_TellsByTheErrorOfTheReconstruction()
    {
        var path = Path.GetTempFileName();
        try
        {
            FittedPipeline.Of(Pipelines.Encoded(AutoencoderKind.Dense), Execution.Default).Save(path);
            RewrittenFile.Remove(path, name => name == "stage0.rows");
            RewrittenFile.ChangeText(path, "description", "\"formatVersion\":3", "\"formatVersion\":1");
            var autoencoder = Assert.IsType<Autoencoder>(FittedPipeline.Load(path).GetStages()[0]);
            var rows = Pipelines.Others().GetRows();
            var rebuilt = autoencoder.Reconstruct(rows, Execution.Default);
            var errors = Enumerable.Range(
                0, rows.RowCount).Select(row => FixedOrder.Distance<float>(rows.Row(row), rebuilt.Row(row)) / MathF.Sqrt(rows.ColumnCount));
            Assert.Equal(errors, autoencoder.Measure(rows, Execution.Default).Distances);
        }
        finally
        {
            File.Delete(path);
        }
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
        var plane = Matrix.Own(
            [.. RandomRows.Uniform(200, 2).Values.ToArray().Chunk(2).SelectMany(row => new[] { row[0], row[1], row[0] + row[1] })], 3);
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

    [Theory]
    [InlineData(CovarianceKind.Full, 1e-4)]
    [InlineData(CovarianceKind.Tied, 1e-4)]
    [InlineData(CovarianceKind.Spherical, 1e-4)]
    [InlineData(CovarianceKind.Diagonal, 1e-4)]
    public void ARowOfAGaussian_IsLeftOut_AsIfTheOthersHadBeenFittedWithoutIt(CovarianceKind kind, double tolerance)
    {
        var rows = RandomRows.Blobs(40, 5, 1, scale: 1).Rows;
        var options = new GaussianMixtureOptions(1) { CovarianceKind = kind, StartCount = 1 };
        var leftOut = GaussianMixture.Fit(rows, options, Execution.Default).MeasureLeftOut(rows, Execution.Default);
        for (var row = 0; row < rows.RowCount; row++)
        {
            var others = Matrix.Own([.. rows.RowRange(0, row), .. rows.RowRange(row + 1, rows.RowCount - row - 1)], 5);
            var alone = Matrix.Own(rows.Row(row).ToArray(), 5);
            Assert.Equal(
                1,
                leftOut[row] / GaussianMixture.Fit(others, options, Execution.Default).Measure(alone, Execution.Default).Distances[0],
                tolerance);
        }
    }

    [Theory]
    [InlineData(CovarianceKind.Full)]
    [InlineData(CovarianceKind.Tied)]
    public void AMixtureOfFewRows_DoesNotMakeOthersOfTheirKindNovel(CovarianceKind kind)
    {
        // Fifty rows a Gaussian of 20 columns.
        var rows = RandomRows.Blobs(2200, 20, 4, scale: 12).Rows;
        var fitted = new Dataset("fitted", Matrix.Own(rows.RowRange(0, 200).ToArray(), 20));
        var others = new Dataset("others", Matrix.Own(rows.RowRange(200, 2000).ToArray(), 20));
        var mixture = GaussianMixture.Fit(
            fitted.GetRows(), new GaussianMixtureOptions(4) { CovarianceKind = kind, StartCount = 3 }, Execution.Default);
        var pipeline = FittedPipeline.Of(ClusterResult.Create(fitted, mixture, Execution.Default), Execution.Default);
        Assert.InRange(pipeline.Score(others, Execution.Default).NovelShare!.Value, 0.001, 0.03);
        var turned = Matrix.Own([.. others.GetRows().Values.ToArray().Chunk(20).SelectMany(row => row.Reverse())], 20);
        Assert.InRange(pipeline.Score(new Dataset("turned", turned), Execution.Default).NovelShare!.Value, 0.95, 1);
    }

    [Theory]
    [InlineData("PCA", 2)]
    [InlineData("Raw", 20)]
    public void RowsOfOneKindAndFew_AreNotNovel_WhereComponentsOrCentersAreDrawnTowardThoseOfTheFit(string stage, int clusterCount)
    {
        // Without leave-one-out calibration, 24 % and 16 % of the other rows would be novel.
        var rows = RandomRows.Blobs(2150, 100, 1, scale: 1).Rows;
        var fitted = new Dataset("fitted", Matrix.Own(rows.RowRange(0, 150).ToArray(), 100));
        var others = new Dataset("others", Matrix.Own(rows.RowRange(150, 2000).ToArray(), 100));
        var embedding = stage == "Raw" ? fitted : Learned(fitted, new PcaOptions { Dimension = 10 });
        var clusterer = new KMeansOptions(clusterCount).Fit(embedding.GetRows(), Execution.Default);
        var pipeline = FittedPipeline.Of(ClusterResult.Create(embedding, clusterer, Execution.Default), Execution.Default);
        Assert.InRange(pipeline.Score(others, Execution.Default).NovelShare!.Value, 0, 0.04);
    }

    [Fact]
    public void OfCenters_ItIsTheDistanceFromTheNearest()
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

    private static float[] ErrorsOf(Autoencoder autoencoder, Dataset dataset)
    {
        var (rows, rebuilt) = (dataset.GetRows(), autoencoder.Reconstruct(dataset.GetRows(), Execution.Default));
        return [.. Enumerable.Range(0, rows.RowCount).Select(row => FixedOrder.Distance<float>(rows.Row(row), rebuilt.Row(row)))];
    }

    private static Autoencoder OfTwoEpochs(Matrix rows, int epochs = 2)
    {
        var options = new AutoencoderOptions { HiddenUnits = [4], LatentDimension = 2, Epochs = epochs, Device = ComputeDevice.Cpu };
        return Autoencoder.Fit(rows, options, Execution.Default).Autoencoder;
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
