using N2D.Clustering;
using N2D.Data;
using N2D.Models;

namespace N2D.Tests.Data.Tables;

/// <summary>Tables from users that were once read incorrectly, or rejected without a remedy.</summary>
public sealed class RealTableTests
{
    [Fact]
    public void NumericMarks_AreFoundAmongManyNumbersAtOnce()
    {
        var builder = new TableBuilder(
            new TableSource("x", "'x'", "/x", "row"), ["a"], new TableOptions { MissingMarks = ["-999"] }, Execution.Default);
        for (var row = 0; row < 2000; row++)
        {
            builder.BeginRow(row + 1);
            builder.Add(0, row * 1.5);
        }

        Assert.True(builder.TryBeginRows(2001, 3));
        builder.Add(0, 2001, [1, -999, 2]);

        Assert.Equal(1, builder.Build().Raw.Gaps[0].Count);
    }

    [Fact]
    public void ThousandsWithPoints_BesideWholeNumbers_AreRefused_WithBothReadings()
    {
        var error = Assert.Throws<N2DException>(() =>
            Rows.Build(["a", "b"], Rows.Repeat(20, row => [row < 10 ? $"{900 + row}" : $"1.{row:D3}", "1"])));

        Assert.Contains("Culture de-DE reads 1.000 as 1000, and Culture en-US reads it as 1", error.Message, StringComparison.Ordinal);
        Assert.Equal(1019, Rows.Build(["a"], [["900"], ["1.019"]], new TableOptions { Culture = NumberNotation.Of("de-DE") }).Column(0)[1]);
    }

    [Fact]
    public void NumbersOfThreeDecimals_AreNumbers() =>
        Assert.Equal(0.512f, Rows.Build(["a"], [["0.512"], ["100"], ["99.123"], ["200"]]).Column(0)[0]);

    [Theory]
    [InlineData("1.100.200,10", 1100200.1)]
    [InlineData("1 200,5", 1200.5)]
    [InlineData("1'200.5", 1200.5)]
    public void NumbersInAnotherNotation_AreRefused_WithACultureThatReadsThem(string text, double value)
    {
        var error = Assert.Throws<N2DException>(() => Rows.Build(["a", "b"], Rows.Repeat(5, _ => [text, "0.5"])));

        var culture = error.Message.Split("Culture: Culture ")[1].Split(' ')[0];
        Assert.Equal((float)value, Rows.Build(["a"], [[text]], new TableOptions { Culture = NumberNotation.Of(culture) }).Column(0)[0]);
    }

    [Theory]
    [InlineData("12%")]
    [InlineData("$1,100.50")]
    [InlineData("5 kg")]
    public void NumbersWithAUnit_AreNamedAsSuch(string text) =>
        Assert.Contains(
            "numbers with a sign or a unit",
            Assert.Throws<N2DException>(() => Rows.Build(["a", "b"], Rows.Repeat(5, _ => [text, "1"]))).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("", "height")]
    [InlineData("Unnamed: 0", "height")]
    [InlineData("", "0")]
    public void UnnamedIndex_InAnyOrder_IsLeftOut_AndTheAdviceMeansThatColumn(string index, string name)
    {
        var (dataset, warnings) = Rows.Listen(execution =>
            Rows.Build([index, name, "1"], Rows.Repeat(30, row => [$"{row * 7 % 30}", $"{row}.5", "2"]), null, execution));

        Assert.Equal([name, "1"], dataset.GetColumnNames());
        var advised = Assert.Single(warnings).Split("IdColumn ")[1].Split(';')[0].Trim('\'');
        Assert.Equal(
            "7",
            Rows.Build(
                [index, name, "1"],
                Rows.Repeat(30, row => [$"{row * 7 % 30}", $"{row}.5", "2"]),
                new TableOptions { IdColumn = advised }).GetIds()![1]);
    }

    [Fact]
    public void UnnamedColumn_GetsANameThatNoOtherHas() =>
        Assert.Equal(
            ["unnamed1", "x1", "x2"], Rows.Build(["", "x1", "x2"], Rows.Repeat(5, row => ["0.5", $"{row}", "1"])).GetColumnNames());

    [Fact]
    public void VectorsWithAMissingNumber_AreGaps_AndShiftNothing()
    {
        var dataset = Rows.Build(["v"], [["[1, 2, 3]"], ["[1, , 3]"], ["[1, nan, 3]"], ["[4, 5, 6]"]]);

        Assert.Equal(3, dataset.Dimension);
        Assert.Equal(2, dataset.Raw.Gaps[0].Count);
        Assert.Equal([2, float.NaN, float.NaN, 5], dataset.Column(1));
    }

    [Fact]
    public void EmptyVector_IsRefused_WithItsRow() =>
        Assert.Equal("RaggedVector", Assert.Throws<N2DException>(() => Rows.Build(["v"], [[new[] { 1.0 }], [Array.Empty<double>()]])).Id);

    [Fact]
    public void MixedIdsAndNumbers_AreRefused_WithEveryRoleOnce()
    {
        var error =
            Assert.Throws<N2DException>(() => Rows.Build(["sku", "b"], Rows.Repeat(20, row => [row % 2 == 0 ? $"{row}" : $"A{row}", "1"])));

        Assert.Contains(
            "IdColumn for ids, CategoryColumns for categories, or ExcludedColumns sku to leave it out.",
            error.Message,
            StringComparison.Ordinal);
        Assert.Single(error.Message.Split("IdColumn for ids").Skip(1));
        Assert.Contains("use MissingMarks A1, A3, A5.", error.Message, StringComparison.Ordinal);
        Assert.Equal(["IdColumn", "CategoryColumns", "ExcludedColumns", "MissingMarks"], error.Options);
    }

    [Fact]
    public void GapsOfAColumnThatIsLeftOut_AreGone_ThoughAnotherBeginsLikeIt()
    {
        var dataset = Rows.Build(["temp", "temp1"], [["", "1"], ["2", "3"]]);

        Assert.Empty(dataset.SelectColumns([1]).Raw.Gaps);
        Assert.Equal("temp", Assert.Single(dataset.SelectColumns([0]).Raw.Gaps).Column);
    }

    [Fact]
    public void ModelOfNumberedNames_IsNotMetByAnUnrelatedColumn()
    {
        var required = new RequiredColumns(["temp1", "temp2"], new HashSet<string>());

        Assert.Equal(
            ["temp1", "temp2"],
            Rows.Build(["temp", "temp1", "temp2"], [["text", "1", "2"]], new TableOptions { Required = required }).GetColumnNames());
        Assert.Equal(["temp1", "temp2"], Rows.Build(["temp"], [["[1, 2]"]], new TableOptions { Required = required }).GetColumnNames());
    }

    [Fact]
    public void RowsReadForAModel_KeepItsOffsets_WhateverElseTheyHold()
    {
        var required = new RequiredColumns(["t"], new HashSet<string>(), [1700000000000.0]);

        var dataset = Rows.Build(["t"], [["1700000060000"], ["0"]], new TableOptions { Required = required });

        Assert.Equal(60000, dataset.Column(0)[0]);
        Assert.Equal([1700000000000.0], dataset.GetOffsets()!);
    }

    [Fact]
    public void HeaderlessRowsForAModel_WithAnotherNumberOfColumns_AreRefused_WithTheHeaderToGive()
    {
        var required = new RequiredColumns(["a", "b"], new HashSet<string>());

        var error =
            Assert.Throws<N2DException>(() => Rows.Build(["", "", ""], [["1", "2", "3"]], new TableOptions { Required = required }));

        Assert.Contains("ColumnNames a, b", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TwoColumnsOfOneName_AreEachWhatTheyHold() =>
        Assert.Contains(
            "'a' (text, such as 'x')",
            Assert.Throws<N2DException>(() => Rows.Build(["a", "a", "b"], Rows.Repeat(3, _ => ["", "x", "1"]))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void FeatureThatIsAlsoTheLabel_IsRefused() =>
        Assert.Equal(
            "ColumnTwice",
            Assert.Throws<N2DException>(() =>
                Rows.Build(["a", "class"], [["1", "2"]], new TableOptions { Columns = ["a", "class"], LabelColumn = "class" })).Id);

    [Fact]
    public void WildcardOfCategories_LeavesOtherRolesAlone() =>
        Assert.Equal(
            ["a", "b"],
            Rows.Build(
                ["id", "a", "b"], [["r", "x", "y"]], new TableOptions { IdColumn = "id", CategoryColumns = ["*"] }).GetColumnNames());

    [Fact]
    public void CategoryColumnWithoutAnyValue_SurvivesAModelFile()
    {
        var raw =
            Rows.Build(["a", "color"], Rows.Repeat(40, row => [$"{row % 2 * 10}", ""]), new TableOptions { CategoryColumns = ["color"] });
        var fitted = Preparation.Apply(raw, new PreparationOptions { MissingValue = MissingValuePolicy.Mean }, Execution.Default);
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.n2d");
        try
        {
            FittedPipeline.Of(
                ClusterResult.Create(fitted, KMeans.Fit(fitted.GetRows(), new KMeansOptions(2), Execution.Default), Execution.Default),
                Execution.Default).Save(path);
            Assert.Equal(2, FittedPipeline.Load(path).GetRequiredColumns().Names.Count);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void NumbersWhereTheModelHasCategories_AreRefused()
    {
        var raw = Rows.Build(
            ["a", "zone"], Rows.Repeat(40, row => [$"{row % 2 * 10}", $"0{row % 2}"]), new TableOptions { CategoryColumns = ["zone"] });
        var fitted = Preparation.Apply(raw, new PreparationOptions(), Execution.Default);
        var model = FittedPipeline.Of(
            ClusterResult.Create(fitted, KMeans.Fit(fitted.GetRows(), new KMeansOptions(2), Execution.Default), Execution.Default),
            Execution.Default);

        var error = Assert.Throws<N2DException>(() => model.Score(Rows.Build(["a", "zone"], [["0", "01"]]), Execution.Default));

        Assert.Contains("fitted to categories", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NamesOfAModel_AreMatchedInAnyCase()
    {
        var required = new RequiredColumns(["a", "Color"], new HashSet<string> { "Color" });

        Assert.Equal(
            ["A", "color"],
            Rows.Build(["A", "color", "X"], [["1", "red", "t"]], new TableOptions { Required = required }).GetColumnNames());
    }

    [Fact]
    public void AllMissingColumn_IsFilledWithAWarning()
    {
        var (_, warnings) = Rows.Listen(
            execution => Preparation.Apply(
                Rows.Build(["a", "b"], [["1", ""], ["2", ""]]),
                new PreparationOptions { MissingValue = MissingValuePolicy.Mean },
                execution));

        Assert.Contains("column 'b' has no values", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void MarkOfMissingValues_AmongNumbers_IsWarnedOf()
    {
        var (_, warnings) = Rows.Listen(
            execution => Preparation.Apply(
                Rows.Build(["a", "b"], Rows.Repeat(40, row => [row % 9 == 0 ? "-999" : $"{row}", $"{row * 13}"])),
                new PreparationOptions(),
                execution));

        Assert.Contains("use MissingMarks -999", Assert.Single(warnings), StringComparison.Ordinal);
    }
}
