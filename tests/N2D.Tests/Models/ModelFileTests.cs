using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using N2D.Autoencoders;
using N2D.Clustering;
using N2D.Data;
using N2D.Devices;
using N2D.Manifolds;
using N2D.Models;
using N2D.Neighbors;
using N2D.Numerics;
using N2D.Pipeline;
using N2D.Serialization;
using N2D.Tests.Autoencoders;

namespace N2D.Tests.Models;

[Collection(TorchCollection.Name)]
public sealed class ModelFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("n2d-models-").FullName;

    private string FilePath => Path.Combine(_folder, "m.n2d");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void EveryStageAndClusterer_CanBeSaved()
    {
        var types = typeof(FittedStage).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && (type.IsSubclassOf(typeof(FittedStage)) || type.IsSubclassOf(typeof(FittedClusterer))))
            .ToArray();
        Assert.NotEmpty(types);
        var missing = types.Except(ModelParts.All.Select(part => part.Type)).Select(type => type.Name);
        Assert.True(!missing.Any(), $"Implement IModelPart and add a line to ModelParts for: {string.Join(", ", missing)}.");
        Assert.Equal(ModelParts.All.Count, ModelParts.All.Select(part => part.Name).Distinct().Count());
    }

    [Theory]
    [InlineData(Standardization.ZScore)]
    [InlineData(Standardization.MinMax)]
    public void ScaledAndProjectedRows_AndTheirCenters_AreTheSame_WhenTheyAreLoaded(Standardization method)
    {
        var result = Pipelines.Centered(method);
        var saved = FittedPipeline.Of(result, Execution.Default);
        saved.Save(FilePath);
        var loaded = FittedPipeline.Load(FilePath);
        Assert.Equal($"{method} > Pca", loaded.Stages);
        Assert.Equal(((Pca)saved.GetStages()[1]).GetVarianceShares(), ((Pca)loaded.GetStages()[1]).GetVarianceShares());
        Assert.Equal(((KMeans)saved.GetClusterer()!).GetStarts(), ((KMeans)loaded.GetClusterer()!).GetStarts());

        var (before, after) = (saved.Score(Pipelines.Others(), Execution.Default), loaded.Score(Pipelines.Others(), Execution.Default));
        Assert.Equal(before.GetEmbedding().GetRows().Values, after.GetEmbedding().GetRows().Values);
        Assert.Equal(before.GetAssignments(), after.GetAssignments());
        Assert.Equal((result.Settings, result.OptimumGap, result.TotalSeconds), (after.Settings, after.OptimumGap, after.TotalSeconds));
        Assert.Equal(result.GetAssignments(), loaded.Score(Pipelines.Images(), Execution.Default).GetAssignments());
        Assert.Equal(before.GetNovelty(), after.GetNovelty());
    }

    [Theory]
    [InlineData(CovarianceKind.Full)]
    [InlineData(CovarianceKind.Tied)]
    [InlineData(CovarianceKind.Diagonal)]
    [InlineData(CovarianceKind.Spherical)]
    public void AMixtureOfAnyKind_IsTheSame_WhenItIsLoaded(CovarianceKind kind)
    {
        // Of a range of numbers the mixture has fewer Gaussians than the options' most.
        var options = new GaussianMixtureOptions(new ClusterCountRange(2, 5)) { CovarianceKind = kind, StartCount = 2 };
        var data = Pipelines.Images();
        var fitted = GaussianMixture.Fit(data.GetRows(), options, Execution.Default);
        FittedPipeline.Of(ClusterResult.Create(data, fitted, Execution.Default), Execution.Default).Save(FilePath);
        var loaded = Assert.IsType<GaussianMixture>(FittedPipeline.Load(FilePath).GetClusterer());
        Assert.Equal(options, loaded.Options);
        Assert.Equal((fitted.Bic, fitted.LogLikelihood, fitted.OptimumGap), (loaded.Bic, loaded.LogLikelihood, loaded.OptimumGap));
        Assert.Equal(fitted.GetClusterCountCurve(), loaded.GetClusterCountCurve());
        Assert.Equal(fitted.GetCovariance(1), loaded.GetCovariance(1));
        var others = Pipelines.Others().GetRows();
        Assert.Equal(
            fitted.Predict(others, Execution.Default).Probabilities.Values, loaded.Predict(others, Execution.Default).Probabilities.Values);
    }

    [Theory]
    [InlineData(AutoencoderKind.Dense)]
    [InlineData(AutoencoderKind.Denoising)]
    [InlineData(AutoencoderKind.Variational)]
    [InlineData(AutoencoderKind.Convolutional)]
    public void AWholePipeline_MakesTheSameBytesOfRows_WhenItIsLoaded(AutoencoderKind kind)
    {
        var result = Pipelines.Clustered(Pipelines.LaidOut(Pipelines.Encoded(kind)));
        var saved = FittedPipeline.Of(result, Execution.Default);
        saved.Save(FilePath);
        var loaded = FittedPipeline.Load(FilePath);

        var (before, after) = (saved.Score(Pipelines.Others(), Execution.Default), loaded.Score(Pipelines.Others(), Execution.Default));
        Assert.Equal(before.GetEmbedding().GetRows().Values, after.GetEmbedding().GetRows().Values);
        Assert.Equal(before.GetProbabilities().Values, after.GetProbabilities().Values);
        Assert.Equal(before.GetNovelty(), after.GetNovelty());
        Assert.Equal(result.Settings, after.Settings);
        Assert.Equal(
            (result.TotalSeconds, result.Seed, result.BestStartCount, result.OptimumGap),
            (after.TotalSeconds, after.Seed, after.BestStartCount, after.OptimumGap));

        Assert.Equal((before.Acc, before.Silhouette, before.NovelShare), (after.Acc, after.Silhouette, after.NovelShare));
        var trained = Assert.IsType<Autoencoder>(loaded.GetStages()[0]);
        Assert.Equal(((Autoencoder)saved.GetStages()[0]).GetHistory(), trained.GetHistory());
    }

    [Fact]
    public void AnAutoencoderOfGivenWeights_StaysOne_WhenItIsLoaded()
    {
        var images = Pipelines.Images();
        var weightsPath = Path.Combine(_folder, "weights.safetensors");
        ((Autoencoder)Pipelines.Encoded(AutoencoderKind.Dense).GetStages()[0]).SaveWeights(weightsPath);
        var weights = AutoencoderWeights.Open(weightsPath);
        var (autoencoder, codes) = Autoencoder.Load(images.GetRows(), weights.Options, weights, Execution.Default);
        FittedPipeline.Of(images.Append(autoencoder, codes), Execution.Default).Save(FilePath);
        var loaded = Assert.IsType<Autoencoder>(FittedPipeline.Load(FilePath).GetStages()[0]);
        Assert.Empty(loaded.GetHistory());
        Assert.Equal((autoencoder.Loss, autoencoder.Settings), (loaded.Loss, loaded.Settings));
        Assert.Equal(codes.Values, loaded.Encode(images.GetRows(), Execution.Default).Values);
    }

    [Fact]
    public void ALoadedPipeline_IsFittedAnew_AsTheSavedOneIs()
    {
        var images = Pipelines.Images();
        var options = new UmapOptions
        { NeighborCount = 8, Dimension = 2, Epochs = 30, Metric = DistanceMetric.Minkowski, MinkowskiPower = double.PositiveInfinity };
        var result = Pipelines.Clustered(Pipelines.LaidOut(images, options, start: RandomRows.Uniform(images.RowCount, 2)));
        FittedPipeline.Of(result, Execution.Default).Save(FilePath);
        var loaded = FittedPipeline.Load(FilePath);
        var (before, after) = (
            result.GetEmbedding().GetStages()[0].Refit(images, 9, Execution.Default),
            loaded.GetStages()[0].Refit(images, 9, Execution.Default));
        Assert.Equal(before.GetRows().Values, after.GetRows().Values);
        Assert.Equal(
            result.GetClusterer()
                .Refit(before.GetRows(), 4, Execution.Default)
                .Predict(before.GetRows(), Execution.Default).Probabilities.Values,
            loaded.GetClusterer()!.Refit(
                after.GetRows(), 4, Execution.Default).Predict(after.GetRows(), Execution.Default).Probabilities.Values);
    }

    [Fact]
    public void ASupervisedLayout_StaysOne_AndAnEmbeddingIsSavedWithoutAClusterer()
    {
        var images = Pipelines.Images();
        var umap = new UmapOptions
        { NeighborCount = 8, Dimension = 2, Epochs = 10 }.Fit(
                images.GetRows(), Execution.Default, new() { Labels = images.GetLabels() });
        FittedPipeline.Of(images.Append(umap, umap.Layout), Execution.Default).Save(FilePath);
        var loaded = FittedPipeline.Load(FilePath);
        Assert.Equal("SupervisedUmap", loaded.Stages);
        Assert.Null(loaded.Method);
        Assert.Equal(umap.Layout.Values, loaded.Transform(images, Execution.Default).GetRows().Values);
        Assert.Equal("NoClusterer", Assert.Throws<N2DException>(() => loaded.Score(images, Execution.Default)).Id);
    }

    [Fact]
    public void ALayoutOfNeighborsThatAGpuFound_SaysSo_AndNeedsNoneToPlaceRows()
    {
        var images = Pipelines.Images();
        using (EmulatedGpu.Start())
        {
            var options = new UmapOptions { NeighborCount = 4, Dimension = 2, Epochs = 1, Device = ComputeDevice.Cuda };
            var umap = options.Fit(images.GetRows(), Execution.Default);
            FittedPipeline.Of(images.Append(umap, umap.Layout), Execution.Default).Save(FilePath);
        }

        var loaded = FittedPipeline.Load(FilePath);
        Assert.Equal("cuda:0", loaded.GetStages()[0].Device);
        Assert.Equal(images.RowCount, loaded.Transform(images, Execution.Default).RowCount);
    }

    [Fact]
    public void ManyValues_AreSearchedAlongAGraph_ThatGoesWithTheModel()
    {
        // Past a million and a half values exact search gives way. Rows near those of the fit have their neighbors, and so their places.
        var rows = RandomRows.Blobs(210, 7500, 4, scale: 3).Rows;
        var data = new Dataset("wide", rows);
        var umap = new UmapOptions { Dimension = 2, Epochs = 20 }.Fit(rows, Execution.Default);
        var saved = FittedPipeline.Of(data.Append(umap, umap.Layout), Execution.Default);
        saved.Save(FilePath);
        Assert.Contains("stage0.index.targets", SafetensorsFile.Open(FilePath, "Copy it again.").Sizes.Keys);
        var loaded = FittedPipeline.Load(FilePath);
        Assert.Equal(umap.Layout.Values, loaded.Transform(data, Execution.Default).GetRows().Values);
        var near = new Dataset("near", Matrix.Own([.. rows.Values.ToArray().Select(value => value + 0.001f)], 7500));
        Assert.Equal(saved.Transform(near, Execution.Default).GetRows().Values, loaded.Transform(near, Execution.Default).GetRows().Values);
    }

    [Fact]
    public void TheSameFit_MakesTheSameFile()
    {
        var pipeline = FittedPipeline.Of(Pipelines.Clustered(Pipelines.LaidOut(Pipelines.Images())), Execution.Default);
        pipeline.Save(FilePath);
        var bytes = File.ReadAllBytes(FilePath);
        FittedPipeline.Load(FilePath).Save(FilePath);
        Assert.Equal(bytes, File.ReadAllBytes(FilePath));
        Assert.Equal([FilePath], Directory.GetFiles(_folder));
    }

    [Fact]
    public void AFile_TellsWhatItIs_WithoutItsArraysBeingRead()
    {
        var result = Pipelines.Clustered(Pipelines.LaidOut(Pipelines.Images()));
        FittedPipeline.Of(result, Execution.Default).Save(FilePath);
        SpoilArrays();
        var told = FittedPipeline.Describe(FilePath);
        Assert.Equal(("images", 60, 16, "Umap", 2), (told.Dataset, told.RowCount, told.ColumnCount, told.Stages, told.Dimension));
        Assert.Equal(("GaussianMixture", 3, result.Settings), (told.Method, told.ClusterCount, told.Settings));
        Assert.Equal((result.Acc, result.Nmi, result.Ari, result.Silhouette), (told.Acc, told.Nmi, told.Ari, told.Silhouette));
        Assert.Equal(ModelDocument.CurrentSoftware, told.SoftwareVersion);
        Assert.Equal((FilePath, new FileInfo(FilePath).Length), (told.Path, told.Length));
        Assert.Equal(["x1", "x2"], told.GetColumnNames().Take(2));
        Assert.Equal("4 x 4", $"{told.ImageShape}");
        Assert.Equal(
            result.GetClassMapping()!.OrderBy(pair => pair.Key).Select(pair => result.GetEmbedding().GetLabels()!.ClassNames[pair.Value]),
            told.GetClassOfCluster());

        var error = Assert.Throws<N2DException>(() => FittedPipeline.Load(FilePath));
        Assert.Equal("CorruptSafetensors", error.Id);
        Assert.EndsWith(
            "does not match its SHA-256 digest. Copy it again from where it came from, or export the model again.",
            error.Message,
            StringComparison.Ordinal);
        File.WriteAllBytes(FilePath, RewrittenFile.WithoutDigests(File.ReadAllBytes(FilePath)));
        error = Assert.Throws<N2DException>(() => FittedPipeline.Load(FilePath));
        Assert.Equal("CorruptModel", error.Id);
        Assert.Contains("NaN", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Read by the published format alone: https://github.com/huggingface/safetensors, "Format".</summary>
    [Fact]
    public void AnotherReader_FindsTheArrays()
    {
        var embedding = Pipelines.LaidOut(Pipelines.Images());
        var result = Pipelines.Clustered(embedding);
        FittedPipeline.Of(result, Execution.Default).Save(FilePath);

        var parsed = IndependentSafetensors.Parse(File.ReadAllBytes(FilePath));
        Assert.Equal("n2d-model", parsed.Metadata["format"]);
        var description = JsonNode.Parse(parsed.Metadata["description"])!;
        Assert.Equal(ModelDocument.UnnamedFormat, (int?)description["formatVersion"]);
        Assert.Equal("images", (string?)description["data"]!["name"]);
        Assert.Equal("Umap", (string?)description["stages"]![0]!["part"]);
        Assert.Equal("minkowski", (string?)JsonNode.Parse(Resaved(DistanceMetric.Minkowski).Metadata["stage0"])!["options"]!["metric"]);

        var layout = parsed.Arrays["stage0.layout"];
        Assert.Equal(("F32", "60x2"), (layout.Type, layout.Shape));
        Assert.Equal(embedding.GetRows().Values.ToArray().Select(value => (double)value), layout.Values);
        var mixture = (GaussianMixture)result.GetClusterer();
        var means = parsed.Arrays["clusterer.means"];
        Assert.Equal(("F64", "3x2"), (means.Type, means.Shape));
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(embedding.GetRows().Values))),
            parsed.Metadata["sha256.stage0.layout"]);
        Assert.Equal(Enumerable.Range(0, 3).SelectMany(cluster => mixture.GetMean(cluster).ToArray()), means.Values);
    }

    [Fact]
    public void WhatIsNoModel_OrOfALaterVersion_IsRefusedWithTheReason()
    {
        SafetensorsFile.Write(FilePath, new Dictionary<string, string> { ["format"] = "n2d-checkpoint-1" }, []);
        Assert.Equal("NotAModel", Assert.Throws<N2DException>(() => FittedPipeline.Load(FilePath)).Id);
        Assert.Equal("FileNotFound", Assert.Throws<N2DException>(() => FittedPipeline.Load(FilePath + "x")).Id);

        Assert.Equal("ModelTooNew", Refused("\"formatVersion\":3", "\"formatVersion\":5,\"news\":true").Id);
        Assert.Equal("ModelTooNew", Refused("\"part\":\"Umap\"", "\"part\":\"Starmap\"").Id);
        Assert.Equal("CorruptModel", Refused("\"part\":\"Umap\"", "\"part\":\"GaussianMixture\"").Id);
        Assert.Contains("news", Refused("\"formatVersion\":3", "\"formatVersion\":3,\"news\":true").Message, StringComparison.Ordinal);
        Assert.Contains(
            "does not match its description",
            Refused("\"outputDimension\":2,\"seed\":5", "\"outputDimension\":3,\"seed\":5").Message,
            StringComparison.Ordinal);
        Assert.Contains("NeighborCount", Refused("\"neighborCount\":8", "\"neighborCount\":1", "stage0").Message, StringComparison.Ordinal);
        Assert.Contains(
            "at least 2001 rows", Refused("\"neighborCount\":8", "\"neighborCount\":2000", "stage0").Message, StringComparison.Ordinal);
        Assert.Contains(
            "60 x 2, and must have 60 x 400", Refused("\"dimension\":2", "\"dimension\":400", "stage0").Message, StringComparison.Ordinal);
        Assert.Contains("membership curve", Refused("\"curve\":{\"a\":", "\"curve\":{\"a\":-", "stage0").Message, StringComparison.Ordinal);
        Assert.Contains("starts", Refused("\"startCount\":3", "\"startCount\":4", "clusterer").Message, StringComparison.Ordinal);
        Assert.Contains("metric", Refused("\"metric\":\"euclidean\"", "\"metric\":5", "stage0").Message, StringComparison.Ordinal);
        Assert.Equal(
            $"'{FilePath}' is a damaged model file: its description: the value at $.data.rowCount is not that of a model. Copy it again "
                + $"from where it came from, or export the model again.",
            Refused("\"rowCount\":60", "\"rowCount\":\"many\"").Message);
    }

    [Fact]
    public void WhatNothingWasFittedTo_OrWasNotFitted_IsNotSaved()
    {
        Assert.Equal("NothingFitted", Assert.Throws<N2DException>(() => FittedPipeline.Of(Pipelines.Images(), Execution.Default)).Id);
        var pipeline = FittedPipeline.Of(Pipelines.Clustered(Pipelines.LaidOut(Pipelines.Images())), Execution.Default);
        var applied = pipeline.Score(Pipelines.Others(), Execution.Default);
        Assert.Equal("NotFitted", Assert.Throws<N2DException>(() => FittedPipeline.Of(applied, Execution.Default)).Id);
    }

    [Fact]
    public void AFileThatCannotBeWritten_LeavesNothing()
    {
        var pipeline = FittedPipeline.Of(Pipelines.LaidOut(Pipelines.Images()), Execution.Default);
        Directory.CreateDirectory(FilePath);
        Assert.Equal("FolderGiven", Assert.Throws<N2DException>(() => pipeline.Save(FilePath)).Id);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task AModelThatIsExportedAgainWhileOthersReadIt_IsNeverDamaged()
    {
        FittedPipeline[] pipelines =
        [
            FittedPipeline.Of(Pipelines.Clustered(Pipelines.LaidOut(Pipelines.Images())), Execution.Default),
            FittedPipeline.Of(Pipelines.LaidOut(Pipelines.Images()), Execution.Default),
        ];
        pipelines[0].Save(FilePath);
        const int Readings = 10;
        var readers = Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            for (var count = 0; count < Readings; count++)
            {
                Assert.NotNull(FittedPipeline.Load(FilePath));
                Assert.NotNull(FittedPipeline.Describe(FilePath));
            }
        })));
        for (var count = 0; count < Readings || !readers.IsCompleted; count++)
        {
            pipelines[count % 2].Save(FilePath);
        }

        await readers;
        Assert.Equal([FilePath], Directory.GetFiles(_folder));
    }

    private (Dictionary<string, string> Metadata, Dictionary<string, IndependentSafetensors.Tensor> Arrays) Resaved(DistanceMetric metric)
    {
        var options = new UmapOptions { NeighborCount = 8, Dimension = 2, Epochs = 1, Metric = metric, MinkowskiPower = 3 };
        FittedPipeline.Of(Pipelines.LaidOut(Pipelines.Images(), options), Execution.Default).Save(FilePath);
        return IndependentSafetensors.Parse(File.ReadAllBytes(FilePath));
    }

    /// <summary>The error of a file with one changed text.</summary>
    private N2DException Refused(string text, string instead, string name = "description")
    {
        FittedPipeline.Of(Pipelines.Clustered(Pipelines.LaidOut(Pipelines.Images())), Execution.Default).Save(FilePath);
        RewrittenFile.ChangeText(FilePath, name, text, instead);
        return Assert.Throws<N2DException>(() => FittedPipeline.Load(FilePath));
    }

    private void SpoilArrays()
    {
        var bytes = File.ReadAllBytes(FilePath);
        bytes.AsSpan((int)BitConverter.ToUInt64(bytes) + 8).Fill(0xFF);
        File.WriteAllBytes(FilePath, bytes);
    }
}
