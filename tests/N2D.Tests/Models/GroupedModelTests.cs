using N2D.Clustering;
using N2D.Data;
using N2D.Models;
using N2D.Pipeline;
using N2D.Tests.Data.Tables;

namespace N2D.Tests.Models;

/// <summary>Saved and applied models whose rows are scaled within groups.</summary>
public sealed class GroupedModelTests : IDisposable
{
    private static readonly string[] Names = ["temp", "device", "power"];

    private readonly string _folder = Directory.CreateTempSubdirectory("n2d-groups-").FullName;

    private string FilePath => Path.Combine(_folder, "m.n2d");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(Standardization.ZScore)]
    [InlineData(Standardization.MinMax)]
    public void ALoadedModel_GivesTheSameBytes_ForKnownAndUnseenGroups(Standardization method)
    {
        var saved = Model(method);
        saved.Save(FilePath);
        var loaded = FittedPipeline.Load(FilePath);

        var (before, after) = (saved.Score(NewRows(), Execution.Default), loaded.Score(NewRows(), Execution.Default));

        Assert.Equal(before.GetEmbedding().GetRows().Values, after.GetEmbedding().GetRows().Values);
        Assert.Equal(before.GetAssignments(), after.GetAssignments());
        Assert.Equal(before.GetNovelty(), after.GetNovelty());
        Assert.Equal(before.Settings, after.Settings);
        var bytes = File.ReadAllBytes(FilePath);
        loaded.Save(FilePath);
        Assert.Equal(bytes, File.ReadAllBytes(FilePath));
    }

    [Fact]
    public void TheDescription_NamesTheGroupColumn()
    {
        Model(Standardization.ZScore).Save(FilePath);

        var description = FittedPipeline.Describe(FilePath);

        Assert.Equal("device", description.StandardizeBy);
        Assert.StartsWith("ZScoreByGroup(Standardize=ZScore; StandardizeBy=device) > ", description.Settings, StringComparison.Ordinal);
        Assert.Equal(["device", "temp", "power"], description.GetColumnNames());
        Assert.Equal((2, 2), (description.ColumnCount, FittedPipeline.Load(FilePath).ColumnCount));
    }

    [Fact]
    public void TheRowsOfTheFit_GetTheirOwnClusters_WhenTheyAreReadForTheModel()
    {
        var model = Model(Standardization.ZScore);
        var fitted = ClusterOf(Fit(Standardization.ZScore));

        // The columns are in another order, and one more is ignored.
        var again = Rows.Build(
            ["remark", "power", "device", "temp"],
            Rows.Repeat(120, row => ["x", PowerOf(row), DeviceOf(row), TempOf(row)]),
            new TableOptions { Required = model.GetRequiredColumns() });

        Assert.Equal(fitted.GetAssignments(), model.Score(again, Execution.Default).GetAssignments());
    }

    [Fact]
    public void ColumnsWithoutNames_AreMatchedByOrder_GroupFirst()
    {
        var model = Model(Standardization.ZScore);

        var rows = Rows.Build(
            ["", "", ""],
            Rows.Repeat(60, row => [DeviceOf(row), TempOf(row), PowerOf(row)]),
            new TableOptions { Required = model.GetRequiredColumns() });

        var expected = Rows.Build(Names, Rows.Repeat(60, RowOf), new TableOptions { GroupColumn = "device" });
        Assert.Equal(
            model.Transform(expected, Execution.Default).GetRows().Values, model.Transform(rows, Execution.Default).GetRows().Values);
    }

    [Fact]
    public void AModelWithoutColumnNames_FindsItsGroupsByPosition()
    {
        object?[][] rows = Rows.Repeat(90, RowOf);
        var embedding = Prepared(Rows.Build(["", "", ""], rows, new TableOptions { GroupColumn = "2" }), Standardization.ZScore);
        var model = FittedPipeline.Of(embedding, Execution.Default);

        var again = Rows.Build(["", "", ""], rows, new TableOptions { Required = model.GetRequiredColumns() });

        Assert.Equal(embedding.GetRows().Values, model.Transform(again, Execution.Default).GetRows().Values);
    }

    [Fact]
    public void NewRowsWithoutTheGroupColumn_AreRefused_ByItsName()
    {
        var model = Model(Standardization.ZScore);

        var read = Assert.Throws<N2DException>(() => Rows.Build(
            ["temp", "power"], Rows.Repeat(9, row => [1.0, row]), new TableOptions { Required = model.GetRequiredColumns() }));
        var applied = Assert.Throws<N2DException>(() => model.Transform(
            new Dataset("new", RandomRows.Uniform(9, 2), columnNames: ["temp", "power"]), Execution.Default));

        Assert.Equal(("ColumnMismatch", "ColumnMismatch"), (read.Id, applied.Id));
        Assert.StartsWith("'rows.csv' lacks 1 column of the model: 'device'.", read.Message, StringComparison.Ordinal);
        Assert.Contains("missing: 'device'.", applied.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NewRowsWithoutAGroup_AreRefused_OrDroppedAsInTheFit()
    {
        var model = Model(Standardization.ZScore);
        var dropping = FittedPipeline.Of(
            Preparation.Apply(
                Rows.Build(Names, Rows.Repeat(120, RowOf), new TableOptions { GroupColumn = "device" }),
                new PreparationOptions { MissingValue = MissingValuePolicy.Drop, Standardize = Standardization.ZScore },
                Execution.Default),
            Execution.Default);
        var rows = Rows.Build(
            Names,
            Rows.Repeat(60, row => row == 7 ? [1.0, "", 2.0] : RowOf(row)),
            new TableOptions { Required = model.GetRequiredColumns() });

        var error = Assert.Throws<N2DException>(() => model.Transform(rows, Execution.Default));

        Assert.Equal("MissingGroup", error.Id);
        Assert.Equal(
            "'rows.csv': 1 row has no group in column 'device' (first: line 9). The model scales each row by the figures of its "
                + "group. Fill in the groups, or leave out such rows. To have a model leave them out, set MissingValue to Drop when the "
                + "rows of its fit are read.",
            error.Message);
        Assert.Equal(59, dropping.Transform(rows, Execution.Default).RowCount);
    }

    [Fact]
    public void AGroupWhoseRowsWereAllDropped_IsUnseen()
    {
        var rows = Rows.Repeat(120, row => row % 4 == 3 ? ["", "gone", 1.0] : RowOf(row));
        var prepared = Preparation.Apply(
            Rows.Build(Names, rows, new TableOptions { GroupColumn = "device" }),
            new PreparationOptions { MissingValue = MissingValuePolicy.Drop, Standardize = Standardization.ZScore },
            Execution.Default);
        FittedPipeline.Of(prepared, Execution.Default).Save(FilePath);

        var (_, warnings) = Rows.Listen(execution => FittedPipeline.Load(FilePath).Transform(
            Rows.Build(Names, Rows.Repeat(9, row => [1.0 + row, "gone", 2.0]), new TableOptions { GroupColumn = "device" }), execution));

        Assert.Contains("'gone' (9 rows)", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatNoFitCanHaveMade_IsRefusedWithTheReason()
    {
        Model(Standardization.ZScore).Save(FilePath);
        File.Copy(FilePath, FilePath + ".whole");

        Assert.Contains(
            "a scale that is not positive",
            After(() => RewrittenFile.ChangeArray<double>(FilePath, "stage0.groupScales", values => values[1] = 0)),
            StringComparison.Ordinal);
        Assert.Contains(
            "NaN",
            After(() => RewrittenFile.ChangeArray<double>(FilePath, "stage0.offsets", values => values[1] = double.NaN)),
            StringComparison.Ordinal);
        Assert.Contains(
            "no groups",
            After(() => RewrittenFile.ChangeText(FilePath, "stage0", "\"empty\":[]", "\"empty\":[4]")),
            StringComparison.Ordinal);
        Assert.Contains(
            "'groupColumn' is missing",
            After(() => RewrittenFile.ChangeText(FilePath, "stage0", "\"groupColumn\":\"device\"", "\"groupColumn\":null")),
            StringComparison.Ordinal);
        Assert.Contains(
            "its groups do not fit its stages",
            After(() => RewrittenFile.ChangeText(FilePath, "description", "\"isGrouped\":true", "\"isGrouped\":false")),
            StringComparison.Ordinal);
        Assert.Contains(
            "it has no groups",
            After(() => RewrittenFile.ChangeText(FilePath, "description", "\"categories\":[[\"a\",\"b\",\"c\"],", "\"categories\":[null,")),
            StringComparison.Ordinal);
    }

    private string After(Action change)
    {
        change();
        var error = Assert.Throws<N2DException>(() => FittedPipeline.Load(FilePath));
        Assert.Equal("CorruptModel", error.Id);
        File.Copy(FilePath + ".whole", FilePath, overwrite: true);
        return error.Message;
    }

    private static string DeviceOf(int row) => "abc"[row % 3].ToString();

    /// <summary>Two regimes in turn, on devices of different temperature.</summary>
    private static double TempOf(int row) => (20 * (row % 3)) + (5 * (row / 3 % 2)) + Math.Sin(row);

    private static double PowerOf(int row) => (3 * (row / 3 % 2)) + Math.Cos(3 * row);

    private static object?[] RowOf(int row) => [TempOf(row), DeviceOf(row), PowerOf(row)];

    private static Embedding Prepared(Dataset dataset, Standardization method) =>
        Preparation.Apply(dataset, new PreparationOptions { Standardize = method }, Execution.Default);

    private static Embedding Fit(Standardization method) =>
        Prepared(Rows.Build(Names, Rows.Repeat(120, RowOf), new TableOptions { GroupColumn = "device" }), method);

    private static ClusterResult ClusterOf(Embedding embedding) => ClusterResult.Create(
        embedding, new KMeansOptions(2).Fit(embedding.GetRows(), Execution.Default), Execution.Default);

    private static FittedPipeline Model(Standardization method) => FittedPipeline.Of(ClusterOf(Fit(method)), Execution.Default);

    /// <summary>Rows of a known device, and of two unseen ones: d with 40 rows, e with 5.</summary>
    private static Dataset NewRows() => Rows.Build(
        Names,
        Rows.Repeat(75, row => [TempOf(row + 1), row < 30 ? "a" : row < 70 ? "d" : "e", PowerOf(row + 1)]),
        new TableOptions { GroupColumn = "device" });
}
