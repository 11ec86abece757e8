using N2D.Clustering;
using N2D.Data;
using N2D.Manifolds;
using N2D.Metrics;
using N2D.Neighbors;
using N2D.Numerics;
using N2D.Tests.Expected;

namespace N2D.Tests.Manifolds;

/// <summary>The levels of quality that umap-learn's own tests ask of it, on data made by their recipes.</summary>
public sealed class UmapQualityTests
{
    [Fact]
    public void Iris_IsTrustworthy()
    {
        var iris = ExpectedValues.Load("manifolds.json").GetProperty("iris").ToMatrix();
        var umap = Umap.Fit(iris, new UmapOptions { NeighborCount = 10, MinimumDistance = 0.01f, Dimension = 2, Epochs = 200, Seed = 42 }, Execution.Default);
        Assert.InRange(Trustworthiness.Compute(iris, umap.Layout, 10, Execution.Default), 0.97, 1);
    }

    [Theory]
    [InlineData(UmapInitialization.Spectral)]
    [InlineData(UmapInitialization.Random)]
    public void FewUniformRows_AreTrustworthy_FromEitherStart(UmapInitialization initialization)
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
        var layout = Umap.Fit(rows, options, Execution.Default).Layout;
        Assert.InRange(Trustworthiness.Compute(rows, layout, 10, Execution.Default), 0.80, 1);
    }

    [Fact]
    public void FiveBlobs_AreFoundByKMeansOnTheLayout()
    {
        var (rows, blobs) = RandomRows.Blobs(500, 10, 5, scale: 20);
        var layout = Umap.Fit(rows, new UmapOptions { NeighborCount = 15, Dimension = 2, Epochs = 200 }, Execution.Default).Layout;
        var blocks = ColumnBlocks.Of(layout, Execution.Default);
        var random = new RandomSequence(0, RandomPurpose.Clustering);
        var centers = KMeansPlusPlus.Choose(blocks, 5, ref random, Execution.Default);
        var clusters = LloydIterations.Refine(blocks, centers, 100, Execution.Default).Clusters;
        Assert.Equal(1, AdjustedRandIndex.Compute(blobs, clusters));
    }

    [Fact]
    public void Digits_AreAsTrustworthyAsUmapLearns()
    {
        var digits = DatasetCatalog.Find("Digits")!.Read().GetRows();
        var peer = ExpectedValues.Load("manifolds.json").GetProperty("digitsTrustworthiness15").EnumerateArray().Average(value => value.GetDouble());
        var layout = Umap.Fit(digits, new UmapOptions(), Execution.Default).Layout;
        Assert.InRange(Trustworthiness.Compute(digits, layout, 15, Execution.Default), peer - 0.005, 1);
    }

    [Fact]
    public void NeighborDescent_FindsNearlyAll_OfSeventyThousandRows()
    {
        var (rows, _) = RandomRows.Blobs(70_000, 10, 10, scale: 4);
        var exact = ExactNeighbors.Find(default(EuclideanKernel), rows, 20, Execution.Default);
        var found = NeighborDescent.Find(default(EuclideanKernel), rows, 20, new NeighborDescentOptions(), Execution.Default);
        Assert.InRange(found.RecallOf(exact), 0.97, 1);
    }
}
