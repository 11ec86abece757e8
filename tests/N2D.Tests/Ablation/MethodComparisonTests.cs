using N2D.Ablation;
using N2D.Autoencoders;
using N2D.Clustering;
using N2D.Data;
using N2D.Devices;
using N2D.Models;
using N2D.Neighbors;
using N2D.Numerics;
using N2D.Pipeline;
using N2D.Tests.Autoencoders;
using N2D.Tests.Data;
using N2D.Tests.Models;

namespace N2D.Tests.Ablation;

[Collection(TorchCollection.Name)]
public sealed class MethodComparisonTests
{
    // More neighbors than a blob has rows, because LLE rejects disconnected rows.
    private static readonly AblationOptions Small = new(3)
    { Epochs = 2, HiddenUnits = [8, 6], NeighborCount = 25, StartCount = 2, Device = ComputeDevice.Cpu };

    [Fact]
    public void EveryMethod_GivesARow_InOrder_WithScores()
    {
        var scores = Run(Small with { Seeds = [2, 0] });

        Assert.Equal(
            new[] { 2, 0 }.SelectMany(seed => AblationMethod.All.Select(method => (method.Name, seed))),
            scores.Select(score => (score.Method, score.Seed)));
        Assert.All(scores, score =>
        {
            Assert.Null(score.Error);
            Assert.Equal("images", score.Dataset);
            Assert.InRange(score.Acc!.Value, 1.0 / 3, 1);
            Assert.InRange(score.Nmi!.Value, 0, 1);
            Assert.InRange(score.Ari!.Value, -1, 1);
            Assert.InRange(score.Silhouette!.Value, -1, 1);
            Assert.Equal(score.Seed, score.GetResult()!.Seed);
            Assert.Equal(score.Settings, score.GetResult()!.Settings);
            Assert.Equal(
                score.Representation == Representation.Raw ? ("Raw", 16) : ("Autoencoder", 3),
                (score.GetInput()!.Stages, score.GetInput()!.Dimension));
        });

        // One partition of the rows has one silhouette, whatever space it was found in.
        Assert.Single(scores.Where(score => score.Acc == 1).Select(score => score.Silhouette).Distinct());

        // Three blobs, some ten deviations apart.
        Assert.All(scores.Where(score => score.Method is "KM" or "PCA+KM" or "SC"), score => Assert.Equal(1, score.Acc));
    }

    [Fact]
    public void AnOption_ChangesTheResultsOfTheMethodsThatUseIt_AndNoOthers()
    {
        var usual = Small with { Epochs = 1, Dimension = 2 };
        AssertChanged(usual, usual with { Dimension = 3 }, method => method.UsesDimension);
        AssertChanged(usual, usual with { NeighborCount = 30 }, method => method.UsesNeighborCount);
        AssertChanged(
            usual with { StartCount = null },
            usual with { StartCount = null, Preset = Preset.Paper },
            method => method.Clusterer == ClusterMethod.GaussianMixture);
    }

    [Fact]
    public void WhatMethodsHaveInCommon_IsDoneOnce()
    {
        var said = new List<string>();
        Run(Small with { Seeds = [0, 1] }, Execution.Default with { Explain = said.Add });

        Assert.Equal(2, said.Count(line => line.Contains("16-8-6-3", StringComparison.Ordinal)));
        foreach (var (learner, count) in new[] { ("UMAP of 60", 4), ("t-SNE of 60", 4), ("Isomap of 60", 4), ("LLE of 60", 4),
        ("PCA of 60", 4) })
        {
            Assert.Equal(count, said.Count(line => line.Contains(learner, StringComparison.Ordinal)));
        }

        // Neighbors are searched once for the raw rows, once for the codes of each seed, and for each layout by the spectral clustering.
        var searches = said.Where(line => line.Contains("exact search", StringComparison.Ordinal)
            && !line.Contains("+SC, ", StringComparison.Ordinal));
        Assert.Equal(
            ["Neighbors of codes, seed 0", "Neighbors of codes, seed 1", "Neighbors of raw rows, seed 0"],
            searches.Select(line => line.Split(':')[0]).Order(StringComparer.Ordinal));
        Assert.Contains(
            "Methods: 31, seeds: 2. For each seed: autoencoders 1, searches for neighbors 2, manifolds 10, clusterings 31.", said);
    }

    [Fact]
    public void Seconds_AreShared_WhereOthersNeedTheSame_AndTheMethodsOwnElsewhere()
    {
        var both = Run(Small with { Methods = AblationMethod.Select(["AE+KM", "N2D"]) });
        Assert.Equal(StagesOf(both[0]), both[0].SharedSeconds, 6);
        Assert.Equal(both[0].GetResult()!.ClusterSeconds, both[0].OwnSeconds, 6);
        Assert.Equal(both[0].SharedSeconds, both[1].SharedSeconds, 6);
        Assert.True(both[1].OwnSeconds > both[1].GetResult()!.ManifoldSeconds);

        var alone = Assert.Single(Run(Small with { Methods = AblationMethod.Select(["N2D"]) }));
        Assert.Equal(0, alone.SharedSeconds);
        Assert.True(alone.TotalSeconds >= StagesOf(alone));

        static double StagesOf(MethodScore score) => score.GetResult()!.GetEmbedding().Seconds;
    }

    [Fact]
    public void SeedsThatTrainTogether_AreTrainedOnce_ForAllOfThem()
    {
        var said = new List<string>();
        var execution = Execution.Default with { Explain = said.Add };
        var input = Pipelines.Images();
        var options = Small with { Seeds = [4, 2, 9] };
        var codes = new SeedCodes(input, options) { Groups = [[4, 2], [9]] };

        Assert.Equal([4, 2, 9], options.Seeds.Select(seed => codes.Of(seed, execution).Seed));
        Assert.Equal([4, 2, 9], options.Seeds.Select(seed => codes.Of(seed, Execution.Default).GetStages()[^1].Seed));
        Assert.Equal(2, said.Count(line => line.StartsWith("Autoencoder 16-8-6-3", StringComparison.Ordinal)));
    }

    [Fact]
    public void AMethodThatFails_IsARowWithTheReason_AndTheOthersGoOn()
    {
        // There are 60 rows.
        var scores = Run(Small with { NeighborCount = 70 });

        Assert.Equal(AblationMethod.All.Select(method => method.Name), scores.Select(score => score.Method));
        Assert.All(scores, score =>
        {
            var fails = score.Manifold is ManifoldMethod.Umap or ManifoldMethod.Isomap or ManifoldMethod.LocallyLinearEmbedding;
            Assert.Equal(fails, score.Error is not null);
            Assert.Equal(fails, score.GetResult() is null);
            Assert.Equal(fails, score.GetInput() is null);
            Assert.Equal(fails, score.Acc is null);
            Assert.Equal(fails, score.Settings is null);
        });
        Assert.Contains("there are 60", scores.First(score => score.Method == "UMAP+GMM").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void AnAutoencoderThatFails_IsTriedOnce_AndTheRawRowsGoOn()
    {
        using var files = new TemporaryFiles();
        var checkpoint = files.Text("training.safetensors", "no such thing");
        var said = new List<string>();
        var options =
            Small with { Methods = AblationMethod.Select(["AE+*", "KM"]), Checkpoint = new CheckpointFile(checkpoint, TimeSpan.Zero) };

        var scores = Run(options, Execution.Default with { Explain = said.Add });

        Assert.Null(scores[0].Error);
        Assert.Equal(18, scores.Skip(1).Count());
        Assert.Single(scores.Skip(1).Select(score => score.Error).Distinct());
        Assert.Contains("training.safetensors", scores[1].Error, StringComparison.Ordinal);
        Assert.Single(said, line => line.StartsWith("Autoencoder, seed 0 failed", StringComparison.Ordinal));
    }

    [Fact]
    public void ATrainingThatWasSaved_IsNotDoneAgain()
    {
        using var files = new TemporaryFiles();
        var options = Small with
        {
            Methods =
            AblationMethod.Select(["AE+KM"]),
            Checkpoint = new CheckpointFile(Path.Combine(files.Folder, "t.safetensors"), TimeSpan.Zero)
        };
        var said = new List<string>();

        var first = Assert.Single(Run(options));
        var again = Assert.Single(Run(options, Execution.Default with { Explain = said.Add }));

        Assert.Equal(first.GetResult()!.GetEmbedding().GetRows().Values, again.GetResult()!.GetEmbedding().GetRows().Values);
        Assert.Contains(said, line => line.Contains("resumed from", StringComparison.Ordinal));
        Assert.Equal("CheckpointOfSeveralSeeds", Assert.Throws<N2DException>(() => Run(options with { Seeds = [0, 1] })).Id);
    }

    [Fact]
    public void SameSeed_SameClusters_ForAnyThreadCount()
    {
        // Products of libtorch depend on the number of threads, so codes are excluded.
        var options = Small with { Methods = [.. AblationMethod.All.Where(method => method.Representation == Representation.Raw)] };
        var (one, three) = (Run(options, new Execution { ThreadCount = 1 }), Run(options, new Execution { ThreadCount = 3 }));
        Assert.All(one.Zip(three), pair =>
        {
            Assert.Equal(pair.First.GetResult()!.GetEmbedding().GetRows().Values, pair.Second.GetResult()!.GetEmbedding().GetRows().Values);
            Assert.Equal(pair.First.GetResult()!.GetAssignments(), pair.Second.GetResult()!.GetAssignments());
        });
    }

    [Fact]
    public void WithoutLabels_ThereAreNoScores_ButClusters()
    {
        var rows = new Dataset("unlabeled", Pipelines.Images().GetRows());
        var score = Assert.Single(MethodComparison.Run(rows, Small with { Methods = AblationMethod.Select(["KM"]) }, Execution.Default));
        Assert.Null(score.Error);
        Assert.Equal((null, null, null), (score.Acc, score.Nmi, score.Ari));
        Assert.Equal(3, score.GetResult()!.ClusterCount);
    }

    [Fact]
    public void Progress_IsOfTheWhole_AndNeverFalls()
    {
        var reports = new List<StageProgress>();
        Run(Small with { Seeds = [0, 1] }, Execution.Default with { Progress = new Reports(reports) });
        Assert.Equal(reports.Select(report => report.Fraction).Order(), reports.Select(report => report.Fraction));
        Assert.InRange(reports[^1].Fraction, 0.98, 1.000001);
        Assert.Contains(reports, report => report.Status.StartsWith("Autoencoder, seed 1: epoch", StringComparison.Ordinal));
        Assert.Contains(reports, report => report.Status.StartsWith("Umap of codes, seed 0: ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("KM,AE+KM", 2000, 64, "AE+KM")] // the training takes longer than k-means
    [InlineData("AE+GMM,GMM", 10_000, 784, "GMM")] // a mixture of raw rows with many columns takes hours
    [InlineData("UMAP+KM,PCA+KM", 5000, 64, "UMAP+KM")]
    public void ExpectedCosts_RankTheMethods(string methods, int rowCount, int columnCount, string slowest)
    {
        var options = new AblationOptions(10) { Methods = AblationMethod.Select(methods.Split(',')) };
        var costs = new StepCosts(rowCount, columnCount, options);
        Assert.Equal(slowest, options.Methods.MaxBy(method => AblationStep.Of(method).Sum(costs.Of))!.Name);
        Assert.All(options.Methods.SelectMany(AblationStep.Of), step =>
            Assert.True(new StepCosts(2 * rowCount, columnCount, options).Of(step) >= costs.Of(step)));
    }

    [Fact]
    public void Canceled_EndsBeforeTheNextReport() => Cancellation.AssertEndsAt("epoch", execution =>
        Run(Small with { Methods = AblationMethod.Select(["N2D"]), Epochs = 10_000_000 }, execution));

    [Fact]
    public void RowsThatCannotBeStudied_AreRefusedAtOnce()
    {
        Assert.Equal("ClusterCountOutOfRange", Refused(Pipelines.Images(), () => new AblationOptions(61)));
        Assert.Equal("RowsNotRaw", Refused(Pipelines.LaidOut(Pipelines.Images()), () => Small));
        Assert.Equal("StartCountOutOfRange", Assert.Throws<N2DException>(() => Small with { StartCount = 0 }).Id);
        Assert.Equal("NeighborCountOutOfRange", Assert.Throws<N2DException>(() => Small with { NeighborCount = 1 }).Id);
        Assert.Equal("SeedsOutOfRange", Assert.Throws<N2DException>(() => Small with { Seeds = [0, -1] }).Id);

        static string Refused(Embedding input, Func<AblationOptions> options) =>
            Assert.Throws<N2DException>(() => MethodComparison.Run(input, options(), Execution.Default)).Id;
    }

    [Fact]
    public void ScaledRows_AreRawRows()
    {
        var scaled = Standardizer.Apply(Pipelines.Images(), Standardization.ZScore, Execution.Default);
        var score = Assert.Single(MethodComparison.Run(scaled, Small with { Methods = AblationMethod.Select(["KM"]) }, Execution.Default));
        Assert.Equal("ZScore", score.GetResult()!.Stages);
    }

    [Fact]
    public void Neighbors_AreFoundAhead_WhereOneSearchServesAll()
    {
        var rows = RandomRows.Uniform(50, 3);
        var seconds = NeighborSearch.FindAhead(rows, [4, 9, 6], new RowDistance(), Execution.Default);
        Assert.True(seconds > 0);
        Assert.Equal(seconds, NeighborCache.Of(rows).Find(new RowDistance().Simplified(), 9, isExact: true)!.Seconds);
        Assert.Equal(seconds, NeighborSearch.FindAhead(rows, [5], new RowDistance(), Execution.Default));

        // So many rows that NN-descent searches. Its result depends on the number of neighbors, so the search is not shared.
        var many = Matrix.Own(new float[20_000 * 400], 400);
        Assert.Equal(0, NeighborSearch.FindAhead(many, [4, 9], new RowDistance(), Execution.Default));
        Assert.Null(NeighborCache.Of(many).Find(new RowDistance().Simplified(), 9, isExact: false));
    }

    /// <summary>Different options give different rows or settings to the clusterers of these methods, and the same to the others.</summary>
    private static void AssertChanged(AblationOptions options, AblationOptions others, Func<AblationMethod, bool> isChanged)
    {
        var changed = Run(options).Zip(Run(others)).Where(pair => !AreEqual(pair.First.GetResult()!, pair.Second.GetResult()!));
        Assert.Equal(AblationMethod.All.Where(isChanged).Select(method => method.Name), changed.Select(pair => pair.First.Method));
    }

    private static bool AreEqual(ClusterResult one, ClusterResult other) =>
        one.Settings == other.Settings
        && one.GetEmbedding().GetRows().Values.SequenceEqual(other.GetEmbedding().GetRows().Values);

    private static MethodScore[] Run(AblationOptions options, Execution? execution = null) =>
        [.. MethodComparison.Run(Pipelines.Images(), options, execution ?? Execution.Default)];

    private sealed class Reports(List<StageProgress> reports) : IProgress<StageProgress>
    {
        public void Report(StageProgress value)
        {
            lock (reports)
            {
                reports.Add(value);
            }
        }
    }
}
