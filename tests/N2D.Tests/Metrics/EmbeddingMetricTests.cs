using System.Text.Json;
using N2D.Metrics;
using N2D.Numerics;
using N2D.Tests.Expected;

namespace N2D.Tests.Metrics;

/// <summary>Silhouette and trustworthiness against scikit-learn (Expected/metrics.py).</summary>
public sealed class EmbeddingMetricTests
{
    // The same distances, which scikit-learn takes from dot products: about 1e-14 of a squared distance.
    private const double Rounding = 1e-9;

    private static readonly JsonElement[] Embeddings = [.. ExpectedValues.Load("metrics.json").GetProperty("Embeddings").EnumerateArray()];

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Embeddings.Length)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Silhouette_EqualsScikitLearn(int index)
    {
        var expected = Embeddings[index].GetProperty("Silhouette").GetDouble();
        Assert.Equal(expected, Silhouette.Compute(Rows(index), Clusters(index), 0, Execution.Default)!.Value, Rounding);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void SilhouetteOfEachRow_EqualsScikitLearn(int index)
    {
        var actual = Silhouette.ComputeEach(Rows(index), Clusters(index), 0, Execution.Default)!;
        double[] expected = [.. Embeddings[index].GetProperty("SilhouetteSamples").EnumerateArray().Select(value => value.GetDouble())];
        Assert.Equal(expected.Length, actual.Values.Count);
        Assert.All(expected.Zip(actual.Values), pair => Assert.Equal(pair.First, pair.Second, Rounding));
        Assert.Equal(Enumerable.Range(0, expected.Length), actual.Rows);
        Assert.Equal(Clusters(index), actual.Clusters);
        Assert.Equal(expected.Average(), actual.Mean, Rounding);
        Assert.Equal(expected.Length, actual.PopulationCount);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Dispersion_EqualsScikitLearn(int index)
    {
        var actual = ClusterDispersion.Compute(Rows(index), Clusters(index), Execution.Default)!;
        var daviesBouldin = Embeddings[index].GetProperty("DaviesBouldin").GetDouble();

        // scikit-learn measures the only row of a cluster about 1e-8 away from its mean, because it takes distances from dot products.
        Assert.Equal(daviesBouldin, actual.DaviesBouldin, 1e-8);
        Assert.Equal(Embeddings[index].GetProperty("CalinskiHarabasz").GetDouble(), actual.CalinskiHarabasz, Rounding);

        var single = ClusterDispersion.Compute(Rows(index), Clusters(index), Execution.Default with { ThreadCount = 1 })!;
        Assert.Equal(actual.DaviesBouldin, single.DaviesBouldin);
        Assert.Equal(actual.CalinskiHarabasz, single.CalinskiHarabasz);
    }

    [Fact]
    public void Dispersion_WithNoise_IsThatOfTheOtherRows_AndNeedsTwoClusters()
    {
        int[] clusters = Clusters(1);
        int[] others = [.. Enumerable.Range(0, clusters.Length).Where(row => clusters[row] != 2)];
        var expected = ClusterDispersion.Compute(
            Rows(1).Select(others), Array.ConvertAll(others, row => clusters[row]), Execution.Default)!;
        Assert.Equal(expected.DaviesBouldin, ClusterDispersion.Compute(Rows(1), clusters, Execution.Default, noise: 2)!.DaviesBouldin);
        Assert.Null(ClusterDispersion.Compute(Rows(1), new int[clusters.Length], Execution.Default));
        Assert.Null(ClusterDispersion.Compute(Rows(1), [.. Enumerable.Range(0, clusters.Length)], Execution.Default));
    }

    /// <summary>sklearn.metrics 1.2.1 on ((0, 2), (2, 0)), ((0, 0), (2, 2)) and on ((0, 0), (0, 0)), ((1, 0), (1, 0)).</summary>
    [Fact]
    public void Dispersion_OfEqualMeansAndOfEqualRows_EqualsScikitLearn()
    {
        var crossed = ClusterDispersion.Compute(Matrix.Own([0, 2, 2, 0, 0, 0, 2, 2], 2), [0, 0, 1, 1], Execution.Default)!;
        Assert.Equal((0.0, 0.0), (crossed.DaviesBouldin, crossed.CalinskiHarabasz));
        var equal = ClusterDispersion.Compute(Matrix.Own([0, 0, 0, 0, 1, 0, 1, 0], 2), [0, 0, 1, 1], Execution.Default)!;
        Assert.Equal((0.0, 1.0), (equal.DaviesBouldin, equal.CalinskiHarabasz));
    }

    [Fact]
    public void Silhouette_WithNoise_IsThatOfTheOtherRows()
    {
        int[] clusters = Clusters(1);
        int[] others = [.. Enumerable.Range(0, clusters.Length).Where(row => clusters[row] != 2)];
        var actual = Silhouette.ComputeEach(Rows(1), clusters, 0, Execution.Default, noise: 2)!;
        Assert.Equal(others, actual.Rows);
        Assert.DoesNotContain(2, actual.Clusters);
        Assert.Equal(
            Silhouette.Compute(Rows(1).Select(others), Array.ConvertAll(others, row => clusters[row]), 0, Execution.Default), actual.Mean);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Trustworthiness_EqualsScikitLearn(int index)
    {
        var embedded = Matrix.Own(Floats(Embeddings[index].GetProperty("Embedded")), 2);
        foreach (var expected in Embeddings[index].GetProperty("Trustworthiness").EnumerateObject())
        {
            var neighborCount = int.Parse(expected.Name, System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal(
                expected.Value.GetDouble(), Trustworthiness.Compute(Rows(index), embedded, neighborCount, Execution.Default), Rounding);
        }
    }

    [Fact]
    public void Trustworthiness_OfTheRowsThemselves_IsOne() =>
        Assert.Equal(1, Trustworthiness.Compute(Rows(1), Rows(1), 10, Execution.Default));

    [Fact]
    public void Trustworthiness_OfTooManyNeighbors_IsRefused() =>
        Assert.Equal(
            "NeighborCountOutOfRange",
            Assert.Throws<N2DException>(() => Trustworthiness.Compute(Rows(0), Rows(0), 25, Execution.Default)).Id);

    [Fact]
    public void Silhouette_DoesNotDependOnClusterNumbersOrScale()
    {
        int[] clusters = Clusters(1);
        var expected = Silhouette.Compute(Rows(1), clusters, 0, Execution.Default)!.Value;
        var scaled = Matrix.Own([.. Rows(1).Values.ToArray().Select(value => 4 * value)], 2);
        int[] renumbered = [.. clusters.Select(cluster => 40 - (3 * cluster))];
        Assert.Equal(expected, Silhouette.Compute(scaled, renumbered, 0, Execution.Default)!.Value, 1e-12);
    }

    [Fact]
    public void Silhouette_IsNotDefined_ForOneClusterOrForEachRowItsOwn()
    {
        var rows = Rows(0);
        Assert.Null(Silhouette.Compute(rows, new int[rows.RowCount], 0, Execution.Default));
        Assert.Null(Silhouette.Compute(rows, Enumerable.Range(0, rows.RowCount).ToArray(), 0, Execution.Default));
    }

    [Fact]
    public void Silhouette_OfCoincidingRows_IsZero() =>
        Assert.Equal(0, Silhouette.Compute(Matrix.Own(new float[20], 2), [0, 1, 0, 1, 0, 1, 0, 1, 0, 1], 0, Execution.Default));

    [Fact]
    public void Silhouette_OfASample_IsNearThatOfAllRows()
    {
        // Each row three times: the exact figure is known from the third of the set that is small enough to be exact.
        var (rows, clusters) = TwoBlobs(9_000);
        var thrice = Matrix.Own([.. rows.Values, .. rows.Values, .. rows.Values], 2);
        var exact = Silhouette.Compute(rows, clusters, 0, Execution.Default)!.Value;
        var first = Silhouette.Compute(thrice, [.. clusters, .. clusters, .. clusters], 0, Execution.Default)!.Value;
        var second = Silhouette.Compute(thrice, [.. clusters, .. clusters, .. clusters], 1, Execution.Default)!.Value;

        // Four standard errors of a mean over 10,000 rows whose silhouettes spread by about 0.2.
        Assert.Equal(exact, first, 0.01);
        Assert.NotEqual(first, second);

        var drawn = Silhouette.ComputeEach(thrice, [.. clusters, .. clusters, .. clusters], 0, Execution.Default)!;
        Assert.Equal((Silhouette.SampleSize, 27_000), (drawn.Values.Count, drawn.PopulationCount));
        Assert.Equal(drawn.Rows.Distinct().Order(), drawn.Rows);
    }

    [Fact]
    public void SameFigures_ForAnyThreadCount()
    {
        var (one, two) = (new Execution { ThreadCount = 1 }, new Execution { ThreadCount = 2 });
        Assert.Equal(Silhouette.Compute(Rows(1), Clusters(1), 0, one), Silhouette.Compute(Rows(1), Clusters(1), 0, two));
        Assert.Equal(Trustworthiness.Compute(Rows(2), Rows(2), 7, one), Trustworthiness.Compute(Rows(2), Rows(2), 7, two));
    }

    private static (Matrix Rows, int[] Clusters) TwoBlobs(int rowCount)
    {
        var random = new RandomSequence(0, RandomPurpose.Sampling);
        var values = new float[2 * rowCount];
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = (float)random.NextGaussian() + (index / 2 % 2 * 2);
        }

        return (Matrix.Own(values, 2), [.. Enumerable.Range(0, rowCount).Select(row => row % 2)]);
    }

    private static Matrix Rows(int index) =>
        Matrix.Own(Floats(Embeddings[index].GetProperty("Rows")), Embeddings[index].GetProperty("Dimension").GetInt32());

    private static int[] Clusters(int index) =>
        [.. Embeddings[index].GetProperty("Clusters").EnumerateArray().Select(value => value.GetInt32())];

    private static float[] Floats(JsonElement values) => [.. values.EnumerateArray().Select(value => value.GetSingle())];
}
