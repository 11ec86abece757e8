using N2D.Autoencoders;
using N2D.Clustering;
using N2D.Manifolds;
using N2D.Models;
using N2D.Pipeline;
using N2D.Tests.Autoencoders;

namespace N2D.Tests.Models;

/// <summary>The whole of N2D in one call.</summary>
[Collection(TorchCollection.Name)]
public sealed class N2DPipelineTests
{
    private static readonly Dataset Rows = new("rows", RandomRows.Uniform(120, 6));

    [Fact]
    public void Result_IsThatOfTheStagesByHand()
    {
        var options = new N2DOptions(clusterCount: 3) { Dimension = 4, Epochs = 2, HiddenUnits = [16, 8], NeighborCount = 12, Seed = 5 };
        var result = N2DPipeline.Fit(Rows, options, Execution.Default);

        var (autoencoder, codes) = Autoencoder.Fit(
            Rows.GetRows(), new AutoencoderOptions { LatentDimension = 4, Epochs = 2, HiddenUnits = [16, 8], Seed = 5 }, Execution.Default);
        var umap = new UmapOptions { Dimension = 4, NeighborCount = 12, Seed = 5 }.Fit(codes, Execution.Default);
        var mixture = GaussianMixture.Fit(umap.Layout, new GaussianMixtureOptions(3) { Seed = 5 }, Execution.Default);
        var byHand = ClusterResult.Create(Rows.Append(autoencoder, codes).Append(umap, umap.Layout), mixture, Execution.Default);
        Assert.Equal(byHand.GetAssignments(), result.GetAssignments());
        Assert.Equal(byHand.Settings, result.Settings);
        Assert.Equal(byHand.LogLikelihood, result.LogLikelihood);
    }

    [Fact]
    public void Weights_CountInTheMixture_AsInTheStagesByHand()
    {
        var weighted = Rows.WithWeights([.. Enumerable.Range(0, Rows.RowCount).Select(row => (row % 3) + 0.5)]);
        var options = new N2DOptions(clusterCount: 3) { Dimension = 3, Epochs = 1, HiddenUnits = [8] };
        var result = N2DPipeline.Fit(weighted, options, Execution.Default);
        var layout = result.GetEmbedding();
        var byHand = ClusterResult.Create(layout, options.Mixture.Fit(layout, Execution.Default), Execution.Default);
        Assert.Equal(byHand.GetAssignments(), result.GetAssignments());
        Assert.Equal(byHand.LogLikelihood, result.LogLikelihood);
        Assert.NotEqual(N2DPipeline.Fit(Rows, options, Execution.Default).LogLikelihood, result.LogLikelihood);
    }

    [Fact]
    public void ThePaperPreset_HasAsManyDimensionsAsClusters_AndOneStart()
    {
        var options = new N2DOptions(clusterCount: 6) { Preset = Preset.Paper };
        Assert.Equal(
            (6, 6, 1000, 1),
            (options.Autoencoder.LatentDimension, options.Umap.Dimension, options.Autoencoder.Epochs!.Value, options.Mixture.StartCount));
        Assert.Equal(
            (10, 10),
            (new N2DOptions(6).Autoencoder.LatentDimension, new N2DOptions(new ClusterCountRange(2, 9))
            { Preset = Preset.Paper }.Dimension));
    }

    [Theory]
    [InlineData(121, 20, "ClusterCountOutOfRange")]
    [InlineData(3, 120, "TooFewRows")]
    public void WhatAStageCannotBeFittedTo_IsRefusedBeforeTraining(int clusterCount, int neighborCount, string id)
    {
        var options = new N2DOptions(clusterCount) { NeighborCount = neighborCount, Epochs = int.MaxValue };
        Assert.Equal(id, Assert.Throws<N2DException>(() => N2DPipeline.Fit(Rows, options, Execution.Default)).Id);
    }
}
