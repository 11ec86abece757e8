using N2D.Clustering;
using N2D.Models;
using N2D.Numerics;
using N2D.Pipeline;
using N2D.Tests.Expected;

namespace N2D.Tests.Clustering;

/// <summary>Given starts: k-means with initial centers and mixtures with initial means, compared with scikit-learn 1.2.1.</summary>
public sealed class InitialCenterTests : IDisposable
{
    private static readonly Matrix Iris = ExpectedValues.Load("pca.json").GetProperty("iris").ToMatrix();
    private static readonly Matrix Places = Matrix.Own([.. Iris.Row(0), .. Iris.Row(50), .. Iris.Row(100)], 4);

    private readonly string _folder = Directory.CreateTempSubdirectory("n2d-centers-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void KMeans_BeginsAtThem_AndEndsWhereScikitLearnsDoes()
    {
        // KMeans(3, init=X[[0, 50, 100]], n_init=1, tol=1e-4).fit(X), X = load_iris().data; clusters of 62, 50 and 38 rows.
        double[][] centers = [[5.901613, 2.748387, 4.393548, 1.433871], [5.006, 3.428, 1.462, 0.246], [6.85, 3.073684, 5.742105, 2.071053]];
        var means = KMeans.Fit(Iris, new KMeansOptions(3) { InitialCenters = Places }, Execution.Default);
        Assert.Equal(78.851441426146, means.Inertia, 1e-4);
        Assert.All(
            centers.Index(),
            center => Assert.All(center.Item.Index(), value => Assert.Equal(value.Item, means.GetCenter(center.Index)[value.Index], 1e-5)));
        Assert.Equal((1, 1), (means.StartCount, means.BestStartCount));
        Assert.Contains("InitialCenter=3x4; StartCount=1; ", means.Settings, StringComparison.Ordinal);

        // The seed has no effect, and a refit starts from the same centers.
        Assert.Equal(means.Inertia, ((KMeans)means.Refit(Iris, 9, Execution.Default)).Inertia);
    }

    [Fact]
    public void Mixture_BeginsAtThem_AndEndsWhereScikitLearnsDoes()
    {
        // GaussianMixture(3, means_init=X[[10, 60, 130]], tol=1e-9, max_iter=5000, random_state=0).fit(X).score(X), X = load_iris().data.
        var means = Matrix.Own([.. Iris.Row(10), .. Iris.Row(60), .. Iris.Row(130)], 4);
        var options = new GaussianMixtureOptions(3) { InitialMeans = means, Tolerance = 1e-9, MaxIterations = 5000 };
        var mixture = GaussianMixture.Fit(Iris, options, Execution.Default);
        Assert.Equal((1, 1), (mixture.StartCount, mixture.BestStartCount));

        // Responsibilities are kept in float32.
        Assert.Equal(-1.2012365, mixture.LogLikelihood, 1e-5);
        Assert.Equal(mixture.LogLikelihood, ((GaussianMixture)mixture.Refit(Iris, 9, Execution.Default)).LogLikelihood);
    }

    [Theory]
    [InlineData(CovarianceKind.Full)]
    [InlineData(CovarianceKind.Tied)]
    [InlineData(CovarianceKind.Diagonal)]
    [InlineData(CovarianceKind.Spherical)]
    public void MixtureOfNoIterations_HasTheGivenMeans_AndTheCovariancesOfTheClustersOfKMeans(CovarianceKind kind)
    {
        var options = new GaussianMixtureOptions(3) { CovarianceKind = kind, InitialMeans = Places };
        var mixture =
            new ExpectationMaximization(Iris, ColumnBlocks.Of(Iris, Execution.Default), options).FromMeans(Places, Execution.Default);
        Assert.Equal(Places.Values.ToArray().Select(value => (double)value), mixture.Means);
        Assert.Equal(1, mixture.Weights.Sum(), 1e-12);
        Assert.Equal(50 / 150.0, mixture.Weights[0], 1e-9);
    }

    [Fact]
    public void AMeanThatNoRowIsNearestTo_DoesNoHarm()
    {
        var far = Matrix.Own([.. Iris.Row(0), .. Iris.Row(50), 500, 500, 500, 500], 4);
        var mixture = GaussianMixture.Fit(Iris, new GaussianMixtureOptions(3) { InitialMeans = far }, Execution.Default);
        Assert.True(double.IsFinite(mixture.LogLikelihood));
        Assert.InRange(mixture.LogLikelihood, -2, 0);
        var means = KMeans.Fit(Iris, new KMeansOptions(3) { InitialCenters = far }, Execution.Default);
        Assert.InRange(means.Inertia, 78, 160);
    }

    [Fact]
    public void TheyAreSaved_AndARefitOfTheLoadedModelBeginsThere()
    {
        var (path, data) = (Path.Combine(_folder, "m.n2d"), new Dataset("iris", Iris));
        foreach (var options in new ClustererOptions[] { new KMeansOptions(3)
            { InitialCenters = Places }, new GaussianMixtureOptions(3)
            { InitialMeans = Places } })
        {
            var fitted = options.Fit(Iris, Execution.Default);
            FittedPipeline.Of(ClusterResult.Create(data, fitted, Execution.Default), Execution.Default).Save(path);
            var loaded = FittedPipeline.Load(path).GetClusterer()!;
            Assert.Equal((fitted.Settings, 1), (loaded.Settings, loaded.StartCount));
            var places = loaded.Options switch
            {
                KMeansOptions means => means.InitialCenters,
                GaussianMixtureOptions mixture => mixture.InitialMeans,
                _ => null,
            };
            Assert.Equal(Places.Values, places!.Values);
            Assert.Equal(
                fitted.Refit(Iris, 4, Execution.Default)
                    .Predict(Iris, Execution.Default).Assignments, loaded.Refit(Iris, 4, Execution.Default)
                    .Predict(Iris, Execution.Default).Assignments);
        }
    }

    [Fact]
    public void WhatDoesNotFit_IsRefusedByName()
    {
        Assert.Equal("InitialCenterCount", Assert.Throws<N2DException>(() => new KMeansOptions(4) { InitialCenters = Places }).Id);
        Assert.Equal(
            "InitialCenterCount",
            Assert.Throws<N2DException>(() => new GaussianMixtureOptions(new ClusterCountRange(2, 5)) { InitialMeans = Places }).Id);
        Assert.Equal(
            "NotFinite", Assert.Throws<N2DException>(() => new KMeansOptions(1) { InitialCenters = Matrix.Own([1, float.NaN], 2) }).Id);
        var narrow = Matrix.Own([1, 2, 3, 4, 5, 6], 2);
        Assert.Equal(
            "DimensionMismatch",
            Assert.Throws<N2DException>(() => KMeans.Fit(Iris, new KMeansOptions(3) { InitialCenters = narrow }, Execution.Default)).Id);
        Assert.Equal(
            "DimensionMismatch",
            Assert.Throws<N2DException>(() =>
                GaussianMixture.Fit(Iris, new GaussianMixtureOptions(3) { InitialMeans = narrow }, Execution.Default)).Id);
    }
}
