using N2D.Data;
using N2D.Manifolds;
using N2D.Neighbors;
using N2D.Numerics;
using N2D.Tests.Expected;

namespace N2D.Tests.Manifolds;

public sealed class TsneTests
{
    [Fact]
    public void JointProbabilities_AreScikitLearns()
    {
        var expected = ExpectedValues.Load("tsne.json");
        var rows = expected.GetProperty("rows").ToMatrix();
        var graph = PerplexityGraph.Build(NeighborSearch.Find(rows, 31, new RowDistance(), Execution.Default), 10, Execution.Default);
        Assert.Equal(expected.GetProperty("graph").GetArrayLength(), graph.Values.Length);
        Assert.Equal(1, graph.Values.Sum(value => (double)value), 1e-6);
        foreach (var entry in expected.GetProperty("graph").EnumerateArray())
        {
            // Both end their search within 1e-5 of the entropy; the largest of them is 2e-3.
            var row = entry[0].GetInt32();
            Assert.Equal(entry[2].GetDouble(), graph.RowValues(row)[graph.RowColumns(row).IndexOf(entry[1].GetInt32())], 5e-8);
        }
    }

    [Fact]
    public void DivergenceOfDigits_IsNoMoreThanScikitLearns()
    {
        var tsne = Fit(DatasetCatalog.Find("Digits")!.Read().GetRows(), new TsneOptions());
        Assert.InRange(tsne.Divergence / ExpectedValues.Load("tsne.json").GetProperty("digitsDivergence").GetDouble(), 0.95, 1.01);
    }

    [Fact]
    public void MoreDimensions_LeaveLessDivergence()
    {
        var rows = RandomRows.Uniform(300, 6);
        var divergences = Enumerable.Range(1, 5)
            .Select(dimension => Fit(rows, new TsneOptions { Dimension = dimension, Perplexity = 10, Iterations = 500 }).Divergence)
            .ToArray();
        Assert.Equal(divergences.OrderDescending(), divergences);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void TreeRepulsion_IsThatOfAllPairs(int dimension)
    {
        const int RowCount = 3001;
        var (rows, _) = RandomRows.Blobs(RowCount, dimension, 5, scale: 40);
        var positions = Enumerable.Range(0, dimension * RowCount).Select(place => rows[place % RowCount, place / RowCount]).ToArray();
        var exact = new float[positions.Length];
        var normalizer = new PairwiseRepulsion(RowCount, dimension).Compute(positions, exact, Execution.Default);
        AssertNear(TreeOf(dimension, 0), 1e-5);

        // The tolerance of Barnes and Hut: a few percent at half the distance.
        AssertNear(TreeOf(dimension, 0.5), 0.02);

        void AssertNear(ITsneRepulsion repulsion, double tolerance)
        {
            var forces = new float[positions.Length];
            Assert.Equal(1, repulsion.Compute(positions, forces, Execution.Default) / normalizer, tolerance);
            var (error, size) = (0.0, 0.0);
            for (var place = 0; place < exact.Length; place++)
            {
                error += Math.Pow(forces[place] - exact[place], 2);
                size += Math.Pow(exact[place], 2);
            }

            Assert.InRange(Math.Sqrt(error / size), 0, tolerance);
        }

        static ITsneRepulsion TreeOf(int dimension, double angle) => dimension switch
        {
            1 => new TreeRepulsion<Line>(RowCount, angle),
            2 => new TreeRepulsion<Plane>(RowCount, angle),
            _ => new TreeRepulsion<Volume>(RowCount, angle),
        };
    }

    [Theory]
    [InlineData(2, TsneInitialization.Pca)]
    [InlineData(3, TsneInitialization.Random)]
    [InlineData(5, TsneInitialization.Random)]
    public void SameSeed_SameBytes_ForAnyThreadCount(int dimension, TsneInitialization initialization)
    {
        var (rows, _) = RandomRows.Blobs(dimension > 3 ? 500 : 2300, 8, 4, scale: 6);
        var options = new TsneOptions
        { Dimension = dimension, Perplexity = 10, Iterations = 40, Initialization = initialization, Seed = 3 };
        var layouts = new[] { 1, 2, 5 }.Select(threads =>
        {
            // Rows of its own, or the neighbors would be those of the first.
            var copy = Matrix.Own(rows.Values.ToArray(), rows.ColumnCount);
            return options.Fit(copy, new Execution { ThreadCount = threads }).Layout.Values.ToArray();
        }).ToArray();

        Assert.Equal(layouts[0], layouts[1]);
        Assert.Equal(layouts[0], layouts[2]);
    }

    [Fact]
    public void FarBlobs_StayApart()
    {
        var (rows, blobs) = RandomRows.Blobs(600, 10, 3, scale: 60);
        var layout = Fit(rows, new TsneOptions { Perplexity = 15, Iterations = 400 }).Layout;
        var neighbors = NeighborSearch.Find(layout, 5, new RowDistance(), Execution.Default);
        for (var row = 0; row < layout.RowCount; row++)
        {
            Assert.All(neighbors.Neighbors(row).ToArray(), neighbor => Assert.Equal(blobs[row], blobs[neighbor]));
        }
    }

    [Theory]
    [InlineData(1e-20f)]
    [InlineData(1e15f)]
    public void RowsOfAnyScale_AreLaidOutAlike(float scale)
    {
        var rows = RandomRows.Uniform(200, 4);
        var options = new TsneOptions { Perplexity = 8, Iterations = 300 };
        var scaled = Matrix.Own(Array.ConvertAll(rows.Values.ToArray(), value => value * scale), 4);
        Assert.Equal(1, Fit(scaled, options).Divergence / Fit(rows, options).Divergence, 0.05);
    }

    [Fact]
    public void Duplicates_AreLaidOut()
    {
        // Twenty rows, each of them twelve times: at perplexity 8 each has its likes for neighbors, and no width of its density is narrow
        // enough.
        var some = RandomRows.Uniform(20, 3);
        var rows = Matrix.Own([.. Enumerable.Repeat(some.Values.ToArray(), 12).SelectMany(values => values)], 3);
        Assert.All(
            Fit(rows, new TsneOptions { Perplexity = 8, Iterations = 300 }).Layout.Values.ToArray(),
            value => Assert.True(float.IsFinite(value)));
        var constant = Matrix.Own(new float[100], 2);
        Assert.All(
            Fit(constant, new TsneOptions { Perplexity = 8, Iterations = 300 }).Layout.Values.ToArray(),
            value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void UnseenRows_AreRefused_WithTheAlternative()
    {
        var rows = RandomRows.Uniform(100, 4);
        var error = Assert.Throws<N2DException>(() =>
            Fit(rows, new TsneOptions { Perplexity = 5, Iterations = 1 }).Transform(rows, Execution.Default));
        Assert.Equal("NoTransform", error.Id);
        Assert.Contains("UMAP", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatDoesNotFit_IsRefusedByName()
    {
        var rows = RandomRows.Uniform(31, 2);
        Assert.Equal("TooFewRows", Assert.Throws<N2DException>(() => Fit(RandomRows.Uniform(30, 2), new TsneOptions())).Id);
        Assert.True(double.IsFinite(Fit(rows, new TsneOptions()).Divergence));
        Assert.Equal("TooFewRows", Assert.Throws<N2DException>(() => Fit(rows, new TsneOptions { Perplexity = 1e300 })).Id);
        Assert.Equal("TooFewColumns", Assert.Throws<N2DException>(() => Fit(rows, new TsneOptions { Perplexity = 5, Dimension = 3 })).Id);
        Assert.Equal("PerplexityOutOfRange", Assert.Throws<N2DException>(() => new TsneOptions { Perplexity = 0.5 }).Id);
        Assert.Equal("AngleOutOfRange", Assert.Throws<N2DException>(() => new TsneOptions { Angle = 1.1 }).Id);
        Assert.Equal("LearningRateOutOfRange", Assert.Throws<N2DException>(() => new TsneOptions { LearningRate = 0 }).Id);
        Assert.Equal(
            "LayoutDiverged", Assert.Throws<N2DException>(() => Fit(rows, new TsneOptions { Perplexity = 5, LearningRate = 1e30 })).Id);
    }

    [Fact]
    public void Canceled_EndsBeforeTheNextReport() =>
        Cancellation.AssertEndsAt(
            "step", execution => new TsneOptions { Iterations = 1_000_000 }.Fit(RandomRows.Uniform(1000, 8), execution));

    private static Tsne Fit(Matrix rows, TsneOptions options) => options.Fit(rows, Execution.Default);
}
