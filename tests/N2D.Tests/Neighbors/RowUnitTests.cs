using N2D.Clustering;
using N2D.Data;
using N2D.Manifolds;
using N2D.Metrics;
using N2D.Neighbors;
using N2D.Numerics;
using N2D.Pipeline;
using N2D.Tests.Expected;

namespace N2D.Tests.Neighbors;

/// <summary>The unit of the columns does not change the result, or values out of range are rejected.</summary>
public sealed class RowUnitTests
{
    private static readonly Matrix Iris = ExpectedValues.Load("manifolds.json").GetProperty("iris").ToMatrix();

    [Theory]
    [InlineData(1e-30f)]
    [InlineData(1e-22f)]
    [InlineData(1e-12f)]
    [InlineData(1e12f)]
    [InlineData(1e30f)]
    public void RowsOfAnyUnit_AreLaidOutAndMergedTheSame(float unit)
    {
        // Powers of two scale without rounding, so all bits must be equal.
        var exponent = MathF.ILogB(unit);
        var scaled = RowUnit.Scale(Iris, exponent);
        foreach (var options in new[] { new TsneOptions(), new TsneOptions
            { Metric = DistanceMetric.Minkowski, MinkowskiPower = 3 } }.Select(options => options with { Iterations = 300 }))
        {
            Assert.Equal(options.Fit(Iris, Execution.Default).Layout.Values, options.Fit(scaled, Execution.Default).Layout.Values);
        }

        foreach (var initialization in Enum.GetValues<UmapInitialization>())
        {
            var options = new UmapOptions { Dimension = 2, Epochs = 50, Initialization = initialization };
            var (one, other) = (options.Fit(Iris, Execution.Default), options.Fit(scaled, Execution.Default));
            Assert.Equal(one.Layout.Values, other.Layout.Values);
            var unseen = RandomRows.Uniform(20, 4);

            // The random numbers of an unseen row depend on its values, so its place can differ. Its distance from the fitted rows does
            // not.
            float[] far = [.. one.Measure(unseen, Execution.Default).Distances!.Select(distance => MathF.ScaleB(distance, exponent))];
            Assert.Equal(far, other.Measure(RowUnit.Scale(unseen, exponent), Execution.Default).Distances);
        }

        foreach (var options in new ClustererOptions[] { new SpectralOptions(3), new AgglomerativeOptions(3) })
        {
            var (one, other) = (options.Fit(Iris, Execution.Default), options.Fit(scaled, Execution.Default));
            Assert.Equal(one.Predict(Iris, Execution.Default).Assignments, other.Predict(scaled, Execution.Default).Assignments);
        }
    }

    [Theory]
    [InlineData(1e-2f)]
    [InlineData(1e-6f)]
    [InlineData(1e-12f)]
    [InlineData(1e6f)]
    public void AMixture_FindsTheSameClustersInAnyUnit(float unit)
    {
        // Iris in millionths came to one cluster (an adjusted Rand index of 0): the regularization was a million times its variance.
        var scaled = Matrix.Own(Array.ConvertAll(Iris.Values.ToArray(), value => value * unit), 4);
        var expected =
            GaussianMixture.Fit(Iris, new GaussianMixtureOptions(3), Execution.Default).Predict(Iris, Execution.Default).Assignments;
        var found =
            GaussianMixture.Fit(scaled, new GaussianMixtureOptions(3), Execution.Default).Predict(scaled, Execution.Default).Assignments;
        Assert.InRange(AdjustedRandIndex.Compute(expected, found), 0.97, 1);
    }

    [Fact]
    public void ARegularizationThatIsGiven_IsTakenAsItIs()
    {
        var small = Matrix.Own(Array.ConvertAll(Iris.Values.ToArray(), value => value * 1e-6f), 4);
        var mixture = GaussianMixture.Fit(small, new GaussianMixtureOptions(3) { CovarianceRegularization = 2e-6 }, Execution.Default);
        Assert.InRange(mixture.GetCovariance(0)[0], 2e-6, 2.1e-6);
        Assert.Equal(1e-6, new GaussianMixtureOptions(3).RegularizationFor(1e-3));
        Assert.Equal(1e-10, new GaussianMixtureOptions(3).RegularizationFor(1e-4), 1e-20);
    }

    [Fact]
    public void AMixtureThatIsCutOff_Warns()
    {
        var warnings = new List<string>();
        GaussianMixture.Fit(
            Iris, new GaussianMixtureOptions(3) { MaxIterations = 1, Tolerance = 0 }, new Execution { Warn = warnings.Add });
        Assert.Contains("did not converge within 1 iteration", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1e-25f, "ValuesTooSmall")]
    [InlineData(1e25f, "ValuesTooLarge")]
    public void WhatCannotBeSquared_IsRefused_AndTheRemedyWorks(float unit, string id)
    {
        var scaled = Matrix.Own(Array.ConvertAll(Iris.Values.ToArray(), value => value * unit), 4);
        Func<object>[] fits =
        [
            () => KMeans.Fit(scaled, new KMeansOptions(3), Execution.Default),
            () => GaussianMixture.Fit(scaled, new GaussianMixtureOptions(3), Execution.Default),
            () => Hdbscan.Fit(scaled, new HdbscanOptions(), Execution.Default),
            () => new PcaOptions { Dimension = 2 }.Fit(scaled, Execution.Default),
            () => new IsomapOptions { Dimension = 2 }.Fit(scaled, Execution.Default),
        ];
        Assert.All(fits, fit => Assert.Equal(id, Assert.Throws<N2DException>(fit).Id));
        var standardized = Standardized(scaled);
        var found = KMeans.Fit(standardized, new KMeansOptions(3), Execution.Default).Predict(standardized, Execution.Default).Assignments;
        var expected = KMeans.Fit(
            Standardized(Iris), new KMeansOptions(3), Execution.Default).Predict(Standardized(Iris), Execution.Default).Assignments;
        Assert.InRange(AdjustedRandIndex.Compute(expected, found), 0.99, 1);
    }

    private static Matrix Standardized(Matrix rows) =>
        Standardizer.Apply(new Dataset("iris", rows), Standardization.ZScore, Execution.Default).GetRows();
}
