using N2D.Autoencoders;
using N2D.Classifiers;
using N2D.Clustering;
using N2D.Data;
using N2D.Devices;
using N2D.Manifolds;
using N2D.Models;
using N2D.Neighbors;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Tests.Models;

/// <summary>Small fitted pipelines of all stages and clusterers, for tests of saving and loading.</summary>
internal static class Pipelines
{
    private static readonly string[] ClassNames = ["zero", "one", "two"];

    /// <summary>All variants of the other manifold learners.</summary>
    public static IReadOnlyList<ManifoldOptions> Learners { get; } =
    [
        new IsomapOptions { Dimension = 2, NeighborCount = 7 },
        new IsomapOptions { Dimension = 3, NeighborCount = 7, LandmarkCount = 20, Metric = DistanceMetric.Manhattan, Seed = 3 },
        new LocallyLinearEmbeddingOptions { Dimension = 2, NeighborCount = 25 },
        new LocallyLinearEmbeddingOptions
            { Dimension = 3, NeighborCount = 28, Variant = LocallyLinearVariant.Modified, Regularization = 0.01, Seed = 3 },
        new TsneOptions { Perplexity = 5, Iterations = 30, ExaggerationIterations = 10, LearningRate = 20, Seed = 3 },
    ];

    /// <summary>All variants of the clusterers that store fitted rows.</summary>
    public static IReadOnlyList<ClustererOptions> RowClusterers { get; } =
    [
        new AgglomerativeOptions(3) { NeighborCount = 8 },
        new HdbscanOptions { MinimumClusterSize = 4 },
        new HdbscanOptions { MinimumClusterSize = 5, MinimumSamples = 1, Selection = ClusterSelection.Leaf, AllowSingleCluster = true },
        new HdbscanOptions { MinimumClusterSize = 40 },
        new SpectralOptions(3) { StartCount = 2, NeighborCount = 20, Seed = 6 },
        new SpectralOptions(new ClusterCountRange(2, 6)) { NeighborCount = 25 },
        AgglomerativeOptions.UpTo(40) with { NeighborCount = 8 },
        new HdbscanOptions { MinimumClusterSize = 4, Metric = DistanceMetric.Minkowski, MinkowskiPower = 3, SelectionEpsilon = 2.5 },
    ];

    /// <summary>Sixty images of 4 x 4 in three groups, with labels.</summary>
    public static Dataset Images(int rowCount = 60, int seed = 0)
    {
        var (rows, blobs) = RandomRows.Blobs(rowCount, 16, 3, scale: 9, seed);
        return new Dataset("images", rows, new Labels(blobs, ClassNames), imageShape: new ImageShape(4, 4));
    }

    /// <summary>Other rows of the same groups: the same centers with different noise.</summary>
    public static Dataset Others(int rowCount = 45)
    {
        var (rows, blobs) = RandomRows.Blobs(60 + rowCount, 16, 3, scale: 9);
        return new Dataset("others", Matrix.Own(rows.RowRange(60, rowCount).ToArray(), 16), new Labels(blobs[60..], ClassNames));
    }

    /// <summary>The smallest autoencoder of a kind.</summary>
    public static Embedding Encoded(AutoencoderKind kind)
    {
        var images = Images();
        var options = new AutoencoderOptions
        {
            Kind = kind,
            HiddenUnits = kind == AutoencoderKind.Convolutional ? [2, 3] : [8, 6],
            LatentDimension = 3,
            Epochs = 2,
            BatchSize = 16,
            Device = ComputeDevice.Cpu,
            ValidationFraction = 0.2f,
        };
        var (autoencoder, codes) = Autoencoder.Fit(images.GetRows(), options, Execution.Default, images.ImageShape);
        return images.Append(autoencoder, codes);
    }

    /// <summary>UMAP on top of an embedding.</summary>
    public static Embedding LaidOut(Embedding embedding, UmapOptions? options = null, Matrix? start = null)
    {
        var umap = (options ?? new UmapOptions { NeighborCount = 8, Dimension = 2, Epochs = 30, Seed = 5 }).Fit(
            embedding.GetRows(), Execution.Default, new() { InitialLayout = start });
        return embedding.Append(umap, umap.Layout);
    }

    /// <summary>Scaled columns, their principal components, and centers in these.</summary>
    public static ClusterResult Centered(Standardization method)
    {
        var scaled = Standardizer.Apply(Images(), method, Execution.Default);
        var pca = new PcaOptions { Dimension = 3, Seed = 4 }.Fit(scaled.GetRows(), Execution.Default);
        var embedding = scaled.Append(pca, pca.Layout);
        return ClusterResult.Create(
            embedding, new KMeansOptions(4) { StartCount = 3, Seed = 2 }.Fit(embedding.GetRows(), Execution.Default), Execution.Default);
    }

    /// <summary>A mixture of a kind on the images themselves.</summary>
    public static ClusterResult OfKind(CovarianceKind kind) => ClusterResult.Create(
        Images(), new GaussianMixtureOptions(2)
        { CovarianceKind = kind, StartCount = 1 }.Fit(Images().GetRows(), Execution.Default), Execution.Default);

    /// <summary>A manifold learner fitted to the images.</summary>
    public static Embedding Learned(ManifoldOptions options)
    {
        var images = Images();
        var fitted = options.Fit(images.GetRows(), Execution.Default);
        return images.Append(fitted, fitted.Layout);
    }

    /// <summary>A clusterer fitted to the images.</summary>
    public static ClusterResult Grouped(ClustererOptions options) =>
        ClusterResult.Create(Images(), options.Fit(Images().GetRows(), Execution.Default), Execution.Default);

    /// <summary>A mixture on top of an embedding.</summary>
    public static ClusterResult Clustered(Embedding embedding) => ClusterResult.Create(
        embedding,
        GaussianMixture.Fit(
            embedding.GetRows(), new GaussianMixtureOptions(3) { StartCount = 3, Tolerance = 1e-4, Seed = 2 }, Execution.Default),
        Execution.Default);

    /// <summary>A mixture's worth of clusters in the features of two networks that were trained for two epochs.</summary>
    public static ClusterResult Classified(bool isImage)
    {
        var images = Images();
        var (stage, features) = FeaturesOf(images, isImage);
        var embedding = images.Append(stage.With([new SelfTrainingRound(1, 0.9, 0.8, 7, 1.5)], seconds: 2.5), features);
        return ClusterResult.Create(
            embedding, new KMeansOptions(3) { StartCount = 2 }.Fit(embedding.GetRows(), Execution.Default), Execution.Default);
    }

    /// <summary>The features of two networks, and their stage.</summary>
    public static (ClassifierFeatures Stage, Matrix Features) FeaturesOf(Dataset images, bool isImage)
    {
        var rows = images.GetRows();
        var image = isImage ? images.ImageShape : null;
        var input = NetworkInput.Of(rows, image, Execution.Default);
        var shape = new ClassifierShape(image, rows.ColumnCount, 3);
        var recipe = new TrainingRecipe(2, 0.005, 0.05, isImage ? Augmentation.Affine : Augmentation.Jitter, Seed: 1);
        var networks = Enumerable.Range(0, 2).Select(half =>
        {
            int[] numbers = [.. Enumerable.Range(0, rows.RowCount).Where(row => row % 2 == half)];
            return ClassifierTraining.Fit(
                shape, rows, input, numbers, Array.ConvertAll(numbers, row => row % 3), recipe with { Seed = half }, Execution.Default);
        }).ToArray();
        var features = CrossFitting.Encode(networks, input, rows, predictions: null, Execution.Default);
        return ClassifierFeatures.Of(
            rows, new CrossFit(input, networks, features, [], Agreement: 1), recipe.Augmentation, seed: 4, Execution.Default);
    }
}
