using N2D.Autoencoders;
using N2D.Clustering;
using N2D.Data;
using N2D.Manifolds;
using N2D.Models;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Tests.Models;

/// <summary>Rows decoded by the stages that encoded them.</summary>
public sealed class DecodedRowsTests
{
    [Fact]
    public void PcaOfFullRank_IsExact()
    {
        var rows = RandomRows.Blobs(60, 5, 3, scale: 6).Rows;
        var pca = new PcaOptions { Dimension = 5 }.Fit(rows, Execution.Default);
        AssertNear(rows, pca.InverseTransform(pca.Layout, Execution.Default), 1e-5f);

        // With fewer components, the rest is lost, and the reconstruction has the same components.
        var part = new PcaOptions { Dimension = 2 }.Fit(rows, Execution.Default);
        var rebuilt = part.InverseTransform(part.Layout, Execution.Default);
        AssertNear(part.Layout, part.Transform(rebuilt, Execution.Default), 1e-5f);
    }

    [Theory]
    [InlineData(AutoencoderKind.Dense)]
    [InlineData(AutoencoderKind.Variational)]
    [InlineData(AutoencoderKind.Convolutional)]
    public void AnAutoencodersCodes_AreWhatItReconstructs(AutoencoderKind kind)
    {
        var embedding = Pipelines.Encoded(kind);
        var autoencoder = (Autoencoder)embedding.GetStages()[0];
        var decoded = DecodedRows.Of(embedding, Execution.Default);
        AssertNear(autoencoder.Reconstruct(Pipelines.Images().GetRows(), Execution.Default), decoded.GetRows(), 1e-6f);
        Assert.Equal(new ImageShape(4, 4), decoded.ImageShape);
        Assert.Equal(embedding.GetLabels()![7], decoded.GetLabels()![7]);
    }

    [Theory]
    [InlineData(Standardization.ZScore)]
    [InlineData(Standardization.MinMax)]
    public void StandardizedRows_AreBackInTheirUnits(Standardization method)
    {
        var rows = RandomRows.Uniform(50, 3);
        var data =
            new Dataset("d", Matrix.Own([.. rows.Values.ToArray().Select((value, place) => (value * (1 + (place % 3 * 100))) - 7)], 3));
        AssertNear(data.GetRows(), DecodedRows.Of(Standardizer.Apply(data, method, Execution.Default), Execution.Default).GetRows(), 1e-6f);
    }

    [Fact]
    public void Prototypes_OfALayout_AreTheMeansOfTheRowsBeforeIt_InTheirUnits()
    {
        var images = Pipelines.Images();
        var layout = Pipelines.LaidOut(Standardizer.Apply(images, Standardization.ZScore, Execution.Default));
        var result = ClusterResult.Create(layout, new KMeansOptions(3).Fit(layout.GetRows(), Execution.Default), Execution.Default);
        var prototypes = DecodedRows.Of(result, Execution.Default);
        Assert.Equal([0, 1, 2], prototypes.Clusters);
        Assert.Equal(60, prototypes.Counts.Sum());
        for (var cluster = 0; cluster < 3; cluster++)
        {
            int[] members = [.. Enumerable.Range(0, 60).Where(row => result.GetAssignments()[row] == cluster)];
            var mean = Enumerable.Range(0, 16).Select(column => members.Average(row => (double)images.GetRows()[row, column])).ToArray();
            Assert.All(Enumerable.Range(0, 16), column => Assert.Equal(mean[column], prototypes.Rows.GetRows()[cluster, column], 1e-4));
        }
    }

    [Fact]
    public void LayoutsWithoutAWayBack_AreRefused_WithWhatToDo()
    {
        foreach (var embedding in Pipelines.Learners.Select(Pipelines.Learned).Append(Pipelines.LaidOut(Pipelines.Images())))
        {
            var error = Assert.Throws<N2DException>(() => DecodedRows.Of(embedding, Execution.Default));
            Assert.Equal("NoInverse", error.Id);
            Assert.Contains("Decode the stage before it", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void CodesFromElsewhere_AreDecodedByAModelsFirstStages()
    {
        var encoded = Pipelines.Encoded(AutoencoderKind.Dense);
        var model = FittedPipeline.Of(Pipelines.LaidOut(encoded), Execution.Default);
        var decoded = DecodedRows.Of(model, new Dataset("codes", encoded.GetRows()), Execution.Default);
        Assert.Equal(DecodedRows.Of(encoded, Execution.Default).GetRows().Values, decoded.GetRows().Values);
        Assert.Equal(
            "DimensionMismatch", Assert.Throws<N2DException>(() => DecodedRows.Of(model, Pipelines.Images(), Execution.Default)).Id);
    }

    private static void AssertNear(Matrix expected, Matrix actual, float share)
    {
        Assert.Equal((expected.RowCount, expected.ColumnCount), (actual.RowCount, actual.ColumnCount));
        var tolerance = share * expected.Values.ToArray().Max(MathF.Abs);
        Assert.All(
            Enumerable.Range(0, expected.Values.Length), place => Assert.Equal(expected.Values[place], actual.Values[place], tolerance));
    }
}
