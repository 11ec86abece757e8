using N2D.Clustering;
using N2D.Data;
using N2D.Models;
using N2D.Numerics;
using N2D.Pipeline;
using N2D.Tests.Data.Tables;

namespace N2D.Tests.Data.Preparations;

public sealed class GroupStandardizerTests
{
    private const int GroupCount = 3;

    private static readonly string[] Machines = ["m1", "m2", "m3"];

    public static TheoryData<Standardization> Methods => [Standardization.ZScore, Standardization.MinMax];

    [Theory]
    [MemberData(nameof(Methods))]
    public void EachGroup_IsScaledLikeADataSetOfItsOwn(Standardization method)
    {
        var rows = Normal(150);
        var scaled = Scaled(rows, method);

        Assert.Equal($"{method}ByGroup", scaled.Stages);
        Assert.Equal(["x1", "x2", "x3", "x4"], scaled.GetColumnNames()!);
        for (var group = 0; group < GroupCount; group++)
        {
            int[] members = [.. Enumerable.Range(0, 150).Where(row => row % GroupCount == group)];
            var alone = Standardizer.Apply(new Dataset("x", rows.Select(members)), method, Execution.Default);
            Assert.True(alone.GetRows().Values.SequenceEqual(scaled.GetRows().Select(members).Values));
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void OneGroup_GivesTheBytesOfPlainScaling(Standardization method)
    {
        var data = new Dataset("x", Normal(1000));

        var scaled = GroupStandardizer.Apply(data.WithGroups("machine", [.. Enumerable.Repeat("m1", 1000)]), method, Execution.Default);

        Assert.True(Standardizer.Apply(data, method, Execution.Default).GetRows().Values.SequenceEqual(scaled.GetRows().Values));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void ShiftAndUnitOfAGroup_DoNotMatter(Standardization method)
    {
        var rows = Normal(150);
        var moved = Matrix.Own(
            [.. rows.Values.ToArray().Select((value, place) => place / 4 % GroupCount == 1 ? (value * 7) + 100 : value)], 4);

        var (one, other) = (Scaled(rows, method).GetRows(), Scaled(moved, method).GetRows());

        // float32 rounds a moved value, of at most 130, by up to 4e-6; the standard deviation is 7 and the range above it.
        Assert.All(Enumerable.Range(0, one.Values.Length), place => Assert.Equal(one.Values[place], other.Values[place], 2e-6f));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void AColumnThatIsConstantInAGroup_Becomes0ThereOnly(Standardization method)
    {
        var data = new Dataset("x", Matrix.Own([5.1f, 5.1f, 5.1f, 1, 2, 3], 1)).WithGroups("machine", ["a", "a", "a", "b", "b", "b"]);
        var messages = new List<string>();

        var scaled = GroupStandardizer.Apply(data, method, Execution.Default with { Explain = messages.Add }).GetRows().Values.ToArray();

        Assert.Equal([0, 0, 0], scaled[..3]);
        Assert.True(scaled[3] < scaled[4] && scaled[4] < scaled[5]);
        Assert.Equal(
            $"{method}ByGroup: 2 groups in column 'machine', 3 rows each. In 1 of them, a column holds a single value and becomes 0.",
            Assert.Single(messages));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void SameBytes_ForAnyThreadCount_AndWhenFittedAnew(Standardization method)
    {
        var data = Grouped(Normal(3000));

        var one = GroupStandardizer.Apply(data, method, new Execution { ThreadCount = 1 });

        Assert.True(one.GetRows().Values.SequenceEqual(
            GroupStandardizer.Apply(data, method, new Execution { ThreadCount = 5 }).GetRows().Values));
        Assert.True(one.GetRows().Values.SequenceEqual(one.GetStages()[0].Refit(data, 3, Execution.Default).GetRows().Values));
        Assert.True(one.GetRows().Values.SequenceEqual(
            one.GetStages()[0].Transform(data.GetRawRows(Execution.Default), Execution.Default).Values));
    }

    [Fact]
    public void Settings_SayWhatTheRowsAreScaledBy()
    {
        var result = Clustered(Scaled(Normal(150), Standardization.ZScore));

        Assert.Equal("Standardize=ZScore; StandardizeBy=machine", result.GetEmbedding().GetStages()[0].Settings);
        Assert.Contains("ZScoreByGroup(Standardize=ZScore; StandardizeBy=machine)", result.Settings, StringComparison.Ordinal);
    }

    [Fact]
    public void AnUnseenGroup_IsScaledByItsOwnRows_IfThereAreEnough_OtherwiseByAllOfTheFit()
    {
        var model = FittedPipeline.Of(Scaled(Normal(150), Standardization.ZScore), Execution.Default);
        var rows = Normal(89 + 30, seed: 9);
        string[] groups =
            [.. Enumerable.Repeat("m2", 60), .. Enumerable.Repeat("many", GroupStandardizer.MinRows), .. Enumerable.Repeat("few", 29)];

        var (applied, warnings) = Rows.Listen(execution => model.Transform(new Dataset("new", rows).WithGroups("machine", groups), execution));

        int[] Part(int start, int count) => [.. Enumerable.Range(start, count)];
        var known = model.GetStages()[0].Transform(Coded(rows.Select(Part(0, 60)), 1), Execution.Default);
        var own = Standardizer.Apply(new Dataset("own", rows.Select(Part(60, 30))), Standardization.ZScore, Execution.Default);
        var pooled = Standardizer.Apply(new Dataset("fit", Normal(150)), Standardization.ZScore, Execution.Default).GetStages()[0];
        Assert.True(known.Values.SequenceEqual(applied.GetRows().Select(Part(0, 60)).Values));
        Assert.True(own.GetRows().Values.SequenceEqual(applied.GetRows().Select(Part(60, 30)).Values));
        Assert.True(pooled.Transform(rows.Select(Part(90, 29)), Execution.Default)
            .Values.SequenceEqual(applied.GetRows().Select(Part(90, 29)).Values));
        Assert.Equal(
            "'new': the model was not fitted to 2 groups in column 'machine'. Scaled by their own rows: 'many' (30 rows). This assumes the "
                + "same mix of clusters as in the training rows. Scaled by all training rows, because they have fewer than 30 rows, so "
                + "their clusters are uncertain: 'few' (29 rows).",
            Assert.Single(warnings));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Fitting_CopiesTheRowsOnce_AndKnownGroupsAreNotReadAgain(Standardization method)
    {
        const int Count = 50_000;
        var data = Grouped(Normal(Count));
        var execution = new Execution { ThreadCount = 1 };
        var stage = GroupStandardizer.Apply(data, method, execution).GetStages()[0];

        // The output, the rows of each group with its code, and the row numbers in lists that grow: up to 14.5 values a row. A copy for the
        // figures of all rows would be 4 more.
        Assert.InRange(AllocatedBy(() => GroupStandardizer.Apply(data, method, execution)), 0, sizeof(float) * Count * 16);
        Assert.InRange(AllocatedBy(() => Assert.Same(stage, stage.For(data, rows => rows, execution))), 0, Count);

        static long AllocatedBy(Action work)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            work();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public void Blocks_DoNotMatter_AlsoForUnseenGroups()
    {
        var stages = Scaled(Normal(150), Standardization.ZScore).GetStages();
        string[] groups = [.. Enumerable.Range(0, 100).Select(row => row % 2 == 0 ? "m1" : "new")];
        var data = new Dataset("new", Normal(100, seed: 9)).WithGroups("machine", groups);

        Assert.True(PipelineRun.Of(data, stages, Execution.Default).Rows.Values.SequenceEqual(
            PipelineRun.Of(data, stages, Execution.Default, rowsPerBlock: 7).Rows.Values));
    }

    [Fact]
    public void SmallGroupsOfTheFit_AreWarnedOf()
    {
        var data = new Dataset("x", Normal(60)).WithGroups(
            "machine", [.. Enumerable.Repeat("m1", 31), .. Enumerable.Repeat("m2", 28), "m3"]);

        var (_, warnings) = Rows.Listen(execution => GroupStandardizer.Apply(data, Standardization.ZScore, execution));

        Assert.Equal(
            "'x': 2 of 3 groups in column 'machine' have fewer than 30 rows, so their scaling is uncertain: 'm2' (28 rows), 'm3' (1 row).",
            Assert.Single(warnings));
    }

    [Fact]
    public void GroupsWhoseRowsWereAllDropped_AreNotInTheMessages()
    {
        var data = Rows.Build(
            ["machine", "a"],
            Rows.Repeat(60, row => [row switch { < 31 => "m1", < 59 => "m2", _ => "M1" }, row == 59 ? null : (double)row]),
            new TableOptions { GroupColumn = "machine" });
        var options = new PreparationOptions { MissingValue = MissingValuePolicy.Drop, Standardize = Standardization.ZScore };

        var (_, warnings) = Rows.Listen(execution => Preparation.Apply(data, options, execution));

        Assert.Equal(
            "'rows.csv': 1 of 2 groups in column 'machine' has fewer than 30 rows, so their scaling is uncertain: 'm2' (28 rows).",
            Assert.Single(warnings));
    }

    [Theory]
    [InlineData("a b c d", 4)]
    [InlineData("a a b c d", 3)]
    public void AColumnThatDiffersInMostRows_IsRefused(string groups, int alone)
    {
        var names = groups.Split(' ');
        var data = new Dataset("x", Normal(names.Length)).WithGroups("name", names);

        var error = Assert.Throws<N2DException>(() => GroupStandardizer.Apply(data, Standardization.ZScore, Execution.Default));

        Assert.Equal(("GroupsOfOneRow", "GroupColumn"), (error.Id, Assert.Single(error.Options)));
        Assert.StartsWith($"'x': {alone} of {names.Length} rows are alone in their group in column 'name'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Groups_AreAColumnOfText_OrOfNumbers_ThatIsNotClustered()
    {
        var rows = Rows.Repeat(90, row => [$"m{row % 3}", row % 3, row, Math.Sin(row)]);

        var byText = Read(rows, new TableOptions { GroupColumn = "machine", ExcludedColumns = ["number"] });
        var byNumber = Read(rows, new TableOptions { GroupColumn = "number", ExcludedColumns = ["machine"] });

        Assert.Equal(["a", "b"], byText.GetColumnNames()!);
        Assert.Equal(["a", "b"], byNumber.GetColumnNames()!);
        Assert.True(byText.GetRows().Values.SequenceEqual(byNumber.GetRows().Values));
        Assert.Equal(0, Enumerable.Range(0, 30).Sum(row => byText.GetRows()[3 * row, 0]), 1e-5f);

        static Embedding Read(object?[][] rows, TableOptions options) => Preparation.Apply(
            Rows.Build(["machine", "number", "a", "b"], rows, options),
            new PreparationOptions { Standardize = Standardization.ZScore },
            Execution.Default);
    }

    [Theory]
    [InlineData("name", null, null, null, "GroupColumnNotFound")]
    [InlineData("machine", "machine", null, null, "GroupColumnTaken")]
    [InlineData("machine", null, "machine", null, "GroupColumnTaken")]
    [InlineData("machine", null, null, "machine", "ColumnTwice")]
    public void AGroupColumnThatIsMissing_OrHasAnotherRole_IsRefused(string group, string? label, string? id, string? column, string error)
    {
        var options = new TableOptions
        {
            GroupColumn = group,
            LabelColumn = label,
            IdColumn = id,
            Columns = column is null ? null : ["a", column],
        };

        Assert.Equal(
            error,
            Assert.Throws<N2DException>(() => Rows.Build(["machine", "a"], Rows.Repeat(9, row => [$"m{row % 3}", row]), options)).Id);
    }

    [Fact]
    public void GroupsWithoutScaling_AreRefused()
    {
        var error = Assert.Throws<N2DException>(
            () => Preparation.Apply(Grouped(Normal(60)), new PreparationOptions(), Execution.Default));

        Assert.Equal("GroupsWithoutScaling", error.Id);
        Assert.Equal("GroupColumn requires Standardize ZScore or MinMax. Use one of them, or remove GroupColumn.", error.Message);
    }

    [Theory]
    [InlineData(MissingValuePolicy.Error)]
    [InlineData(MissingValuePolicy.Mean)]
    public void RowsWithoutAGroup_AreRefused(MissingValuePolicy policy)
    {
        var error = Assert.Throws<N2DException>(() => Preparation.Apply(
            WithGaps(), new PreparationOptions { MissingValue = policy, Standardize = Standardization.ZScore }, Execution.Default));

        Assert.Equal("MissingGroup", error.Id);
        Assert.Equal(
            "'rows.csv': 2 rows have no group in column 'machine' (first: line 3). Fill in the groups, or use MissingValue Drop to leave "
                + "out such rows.",
            error.Message);
    }

    [Fact]
    public void RowsWithoutAGroup_AreDropped_AndTheOthersKeepTheirs()
    {
        var prepared = Preparation.Apply(
            WithGaps(),
            new PreparationOptions { MissingValue = MissingValuePolicy.Drop, Standardize = Standardization.MinMax },
            Execution.Default);

        Assert.Equal((88, 2), (prepared.RowCount, prepared.GetDataset().DroppedCount));
        Assert.Equal(Enumerable.Range(0, 90).Except([1, 31]), prepared.EnumeratePlaces());
        for (var group = 0; group < GroupCount; group++)
        {
            var members = prepared.EnumeratePlaces().Select((place, row) => (place, row)).Where(pair => pair.place % GroupCount == group);
            float[] values = [.. members.Select(pair => prepared.GetRows()[pair.row, 0])];
            Assert.Equal((0f, 1f), (values.Min(), values.Max()));
        }
    }

    [Fact]
    public void GapsAndCategories_AreHandledBefore_AndGroupsAreNotEncoded()
    {
        var rows = Rows.Repeat(90, row => [row % 7 == 3 ? null : row, row % 2 == 0 ? "red" : "blue", $"m{row % 3}"]);
        var data = Rows.Build(["a", "color", "machine"], rows, new TableOptions { CategoryColumns = ["color"], GroupColumn = "machine" });

        var prepared = Preparation.Apply(
            data,
            new PreparationOptions
            {
                MissingValue = MissingValuePolicy.Median,
                HasIndicators = true,
                Standardize = Standardization.MinMax,
            },
            Execution.Default);

        Assert.Equal("Imputer > OneHot > MinMaxByGroup", prepared.Stages);
        Assert.Equal(["a", "color=blue", "color=red", "a=missing"], prepared.GetColumnNames()!);
        Assert.Equal((0f, 1f), (prepared.GetRows().Values.ToArray().Min(), prepared.GetRows().Values.ToArray().Max()));
    }

    [Fact]
    public void Prototypes_AreMeansInTheUnitsOfTheDataSet_WithoutTheGroup()
    {
        var rows = Normal(150);
        var result = Clustered(Scaled(rows, Standardization.ZScore));

        var prototypes = DecodedRows.Of(result, Execution.Default);

        Assert.Equal(["x1", "x2", "x3", "x4"], prototypes.Rows.GetColumnNames());
        int[] members = [.. Enumerable.Range(0, 150).Where(row => result.GetAssignments()[row] == 0)];
        Assert.Equal(members.Average(row => (double)rows[row, 2]), prototypes.Rows.GetRows()[0, 2], 1e-5);
        var error = Assert.Throws<N2DException>(() => DecodedRows.Of(result.GetEmbedding(), Execution.Default));
        Assert.Equal("NoInverse", error.Id);
        Assert.StartsWith("ZScoreByGroup has no inverse transform", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Ninety rows of three machines; the machine of rows 1 and 31 is missing.</summary>
    private static Dataset WithGaps() => Rows.Build(
        ["machine", "a"],
        Rows.Repeat(90, row => [row is 1 or 31 ? "NA" : $"m{row % 3}", (double)row]),
        new TableOptions { GroupColumn = "machine" });

    private static Matrix Normal(int rowCount, int seed = 0) => RandomRows.Blobs(rowCount, 4, 2, scale: 3, seed).Rows;

    /// <summary>Rows of three machines in turn.</summary>
    private static Dataset Grouped(Matrix rows) =>
        new Dataset("x", rows).WithGroups("machine", [.. Enumerable.Range(0, rows.RowCount).Select(row => Machines[row % GroupCount])]);

    private static Embedding Scaled(Matrix rows, Standardization method) =>
        GroupStandardizer.Apply(Grouped(rows), method, Execution.Default);

    /// <summary>Rows with a first column that holds the code of their group.</summary>
    private static Matrix Coded(Matrix rows, float code) => Matrix.Own(
        [.. Enumerable.Range(0, rows.RowCount).SelectMany(row => rows.Row(row).ToArray().Prepend(code))], rows.ColumnCount + 1);

    private static ClusterResult Clustered(Embedding embedding) => ClusterResult.Create(
        embedding, new KMeansOptions(2).Fit(embedding.GetRows(), Execution.Default), Execution.Default);
}
