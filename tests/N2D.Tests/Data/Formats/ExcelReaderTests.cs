using N2D.Data;
using static N2D.Tests.Data.Formats.Workbooks;

namespace N2D.Tests.Data.Formats;

public sealed class ExcelReaderTests : ReaderTests
{
    [Fact]
    public void Table_IsReadFromTheFirstWorksheetWithData()
    {
        var path = Book(
            ("empty", ""),
            ("rows", Row(1, "'a", "'b", "'kind") + Row(2, "1", "2.5", "$0") + Row(3, "3", "-4", "$1")),
            ("more", Row(1, "'x") + Row(2, "9")));

        var dataset = new ExcelReader(new() { LabelColumn = "kind" }).Read(path, Listening);

        Assert.Equal(("t", 2, 2), (dataset.Dataset, dataset.RowCount, dataset.Dimension));
        Assert.Equal(["a", "b"], dataset.GetColumnNames());
        Assert.Equal([1, 2.5f, 3, -4], Values(dataset));
        Assert.Equal(["red", "green"], LabelsOf(dataset));
        Assert.Contains(Remarks, remark => remark.Contains("worksheet 'rows' of 3, with a header in row 1", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("more", 9)]
    [InlineData("MORE", 9)]
    [InlineData("2", 9)]
    [InlineData("1", 1)]
    [InlineData(null, 1)]
    public void Worksheet_IsChosenByNameOrNumber(string? worksheet, float value)
    {
        var path = Book(("rows", Row(1, "'x") + Row(2, "1")), ("more", Row(1, "'x") + Row(2, "9")));

        Assert.Equal([value], Values(new ExcelReader(worksheet: worksheet).Read(path)));
    }

    [Theory]
    [InlineData("other")]
    [InlineData("0")]
    [InlineData("3")]
    public void UnknownWorksheet_ListsThoseThatAreThere(string worksheet)
    {
        var path = Book(("rows", Row(1, "'x") + Row(2, "1")), ("more", ""));

        Assert.Equal(
            $"'t.xlsx' has no worksheet '{worksheet}'. It has 2: 'rows', 'more'. Use one of these names, or a number from 1.",
            Refused("WorksheetNotFound", new ExcelReader(worksheet: worksheet), path));
    }

    [Fact]
    public void BlankRowsAndColumns_AreSkipped_AndRowsKeepTheirNumbers()
    {
        var path =
            Book(("s", Row(3, "", "'a", "'b") + Row(6, "", "1", "2") + Row(7, "", "3", "'x") + "<row r=\"9\"/>" + Row(11, "", "' ")));

        Assert.StartsWith(
            "'t.xlsx', row 7, column 'b': 'x' is not a number.", Refused("NotANumber", new ExcelReader(), path), StringComparison.Ordinal);
        Assert.Equal([1, 3], Values(new ExcelReader(new() { ExcludedColumns = ["b"] }).Read(path)));
    }

    [Fact]
    public void CellsOfAllKinds_BecomeNumbers()
    {
        var path = Book(
            ("s", Row(1, "'formula", "'flag", "'text", "'merged") + Row(2, "=7", "TRUE", "'1.5", "4") + Row(3, "=8", "FALSE", "' 2 ", "")));

        var dataset = new ExcelReader().Read(path);

        Assert.Equal([7, 1, 1.5f, 4, 8, 0, 2, float.NaN], Values(dataset));
        Assert.Equal(["'merged' 1 (first: row 3)"], dataset.Raw.Gaps.Select(gap => gap.ToString()));
    }

    [Fact]
    public void NotAvailable_IsMissing_AndOtherErrorsAreListedWithTheirCells()
    {
        var path = Book(("s", Row(1, "'a", "'b") + Row(2, "#N/A", "1") + Row(3, "#DIV/0!", "2") + Row(4, "5", "#REF!")));

        var message = Refused("ErrorCell", new ExcelReader(), path);

        Assert.Contains(
            "has 2 cells that cannot be used: row 3, cell A3: the formula returns the error #DIV/0!; row 4, cell B4: the formula returns "
                + "the error #REF!.",
            message,
            StringComparison.Ordinal);
        Assert.Equal(
            [float.NaN, 1, float.NaN, 2, 5, float.NaN], Values(new ExcelReader(new() { MissingMarks = ["#DIV/0!", "#REF!"] }).Read(path)));
    }

    [Fact]
    public void Dates_AreNoNumbers_ButMayBeIds()
    {
        var path = Book(("s", Row(1, "'when", "'a") + Row(2, "@45000", "1") + Row(3, "@45001", "2")));

        Assert.Contains("'when' (dates, such as '2023-03-15')", Refused("NotANumber", new ExcelReader(), path), StringComparison.Ordinal);
        Assert.Equal(["2023-03-15", "2023-03-16"], new ExcelReader(new() { IdColumn = "when" }).Read(path).Ids!);
    }

    [Theory]
    [InlineData(new[] { "'a", "'b" }, true)]
    [InlineData(new[] { "1", "2" }, false)]
    [InlineData(new[] { "'a", "2" }, true)]
    [InlineData(new[] { "2001", "2002" }, true)]
    [InlineData(new[] { "'2001", "'2003" }, true)]
    [InlineData(new[] { "2001", "2005" }, false)]
    public void Header_IsGuessedFromTheFirstRow(string[] cells, bool isHeader)
    {
        var path = Book(("s", Row(1, cells) + Row(2, "8", "9")));

        Assert.Equal(isHeader ? 1 : 2, new ExcelReader().Read(path).RowCount);
    }

    [Fact]
    public void Header_MayBeStated()
    {
        var path = Book(("s", Row(1, "1", "2") + Row(2, "8", "9")));

        Assert.Equal(["1", "2"], new ExcelReader(hasHeader: true).Read(path).GetColumnNames());
        Assert.Equal(["x1", "x2"], new ExcelReader(hasHeader: false).Read(path).GetColumnNames());
        Assert.Equal(["u", "v"], new ExcelReader(columnNames: ["u", "v"]).Read(path).GetColumnNames());
        Assert.Equal(
            "'t.xlsx' has 2 columns, but 1 column name is given. Give one name for each column.",
            Refused("ColumnNameCount", new ExcelReader(columnNames: ["u"]), path));
    }

    [Theory]
    [InlineData("yyyy-mm-dd", true)]
    [InlineData("[h]:mm:ss", true)]
    [InlineData("[$-409]d-mmm-yy;@", true)]
    [InlineData("General", false)]
    [InlineData("0.00 \"days\"", false)]
    [InlineData("[Red]0.00", false)]
    [InlineData("0\\d", false)]
    [InlineData("#,##0.00_);\\(#,##0.00\\)", false)]
    public void DateFormats_AreToldFromNumberFormats(string code, bool isDate) => Assert.Equal(isDate, ExcelStyles.IsDateFormat(code));

    [Fact]
    public void DaysBefore1904_AndTheLeapDayThat1900LacksCount()
    {
        static string[] Ids(string path) => [.. new ExcelReader(new() { IdColumn = "when" }).Read(path).Ids!];
        var rows = Row(1, "'when", "'a") + Row(2, "@1", "1") + Row(3, "@61", "2") + Row(4, "@0.5", "3");
        var parts = Parts(("s", rows));
        var place = Array.FindIndex(parts, part => part.Name == "xl/workbook.xml");
        var old = System.Text.Encoding.UTF8.GetString(parts[place].Content);

        Assert.Equal(["1900-01-01", "1900-03-01", "12:00:00"], Ids(Book(("s", rows))));
        parts[place].Content =
            System.Text.Encoding.UTF8.GetBytes(old.Replace("<sheets>", "<workbookPr date1904=\"1\"/><sheets>", StringComparison.Ordinal));
        Assert.Equal(["1904-01-02", "1904-03-02", "1904-01-01T12:00:00"], Ids(Files.Zip("mac.xlsx", parts)));
    }

    [Fact]
    public void RowsAndCellsWithoutPlaces_CountOn_AndDeclaredDimensionsDoNotMatter()
    {
        var rows = Row(1, "'a", "'b") + Row(2, "1", "2") + Row(3, "3", "4");
        var bare = System.Text.RegularExpressions.Regex.Replace(rows, " r=\"[A-Z]*[0-9]+\"", "");
        var parts = Parts(("s", rows));
        parts[^1].Content = System.Text.Encoding.UTF8.GetBytes(
            System.Text.Encoding.UTF8.GetString(parts[^1].Content).Replace(
                "<sheetData>", "<dimension ref=\"A1:XFD1048576\"/><sheetData>", StringComparison.Ordinal));

        Assert.Equal([1, 2, 3, 4], Values(new ExcelReader().Read(Book(("s", bare)))));
        Assert.Equal([1, 2, 3, 4], Values(new ExcelReader().Read(Files.Zip("wide.xlsx", parts))));
        Assert.StartsWith(
            "'t.xlsx', row 1048576, column 'a'",
            Refused("NotANumber", new ExcelReader(), Book(("s", rows + Row(1048576, "'x", "1")))),
            StringComparison.Ordinal);
    }

    [Fact]
    public void StrictWorkbooks_AreRead()
    {
        (string, byte[])[] parts = [
            .. Parts(("s", Row(1, "'a") + Row(2, "1")))
            .Select(part => (part.Name, System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(part.Content)
            .Replace(
                "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                "http://purl.oclc.org/ooxml/spreadsheetml/main",
                StringComparison.Ordinal)
            .Replace(
                "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                "http://purl.oclc.org/ooxml/officeDocument/relationships",
                StringComparison.Ordinal))))];

        Assert.Equal([1], Values(new ExcelReader().Read(Files.Zip("t.xlsx", parts))));
    }

    [Fact]
    public void HiddenWorksheets_AreReadIfAskedFor()
    {
        var parts = Parts(("hidden", Row(1, "'a") + Row(2, "1")), ("shown", Row(1, "'a") + Row(2, "2")));
        var place = Array.FindIndex(parts, part => part.Name == "xl/workbook.xml");
        parts[place].Content = System.Text.Encoding.UTF8.GetBytes(
            System.Text.Encoding.UTF8.GetString(parts[place].Content).Replace(
                "name=\"hidden\"", "name=\"hidden\" state=\"hidden\"", StringComparison.Ordinal));
        var path = Files.Zip("t.xlsx", parts);

        Assert.Equal([2], Values(new ExcelReader().Read(path)));
        Assert.Equal([1], Values(new ExcelReader(worksheet: "hidden").Read(path)));
    }

    [Fact]
    public void EntitiesOfXml_AreNotExpanded()
    {
        var parts = Parts(("s", Row(1, "'a") + Row(2, "1")));
        parts[^1].Content = System.Text.Encoding.UTF8.GetBytes("<!DOCTYPE w [<!ENTITY e \"1\">]>"
            + System.Text.Encoding.UTF8.GetString(parts[^1].Content)[38..]);

        Refused("WorkbookDamaged", new ExcelReader(), Files.Zip("t.xlsx", parts));
    }

    [Fact]
    public void EmptyWorkbook_IsRefused()
    {
        Assert.Equal(
            "'t.xlsx' has only empty cells in all of its worksheets: 's'. Enter the table, and save the workbook.",
            Refused("EmptyWorksheet", new ExcelReader(), Book(("s", "<row r=\"1\"/>"))));
    }

    [Fact]
    public void ForeignFiles_AreNotTakenForWorkbooks()
    {
        var encrypted = new byte[2048];
        ((ReadOnlySpan<byte>)[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]).CopyTo(encrypted);
        System.Text.Encoding.Unicode.GetBytes("EncryptedPackage\0").CopyTo(encrypted, 1024);

        Refused("WorkbookEncrypted", new ExcelReader(), Files.Bytes("locked.xlsx", encrypted));
        Refused("NotAWorkbook", new ExcelReader(), Files.Text("t.csv", "a,b\n1,2\n"));
        Refused("NotAWorkbook", new ExcelReader(), Files.Zip("t.zip", ("a.npy", [1]), ("b.npy", [1])));
    }

    [Fact]
    public void DamagedWorkbooks_AreRefused_WhereverTheyEnd()
    {
        var bytes = Bytes(("s", Row(1, "'a") + Row(2, "1")));
        for (var length = 4; length < bytes.Length; length += 97)
        {
            var error = Assert.Throws<N2DException>(() => new ExcelReader().Read(Files.Bytes("cut.xlsx", bytes[..length])));
            Assert.True(error.Id is "CorruptArchive" or "WorkbookDamaged" or "NotAWorkbook", error.Id);
        }
    }

    [Fact]
    public void ChangedBytes_AreDetected()
    {
        var parts = Parts(("s", Row(1, "'a") + Row(2, "1234567")));
        using var stream = new MemoryStream();
        using (var zip = new System.IO.Compression.ZipArchive(stream, System.IO.Compression.ZipArchiveMode.Create))
        {
            foreach (var (name, content) in parts)
            {
                using var member = zip.CreateEntry(name, System.IO.Compression.CompressionLevel.NoCompression).Open();
                member.Write(content);
            }
        }

        var bytes = stream.ToArray();
        bytes[bytes.AsSpan().IndexOf("1234567"u8)] = (byte)'9';

        Refused("WorkbookDamaged", new ExcelReader(), Files.Bytes("t.xlsx", bytes));
    }

    [Fact]
    public void WorkbookThatExpandsTooMuch_IsRefused_BeforeItIsRead()
    {
        var path = Book(("s", Row(1, "'a") + Row(2, "1") + new string(' ', 1 << 20)));

        var error = Assert.Throws<N2DException>(() =>
            new ExcelReader().Read(path, new Execution { Expansion = new() { Bytes = 1 << 16, Ratio = 10 } }));

        Assert.Equal("ExpandsTooMuch", error.Id);
        Assert.Equal([1], Values(new ExcelReader().Read(path)));
    }

    [Theory]
    [InlineData("t.xlsx.gz")]
    [InlineData("t.zip")]
    public void Workbook_MayBeCompressedAgain(string name)
    {
        var bytes = Bytes(("s", Row(1, "'a") + Row(2, "1")));
        var path = name.EndsWith(".gz", StringComparison.Ordinal) ? Files.Bytes(name, bytes) : Files.Zip(name, ("folder/t.xlsx", bytes));

        Assert.Equal(DatasetFormat.Excel, FileFormats.Detect(path));
        Assert.Equal([1], Values(new ExcelReader().Read(path)));
    }

    [Fact]
    public void Canceled_Stops() => StopsWhenCanceled(new ExcelReader(), Book(("s", Row(1, "'a") + Row(2, "1"))));

    private string Book(params (string Name, string Rows)[] sheets) => Files.Bytes("t.xlsx", Bytes(sheets));

    [Fact]
    public void TitleAboveTheTable_IsSkippedWithAWarning()
    {
        var rows = string.Concat(Enumerable.Range(4, 5).Select(number => Row(number, $"'m{number}", $"{number}", $"{number}.5")));
        var path = Book(("s", Row(1, "'Monthly report") + Row(3, "'id", "'temp", "'power") + rows));

        var dataset = new ExcelReader(new() { IdColumn = "id" }).Read(path, Listening);

        Assert.Equal(["temp", "power"], dataset.GetColumnNames());
        Assert.Equal([4, 4.5f, 5, 5.5f, 6, 6.5f, 7, 7.5f, 8, 8.5f], Values(dataset));
        Assert.Contains(
            "'t.xlsx': the rows above row 3 do not belong to the table and were skipped; the first text there is 'Monthly report'.",
            Warnings);
    }

    [Fact]
    public void RowsWithGaps_AreNoTitles()
    {
        var rows = string.Concat(Enumerable.Range(3, 5).Select(number => Row(number, $"{number}", $"{number}.5", "1")));
        var path = Book(("s", Row(1, "'a", "'b", "'c") + Row(2, "", "", "4") + rows));

        Assert.Equal((6, 3), new ExcelReader().Read(path, Listening) is var dataset ? (dataset.RowCount, dataset.Dimension) : default);
        Assert.DoesNotContain(Warnings, warning => warning.Contains("above row", StringComparison.Ordinal));
    }

    [Fact]
    public void NotesInFrontOfTheData_AreNotRead()
    {
        var path = Book(
            ("Info", Row(1, "'Author", "'Me") + Row(2, "'Date", "'today")),
            ("Data", Row(1, "'a") + Row(2, "1") + Row(3, "2")),
            ("More", Row(1, "'b") + Row(2, "'3")),
            ("End", Row(1, "'x")));

        Assert.Equal([1, 2], Values(new ExcelReader().Read(path, Listening)));
        Assert.Contains(
            "'t.xlsx': worksheet 'Data' is read, because 'Info' has no column of numbers. Other worksheets with numbers: 'More'. To read "
                + "one, use Worksheet.",
            Remarks);
    }

    [Fact]
    public void FormulasWithoutStoredValues_AreListed()
    {
        var path = Book(("s", Row(1, "'a", "'b") + Row(2, "1", "=") + Row(3, "2", "=4")));

        Assert.Equal(
            "'t.xlsx', row 2, cell B2: the formula has no stored value. The workbook contains formulas without stored values. Open it in "
                + "Excel, and save it.",
            Refused("FormulaWithoutValue", new ExcelReader(), path));
        Assert.Equal([1, 2], Values(new ExcelReader(new() { ExcludedColumns = ["b"] }).Read(path)));
    }
}
