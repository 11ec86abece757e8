using N2D.Data;

namespace N2D.Tests.Data.Tables;

public sealed class TableBuilderTests
{
    /// <summary>More and fewer rows than the first sample: both must give the same result.</summary>
    public static TheoryData<int> Counts => [12, 250];

    [Theory]
    [MemberData(nameof(Counts))]
    public void Roles_DecideWhatAColumnBecomes(int count)
    {
        var rows = Rows.Repeat(count, row => [$"r{row}", row % 2 == 0 ? "u" : "v", $"{row}.5", "note"]);

        var dataset = Rows.Build(
            ["name", "kind", "a", "text"], rows, new TableOptions { IdColumn = "NAME", LabelColumn = "2", ExcludedColumns = ["te*"] });

        Assert.Equal(["a"], dataset.GetColumnNames());
        Assert.Equal(count - 0.5f, dataset.GetRows()[count - 1, 0]);
        Assert.Equal(["u", "v"], dataset.GetLabels()!.ClassNames);
        Assert.Equal("r1", dataset.GetIds()![1]);
    }

    [Theory]
    [MemberData(nameof(Counts))]
    public void Weights_AreTakenOutOfTheColumns_AndTravelWithTheRows(int count)
    {
        var rows = Rows.Repeat(count, row => [$"r{row}", $"{row}.5", $"{row % 3}", row == 5 ? "NA" : "7", row == 4 ? "" : "k"]);
        foreach (var options in new TableOptions[]
        {
            new() { IdColumn = "name", LabelColumn = "kind", WeightColumn = "W" },
            new() { IdColumn = "name", LabelColumn = "kind", WeightColumn = "3", Columns = ["a", "b"] },
        })
        {
            var dataset = Rows.Build(["name", "a", "w", "b", "kind"], rows, options);
            Assert.Equal(["a", "b"], dataset.GetColumnNames());
            Assert.Equal(Enumerable.Range(0, count).Select(row => row % 3.0), dataset.GetWeights());
            Assert.Equal("r1", dataset.GetIds()![1]);
            Assert.Equal("name", dataset.GetIdName());
            Assert.Equal("'b' 1 (first: line 7)", Assert.Single(dataset.Raw.Gaps).ToString());
            Assert.Equal(5.5f, dataset.GetRawRows(Execution.Default)[5, 0]);

            // Dropped rows also lose their weights.
            var whole = dataset.DropMissing();
            Assert.Equal(Enumerable.Range(0, count).Where(row => row != 5).Select(row => row % 3.0), whole.GetWeights());
        }
    }

    [Theory]
    [InlineData("w", "1", "-2", "WeightOutOfRange", "row 2 is -2")]
    [InlineData("w", "1", "", "WeightOutOfRange", "row 2 is missing")]
    [InlineData("w", "0", "0", "WeightOutOfRange", "all weights are 0")]
    [InlineData("v", "1", "1", "WeightColumnNotFound", "has no column")]
    [InlineData("id", "1", "1", "WeightColumnTaken", "it holds weights, so it cannot hold labels, ids")]
    public void WeightsThatCannotBeUsed_AreRefusedByTheirColumn(string column, string first, string second, string id, string reason)
    {
        var error = Assert.Throws<N2DException>(() =>
            Rows.Build(
                ["id", "a", "w"], [["x", "1", first], ["y", "2", second]], new TableOptions { IdColumn = "id", WeightColumn = column }));
        Assert.Equal(id, error.Id);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Equal(
            "NoNumberColumns",
            Assert.Throws<N2DException>(() => Rows.Build(["w"], [["1"], ["2"]], new TableOptions { WeightColumn = "w" })).Id);
    }

    [Fact]
    public void Columns_ChoosesAndOrders_ByNameWildcardAndPosition()
    {
        var dataset =
            Rows.Build(["a", "b1", "b2", "c"], Rows.Repeat(3, row => ["1", "2", "3", "x"]), new TableOptions { Columns = ["b*", "1"] });

        Assert.Equal(["b1", "b2", "a"], dataset.GetColumnNames());
    }

    [Theory]
    [MemberData(nameof(Counts))]
    public void Gaps_AreNaN_AndCountedByColumn_WithTheFirstPlace(int count)
    {
        var rows = Rows.Repeat(count, row => [row == 4 ? "NA" : "1", row is 2 or 7 ? "" : "2", "3"]);

        var dataset = Rows.Build(["a", "b", "c"], rows);

        Assert.Equal(["'a' 1 (first: line 6)", "'b' 2 (first: line 4)"], dataset.Raw.Gaps.Select(gap => gap.ToString()));
        Assert.True(float.IsNaN(dataset.Column(1)[7]));
        Assert.Equal("NotPrepared", Assert.Throws<N2DException>(() => dataset.GetRows()).Id);
    }

    [Theory]
    [InlineData("NA")]
    [InlineData("NaN")]
    [InlineData("null")]
    [InlineData("?")]
    [InlineData(" ")]
    [InlineData("#N/A")]
    [InlineData("<NA>")]
    public void Marks_AreMissing_AmongNumbersLabelsAndCategoriesAlike(string mark)
    {
        var rows = Rows.Repeat(5, row => row == 1 ? [mark, mark, mark] : ["1", "u", "red"]);

        var dataset = Rows.Build(["a", "kind", "color"], rows, new TableOptions { LabelColumn = "kind", CategoryColumns = ["color"] });

        Assert.Equal(["u"], dataset.GetLabels()!.ClassNames);
        Assert.Equal(4, dataset.GetLabels()!.KnownCount);
        Assert.Equal([("a", 1), ("color", 1)], dataset.Raw.Gaps.Select(gap => (gap.Column, gap.Count)));
        Assert.Equal(["red"], dataset.Raw.Categories![1]!);
    }

    [Fact]
    public void OwnMarks_AreMissingToo()
    {
        var rows = Rows.Repeat(5, row => row == 1 ? ["-999", "none"] : ["1", "u"]);

        var dataset = Rows.Build(["a", "kind"], rows, new TableOptions { LabelColumn = "kind", MissingMarks = ["-999", "None"] });

        Assert.Equal(1, dataset.Raw.Gaps[0].Count);
        Assert.Equal(4, dataset.GetLabels()!.KnownCount);
    }

    [Fact]
    public void DashAndNone_AreClassesUnlessSaidOtherwise()
    {
        var dataset = Rows.Build(
            ["a", "kind"], Rows.Repeat(4, row => [$"{row}", row % 2 == 0 ? "-" : "None"]), new TableOptions { LabelColumn = "kind" });

        Assert.Equal(["-", "None"], dataset.GetLabels()!.ClassNames);
    }

    [Fact]
    public void Problems_AreListedTogether_UpToTen_AndTheRestCounted()
    {
        var rows = Rows.Repeat(60, row => [row % 4 == 3 ? "bad" : "1", "2"]);

        var error = Assert.Throws<N2DException>(() => Rows.Build(["a", "b"], rows));

        Assert.Equal("NotANumber", error.Id);
        Assert.StartsWith(
            "'rows.csv' has 15 cells or lines that cannot be used: line 5, column 'a': 'bad' is not a number; line 9",
            error.Message,
            StringComparison.Ordinal);
        Assert.Contains("; and 5 more.", error.Message, StringComparison.Ordinal);
        Assert.Contains("MissingMarks", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TextColumns_AreListedOnce_WithEveryWayToTreatThem()
    {
        var rows = Rows.Repeat(9, row => ["x", "1", row % 2 == 0 ? "u" : "v", new DateTime(2024, 1, 1)]);

        var error = Assert.Throws<N2DException>(() => Rows.Build(["note", "a", "kind", "day"], rows));

        Assert.Equal("NotANumber", error.Id);
        Assert.Contains(
            "3 columns without numbers: 'note' (text, such as 'x'), 'kind' (text, such as 'u'), 'day' (dates, such as '2024-01-01')",
            error.Message,
            StringComparison.Ordinal);
        Assert.All(
            ["LabelColumn", "IdColumn", "CategoryColumns", "ExcludedColumns note, kind, day"],
            way => Assert.Contains(way, error.Message, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Counts))]
    public void Vectors_BecomeAColumnForEachNumber(int count)
    {
        var rows = Rows.Repeat(count, row => [row % 2 == 0 ? $"[{row}, 0.5, -1e-2]" : $"[{row} 0.5 -0.01]", new[] { row, 1f }]);

        var dataset = Rows.Build(["embedding", "v"], rows);

        Assert.Equal(["embedding1", "embedding2", "embedding3", "v1", "v2"], dataset.GetColumnNames());
        Assert.Equal([count - 1, 0.5f, -0.01f, count - 1, 1], dataset.GetRows().Row(count - 1).ToArray());
    }

    [Theory]
    [MemberData(nameof(Counts))]
    public void RaggedVectors_AreRefused_WithTheirRow(int count)
    {
        var rows = Rows.Repeat(count, row => [row == 5 ? new[] { 1.0 } : new[] { 1.0, 2.0 }]);

        var error = Assert.Throws<N2DException>(() => Rows.Build(["v"], rows));

        Assert.Equal("RaggedVector", error.Id);
        Assert.Contains(
            "line 7, column 'v': the vector has 1 number, but that of the first row has 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MissingVectors_AreGaps_EvenBeforeTheFirstOne()
    {
        var rows = Rows.Repeat(5, row => [row is 0 or 3 ? null : new[] { 1.0, row }]);

        var dataset = Rows.Build(["v"], rows);

        Assert.Equal(2, dataset.Raw.Gaps[0].Count);
        Assert.True(float.IsNaN(dataset.Column(1)[0]));
        Assert.Equal(4, dataset.Column(1)[4]);
    }

    [Fact]
    public void DecimalCommas_AreRead_WhereTheyLeaveNoDoubt() =>
        Assert.Equal([1.5f, 1000.25f, 3], Rows.Build(["a"], [["1,5"], ["1000,25"], ["3"]]).Column(0));

    [Theory]
    [InlineData("1,000", "1,137")]
    [InlineData("1,5", "2.5")]
    public void CommasInDoubt_AreRefused_AndNoAdviceTurnsAThousandIntoOne(string first, string second)
    {
        var error = Assert.Throws<N2DException>(() => Rows.Build(["a", "b"], [[first, "0.5"], [second, "1.5"]]));

        Assert.Equal("NotANumber", error.Id);
        Assert.Contains("Culture", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("save the file with decimal points", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Culture_ReadsThousands()
    {
        var dataset = Rows.Build(["a"], [["1,000"], ["12,345.5"]], new TableOptions { Culture = NumberNotation.Of("en-US") });

        Assert.Equal([1000, 12345.5f], dataset.Column(0));
    }

    [Fact]
    public void LargeNumbersThatDifferLittle_KeepTheirDifferences()
    {
        var rows = Rows.Repeat(300, row => [$"{1700000000000 + (row % 3 * 60000)}", $"{row % 3}"]);

        var dataset = Rows.Build(["t", "a"], rows);

        Assert.Equal([1700000000000.0, 0], dataset.GetOffsets()!);
        Assert.Equal([0, 60000, 120000], dataset.Column(0).Take(3));
    }

    [Theory]
    [InlineData("300.1", "299.9")]
    [InlineData("1e12", "-1e12")]
    [InlineData("1700000000000", "0")]
    public void NumbersThatFloat32Resolves_HaveNoOffset(string first, string second) =>
        Assert.Null(Rows.Build(["t"], [[first], [second]]).GetOffsets());

    [Fact]
    public void UnnamedCounter_IsAnIndex_AndLeftOutWithAWarning()
    {
        var (dataset, warnings) =
            Rows.Listen(execution => Rows.Build(["", "a", "b"], Rows.Repeat(200, row => [$"{row}", $"{row % 7}", "1"]), null, execution));

        Assert.Equal(["a", "b"], dataset.GetColumnNames());
        Assert.Contains(
            "column 1 has no name and counts the rows. It is left out as an index. To use it as ids: IdColumn x1",
            Assert.Single(warnings),
            StringComparison.Ordinal);
    }

    [Fact]
    public void UnnamedColumnThatDoesNotCount_StaysAFeature() =>
        Assert.Equal(["x1", "a"], Rows.Build(["", "a"], Rows.Repeat(20, row => [$"{row % 3}", "1"])).GetColumnNames());

    [Fact]
    public void UnnamedCounter_CanBeIds()
    {
        var dataset = Rows.Build(["", "a"], Rows.Repeat(20, row => [$"{row}", "1"]), new TableOptions { IdColumn = "1" });

        Assert.Equal("19", dataset.GetIds()![19]);
    }

    [Fact]
    public void IndexOfPandas_IsLeftOutByItsName()
    {
        var (dataset, warnings) =
            Rows.Listen(execution => Rows.Build(["a", "__index_level_0__"], Rows.Repeat(5, row => [1.5, row * 3]), null, execution));

        Assert.Equal(["a"], dataset.GetColumnNames());
        Assert.Contains("IdColumn __index_level_0__", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Index,Id,Label,D1,D2", true, true)]
    [InlineData("Index,Label,D1,D2", false, true)]
    [InlineData("Index,D1,D2", false, false)]
    public void OwnExport_GivesItsFeaturesIdsAndLabels(string header, bool hasIds, bool hasLabels)
    {
        var names = header.Split(',');
        var rows = Rows.Repeat(
            20, row => [.. names.Select(name => name switch { "Index" => $"{row}", "Id" => $"r{row}", "Label" => "u", _ => "0.5" })]);

        var (dataset, warnings) = Rows.Listen(execution => Rows.Build(names, rows, null, execution));

        Assert.Equal(["D1", "D2"], dataset.GetColumnNames());
        Assert.Equal(hasIds, dataset.GetIds() is not null);
        Assert.Equal(hasLabels, dataset.GetLabels() is not null);
        Assert.Contains(warnings, warning => warning.Contains("'Index'", StringComparison.Ordinal));
    }

    [Fact]
    public void Required_TakesTheColumnsOfAModel_AndIgnoresOthers()
    {
        var required = new RequiredColumns(["a", "color"], new HashSet<string> { "color" });

        var dataset =
            Rows.Build(["new", "color", "a"], Rows.Repeat(4, row => ["text", "red", "1"]), new TableOptions { Required = required });

        Assert.Equal(["color", "a"], dataset.GetColumnNames());
        Assert.True(dataset.IsCategory(0));
    }

    [Fact]
    public void Required_RefusesMissingColumns_ByName()
    {
        var required = new RequiredColumns(["a", "b"], new HashSet<string>());

        var error = Assert.Throws<N2DException>(() => Rows.Build(["a", "x"], [["1", "2"]], new TableOptions { Required = required }));

        Assert.Equal("ColumnMismatch", error.Id);
        Assert.Contains("lacks 1 column of the model: 'b'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Dates_AreIdsAndLabels_AndNoFeatures()
    {
        var rows = Rows.Repeat(3, row => [new DateTime(2024, 1, 1 + row, 12, 0, 0), 1.0 * row]);

        var dataset = Rows.Build(["ts", "a"], rows, new TableOptions { IdColumn = "ts" });

        Assert.Equal("2024-01-02T12:00:00", dataset.GetIds()![1]);
    }

    [Theory]
    [InlineData("1e39")]
    [InlineData("inf")]
    [InlineData("-Infinity")]
    public void NumbersBeyondFloat32_AreRefused(string text) =>
        Assert.Equal("NotFinite", Assert.Throws<N2DException>(() => Rows.Build(["a"], [["1"], [text]])).Id);

    [Fact]
    public void ControlCharacters_AreMadeVisibleInErrors()
    {
        var error = Assert.Throws<N2DException>(() => Rows.Build(["a\u001b[31m"], [["1"], ["\u001b]0;x"]]));

        Assert.DoesNotContain('\u001b', error.Message);
        Assert.Contains("\u241b[31m", error.Message, StringComparison.Ordinal);
    }
}
