using N2D.Classifiers;
using N2D.Models;
using N2D.Numerics;
using N2D.Pipeline;
using N2D.Tests.Models;

namespace N2D.Tests.Classifiers;

/// <summary>The stage of two classifiers: its features, its file, and files that no training can have written.</summary>
public sealed class ClassifierFeaturesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("n2d-classifiers-").FullName;

    private string FilePath => Path.Combine(_folder, "m.n2d");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Features_AreStandardized_AndThoseOfUnseenRowsDoNotDependOnEachOther(bool isImage)
    {
        var (stage, features) = Pipelines.FeaturesOf(Pipelines.Images(), isImage);
        Assert.Equal(2 * ClassifierShape.FeatureCount, features.ColumnCount);
        var moments = ColumnMoments.Of(features, Execution.Default);

        // float32 offsets and factors of about sixty values. A unit that no row activates is constant.
        Assert.All(moments.Means, mean => Assert.Equal(0, mean, 1e-5));
        Assert.All(moments.Variances.Where(variance => variance != 0), variance => Assert.Equal(1, variance, 1e-4));
        Assert.InRange(moments.Variances.Count(variance => variance != 0), ClassifierShape.FeatureCount, features.ColumnCount);
        Assert.Equal(features.Values, stage.Transform(Pipelines.Images().GetRows(), Execution.Default).Values);

        var unseen = Pipelines.Others(101).GetRows();
        var whole = stage.Transform(unseen, Execution.Default with { ThreadCount = 2 });
        foreach (var (start, count) in new[] { (0, 1), (1, 49), (50, 51) })
        {
            var part = stage.Transform(
                Matrix.Own(unseen.RowRange(start, count).ToArray(), unseen.ColumnCount), Execution.Default with { ThreadCount = 1 });
            Assert.Equal(whole.RowRange(start, count), part.Values);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ASavedStage_GivesTheSameBytes_AndItsRecord(bool isImage)
    {
        var saved = FittedPipeline.Of(Pipelines.Classified(isImage), Execution.Default);
        saved.Save(FilePath);
        var loaded = FittedPipeline.Load(FilePath);
        var (stage, again) = ((ClassifierFeatures)saved.GetStages()[0], Assert.IsType<ClassifierFeatures>(loaded.GetStages()[0]));
        Assert.Equal((stage.Settings, stage.Seed, stage.Seconds), (again.Settings, again.Seed, again.Seconds));
        Assert.Equal(isImage ? Augmentation.Affine : Augmentation.Jitter, again.Augmentation);
        Assert.Equal(new SelfTrainingRound(1, 0.9, 0.8, 7, 1.5), Assert.Single(again.GetRounds()));

        var (before, after) = (saved.Score(Pipelines.Others(), Execution.Default), loaded.Score(Pipelines.Others(), Execution.Default));
        Assert.Equal(before.GetEmbedding().GetRows().Values, after.GetEmbedding().GetRows().Values);
        Assert.Equal(before.GetNovelty(), after.GetNovelty());
        Assert.Equal(before.GetAssignments(), after.GetAssignments());

        var bytes = File.ReadAllBytes(FilePath);
        loaded.Save(FilePath);
        Assert.Equal(bytes, File.ReadAllBytes(FilePath));
    }

    [Fact]
    public void WhatNoTrainingCanHaveMade_IsRefusedWithTheReason()
    {
        FittedPipeline.Of(Pipelines.Classified(isImage: true), Execution.Default).Save(FilePath);
        File.Copy(FilePath, FilePath + ".whole");
        const string Invalid = "the shape of its images, or its number of columns or classes, is invalid";
        foreach (var classCount in new[] { "0", "1", "-3", "4097", "2147483647" })
        {
            Assert.Contains(Invalid, AfterText("\"classCount\":3", $"\"classCount\":{classCount}"), StringComparison.Ordinal);
        }

        foreach (var (height, width) in new[] { (1, 16), (4, 5), (-4, -4), (65536, 65536) })
        {
            Assert.Contains(Invalid, AfterText(TextOf(4, 4), TextOf(height, width)), StringComparison.Ordinal);
        }

        Assert.Contains("and must have", AfterText(TextOf(4, 4), "\"image\":null"), StringComparison.Ordinal);
        Assert.Contains("and must have", AfterText(TextOf(4, 4), TextOf(2, 8)), StringComparison.Ordinal);
        Assert.Contains("and must have", AfterText("\"classCount\":3", "\"classCount\":17"), StringComparison.Ordinal);
        Assert.Contains(
            "a variance is negative",
            AfterArray("network1.moments", values => values[^1] = -1e-3f),
            StringComparison.Ordinal);
        Assert.Contains("NaN", AfterArray("network0.parameters", values => values[7] = float.NaN), StringComparison.Ordinal);
        Assert.Contains("NaN", AfterArray("scales", values => values[7] = float.PositiveInfinity), StringComparison.Ordinal);
        foreach (var name in new[] { "offsets", "factors", "means", "scales", "network0.parameters", "network1.moments", "rows" })
        {
            var error = After(() => RewrittenFile.Remove(FilePath, array => array == $"stage0.{name}"));
            Assert.Contains("stage0: ", error, StringComparison.Ordinal);
        }

        Assert.Contains("null", AfterText("\"rounds\":[", "\"rounds\":[null,"), StringComparison.Ordinal);

        static string TextOf(int height, int width) => $"\"image\":{{\"height\":{height},\"width\":{width}}}";
    }

    [Fact]
    public void Settings_NameTheRounds_AndRefittingKeepsTheNetworks()
    {
        var embedding = Pipelines.Classified(isImage: true).GetEmbedding();
        var stage = (ClassifierFeatures)embedding.GetStages()[0];
        Assert.Equal(("ClassifierFeatures", StageRole.Classifier), (stage.Name, stage.Role));
        Assert.Equal("Round=1; Augmentation=Affine; Seed=4", stage.Settings);
        Assert.Equal(embedding.GetRows().Values, stage.Refit(Pipelines.Images(), 9, Execution.Default).GetRows().Values);
    }

    [Fact]
    public void RowsThatTheNetworksCannotRead_AreRefused()
    {
        var stage = Pipelines.FeaturesOf(Pipelines.Images(), isImage: true).Stage;
        var narrow = Assert.Throws<N2DException>(() => stage.Transform(RandomRows.Uniform(3, 15), Execution.Default));
        Assert.Contains("15", narrow.Message, StringComparison.Ordinal);
        var values = new float[16];
        values[3] = float.NaN;
        Assert.Equal("NotFinite", Assert.Throws<N2DException>(() => stage.Transform(Matrix.Own(values, 16), Execution.Default)).Id);
    }

    private string AfterText(string text, string instead) => After(() => RewrittenFile.ChangeText(FilePath, "stage0", text, instead));

    private string AfterArray(string name, Action<float[]> change) =>
        After(() => RewrittenFile.ChangeArray(FilePath, $"stage0.{name}", change));

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
