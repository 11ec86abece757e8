using System.Globalization;
using System.Reflection;
using N2D.Clustering;
using N2D.Manifolds;
using N2D.Metrics;
using N2D.Models;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Tests.Models;

public sealed class ClusterResultTests
{
    private static readonly string[] ClassNames = ["low", "high"];

    [Fact]
    public void Properties_AreScalars_InTheOrderOfARunsColumns()
    {
        var properties = typeof(ClusterResult).GetProperties(BindingFlags.Public | BindingFlags.Instance);
        Assert.Equal(
            [
                "Dataset", "Stages", "Method", "ClusterCount", "NoiseCount", "RowCount", "DroppedCount", "Dimension", "Acc", "Nmi", "Ari",
                "Silhouette", "DaviesBouldin", "CalinskiHarabasz", "Dbcv", "LogLikelihood", "Bic", "Aic", "StartCount",
                "BestStartCount", "OptimumGap", "Stability", "LayoutAgreement", "NetworkAgreement", "NovelShare", "AutoencoderSeconds",
                "ClassifierSeconds",
                "ManifoldSeconds", "ClusterSeconds", "TotalSeconds", "ScoringSeconds", "Device", "Seed", "Settings",
            ],
            properties.Select(property => property.Name));
        Assert.All(properties, property => Assert.True(property.PropertyType.IsValueType || property.PropertyType == typeof(string)));
    }

    [Fact]
    public void Stages_AreSummedByTheirRole()
    {
        var rows = Rows();
        var embedding = Data(withLabels: true)
            .Append(new Step("Scaling", StageRole.Manifold, "cpu") { Seconds = 1 }, rows)
            .Append(new Step("Net", StageRole.Autoencoder, "cuda:0") { Seconds = 2 }, rows)
            .Append(new Step("Map", StageRole.Manifold, "cpu") { Seconds = 4 }, rows);
        var result = Cluster(embedding);
        Assert.Equal("Scaling > Net > Map", result.Stages);
        Assert.Equal(2, result.AutoencoderSeconds);
        Assert.Equal(5, result.ManifoldSeconds);
        Assert.Equal(7 + result.ClusterSeconds, result.TotalSeconds);
        Assert.Equal("cuda:0", result.Device);
    }

    [Fact]
    public void Settings_TellRunsApart_InAnyCulture()
    {
        var rows = Rows();
        var embedding = Data(withLabels: false)
            .Append(new Step("Scaling", StageRole.Manifold, "cpu") { Seconds = 1 }, rows)
            .Append(new UmapOptions
            { NeighborCount = 4, Dimension = 2, MinimumDistance = 0.25f, Spread = 1.5f, Seed = 3 }.Fit(rows, Execution.Default), rows);
        var german = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        german.NumberFormat.NumberDecimalSeparator = ",";
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = german;
            Assert.Equal(
                "Scaling(Seed=0) > Umap(NeighborCount=4; Dimension=2; MinimumDistance=0.25; Spread=1.5; Metric=Euclidean; Epoch=500; "
                    + "Seed=3) > GaussianMixture(ClusterCount=2; StartCount=3; Seed=0)",
                Cluster(embedding).Settings);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void Settings_TellWhereALayoutStarted()
    {
        var rows = Rows();
        var options = new UmapOptions { NeighborCount = 4, Dimension = rows.ColumnCount, Epochs = 1 };
        Assert.DoesNotContain("Initial", options.Fit(rows, Execution.Default).Settings, StringComparison.Ordinal);
        Assert.Contains(
            "; Initialization=Random; ",
            (options with { Initialization = UmapInitialization.Random }).Fit(rows, Execution.Default).Settings,
            StringComparison.Ordinal);
        Assert.Contains(
            "; InitialEmbedding=given; ",
            options.Fit(rows, Execution.Default, new() { InitialLayout = rows }).Settings,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_GiveScoresAndTheClassOfEachCluster()
    {
        var result = Cluster(Data(withLabels: true));
        Assert.Equal(1, result.Acc);
        Assert.Equal(1, result.Nmi!.Value, 1e-12);
        Assert.Equal(1, result.Ari);
        Assert.InRange(result.Silhouette!.Value, 0.9, 1);
        Assert.Null(result.AutoencoderSeconds);

        // Of the ten rows six are low: the larger cluster, number 0.
        Assert.Equal(0, result.GetClassMapping()![0]);
        Assert.Equal(1, result.GetClassMapping()![1]);
        var last = result.EnumerateAssignments().Last();
        Assert.Equal(new ClusterAssignment(9, "high", 1, result.GetProbabilities()[9, 1], last.Confidence), last);
        Assert.InRange(last.Confidence!.Value, 0.99f, 1);
    }

    [Fact]
    public void WithoutLabels_OnlyInnerScores()
    {
        var result = Cluster(Data(withLabels: false));
        Assert.Null(result.Acc);
        Assert.Null(result.Nmi);
        Assert.Null(result.Ari);
        Assert.Null(result.GetClassMapping());
        Assert.NotNull(result.Silhouette);
        Assert.NotNull(result.LogLikelihood);
        Assert.All(result.EnumerateAssignments(), assignment => Assert.Null(assignment.Label));
    }

    [Fact]
    public void RowsOfUnknownLabel_AreClustered_AndNotScored()
    {
        // By all ten labels the last row is wrong.
        var wrong = Cluster(new Dataset("ten", Rows(), new Labels([0, 0, 0, 0, 0, 0, 1, 1, 1, 0], ClassNames)));
        var unknown = Cluster(new Dataset("ten", Rows(), new Labels([0, 0, 0, 0, 0, 0, 1, 1, 1, Labels.Unknown], ClassNames)));
        Assert.Equal((0.9, 1), (wrong.Acc, unknown.Acc));
        Assert.Equal(1, unknown.Ari);
        Assert.Equal(10, unknown.GetAssignments().Count);
        Assert.Null(unknown.EnumerateAssignments().Last().Label);

        var noneKnown = Cluster(new Dataset("ten", Rows(), new Labels([.. Enumerable.Repeat(Labels.Unknown, 10)], ClassNames)));
        Assert.Null(noneKnown.Acc);
        Assert.Null(noneKnown.GetClassMapping());
    }

    [Fact]
    public void Noise_IsWrong_AndNoClusterOfItsOwn()
    {
        // Two groups of five rows, and two rows outside that belong to neither.
        var rows = Matrix.Own([0, 0.1f, 0.2f, 0.3f, 0.4f, 10, 10.1f, 10.2f, 10.3f, 10.4f, -20, 30], 1);
        var data = new Dataset("twelve", rows, new Labels([0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 0, 1], ClassNames));
        var result =
            ClusterResult.Create(data, Hdbscan.Fit(rows, new HdbscanOptions { MinimumSamples = 2 }, Execution.Default), Execution.Default);
        Assert.Equal((2, 2), (result.ClusterCount, result.NoiseCount));
        Assert.Equal(10 / 12.0, result.Acc!.Value, 1e-12);
        Assert.Equal([0, 1], result.GetClassMapping()!.Keys.Order());
        Assert.InRange(result.Silhouette!.Value, 0.95, 1);

        // Density-based validity counts noise, and is not for other clusterers.
        Assert.Equal(DensityValidity.Compute(rows, [.. result.GetAssignments()], 0, Execution.Default, noise: -1), result.Dbcv);
        Assert.InRange(result.Dbcv!.Value, 0.75, 10 / 12.0);
        Assert.Null(Cluster(data).Dbcv);

        // As scikit-learn's functions say of the labels 0 0 0 0 0 1 1 1 1 1 -1 -1.
        Assert.Equal(0.6552706552706553, result.Ari!.Value, 1e-12);
        Assert.Equal(0.671134880020022, result.Nmi!.Value, 1e-12);

        // It leaves the groups at distance 20. They persist down to a distance of 0.1.
        var noise = result.EnumerateAssignments().ElementAt(10);
        Assert.Equal(0.995f, noise.OutlierScore!.Value, 1e-5f);
        Assert.Equal(new ClusterAssignment(10, "low", -1, 0) { OutlierScore = noise.OutlierScore }, noise);
        Assert.Null(result.LogLikelihood);
        Assert.Empty(result.GetClusterCountCurve());
    }

    [Fact]
    public void AllRowsNoise_HaveScoresThatSayNothing()
    {
        var data = Data(withLabels: true);
        var result = ClusterResult.Create(
            data, Hdbscan.Fit(data.GetRows(), new HdbscanOptions { MinimumClusterSize = 10 }, Execution.Default), Execution.Default);
        Assert.Equal((0, 10), (result.ClusterCount, result.NoiseCount));
        Assert.Equal((0, 0), (result.Acc, result.Ari));
        Assert.Null(result.Silhouette);
        Assert.Null(result.Dbcv);
        Assert.Empty(result.GetClassMapping()!);
        Assert.Equal([0f], result.GetProbabilities().Row(3).ToArray());
    }

    [Fact]
    public void OneCluster_HasNoSilhouette()
    {
        var data = Data(withLabels: true);
        var mixture = GaussianMixture.Fit(data.GetRows(), new GaussianMixtureOptions(1) { StartCount = 1 }, Execution.Default);
        var result = ClusterResult.Create(data, mixture, Execution.Default);
        Assert.Null(result.Silhouette);
        Assert.Equal(0.6, result.Acc);
    }

    [Fact]
    public void ClearGroups_AreFoundByEveryStart_AndBySeedAfterSeed()
    {
        var data = Data(withLabels: false);
        var result = Cluster(data, measureStability: true);
        Assert.Equal(3, result.BestStartCount);
        Assert.Null(result.OptimumGap);
        Assert.Equal(1, result.Stability);
        Assert.Equal(1, result.LayoutAgreement);
        Assert.Null(Cluster(data).Stability);
    }

    [Fact]
    public void GroupsThatAreNotThere_ShowAsAGapBetweenStarts_AndAsLittleStability()
    {
        var rows = RandomRows.Uniform(400, 2, seed: 1);
        var options = new GaussianMixtureOptions(6) { CandidateCount = 1 };
        ClusterResult Noise(int startCount) => ClusterResult.Create(
            new Dataset("noise", rows),
            GaussianMixture.Fit(rows, options with { StartCount = startCount }, Execution.Default),
            Execution.Default,
            measureStability: true);

        var five = Noise(startCount: 5);
        Assert.InRange(five.BestStartCount!.Value, 1, 4);
        Assert.InRange(five.OptimumGap!.Value, 1e-3, 1);
        Assert.InRange(Noise(startCount: 1).Stability!.Value, 0, 0.8);
    }

    [Fact]
    public void Stability_FitsEveryStageAnew_WithTheSeedAfterItsOwn()
    {
        var seeds = new List<int>();
        var rows = Rows();
        var embedding = Data(withLabels: false)
            .Append(new Step("Net", StageRole.Autoencoder, "cpu", seeds) { Seconds = 1 }, rows)
            .Append(new Step("Map", StageRole.Manifold, "cpu", seeds) { Seconds = 1 }, rows);
        Assert.Equal(1, Cluster(embedding, measureStability: true).Stability);
        Assert.Equal([1, 1], seeds);
    }

    private static ClusterResult Cluster(Embedding embedding, bool measureStability = false) =>
        ClusterResult.Create(
            embedding,
            GaussianMixture.Fit(embedding.GetRows(), new GaussianMixtureOptions(2) { StartCount = 3 }, Execution.Default),
            Execution.Default,
            measureStability);

    private static Dataset Data(bool withLabels) =>
        new("ten", Rows(), withLabels ? new Labels([0, 0, 0, 0, 0, 0, 1, 1, 1, 1], ClassNames) : null);

    private static Matrix Rows() => Matrix.Own([0, 0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 10, 10.1f, 10.2f, 10.3f], 1);

    private sealed class Step(string name, StageRole role, string device, List<int>? refitSeeds = null) : FittedStage
    {
        public override string Name => name;

        public override StageRole Role => role;

        public override int InputDimension => 1;

        public override int OutputDimension => 1;

        public override int Seed => 0;

        public override string Device => device;

        public override Matrix Transform(Matrix rows, Execution execution) => rows;

        public override Embedding Refit(Embedding input, int seed, Execution execution)
        {
            refitSeeds?.Add(seed);
            return input.Append(this, input.GetRows());
        }
    }
}
