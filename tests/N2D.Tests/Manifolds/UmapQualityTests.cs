using System.Numerics.Tensors;
using N2D.Clustering;
using N2D.Data;
using N2D.Manifolds;
using N2D.Metrics;
using N2D.Neighbors;
using N2D.Numerics;
using N2D.Pipeline;
using N2D.Tests.Expected;

namespace N2D.Tests.Manifolds;

/// <summary>The quality criteria of umap-learn's own tests, on data from their recipes.</summary>
public sealed class UmapQualityTests
{
    private static readonly string[] ClassNames = ["a", "b", "c"];

    [Fact]
    public void Iris_IsTrustworthy()
    {
        var iris = ExpectedValues.Load("manifolds.json").GetProperty("iris").ToMatrix();
        var umap = new UmapOptions
        { NeighborCount = 10, MinimumDistance = 0.01f, Dimension = 2, Epochs = 200, Seed = 42 }.Fit(iris, Execution.Default);
        Assert.InRange(Trustworthiness.Compute(iris, umap.Layout, 10, Execution.Default), 0.97, 1);
    }

    [Fact]
    public void Iris_FromTwoOfItsOwnColumns_IsTrustworthy()
    {
        var iris = ExpectedValues.Load("manifolds.json").GetProperty("iris").ToMatrix();
        var columns = Matrix.Own([.. Enumerable.Range(0, 150).SelectMany(row => new[] { iris[row, 2], iris[row, 3] })], 2);
        var options = new UmapOptions { NeighborCount = 10, MinimumDistance = 0.01f, Dimension = 2, Epochs = 200, Seed = 42 };
        var layout = options.Fit(iris, Execution.Default, new() { InitialLayout = columns }).Layout;
        Assert.InRange(Trustworthiness.Compute(iris, layout, 10, Execution.Default), 0.97, 1);
    }

    [Theory]
    [InlineData(DistanceMetric.Cosine)]
    [InlineData(DistanceMetric.Manhattan)]
    public void Iris_IsTrustworthy_InOtherMetrics(DistanceMetric metric)
    {
        var iris = ExpectedValues.Load("manifolds.json").GetProperty("iris").ToMatrix();
        var options = new UmapOptions { NeighborCount = 10, MinimumDistance = 0.01f, Dimension = 2, Metric = metric };

        // Trustworthiness goes by Euclidean neighbors; those of rows of length one are those by the cosine. It varies by .002 from seed to
        // seed.
        var measured = metric == DistanceMetric.Cosine ? UnitRows(iris) : iris;
        var mean = Enumerable.Range(42, 8).Average(seed => Trustworthiness.Compute(
            measured, (options with { Seed = seed }).Fit(iris, Execution.Default).Layout, 10, Execution.Default));
        Assert.InRange(mean, 0.97, 1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void FewLabeledBlobs_SomeUnlabeled_AreTrustworthyAndApart(bool isPartly)
    {
        // 50 rows, every third of a blob; of rows 10 to 29 the label is unknown.
        var (rows, blobs) = RandomRows.Blobs(50, 2, 3, scale: 40, seed: 42);
        var codes = blobs.Select((blob, row) => isPartly && row is >= 10 and < 30 ? Labels.Unknown : blob).ToArray();
        var options = new UmapOptions { NeighborCount = 10, MinimumDistance = 0.01f, Dimension = 2, Epochs = 100, Seed = 42 };
        var umap = options.Fit(rows, Execution.Default, new() { Labels = new Labels(codes, ClassNames) });
        Assert.True(umap.IsSupervised);
        Assert.InRange(Trustworthiness.Compute(rows, umap.Layout, 10, Execution.Default), 0.95, 1);
        Assert.InRange(AdjustedRandIndex.Compute(blobs, Clusters(umap.Layout, 3)), 0.95, 1);
    }

    [Fact]
    public void SupervisedIris_IsClusteredIntoItsSpecies()
    {
        var iris = ExpectedValues.Load("manifolds.json").GetProperty("iris").ToMatrix();
        int[] species =
            [.. ExpectedValues.Load("umap-options.json").GetProperty("labels").EnumerateArray().Select(label => label.GetInt32())];
        var options = new UmapOptions { NeighborCount = 10, MinimumDistance = 0.01f, Dimension = 2, Epochs = 200, Seed = 42 };

        // With six of 200 seeds, a few rows of one species are misplaced.
        Assert.InRange(
            Enumerable.Range(0, 5).Count(seed => IndexOf(options with { Seed = seed }, new Labels(species, ClassNames)) >= 0.95), 4, 5);

        // Two of the species overlap. Without labels, they are not separated this well.
        Assert.InRange(IndexOf(options, null), 0, 0.95);

        double IndexOf(UmapOptions asked, Labels? labels) =>
            AdjustedRandIndex.Compute(species, Clusters(asked.Fit(iris, Execution.Default, new() { Labels = labels }).Layout, 3));
    }

    [Fact]
    public void TheMoreLabelsCount_TheFurtherTheirClassesPart()
    {
        // The classes are unrelated to the rows, so only the labels can separate them.
        var rows = RandomRows.Uniform(400, 5);
        var random = new RandomSequence(1, RandomPurpose.Sampling);
        int[] codes = [.. Enumerable.Range(0, 400).Select(_ => random.NextInt32(2))];
        var silhouettes = new[] { 0f, 0.5f }.Select(weight => new UmapOptions
        { Dimension = 2, Epochs = 200, TargetWeight = weight }.Fit(
                rows, Execution.Default, new() { Labels = new Labels([.. codes], ["a", "b"]) }).Layout)
            .Select(layout => Silhouette.Compute(layout, codes, 0, Execution.Default)!.Value).ToArray();
        var unsupervised = Silhouette.Compute(
            new UmapOptions { Dimension = 2, Epochs = 200 }.Fit(rows, Execution.Default).Layout, codes, 0, Execution.Default)!.Value;
        Assert.InRange(silhouettes[0], unsupervised + 0.02, 1);
        Assert.InRange(silhouettes[1], silhouettes[0] + 0.3, 1);
    }

    [Fact]
    public void Duplicates_LandTogether()
    {
        // 200 rows, of which the first 20 are there three times.
        var once = RandomRows.Uniform(200, 5);
        var rows = Matrix.Own([.. once.Values, .. once.RowRange(0, 20), .. once.RowRange(0, 20)], 5);
        var layout = new UmapOptions { NeighborCount = 10, Dimension = 2 }.Fit(rows, Execution.Default).Layout;
        var nearest = NeighborSearch.Find(layout, 10, new RowDistance(), Execution.Default);
        var together =
            Enumerable.Range(0, 20).Count(row => nearest.Neighbors(row).Contains(200 + row) && nearest.Neighbors(row).Contains(220 + row));
        Assert.InRange(together, 19, 20);
    }

    [Theory]
    [InlineData(UmapInitialization.Spectral)]
    [InlineData(UmapInitialization.Random)]
    [InlineData(UmapInitialization.Pca)]
    public void FewUniformRows_AreTrustworthy_FromAnyStart(UmapInitialization initialization)
    {
        // The first 50 of 1000 uniform rows in five dimensions, as the reference's tests use them.
        var rows = Matrix.Own(RandomRows.Uniform(1000, 5).RowRange(0, 50).ToArray(), 5);
        var options = new UmapOptions
        {
            NeighborCount = 10,
            MinimumDistance = 0.01f,
            Dimension = 2,
            Epochs = 100,
            Initialization = initialization,
            Seed = 42,
        };
        var layout = options.Fit(rows, Execution.Default).Layout;
        Assert.InRange(Trustworthiness.Compute(rows, layout, 10, Execution.Default), 0.80, 1);
    }

    [Fact]
    public void FiveBlobs_AreFoundByKMeansOnTheLayout()
    {
        var (rows, blobs) = RandomRows.Blobs(500, 10, 5, scale: 20);
        var layout = new UmapOptions { NeighborCount = 15, Dimension = 2, Epochs = 200 }.Fit(rows, Execution.Default).Layout;
        Assert.Equal(1, AdjustedRandIndex.Compute(blobs, Clusters(layout, 5)));
    }

    [Fact]
    public void Digits_AreAsTrustworthyAsUmapLearns()
    {
        var digits = DatasetCatalog.Find("Digits")!.Read().GetRows();
        var peer = ExpectedValues.Load("manifolds.json")
            .GetProperty("digitsTrustworthiness15")
            .EnumerateArray()
            .Average(value => value.GetDouble());
        var layout = new UmapOptions().Fit(digits, Execution.Default).Layout;
        Assert.InRange(Trustworthiness.Compute(digits, layout, 15, Execution.Default), peer - 0.005, 1);
    }

    [Fact]
    public void NeighborDescent_FindsNearlyAll_OfThirtyThousandRows()
    {
        var (rows, _) = RandomRows.Blobs(30_000, 10, 10, scale: 4);
        var exact = ExactNeighbors.Find(default(EuclideanKernel), rows, 20, Execution.Default);
        var found = NeighborDescent.Find(default(EuclideanKernel), rows, 20, new NeighborDescentOptions(), Execution.Default);
        Assert.InRange(found.RecallOf(exact), 0.97, 1);
    }

    private static int[] Clusters(Matrix layout, int count) =>
        KMeans.Fit(layout, new KMeansOptions(count), Execution.Default).Predict(layout, Execution.Default).Assignments.ToArray();

    private static Matrix UnitRows(Matrix rows) => Matrix.Own(
        [.. Enumerable.Range(
            0, rows.RowCount).SelectMany(row => rows.Row(row).ToArray().Select(value => value / TensorPrimitives.Norm(rows.Row(row))))],
        rows.ColumnCount);
}
