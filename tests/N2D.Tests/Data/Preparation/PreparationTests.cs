using N2D.Clustering;
using N2D.Data;
using N2D.Models;
using N2D.Tests.Data.Tables;

namespace N2D.Tests.Data.Preparations;

public sealed class PreparationTests
{
    private static readonly string[] Names = ["a", "b"];

    /// <summary>Two columns with gaps: a is 1, 2, gap, 6; b is 10, gap, 20, 30.</summary>
    private static readonly object?[][] WithGaps = [[1.0, 10.0], [2.0, null], [null, 20.0], [6.0, 30.0]];

    [Fact]
    public void Error_CountsTheGapsOfEachColumn_AndNamesTheWaysOn()
    {
        var error =
            Assert.Throws<N2DException>(() => Preparation.Apply(Rows.Build(Names, WithGaps), new PreparationOptions(), Execution.Default));

        Assert.Equal("MissingValue", error.Id);
        Assert.Equal(
            "'rows.csv' has 2 missing values in 2 columns: 'a' 1 (first: line 4), 'b' 1 (first: line 3). Use MissingValue Drop, Mean, "
                + "Median or Constant, or leave them out: ExcludedColumns a, b.",
            error.Message);
    }

    [Theory]
    [InlineData(MissingValuePolicy.Mean, 3, 20)]
    [InlineData(MissingValuePolicy.Median, 2, 20)]
    [InlineData(MissingValuePolicy.Constant, -1, -1)]
    public void Imputer_FillsEachGap_AsItsPolicySays(MissingValuePolicy policy, float a, float b)
    {
        var prepared = Preparation.Apply(
            Rows.Build(Names, WithGaps), new PreparationOptions { MissingValue = policy, MissingConstant = -1 }, Execution.Default);

        Assert.Equal("Imputer", prepared.Stages);
        Assert.Equal([1, 10, 2, b, a, 20, 6, 30], prepared.GetRows().Values.ToArray());
    }

    [Fact]
    public void Imputer_IsAStage_ThoughTheFitHasNoGap() =>
        Assert.Equal(
            "Imputer",
            Preparation.Apply(
                Rows.Build(["a"], [[1.0], [3.0]]),
                new PreparationOptions { MissingValue = MissingValuePolicy.Mean },
                Execution.Default).Stages);

    [Fact]
    public void Constant_OfALargeColumn_IsInTheUnitOfTheSource()
    {
        var rows = Rows.Build(["t"], [["1700000000000"], ["1700000060000"], [""]]);

        var prepared = Preparation.Apply(
            rows, new PreparationOptions { MissingValue = MissingValuePolicy.Constant, MissingConstant = 1700000030000 }, Execution.Default);

        Assert.Equal([0, 60000, 30000], prepared.GetRows().Values.ToArray());
    }

    [Fact]
    public void Indicators_StandBesideTheColumnsThatHaveGaps()
    {
        var rows = Rows.Build(["a", "c"], [[1.0, 1.0], [null, 2.0]]);

        var prepared = Preparation.Apply(
            rows, new PreparationOptions { MissingValue = MissingValuePolicy.Mean, HasIndicators = true }, Execution.Default);

        Assert.Equal(["a", "c", "a=missing"], prepared.GetColumnNames()!);
        Assert.Equal([1, 1, 0, 1, 2, 1], prepared.GetRows().Values.ToArray());
    }

    [Fact]
    public void Drop_LeavesOutRows_WhichKeepTheirPlacesIdsAndLabels()
    {
        var rows =
            Rows.Repeat(40, row => [$"r{row}", row is 0 or 7 or 39 ? null : row % 2 * 10.0 + (row / 100.0), row % 2 == 0 ? "u" : "v"]);
        var dataset = Rows.Build(["name", "a", "kind"], rows, new TableOptions { IdColumn = "name", LabelColumn = "kind" });

        var prepared = Preparation.Apply(dataset, new PreparationOptions { MissingValue = MissingValuePolicy.Drop }, Execution.Default);
        var result =
            ClusterResult.Create(prepared, KMeans.Fit(prepared.GetRows(), new KMeansOptions(2), Execution.Default), Execution.Default);

        Assert.Equal((37, 3), (prepared.RowCount, result.DroppedCount));
        Assert.Equal(1, result.Acc);
        Assert.Equal(Enumerable.Range(0, 40).Except([0, 7, 39]), result.EnumerateAssignments().Select(assignment => assignment.Index));
        var all = result.EnumerateAssignments(includeDropped: true).Cast<IdentifiedAssignment>().ToArray();
        Assert.Equal(Enumerable.Range(0, 40).Select(row => ($"r{row}", row)), all.Select(assignment => (assignment.Id, assignment.Index)));
        Assert.Equal([0, 7, 39], all.Where(assignment => assignment.Cluster is null).Select(assignment => assignment.Index));
        Assert.Equal("v", all[7].Label);
    }

    [Fact]
    public void Drop_OfEveryRow_IsRefused() =>
        Assert.Equal("EmptyDataset", Assert.Throws<N2DException>(() => Preparation.Apply(
            Rows.Build(Names, [[1.0, null], [null, 2.0]]), new PreparationOptions
            { MissingValue = MissingValuePolicy.Drop }, Execution.Default)).Id);

    [Fact]
    public void Categories_BecomeAColumnEach_NamedByColumnAndCategory()
    {
        var rows =
            Rows.Build(["size", "color"], [["1", "red"], ["2", "blue"], ["3", "red"]], new TableOptions { CategoryColumns = ["color"] });

        var prepared = Preparation.Apply(rows, new PreparationOptions(), Execution.Default);

        Assert.Equal(["size", "color=blue", "color=red"], prepared.GetColumnNames()!);
        Assert.Equal([1, 0, 1, 2, 1, 0, 3, 0, 1], prepared.GetRows().Values.ToArray());
    }

    [Fact]
    public void StagesFollowEachOther_ImputerThenCategoriesThenScale()
    {
        var rows = Rows.Build(["a", "color"], [["1", "red"], ["", "blue"], ["3", "NA"]], new TableOptions { CategoryColumns = ["color"] });

        var prepared = Preparation.Apply(
            rows,
            new PreparationOptions { MissingValue = MissingValuePolicy.Median, Standardize = Standardization.MinMax },
            Execution.Default);

        Assert.Equal("Imputer > OneHot > MinMax", prepared.Stages);
        Assert.Equal([0, 0, 1, 0.5f, 1, 0, 1, 0, 0], prepared.GetRows().Values.ToArray());
    }

    [Fact]
    public void StandardizedTimesInMilliseconds_KeepTheirGroups()
    {
        var rows = Rows.Repeat(300, row => [$"{1700000000000 + (row % 3 * 60000)}", $"{row % 3}"]);
        var dataset = Rows.Build(["t", "y"], rows, new TableOptions { LabelColumn = "y" });

        var prepared = Preparation.Apply(dataset, new PreparationOptions { Standardize = Standardization.ZScore }, Execution.Default);
        var result =
            ClusterResult.Create(prepared, KMeans.Fit(prepared.GetRows(), new KMeansOptions(3), Execution.Default), Execution.Default);

        Assert.Equal(1, result.Acc);
    }

    [Fact]
    public void Model_FillsGapsAndEncodesCategories_AsItsFitDid()
    {
        var options = new TableOptions { CategoryColumns = ["color"], IdColumn = "t" };
        var rows = Rows.Repeat(60, row => [$"{row}", row == 5 ? "" : $"{row % 2 * 10 + (row / 100.0)}", row % 2 == 0 ? "red" : "blue"]);
        var fitted = Preparation.Apply(
            Rows.Build(["t", "a", "color"], rows, options),
            new PreparationOptions { MissingValue = MissingValuePolicy.Mean },
            Execution.Default);
        var model =
            Saved(ClusterResult.Create(fitted, KMeans.Fit(fitted.GetRows(), new KMeansOptions(2), Execution.Default), Execution.Default));

        var today = Rows.Build(
            ["color", "extra", "a"],
            [["blue", "x", ""], ["red", "x", "0"], ["mauve", "x", "10"], ["NA", "x", "10.1"]],
            new TableOptions { Required = model.GetRequiredColumns() });
        var (scored, warnings) = Rows.Listen(execution => model.Score(today, execution));

        Assert.Equal(4, scored.RowCount);
        Assert.Equal(scored.EnumerateAssignments().ElementAt(2).Cluster, scored.EnumerateAssignments().ElementAt(3).Cluster);
        Assert.NotEqual(scored.EnumerateAssignments().ElementAt(1).Cluster, scored.EnumerateAssignments().ElementAt(2).Cluster);
        Assert.Contains(
            "1 cell of 'rows' contains a category that",
            Assert.Single(warnings),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Model_LeavesOutRowsWithGaps_WhereItsFitDid()
    {
        var fitted = Preparation.Apply(
            Rows.Build(["a"], Rows.Repeat(40, row => [row == 3 ? "" : $"{row % 2 * 10}"])), new PreparationOptions
            { MissingValue = MissingValuePolicy.Drop }, Execution.Default);
        var model =
            Saved(ClusterResult.Create(fitted, KMeans.Fit(fitted.GetRows(), new KMeansOptions(2), Execution.Default), Execution.Default));

        var scored = model.Score(
            Rows.Build(["a"], [["0"], [""], ["10"]], new TableOptions { Required = model.GetRequiredColumns() }), Execution.Default);

        Assert.Equal((2, 1), (scored.RowCount, scored.DroppedCount));
        Assert.Null(scored.EnumerateAssignments(includeDropped: true).ElementAt(1).Cluster);
    }

    [Fact]
    public void ModelWithoutImputer_RefusesGaps_WithTheirCount()
    {
        var fitted =
            Preparation.Apply(Rows.Build(["a"], Rows.Repeat(40, row => [$"{row % 2 * 10}"])), new PreparationOptions(), Execution.Default);
        var model =
            Saved(ClusterResult.Create(fitted, KMeans.Fit(fitted.GetRows(), new KMeansOptions(2), Execution.Default), Execution.Default));
        var today = Rows.Build(["a"], [["0"], [""]], new TableOptions { Required = model.GetRequiredColumns() });

        Assert.Equal("MissingValue", Assert.Throws<N2DException>(() => model.Score(today, Execution.Default)).Id);
    }

    [Fact]
    public void Model_TakesTheOffsetOfItsFit_WhateverOffsetLaterRowsHave()
    {
        static string[] Time(int group) => [$"{1700000000000 + (group * 60000)}"];
        var fitted = Preparation.Apply(
            Rows.Build(["t"], Rows.Repeat(60, row => Time(row % 3))),
            new PreparationOptions { Standardize = Standardization.ZScore },
            Execution.Default);
        var model =
            Saved(ClusterResult.Create(fitted, KMeans.Fit(fitted.GetRows(), new KMeansOptions(3), Execution.Default), Execution.Default));

        var clusters = Enumerable.Range(
            0, 3).Select(group => model.Score(Rows.Build(["t"], [Time(group)]), Execution.Default).EnumerateAssignments().Single().Cluster);

        Assert.Equal(3, clusters.Distinct().Count());
    }

    [Fact]
    public void NamelessRows_ForAModelWithNames_CauseAWarning()
    {
        var fitted = Preparation.Apply(
            Rows.Build(Names, Rows.Repeat(40, row => [$"{row % 2 * 10}", "1"])), new PreparationOptions(), Execution.Default);
        var model =
            Saved(ClusterResult.Create(fitted, KMeans.Fit(fitted.GetRows(), new KMeansOptions(2), Execution.Default), Execution.Default));

        var (_, warnings) = Rows.Listen(execution => model.Score(Rows.Build(["", ""], [["0", "1"]]), execution));

        Assert.Contains(
            "Data set 'rows' has no column names, but the model has: 'a', 'b'. The columns are matched by their order.",
            Assert.Single(warnings),
            StringComparison.Ordinal);
    }

    private static FittedPipeline Saved(ClusterResult result)
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.n2d");
        try
        {
            FittedPipeline.Of(result, Execution.Default).Save(path);
            return FittedPipeline.Load(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
