using N2D.Clustering;
using N2D.Models;
using N2D.Numerics;
using N2D.Pipeline;
using N2D.Tests.Expected;

namespace N2D.Tests.Clustering;

/// <summary>Bic and Aic of mixtures, compared with scikit-learn, and the number of Gaussians chosen by them.</summary>
public sealed class InformationCriterionTests
{
    /// <summary>
    /// GaussianMixture(2, covariance_type=kind, n_init=20, random_state=0, tol=1e-9, max_iter=5000).fit(X), X = load_iris().data, then
    /// bic(X) and aic(X), of scikit-learn 1.2.1.
    /// </summary>
    [Theory]
    [InlineData(CovarianceKind.Full, 574.0178, 486.7094)]
    [InlineData(CovarianceKind.Tied, 688.0972, 630.8951)]
    [InlineData(CovarianceKind.Diagonal, 857.5515, 806.3707)]
    [InlineData(CovarianceKind.Spherical, 1012.2352, 979.1182)]
    public void OfIris_AreScikitLearns(CovarianceKind kind, double bic, double aic)
    {
        var rows = ExpectedValues.Load("pca.json").GetProperty("iris").ToMatrix();
        var options = new GaussianMixtureOptions(2) { CovarianceKind = kind, Tolerance = 1e-9, MaxIterations = 5000 };
        var mixture = GaussianMixture.Fit(rows, options, Execution.Default);

        // Responsibilities are kept in float32.
        Assert.Equal(bic, mixture.Bic, 0.01);
        Assert.Equal(aic, mixture.Aic, 0.01);
        var result = ClusterResult.Create(new Dataset("iris", rows), mixture, Execution.Default);
        Assert.Equal(mixture.Bic, result.Bic!.Value, 1e-6);
        Assert.Equal(mixture.Aic, result.Aic!.Value, 1e-6);
    }

    [Fact]
    public void MethodsWithoutADensity_HaveNone()
    {
        var (rows, _) = RandomRows.Blobs(60, 3, 2, scale: 20);
        var result =
            ClusterResult.Create(new Dataset("blobs", rows), KMeans.Fit(rows, new KMeansOptions(2), Execution.Default), Execution.Default);
        Assert.Null(result.Bic);
        Assert.Null(result.Aic);
    }

    [Theory]
    [InlineData(ClusterCountCriterion.Bic)]
    [InlineData(ClusterCountCriterion.Aic)]
    public void ACriterionThatIsAskedFor_Chooses(ClusterCountCriterion criterion)
    {
        var (rows, _) = RandomRows.Blobs(400, 3, 4, scale: 25, seed: 2);
        var options = new GaussianMixtureOptions(new ClusterCountRange(1, 7)) { StartCount = 2, CountCriterion = criterion };
        var mixture = GaussianMixture.Fit(rows, options, Execution.Default);
        var curve = mixture.GetClusterCountCurve();
        Assert.All(curve, point => Assert.Equal(criterion.ToString(), point.Criterion));
        Assert.Equal(Enumerable.Range(1, 7), curve.Select(point => point.ClusterCount));
        var chosen = Assert.Single(curve, point => point.IsChosen);
        Assert.Equal(curve.Min(point => point.Score), chosen.Score);
        Assert.Equal(criterion == ClusterCountCriterion.Bic ? mixture.Bic : mixture.Aic, chosen.Score);
        Assert.Equal(mixture.ClusterCount, chosen.ClusterCount);
        if (criterion == ClusterCountCriterion.Bic)
        {
            Assert.Equal(4, mixture.ClusterCount);
        }

        Assert.Contains($"ClusterCountCriterion={criterion}", mixture.Settings, StringComparison.Ordinal);
        Assert.Equal(criterion.ToString(), mixture.Refit(rows, 1, Execution.Default).GetClusterCountCurve()[0].Criterion);
    }
}
