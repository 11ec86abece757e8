using N2D.Clustering;
using N2D.Data;
using N2D.Manifolds;
using N2D.Models;
using N2D.Numerics;
using N2D.Pipeline;
using N2D.Serialization;

namespace N2D.Tests.Models;

/// <summary>Saved learners and clusterers that store fitted rows, and t-SNE, which stores only its layout.</summary>
public sealed class ModelPartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("n2d-parts-").FullName;

    private string FilePath => Path.Combine(_folder, "m.n2d");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void ALearner_PlacesRowsOnTheSameBytes_WhenItIsLoaded(int learner)
    {
        var embedding = Pipelines.Learned(Pipelines.Learners[learner]);
        var fitted = (FittedManifold)embedding.GetStages()[0];
        var saved = FittedPipeline.Of(Pipelines.Clustered(embedding), Execution.Default);
        saved.Save(FilePath);
        var loaded = FittedPipeline.Load(FilePath);
        var stage = Assert.IsAssignableFrom<FittedManifold>(loaded.GetStages()[0]);
        Assert.Equal((fitted.GetType(), fitted.Settings, fitted.Seconds), (stage.GetType(), stage.Settings, stage.Seconds));
        Assert.Equal(fitted.Layout.Values, stage.Layout.Values);
        Assert.Equal((fitted as Isomap)?.ResidualVariance, (stage as Isomap)?.ResidualVariance);
        Assert.Equal((fitted as LocallyLinearEmbedding)?.ReconstructionError, (stage as LocallyLinearEmbedding)?.ReconstructionError);

        var (before, after) = (saved.Score(Pipelines.Others(), Execution.Default), loaded.Score(Pipelines.Others(), Execution.Default));
        Assert.Equal(before.GetEmbedding().GetRows().Values, after.GetEmbedding().GetRows().Values);
        Assert.Equal(before.GetNovelty(), after.GetNovelty());
        Assert.Equal(before.GetProbabilities().Values, after.GetProbabilities().Values);
        Assert.Equal(
            fitted.Refit(Pipelines.Images(), 9, Execution.Default)
                .GetRows().Values, stage.Refit(Pipelines.Images(), 9, Execution.Default)
                .GetRows().Values);
        ResavedIsTheSame();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public void AClusterer_FindsTheSameClusters_WhenItIsLoaded(int clusterer)
    {
        var result = Pipelines.Grouped(Pipelines.RowClusterers[clusterer]);
        var fitted = result.GetClusterer();
        var saved = FittedPipeline.Of(result, Execution.Default);
        saved.Save(FilePath);
        var pipeline = FittedPipeline.Load(FilePath);
        var loaded = pipeline.GetClusterer()!;
        Assert.Equal(
            (fitted.GetType(), fitted.Options.ToString(), fitted.ClusterCount, fitted.Settings),
            (loaded.GetType(), loaded.Options.ToString(), loaded.ClusterCount, loaded.Settings));
        Assert.Equal(
            (fitted.StartCount, fitted.BestStartCount, fitted.OptimumGap), (loaded.StartCount, loaded.BestStartCount, loaded.OptimumGap));
        Assert.Equal(fitted.GetClusterCountCurve(), loaded.GetClusterCountCurve());
        Assert.Equal((fitted as SpectralClustering)?.GetEigenvalues(), (loaded as SpectralClustering)?.GetEigenvalues());

        // Fitted rows get their fitted results, even if they are given as new rows.
        var again = pipeline.Score(Pipelines.Images(), Execution.Default);
        Assert.Equal(result.GetAssignments(), again.GetAssignments());
        Assert.Equal(result.GetProbabilities().Values, again.GetProbabilities().Values);
        Assert.Equal(result.GetOutlierScores(), again.GetOutlierScores());

        var (before, after) = (saved.Score(Pipelines.Others(), Execution.Default), pipeline.Score(Pipelines.Others(), Execution.Default));
        Assert.Equal(before.GetAssignments(), after.GetAssignments());
        Assert.Equal(before.GetProbabilities().Values, after.GetProbabilities().Values);
        Assert.Equal(before.GetNovelty(), after.GetNovelty());
        ResavedIsTheSame();
    }

    [Fact]
    public void Tsne_IsSavedWithItsLayout_AndRefusesOtherRows_BeforeAnyStageBegins()
    {
        var warnings = new List<string>();
        var scaled = Standardizer.Apply(Pipelines.Images(), Standardization.ZScore, Execution.Default);
        var tsne = (Tsne)Pipelines.Learners[4].Fit(scaled.GetRows(), Execution.Default);
        var result = Pipelines.Clustered(scaled.Append(tsne, tsne.Layout));
        FittedPipeline.Of(result, Execution.Default with { Warn = warnings.Add }).Save(FilePath);
        Assert.StartsWith(
            "The model cannot be applied to rows other than those of 'images'. ", Assert.Single(warnings), StringComparison.Ordinal);
        var told = FittedPipeline.Describe(FilePath);
        Assert.Equal(
            ("ZScore > Tsne", "GaussianMixture", result.Settings, false), (told.Stages, told.Method, told.Settings, told.TellsNovelty));

        var loaded = FittedPipeline.Load(FilePath);
        var stage = Assert.IsType<Tsne>(loaded.GetStages()[1]);
        Assert.Equal(tsne.Layout.Values, stage.Layout.Values);
        Assert.Equal(tsne.Divergence, stage.Divergence);
        Assert.Equal(result.GetAssignments(), loaded.GetClusterer()!.Predict(stage.Layout, Execution.Default).GetAssignments());
        var progress = new List<string>();
        var execution = Execution.Default with { Explain = progress.Add };
        foreach (var refused in new Action[] { () =>
            loaded.Score(Pipelines.Others(), execution), () => loaded.Transform(Pipelines.Others(), execution) })
        {
            var error = Assert.Throws<N2DException>(refused);
            Assert.Equal("NoTransform", error.Id);
            Assert.Contains("UMAP", error.Message, StringComparison.Ordinal);
        }

        Assert.Empty(progress);
        ResavedIsTheSame();
    }

    [Fact]
    public void NoClusters_AreSavedAsWell()
    {
        var result = Pipelines.Grouped(new HdbscanOptions { MinimumClusterSize = 40 });
        Assert.Equal(0, result.ClusterCount);
        FittedPipeline.Of(result, Execution.Default).Save(FilePath);
        Assert.Equal(0, FittedPipeline.Describe(FilePath).ClusterCount);
        Assert.All(
            FittedPipeline.Load(FilePath).Score(Pipelines.Others(), Execution.Default).GetAssignments().ToArray(),
            cluster => Assert.Equal(ClusterPrediction.Noise, cluster));
    }

    [Fact]
    public void ManyFittedRows_AreSearchedAlongAGraph_ThatGoesWithTheModel()
    {
        // Past a million and a half values exact search gives way. Rows near those of the fit join them.
        var (rows, blobs) = RandomRows.Blobs(210, 7500, 4, scale: 3);
        var data = new Dataset("wide", rows);
        var saved = FittedPipeline.Of(
            ClusterResult.Create(data, new AgglomerativeOptions(4).Fit(rows, Execution.Default), Execution.Default), Execution.Default);
        saved.Save(FilePath);
        Assert.Contains("clusterer.index.targets", SafetensorsFile.Open(FilePath, "Copy it again.").Sizes.Keys);
        var near = new Dataset(
            "near", Matrix.Own([.. rows.Values.ToArray().Select(value => value + 0.001f)], 7500), new Labels(blobs, ["a", "b", "c", "d"]));
        var (before, after) = (saved.Score(near, Execution.Default), FittedPipeline.Load(FilePath).Score(near, Execution.Default));
        Assert.Equal(before.GetProbabilities().Values, after.GetProbabilities().Values);
        Assert.Equal(1, after.Acc);
    }

    [Fact]
    public void WhatNoLearnerCanHaveMade_IsRefusedWithTheReason()
    {
        Save(FittedPipeline.Of(Pipelines.Learned(Pipelines.Learners[1]), Execution.Default));
        Assert.Contains(
            "60 x 20, and must have 60 x 30",
            AfterText("stage0", "\"landmarkCount\":20", "\"landmarkCount\":30"),
            StringComparison.Ordinal);
        Assert.Contains(
            "needs at least 21 landmarks; there are 20",
            AfterText("stage0", "\"dimension\":3", "\"dimension\":20"),
            StringComparison.Ordinal);
        Assert.Contains("is negative", AfterArray<float>("stage0.distances", values => values[7] = -1), StringComparison.Ordinal);
        Assert.Contains("NaN", AfterArray<float>("stage0.projections", values => values[7] = float.NaN), StringComparison.Ordinal);
        Assert.Contains(
            "no number", AfterText("stage0", "\"residualVariance\":", "\"residualVariance\":\"NaN\",\"was\":"), StringComparison.Ordinal);

        Save(FittedPipeline.Of(Pipelines.Learned(Pipelines.Learners[2]), Execution.Default));
        Assert.Contains("at least 61 rows", AfterText("stage0", "\"neighborCount\":25", "\"neighborCount\":60"), StringComparison.Ordinal);
        Assert.Contains(
            "60 x 2, and must have 60 x 4", AfterText("stage0", "\"dimension\":2", "\"dimension\":4"), StringComparison.Ordinal);

        Save(FittedPipeline.Of(Pipelines.Learned(Pipelines.Learners[4]), Execution.Default));
        Assert.Contains("Perplexity", AfterText("stage0", "\"perplexity\":5", "\"perplexity\":-5"), StringComparison.Ordinal);
        Assert.Contains(
            "its number of columns is 0", AfterText("stage0", "\"inputDimension\":16", "\"inputDimension\":0"), StringComparison.Ordinal);
        Assert.Contains(
            "does not match its description",
            AfterText("stage0", "\"inputDimension\":16", "\"inputDimension\":17"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void WhatNoClustererCanHaveMade_IsRefusedWithTheReason()
    {
        Save(FittedPipeline.Of(Pipelines.Grouped(Pipelines.RowClusterers[0]), Execution.Default));
        Assert.Contains(
            "contains 3, and all values must be 0 to 2",
            AfterArray<int>("clusterer.assignments", values => values[7] = 3),
            StringComparison.Ordinal);
        Assert.Contains(
            "not in the range 0 to 1", AfterArray<float>("clusterer.shares", values => values[7] = 1.5f), StringComparison.Ordinal);
        Assert.Contains(
            "NeighborCount is 61, including the row itself, but there are 60 rows",
            AfterText("clusterer", "\"neighborCount\":8", "\"neighborCount\":61"),
            StringComparison.Ordinal);

        Save(FittedPipeline.Of(Pipelines.Grouped(Pipelines.RowClusterers[1]), Execution.Default));
        Assert.Contains("comes before its parent", AfterArray<int>("clusterer.parents", values => values[0] = 1), StringComparison.Ordinal);
        Assert.Contains("ends before it begins", AfterArray<double>("clusterer.spans", values => values[1] = -1), StringComparison.Ordinal);
        Assert.Contains(
            "with a shortest distance of 0 is invalid",
            AfterText("clusterer", "\"shortest\":", "\"shortest\":0,\"was\":"),
            StringComparison.Ordinal);
        Assert.Contains(
            "a core distance is negative", AfterArray<float>("clusterer.cores", values => values[7] = -1), StringComparison.Ordinal);
        Assert.Contains(
            "but there are 60 rows",
            AfterText("clusterer", "\"minimumClusterSize\":4", "\"minimumClusterSize\":61"),
            StringComparison.Ordinal);

        Save(FittedPipeline.Of(Pipelines.Grouped(Pipelines.RowClusterers[5]), Execution.Default));
        Assert.Contains(
            "its number of clusters, 7, does not match its options",
            AfterText("clusterer", "\"clusterCount\":3", "\"clusterCount\":7"),
            StringComparison.Ordinal);

        var below = Pipelines.Grouped(Pipelines.RowClusterers[6]);
        Assert.InRange(below.ClusterCount, 2, 59);
        Save(FittedPipeline.Of(below, Execution.Default));
        Assert.Contains(
            "60 rows cannot form 61 clusters",
            AfterText("clusterer", $"\"clusterCount\":{below.ClusterCount}", "\"clusterCount\":61"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void FilesOfBeforeAnOption_HaveItsDefault()
    {
        var result = Pipelines.Grouped(Pipelines.RowClusterers[1]);
        FittedPipeline.Of(result, Execution.Default).Save(FilePath);
        RewrittenFile.ChangeText(FilePath, "clusterer", "\"selectionEpsilon\":0,\"metric\":\"euclidean\",\"minkowskiPower\":2,", "");
        Assert.Equal(Pipelines.RowClusterers[1].ToString(), FittedPipeline.Load(FilePath).GetClusterer()!.Options.ToString());

        FittedPipeline.Of(Pipelines.Grouped(Pipelines.RowClusterers[0]), Execution.Default).Save(FilePath);
        RewrittenFile.ChangeText(FilePath, "clusterer", "\"distanceThreshold\":null,", "");
        Assert.Equal(Pipelines.RowClusterers[0].ToString(), FittedPipeline.Load(FilePath).GetClusterer()!.Options.ToString());
    }

    private void Save(FittedPipeline pipeline)
    {
        pipeline.Save(FilePath);
        File.Copy(FilePath, FilePath + ".whole", overwrite: true);
    }

    private void ResavedIsTheSame()
    {
        var bytes = File.ReadAllBytes(FilePath);
        FittedPipeline.Load(FilePath).Save(FilePath);
        Assert.Equal(bytes, File.ReadAllBytes(FilePath));
    }

    private string AfterText(string name, string text, string instead) =>
        After(() => RewrittenFile.ChangeText(FilePath, name, text, instead));

    private string AfterArray<T>(string name, Action<T[]> change)
        where T : unmanaged => After(() => RewrittenFile.ChangeArray(FilePath, name, change));

    /// <summary>The error of a changed file, which is restored afterward.</summary>
    private string After(Action change)
    {
        change();
        var error = Assert.Throws<N2DException>(() => FittedPipeline.Load(FilePath));
        Assert.Equal("CorruptModel", error.Id);
        File.Copy(FilePath + ".whole", FilePath, overwrite: true);
        return error.Message;
    }
}
