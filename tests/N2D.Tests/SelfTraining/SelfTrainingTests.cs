using N2D.Classifiers;
using N2D.Clustering;
using N2D.Data;
using N2D.Manifolds;
using N2D.Models;
using N2D.Numerics;
using N2D.Pipeline;
using N2D.SelfTraining;
using N2D.Tests.Models;

namespace N2D.Tests.SelfTraining;

/// <summary>Self-training of a clustering: what it improves, its bytes, its gate, and what it refuses.</summary>
public sealed class SelfTrainingTests
{
    private static readonly SelfTrainingOptions OneRound = new() { Rounds = 1, Seed = 3 };

    [Fact]
    public void OneRound_RaisesTheAccuracyOfDigits()
    {
        var digits = DatasetCatalog.Find("Digits")!.Read();
        const int Count = 700;
        var part = new Dataset(
            "part", Matrix.Own(digits.GetRows().RowRange(0, Count).ToArray(), digits.Dimension),
            new Labels(digits.GetLabels()!.Codes[..Count].ToArray(), digits.GetLabels()!.ClassNames), imageShape: digits.ImageShape);
        var start = N2DPipeline.Cluster(part, new KMeansOptions(10), Execution.Default);
        var options = OneRound with { MinimumAgreement = 0.7 };
        var result = options.Fit(start, Execution.Default);

        // Labels only score. The pixels give 0.73 to 0.83 with several seeds and parts of the digits, and one round 0.04 to 0.2 more.
        // bench/README.md shows what several rounds reach on larger images.
        Assert.True(result.Acc > start.Acc + 0.03, $"{start.Acc} before, {result.Acc} after");
        Assert.InRange(result.LayoutAgreement!.Value, 0.8, 1);
        var round = Assert.Single(result.GetSelfTrainingRounds());
        Assert.Equal(1, round.Round);
        Assert.InRange(round.AgreedShare, options.MinimumAgreement, 1);
        Assert.InRange(round.NetworkAgreement, options.MinimumNetworkAgreement, 1);
        Assert.Equal(round.NetworkAgreement, result.NetworkAgreement);
        Assert.InRange(round.MovedCount, 1, Count / 2);
        Assert.InRange(round.Seconds, double.Epsilon, result.TotalSeconds);
    }

    [Fact]
    public void TheSameSeed_GivesTheSameBytes_ForAnyNumberOfThreads()
    {
        var start = Start(Pipelines.Images(120));
        var one = OneRound.Fit(start, Execution.Default with { ThreadCount = 1 });
        Assert.Equal("ClassifierFeatures > Pca > Umap", one.Stages);
        var five = OneRound.Fit(start, Execution.Default with { ThreadCount = 5 });
        Assert.Equal(one.GetEmbedding().GetRows().Values, five.GetEmbedding().GetRows().Values);
        Assert.Equal(one.GetAssignments(), five.GetAssignments());
        Assert.Equal(one.LayoutAgreement, five.LayoutAgreement);

        var folder = Directory.CreateTempSubdirectory("n2d-self-training-").FullName;
        byte[] Saved(ClusterResult result)
        {
            var path = Path.Combine(folder, "model.n2d");
            FittedPipeline.Of(result, Execution.Default).Save(path, hasTimes: false);
            return File.ReadAllBytes(path);
        }

        Assert.Equal(Saved(one), Saved(five));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void TheResult_IsAFittedPipeline_ForUnseenRows_AndForAnotherSelfTraining()
    {
        var start = Start(Standardizer.Apply(Pipelines.Images(120), Standardization.MinMax, Execution.Default));
        var result = OneRound.Fit(start, Execution.Default);
        Assert.Equal("MinMax > ClassifierFeatures > Pca > Umap", result.Stages);
        Assert.Equal(3, result.ClusterCount);
        Assert.Equal(1, result.Acc);
        Assert.Null(start.LayoutAgreement);
        Assert.Empty(start.GetSelfTrainingRounds());

        var model = FittedPipeline.Of(result, Execution.Default);
        var unseen = model.Score(Pipelines.Others(), Execution.Default);
        Assert.InRange(unseen.Acc!.Value, 0.95, 1);
        Assert.Null(unseen.LayoutAgreement);
        Assert.Null(unseen.NetworkAgreement);
        Assert.Single(unseen.GetSelfTrainingRounds());
        Assert.Equal("NotFitted", Assert.Throws<N2DException>(() => OneRound.Fit(unseen, Execution.Default)).Id);

        Assert.Equal("MinMax > ClassifierFeatures > Pca > Umap", OneRound.Fit(result, Execution.Default).Stages);
    }

    [Fact]
    public void RowsThatAreNoImages_AreTrainedWithNoise_OnRequest()
    {
        var images = Pipelines.Images(120);
        var table = new Dataset("table", images.GetRows(), images.GetLabels());
        var result = (OneRound with { Augmentation = Augmentation.Jitter }).Fit(Start(table), Execution.Default);
        Assert.Equal(1, result.Acc);
        Assert.Contains("ClassifierFeatures(Round=1; Augmentation=Jitter; Seed=3)", result.Settings, StringComparison.Ordinal);
    }

    [Fact]
    public void CoordinatesAndDistancesOfTheStart_DoNotMatterInOtherLayouts()
    {
        var images = Pipelines.Images(120);
        foreach (var options in new ClustererOptions[]
        {
            new KMeansOptions(3) { InitialCenters = Matrix.Own(images.GetRows().RowRange(0, 3).ToArray(), 16) },
            new GaussianMixtureOptions(3)
                { CovarianceKind = CovarianceKind.Spherical, InitialMeans = Matrix.Own(images.GetRows().RowRange(0, 3).ToArray(), 16) },
            AgglomerativeOptions.UpTo(40),
        })
        {
            var start = N2DPipeline.Cluster(images, options, Execution.Default);
            Assert.Equal(3, start.ClusterCount);
            var result = OneRound.Fit(start, Execution.Default);
            Assert.Equal(3, result.ClusterCount);
            Assert.Equal(1, result.Acc);
            Assert.Equal("ClassifierFeatures > Pca > Umap", result.Stages);
        }
    }

    [Fact]
    public void ClustersOnWhichLayoutsDiffer_StayAsTheyAre_WithAWarning()
    {
        var noise = new Dataset("noise", RandomRows.Uniform(120, 16), imageShape: new ImageShape(4, 4));
        var start = Start(noise, clusterCount: 5);
        var warnings = new List<string>();
        var result = (OneRound with { MinimumAgreement = 1 }).Fit(start, Execution.Default with { Warn = warnings.Add });
        Assert.Same(start.GetEmbedding(), result.GetEmbedding());
        Assert.Equal(start.GetAssignments(), result.GetAssignments());
        Assert.InRange(result.LayoutAgreement!.Value, 0.2, 0.99);
        Assert.Null(start.LayoutAgreement);
        Assert.Null(result.NetworkAgreement);
        Assert.Empty(result.GetSelfTrainingRounds());
        var warning = Assert.Single(warnings);
        Assert.StartsWith("Self-training did not start, and the clusters of 'noise' are unchanged", warning, StringComparison.Ordinal);
        Assert.Contains(" and MinimumAgreement is 1. ", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void NoiseOnWhichTheNetworksDiffer_StaysAsItIs_WithAWarning()
    {
        // Both halves are drawn from one normal distribution, so each network finds borders of its own.
        var noise = new Dataset("noise", RandomRows.Blobs(400, 16, 1, scale: 0).Rows, imageShape: new ImageShape(4, 4));
        var start = Start(noise, clusterCount: 5);
        var (warnings, explanations) = (new List<string>(), new List<string>());
        var execution = Execution.Default with { Warn = warnings.Add, Explain = explanations.Add };
        var result = (OneRound with { MinimumAgreement = 0 }).Fit(start, execution);
        Assert.Same(start.GetEmbedding(), result.GetEmbedding());
        Assert.Equal(start.GetAssignments(), result.GetAssignments());
        Assert.Empty(result.GetSelfTrainingRounds());
        Assert.InRange(result.LayoutAgreement!.Value, 0.2, 0.99);
        var warning = Assert.Single(warnings);
        Assert.StartsWith(
            "Self-training stopped in round 1, and the clusters of 'noise' are unchanged: ", warning, StringComparison.Ordinal);
        Assert.Matches(
            @"predict the same cluster for only a share of 0\.[2-8]\d{0,3} of all rows, and MinimumNetworkAgreement is 0\.9\. ", warning);

        // Nothing is laid out after the networks, and without the gate, the round ends.
        Assert.DoesNotContain(explanations, line => line.Contains("Pca", StringComparison.Ordinal));
        var trained = (OneRound with { MinimumAgreement = 0, MinimumNetworkAgreement = 0 }).Fit(start, Execution.Default);
        Assert.InRange(Assert.Single(trained.GetSelfTrainingRounds()).NetworkAgreement, 0.2, 0.8999);
        Assert.Equal(trained.NetworkAgreement, result.NetworkAgreement);
        Assert.Null(start.NetworkAgreement);
    }

    [Fact]
    public void ALaterRoundWhoseNetworksDiffer_LeavesTheResultOfTheRoundBefore()
    {
        // More clusters than there are groups, with the first seed whose networks agree less in a later round than in all before.
        var start = Start(Pipelines.Images(120), clusterCount: 8);
        var (ungated, agreements, last) = Enumerable.Range(0, 20)
            .Select(seed => new SelfTrainingOptions { Seed = seed, Rounds = 3, MinimumAgreement = 0, MinimumNetworkAgreement = 0 })
            .Select(options => (Options: options, Agreements: options.Fit(start, Execution.Default)
                .GetSelfTrainingRounds().Select(round => round.NetworkAgreement).ToArray()))
            .Select(run => (run.Options, run.Agreements, Last: 1 + Enumerable.Range(1, 2).FirstOrDefault(
                round => run.Agreements[..round].All(agreement => agreement > run.Agreements[round]))))
            .First(run => run.Last > 1);
        var minimum = Math.BitIncrement(agreements[last - 1]);

        var warnings = new List<string>();
        var result = (ungated with { MinimumNetworkAgreement = minimum })
            .Fit(start, Execution.Default with { Warn = warnings.Add });
        var before = (ungated with { Rounds = last - 1 }).Fit(start, Execution.Default);
        Assert.Equal(before.GetAssignments(), result.GetAssignments());
        Assert.Equal(before.GetEmbedding().GetRows().Values, result.GetEmbedding().GetRows().Values);
        Assert.Equal((before.Settings, before.LayoutAgreement), (result.Settings, result.LayoutAgreement));
        Assert.Equal(last - 1, result.GetSelfTrainingRounds().Count);
        Assert.Equal(agreements[last - 1], result.NetworkAgreement);
        Assert.Equal(agreements[last - 2], before.NetworkAgreement);
        Assert.StartsWith(
            $"Self-training stopped in round {last}, and the clusters of 'images' are those of round {last - 1}: ",
            Assert.Single(warnings, warning => warning.Contains("stopped", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.0029, "0.0029")]
    [InlineData(0.57, "0.57")]
    [InlineData(0.89999, "0.8999")]
    [InlineData(1, "1.0")]
    public void Shares_ShowTheirFirstFourDigits(double share, string text) => Assert.Equal(text, SelfTrainingGates.TextOf(share));

    [Fact]
    public void TooFewAgreedRows_EndTheRounds_WithAWarning()
    {
        // Nearly all rows are noise.
        var noise = new Dataset("noise", RandomRows.Uniform(120, 16), imageShape: new ImageShape(4, 4));
        var start = N2DPipeline.Cluster(
            noise, new HdbscanOptions { MinimumClusterSize = 2, Selection = ClusterSelection.Leaf }, Execution.Default);
        Assert.InRange(start.ClusterCount, 2, 60);
        var warnings = new List<string>();
        var result = (OneRound with { MinimumAgreement = 0 }).Fit(start, Execution.Default with { Warn = warnings.Add });
        Assert.Empty(result.GetSelfTrainingRounds());
        Assert.Equal(start.GetAssignments(), result.GetAssignments());
        var warning = Assert.Single(warnings);
        Assert.StartsWith("Self-training of 'noise' ended after 0 rounds of 1: ", warning, StringComparison.Ordinal);
        Assert.EndsWith("A round needs 2 to 4096 clusters, and 50 or more such rows.", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Canceled_EndsInTheLayouts_AndInTheTraining()
    {
        var start = Start(Pipelines.Images(120));
        var canceled = Execution.Default with { CancellationToken = new CancellationToken(canceled: true) };
        Assert.ThrowsAny<OperationCanceledException>(() => OneRound.Fit(start, canceled));
        Cancellation.AssertEndsAt("round 1: epoch", execution => OneRound.Fit(start, execution));
    }

    [Fact]
    public void Canceled_EndsInTheFeatures_WhenAModelIsMade()
    {
        var result = OneRound.Fit(Start(Pipelines.Images(120)), Execution.Default);
        Cancellation.AssertEndsAt("features of ", execution => FittedPipeline.Of(result, execution));
    }

    [Theory]
    [InlineData(Augmentation.Auto, "AugmentationRequired")]
    [InlineData(Augmentation.Affine, "ImageShapeRequired")]
    [InlineData(Augmentation.Flip, "ImageShapeRequired")]
    public void TransformsOfImages_NeedImages(Augmentation augmentation, string id)
    {
        var table = new Dataset("table", Pipelines.Images(120).GetRows());
        var options = OneRound with { Augmentation = augmentation };
        var error = Assert.Throws<N2DException>(() => options.ThrowIfUnfit(table));
        Assert.Equal((id, ErrorKind.InvalidArgument), (error.Id, error.Kind));
        Assert.Equal(["Augmentation"], error.Options);
        Assert.Equal(id, Assert.Throws<N2DException>(() => options.Fit(Start(table), Execution.Default)).Id);
        (options with { Augmentation = Augmentation.None }).ThrowIfUnfit(table);
    }

    [Fact]
    public void ImagesWithAnotherColumn_AreNotImages()
    {
        var images = Pipelines.Images(120);
        var stage = new Widened { Seconds = 0 };
        var wide = images.Append(stage, stage.Transform(images.GetRows(), Execution.Default));
        Assert.Equal("AugmentationRequired", Assert.Throws<N2DException>(() => OneRound.ThrowIfUnfit(wide)).Id);
        (OneRound with { Augmentation = Augmentation.Jitter }).ThrowIfUnfit(wide);

        // The networks read what the preparation returns, so a layout does not matter.
        var laidOut = N2DPipeline.LayOut(images, new PcaOptions { Dimension = 2 }, Execution.Default);
        Assert.Null(laidOut.GetImageShape());
        OneRound.ThrowIfUnfit(laidOut);
    }

    [Theory]
    [InlineData(Augmentation.Auto)]
    [InlineData(Augmentation.None)]
    public void ImagesOnePixelWide_AreRefused(Augmentation augmentation)
    {
        var strips = new Dataset("strips", RandomRows.Uniform(120, 16), imageShape: new ImageShape(16, 1));
        var error = Assert.Throws<N2DException>(() => (OneRound with { Augmentation = augmentation }).ThrowIfUnfit(strips));
        Assert.Equal("ImagesTooSmall", error.Id);
        Assert.Contains("those of 'strips' are 16 x 1.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FewRows_AndASingleCluster_AreRefused()
    {
        Assert.Equal("TooFewRows", Assert.Throws<N2DException>(() => OneRound.ThrowIfUnfit(Pipelines.Images(99))).Id);
        OneRound.ThrowIfUnfit(Pipelines.Images(100));
        var single = N2DPipeline.Cluster(Pipelines.Images(120), new KMeansOptions(1), Execution.Default);
        var error = Assert.Throws<N2DException>(() => OneRound.Fit(single, Execution.Default));
        Assert.Equal("ClusterCountOutOfRange", error.Id);
        Assert.Contains("needs 2 to 4096 clusters; there is 1.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void N2DAndSelfTraining_RunInOneCall_AsOneAfterTheOther()
    {
        var images = Pipelines.Images(120);
        var pipeline = new N2DOptions(3) { Epochs = 3, Seed = 3 };
        var whole = OneRound.Fit(images, pipeline, Execution.Default);
        var parts = OneRound.Fit(N2DPipeline.Fit(images, pipeline, Execution.Default), Execution.Default);
        Assert.Equal(parts.GetEmbedding().GetRows().Values, whole.GetEmbedding().GetRows().Values);
        Assert.Equal((parts.Settings, parts.LayoutAgreement), (whole.Settings, whole.LayoutAgreement));
    }

    [Fact]
    public void Progress_NeverGoesBack()
    {
        // One thread, because reports from several can overtake each other.
        var fractions = new List<double>();
        var execution = new Execution { ThreadCount = 1, Progress = new Fractions(fractions) };
        OneRound.Fit(Pipelines.Images(120), new N2DOptions(3) { Epochs = 3, Seed = 3 }, execution);
        Assert.Equal(fractions.Order(), fractions);
        Assert.InRange(fractions[^1], 0.9, 1);
    }

    [Fact]
    public void DistancesThatNothingUses_AreNotMeasured()
    {
        var images = Pipelines.Images(120);
        var stage = new Doubled(16) { Seconds = 0 };
        var result = OneRound.Fit(Start(images.Append(stage, stage.Transform(images.GetRows(), Execution.Default))), Execution.Default);
        Assert.Equal("Doubled > ClassifierFeatures > Pca > Umap", result.Stages);
        Assert.Equal(0, stage.MeasureCount);
    }

    [Fact]
    public void Memory_IsThatOfTheNetworks_OfTheFeatures_AndOfScaledRows()
    {
        const long NetworkBytes = 40 << 20;
        var digits = new Dataset("x", RandomRows.Uniform(120, 784), imageShape: new ImageShape(28, 28));
        SelfTrainingInput.ThrowIfNotInMemory(digits, 10, NetworkBytes);
        Assert.Contains("; 8.0 MiB are free.", ErrorOf(digits, 8 << 20).Message, StringComparison.Ordinal);

        // 256 features of float32 for each row; and 784 scaled pixels.
        var many = new Dataset("many", RandomRows.Uniform(60_000, 16), imageShape: new ImageShape(4, 4));
        Assert.Contains("58.6 MiB for the features of 60000 rows", ErrorOf(many, NetworkBytes).Message, StringComparison.Ordinal);
        var scaled = Standardizer.Apply(digits, Standardization.MinMax, Execution.Default);
        Assert.Equal(120 * 784 * sizeof(float), (long)ErrorOf(scaled, 0).Target! - (long)ErrorOf(digits, 0).Target!);

        // The number of clusters counts as well.
        Assert.True((long)ErrorOf(digits, 0, 4096).Target! > (long)ErrorOf(digits, 0).Target! + (4000 * 128 * sizeof(float)));

        static N2DException ErrorOf(Embedding input, long freeBytes, int clusterCount = 10)
        {
            var error = Assert.Throws<N2DException>(() => SelfTrainingInput.ThrowIfNotInMemory(input, clusterCount, freeBytes));
            Assert.Equal(("DoesNotFitInMemory", ErrorKind.OutOfResources), (error.Id, error.Kind));
            return error;
        }
    }

    private static ClusterResult Start(Embedding rows, int clusterCount = 3) => N2DPipeline.Cluster(
        N2DPipeline.LayOut(rows, new UmapOptions { Dimension = 2, NeighborCount = 10, Epochs = 60, Seed = 1 }, Execution.Default),
        new GaussianMixtureOptions(clusterCount) { StartCount = 3, Seed = 1 },
        Execution.Default);

    /// <summary>A preparation that adds a column to images of 4 x 4, as the marks of missing values do.</summary>
    private sealed class Widened : FittedStage
    {
        public override string Name => "Widened";

        public override StageRole Role => StageRole.Preparation;

        public override int InputDimension => 16;

        public override int OutputDimension => 17;

        public override int Seed => 0;

        public override Matrix Transform(Matrix rows, Execution execution) =>
            Matrix.Own([.. Enumerable.Range(0, rows.RowCount).SelectMany(row => rows.Row(row).ToArray().Append(0))], OutputDimension);

        public override Embedding Refit(Embedding input, int seed, Execution execution) =>
            input.Append(this, Transform(input.GetRows(execution), execution));
    }
}
