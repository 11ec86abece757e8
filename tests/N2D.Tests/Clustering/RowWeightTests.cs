using N2D.Clustering;
using N2D.Data;
using N2D.Models;
using N2D.Numerics;
using N2D.Pipeline;
using N2D.Tests.Expected;

namespace N2D.Tests.Clustering;

/// <summary>Row weights, compared with scikit-learn 1.2.1, with repeated rows, and with removed rows.</summary>
public sealed class RowWeightTests : IDisposable
{
    private static readonly Matrix Iris = ExpectedValues.Load("pca.json").GetProperty("iris").ToMatrix();
    private static readonly Matrix Places = Matrix.Own([.. Iris.Row(0), .. Iris.Row(50), .. Iris.Row(100)], 4);

    // 0, 1, 2, 3, 0, 1, ...
    private static readonly double[] Weights = [.. Enumerable.Range(0, 150).Select(row => (double)(row % 4))];

    private readonly string _folder = Directory.CreateTempSubdirectory("n2d-weights-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void KMeans_IsScikitLearns()
    {
        // KMeans(3, init=X[[20, 80, 140]], n_init=1, tol=0).fit(X, sample_weight=np.arange(150) % 4.0); the order here is by the sums of
        // weights. From rows 0, 50 and 100 distances tie.
        var places = Matrix.Own([.. Iris.Row(20), .. Iris.Row(80), .. Iris.Row(140)], 4);
        double[][] centers = [
            [5.9538462, 2.7673077, 4.4625, 1.4471154],
            [4.9958904, 3.4273973, 1.4616438, 0.2657534],
            [7.0217391, 3.0652174, 5.823913, 2.0521739]
        ];
        var means = KMeans.Fit(Iris, new KMeansOptions(3) { InitialCenters = places, Tolerance = 0 }, Execution.Default, Weights);
        Assert.Equal(115.86223816832363, means.Inertia, 1e-4);
        Assert.All(
            centers.Index(),
            center => Assert.All(center.Item.Index(), value => Assert.Equal(value.Item, means.GetCenter(center.Index)[value.Index], 1e-5)));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(40)]
    public void KMeans_OfWholeWeights_IsThatOfRepeatedRows(int clusterCount)
    {
        // 40 clusters of 20 columns go by bounds, 3 by measuring all.
        var rows = RandomRows.Uniform(400, 20);
        double[] weights = [.. Enumerable.Range(0, 400).Select(row => (double)(row % 3))];
        var start = Matrix.Own(rows.RowRange(1, clusterCount).ToArray(), 20);
        var options = new KMeansOptions(clusterCount) { InitialCenters = start };
        var (weighted, repeated) =
            (KMeans.Fit(rows, options, Execution.Default, weights), KMeans.Fit(Repeated(rows, weights), options, Execution.Default));
        Assert.Equal(repeated.Inertia, weighted.Inertia, 1e-3);
        for (var cluster = 0; cluster < clusterCount; cluster++)
        {
            // A center of float32, whose clusters may tie in size.
            Assert.Contains(
                Enumerable.Range(0, clusterCount), other => Distance(weighted.GetCenter(cluster), repeated.GetCenter(other)) < 1e-4);
        }
    }

    [Theory]
    [InlineData(CovarianceKind.Full)]
    [InlineData(CovarianceKind.Tied)]
    [InlineData(CovarianceKind.Diagonal)]
    [InlineData(CovarianceKind.Spherical)]
    public void Mixture_OfWholeWeights_IsThatOfRepeatedRows(CovarianceKind kind)
    {
        var options = new GaussianMixtureOptions(3)
        { CovarianceKind = kind, InitialMeans = Places, Tolerance = 1e-8, MaxIterations = 2000 };
        var weighted = GaussianMixture.Fit(Iris, options, Execution.Default, Weights);
        var repeated = GaussianMixture.Fit(Repeated(Iris, Weights), options, Execution.Default);

        // Responsibilities are kept in float32.
        Assert.Equal(repeated.LogLikelihood, weighted.LogLikelihood, 1e-5);
        Assert.Equal(repeated.Bic, weighted.Bic, 1e-2);
        Assert.Equal(repeated.Aic, weighted.Aic, 1e-2);
        for (var cluster = 0; cluster < 3; cluster++)
        {
            Assert.Equal(repeated.GetWeights()[cluster], weighted.GetWeights()[cluster], 1e-3);
            Assert.All(
                repeated.GetMean(cluster).ToArray().Zip(weighted.GetMean(cluster).ToArray()),
                pair => Assert.Equal(pair.First, pair.Second, 2e-3));
            Assert.All(
                repeated.GetCovariance(cluster).ToArray().Zip(weighted.GetCovariance(cluster).ToArray()),
                pair => Assert.Equal(pair.First, pair.Second, 2e-3));
        }
    }

    [Fact]
    public void DrawnStarts_GoByTheWeights()
    {
        // Three separate groups, and one with hardly any weight.
        var (rows, blobs) = RandomRows.Blobs(400, 4, 4, scale: 60, seed: 3);
        double[] weights = [.. blobs.Select(blob => blob == 3 ? 1e-9 : 1.0)];
        var (means, mixture) = (
            KMeans.Fit(rows, new KMeansOptions(3), Execution.Default, weights),
            GaussianMixture.Fit(rows, new GaussianMixtureOptions(3), Execution.Default, weights));
        int[] heavy = [.. Enumerable.Range(0, 400).Where(row => blobs[row] != 3)];
        foreach (var assignments in new[] { means.Predict(rows, Execution.Default).Assignments.ToArray(),
        mixture.Predict(rows, Execution.Default).Assignments.ToArray() })
        {
            Assert.Equal(3, heavy.Select(row => (blobs[row], assignments[row])).Distinct().Count());
        }
    }

    [Fact]
    public void RowsOfWeightZero_HaveNoPartInTheFit()
    {
        var (rows, _) = RandomRows.Blobs(300, 5, 3, scale: 15);
        float[] outliers = [.. Enumerable.Repeat(1e6f, 50)];
        var more = Matrix.Own([.. rows.Values, .. outliers], 5);
        double[] weights = [.. Enumerable.Range(0, 310).Select(row => row < 300 ? 1.0 + (row % 2) : 0)];
        var (with, without) = (
            KMeans.Fit(more, new KMeansOptions(3), Execution.Default, weights),
            KMeans.Fit(rows, new KMeansOptions(3), Execution.Default, weights[..300]));
        Assert.Equal(without.Inertia, with.Inertia);
        Assert.Equal(without.GetCenter(2), with.GetCenter(2));
        var options = new GaussianMixtureOptions(new ClusterCountRange(1, 4)) { StartCount = 2 };
        var (mixture, other) = (
            GaussianMixture.Fit(more, options, Execution.Default, weights),
            GaussianMixture.Fit(rows, options, Execution.Default, weights[..300]));
        Assert.Equal((other.LogLikelihood, other.Bic, other.ClusterCount), (mixture.LogLikelihood, mixture.Bic, mixture.ClusterCount));
        Assert.Equal(other.GetClusterCountCurve(), mixture.GetClusterCountCurve());
    }

    [Fact]
    public void EqualWeights_AreAsNone_ButForWhatTheRowsCountTogether()
    {
        double[] halves = [.. Enumerable.Repeat(0.5, 150)];
        var options = new GaussianMixtureOptions(3) { InitialMeans = Places };
        var (plain, half) =
            (GaussianMixture.Fit(Iris, options, Execution.Default), GaussianMixture.Fit(Iris, options, Execution.Default, halves));
        Assert.Equal(plain.LogLikelihood, half.LogLikelihood, 1e-9);
        Assert.Equal((-2 * 75 * half.LogLikelihood) + (44 * Math.Log(75)), half.Bic, 1e-6);
        var centers = new KMeansOptions(3) { InitialCenters = Places };
        Assert.Equal(
            KMeans.Fit(Iris, centers, Execution.Default).Inertia / 2, KMeans.Fit(Iris, centers, Execution.Default, halves).Inertia, 1e-6);
    }

    [Fact]
    public void SameBytes_ForAnyThreadCount()
    {
        var rows = RandomRows.Uniform(7000, 6);
        double[] weights = [.. Enumerable.Range(0, 7000).Select(row => 0.1 + (row % 7))];
        var runs = new[] { 1, 3 }.Select(threads =>
        {
            var execution = new Execution { ThreadCount = threads };
            var mixture =
                GaussianMixture.Fit(rows, new GaussianMixtureOptions(4) { StartCount = 2, CandidateCount = 2 }, execution, weights);
            return (KMeans.Fit(
                rows,
                new KMeansOptions(5) { StartCount = 2 },
                execution,
                weights).Inertia, mixture.LogLikelihood, Mean: mixture.GetMean(0)[0]);
        }).ToArray();
        Assert.Equal(runs[0], runs[1]);
    }

    [Fact]
    public void TheyTravelWithTheRows_ToTheResult_AndToARefit()
    {
        var data = new Dataset("iris", Iris).WithWeights(Weights);
        Assert.Equal(Weights, data.GetWeights());
        var scaled = Standardizer.Apply(data, Standardization.ZScore, Execution.Default);
        Assert.Equal(Weights, scaled.GetWeights());
        var warnings = new List<string>();
        var execution = new Execution { Warn = warnings.Add };
        var mixture = (GaussianMixture)new GaussianMixtureOptions(3) { StartCount = 2 }.Fit(scaled, execution);
        Assert.Empty(warnings);
        var result = ClusterResult.Create(scaled, mixture, Execution.Default, measureStability: true);
        Assert.Equal((mixture.LogLikelihood, mixture.Bic, mixture.Aic), (result.LogLikelihood, result.Bic, result.Aic));
        Assert.NotEqual(mixture.LogLikelihood, mixture.Predict(scaled.GetRows(), Execution.Default).LogLikelihood!.Value, 1e-6);
        Assert.InRange(result.Stability!.Value, 0.5, 1);

        new HdbscanOptions().Fit(scaled, execution);
        Assert.Contains("Hdbscan does not support row weights", Assert.Single(warnings), StringComparison.Ordinal);
        Assert.Equal(
            "WeightsNotForMethod", Assert.Throws<N2DException>(() => new HdbscanOptions().Fit(Iris, Weights, Execution.Default)).Id);
    }

    [Fact]
    public void AModel_KeepsItsFiguresInItsFile()
    {
        var path = Path.Combine(_folder, "m.n2d");
        var data = new Dataset("iris", Iris).WithWeights(Weights);
        var mixture = (GaussianMixture)new GaussianMixtureOptions(3) { StartCount = 3 }.Fit(data, Execution.Default);
        FittedPipeline.Of(ClusterResult.Create(data, mixture, Execution.Default), Execution.Default).Save(path);
        var loaded = (GaussianMixture)FittedPipeline.Load(path).GetClusterer()!;
        Assert.Equal((mixture.Bic, mixture.Aic), (loaded.Bic, loaded.Aic));
        var means = (KMeans)new KMeansOptions(5).Fit(data, Execution.Default);
        FittedPipeline.Of(ClusterResult.Create(data, means, Execution.Default), Execution.Default).Save(path);
        Assert.Equal(means.OptimumGap, FittedPipeline.Load(path).GetClusterer()!.OptimumGap);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void WeightsThatMeanNothing_AreRefused(double weight)
    {
        double[] weights = [.. Enumerable.Range(0, 150).Select(row => row == 7 ? weight : 1)];
        var error = Assert.Throws<N2DException>(() => KMeans.Fit(Iris, new KMeansOptions(2), Execution.Default, weights));
        Assert.Equal("WeightOutOfRange", error.Id);
        Assert.Contains("row 8", error.Message, StringComparison.Ordinal);
        Assert.Equal("WeightOutOfRange", Assert.Throws<N2DException>(() => new Dataset("iris", Iris).WithWeights(weights)).Id);
        Assert.Equal(
            "WeightOutOfRange",
            Assert.Throws<N2DException>(() =>
                GaussianMixture.Fit(Iris, new GaussianMixtureOptions(2), Execution.Default, new double[150])).Id);
        Assert.Equal(
            "WeightCountMismatch",
            Assert.Throws<N2DException>(() => KMeans.Fit(Iris, new KMeansOptions(2), Execution.Default, new double[3])).Id);

        // Only two rows have weight, so there are not three clusters.
        double[] two = [.. Enumerable.Range(0, 150).Select(row => row < 2 ? 1.0 : 0)];
        Assert.Equal(
            "ClusterCountOutOfRange", Assert.Throws<N2DException>(() => KMeans.Fit(Iris, new KMeansOptions(3), Execution.Default, two)).Id);
    }

    private static Matrix Repeated(Matrix rows, double[] weights) =>
        Matrix.Own(
            [.. Enumerable.Range(
                0,
                rows.RowCount).SelectMany(row => Enumerable.Repeat(row, (int)weights[row]).SelectMany(again => rows.Row(again).ToArray()))],
            rows.ColumnCount);

    private static double Distance(ReadOnlySpan<float> one, ReadOnlySpan<float> other)
    {
        var sum = 0.0;
        for (var column = 0; column < one.Length; column++)
        {
            sum += (one[column] - other[column]) * (one[column] - other[column]);
        }

        return Math.Sqrt(sum);
    }
}
