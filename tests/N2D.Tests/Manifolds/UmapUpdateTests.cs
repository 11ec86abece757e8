using N2D.Clustering;
using N2D.Manifolds;
using N2D.Metrics;
using N2D.Models;
using N2D.Numerics;
using N2D.Pipeline;
using N2D.Tests.Models;

namespace N2D.Tests.Manifolds;

/// <summary>Adding rows to a fitted map.</summary>
public sealed class UmapUpdateTests : IDisposable
{
    private const int FittedCount = 400;

    private readonly string _folder = Directory.CreateTempSubdirectory("n2d-update-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void OldRowsKeepTheirArrangement_AndTheWholeIsAsGoodAsAFreshFit()
    {
        var rows = RandomRows.Blobs(600, 12, 5, scale: 6).Rows;
        var (fitted, added) = (Part(rows, 0, FittedCount), Part(rows, FittedCount, 200));
        var options = new UmapOptions { NeighborCount = 15, Dimension = 2, Seed = 4 };
        var umap = options.Fit(fitted, Execution.Default);
        var updated = umap.Update(added, Execution.Default);

        Assert.Equal((600, 200), (updated.Layout.RowCount, updated.AddedRowCount));
        Assert.Equal(rows.Values, updated.Rows.Values);
        Assert.Contains("AddedRowCount=200", updated.Settings, StringComparison.Ordinal);

        // 0 for the same arrangement, near 1 for unrelated ones: a fresh fit's is far larger.
        var disparity = Disparity(umap.Layout, Part(updated.Layout, 0, FittedCount));
        Assert.InRange(disparity, 0, 0.01);
        var fresh = options.Fit(rows, Execution.Default);
        var (own, ofFresh) = (Trust(rows, updated.Layout), Trust(rows, fresh.Layout));

        // A layout differs from that of another seed by as much.
        Assert.True(
            own > ofFresh - 0.01, $"trustworthiness {own:F4} of the updated map, {ofFresh:F4} of a fresh one, disparity {disparity:F5}");
    }

    [Fact]
    public void TheSameBytes_ForAnyThreads_AndFromAFile()
    {
        var rows = RandomRows.Blobs(300, 8, 3, scale: 6).Rows;
        var dataset = new Dataset("d", Part(rows, 0, 200));
        var umap = new UmapOptions { NeighborCount = 10, Dimension = 2, Epochs = 60 }.Fit(dataset.GetRows(), Execution.Default);
        var added = new Dataset("more", Part(rows, 200, 100));
        var expected = umap.Update(added.GetRows(), new Execution { ThreadCount = 1 }).Layout.Values.ToArray();
        Assert.Equal(expected, umap.Update(added.GetRows(), new Execution { ThreadCount = 3 }).Layout.Values);

        var embedding = dataset.Append(umap, umap.Layout);
        var clusterer = new KMeansOptions(3).Fit(umap.Layout, Execution.Default);
        var path = Path.Combine(_folder, "m.n2d");
        FittedPipeline.Of(ClusterResult.Create(embedding, clusterer, Execution.Default), Execution.Default).Save(path);
        var updated = FittedPipeline.Load(path).Update(added, Execution.Default);
        updated.Save(path);
        var loaded = FittedPipeline.Load(path);
        Assert.Equal((300, 3, "Umap"), (loaded.RowCount, loaded.ClusterCount, loaded.Stages));
        Assert.Equal(expected, ((Umap)loaded.GetStages()[0]).Layout.Values);
        Assert.Equal(100, ((Umap)loaded.GetStages()[0]).AddedRowCount);

        // The map recognizes its rows, old and new.
        var scored = loaded.Score(new Dataset("all", rows), Execution.Default);
        Assert.Equal(expected, scored.GetEmbedding().GetRows().Values);
        Assert.InRange(scored.GetNovelty().ToArray().Count(novelty => novelty > 1), 0, 9);
    }

    [Fact]
    public void ADuplicateOfAnOldRow_LiesBesideIt()
    {
        var rows = RandomRows.Blobs(200, 6, 3, scale: 6).Rows;
        var umap = new UmapOptions { NeighborCount = 10, Dimension = 2, Epochs = 60 }.Fit(rows, Execution.Default);
        var updated = umap.Update(Part(rows, 17, 1), Execution.Default);

        // The layout spans ten units or more. Rows at one place stay as close as neighbors.
        Assert.InRange(FixedOrder.Distance(updated.Layout.Row(17), updated.Layout.Row(200)), 0, 1);
    }

    [Fact]
    public void WhatCannotBeUpdated_IsRefused()
    {
        var dataset = Pipelines.Images();
        var supervised = new UmapOptions
        { NeighborCount = 8, Dimension = 2, Epochs = 5 }.Fit(
                dataset.GetRows(), Execution.Default, new() { Labels = dataset.GetLabels() });
        Assert.Equal("UpdateNotPossible", Assert.Throws<N2DException>(() => supervised.Update(dataset.GetRows(), Execution.Default)).Id);
        var pipeline = FittedPipeline.Of(Pipelines.Learned(new IsomapOptions { Dimension = 2, NeighborCount = 7 }), Execution.Default);
        Assert.Equal("UpdateNotPossible", Assert.Throws<N2DException>(() => pipeline.Update(dataset, Execution.Default)).Id);
    }

    private static double Trust(Matrix rows, Matrix layout) => Trustworthiness.Compute(rows, layout, 12, Execution.Default);

    private static Matrix Part(Matrix rows, int start, int count) => Matrix.Own(rows.RowRange(start, count).ToArray(), rows.ColumnCount);

    /// <summary>Procrustes disparity of two layouts in the plane (scipy.spatial.procrustes): 1 - (s1 + s2)^2, s the singular values of the
    /// standardized product.</summary>
    private static double Disparity(Matrix first, Matrix second)
    {
        var (x, y) = (Standard(first), Standard(second));
        double a = 0, b = 0, c = 0, d = 0;
        for (var row = 0; row < first.RowCount; row++)
        {
            a += x[row, 0] * y[row, 0];
            b += x[row, 0] * y[row, 1];
            c += x[row, 1] * y[row, 0];
            d += x[row, 1] * y[row, 1];
        }

        // (s1 + s2)^2 = |M|^2 + 2 |det M|.
        return 1 - ((a * a) + (b * b) + (c * c) + (d * d) + (2 * Math.Abs((a * d) - (b * c))));
    }

    private static double[,] Standard(Matrix layout)
    {
        var values = new double[layout.RowCount, 2];
        for (var column = 0; column < 2; column++)
        {
            var mean = Enumerable.Range(0, layout.RowCount).Average(row => (double)layout[row, column]);
            for (var row = 0; row < layout.RowCount; row++)
            {
                values[row, column] = layout[row, column] - mean;
            }
        }

        var norm = Math.Sqrt(values.Cast<double>().Sum(value => value * value));
        for (var row = 0; row < layout.RowCount; row++)
        {
            values[row, 0] /= norm;
            values[row, 1] /= norm;
        }

        return values;
    }
}
