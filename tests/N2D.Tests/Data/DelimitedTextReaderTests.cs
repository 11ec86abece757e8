using System.Globalization;
using System.Text;
using N2D.Data;
using N2D.Pipeline;

namespace N2D.Tests.Data;

public sealed class DelimitedTextReaderTests : IDisposable
{
    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("x.csv", "a,b\n1,2\n3,4.5\n")]
    [InlineData("x.csv", "a;b\n1;2\n3;4.5\n")]
    [InlineData("x.txt", "a\tb\n1\t2\n3\t4.5")]
    [InlineData("x.tsv", "a\tb\n1\t2\n3\t4.5")]
    [InlineData("x.txt", "a|b\r\n1|2\r\n3|4.5\r\n")]
    [InlineData("x.csv", "\"a\",\"b\"\n1,\"2\"\n\" 3 \",4.5e0\n\n\n   \n")]
    [InlineData("x.csv", "\uFEFFa, b\n  1,  2\n 3 ,4.5 \n")]
    [InlineData("x.csv.gz", "a,b\n1,2\n\n3,4.5")]
    public void Text_IsReadWhateverItsDelimiterQuotesAndSpaces(string name, string text)
    {
        var dataset = new DelimitedTextReader().Read(_files.Text(name, text));

        Assert.Equal("x", dataset.Dataset);
        Assert.Equal([1f, 2f, 3f, 4.5f], dataset.GetRows().Values.ToArray());
        Assert.Equal(["a", "b"], dataset.GetColumnNames());
        Assert.Null(dataset.GetLabels());
    }

    [Theory]
    [InlineData("1,2,3\n4,5,6\n", 2, "x1")] // all numbers: data
    [InlineData("a,b,c\n4,5,6\n", 1, "a")] // all words: a header
    [InlineData("label,0,1\n4,5,6\n", 1, "label")] // column numbers: a header
    [InlineData(",a,b\n0,5,6\n", 1, "x1")] // the unnamed index of a data frame
    public void FirstLine_IsAHeaderIfItIsOne(string text, int rowCount, string firstColumn)
    {
        var dataset = new DelimitedTextReader().Read(_files.Text("x.csv", text));

        Assert.Equal(rowCount, dataset.RowCount);
        Assert.Equal(firstColumn, dataset.GetColumnNames()[0]);
    }

    [Fact]
    public void FirstLine_WithAWordBelowWords_IsData()
    {
        var dataset = Read("5.1,3.5,setosa\n4.9,3.0,virginica\n", labelColumn: "-1");

        Assert.Equal(2, dataset.RowCount);
        Assert.Equal("setosa", dataset.GetLabels()![0]);
    }

    [Fact]
    public void EmptyLabels_AreUnknown_AndToldOf()
    {
        var told = new List<string>();
        var dataset = new DelimitedTextReader(null, new TableOptions { LabelColumn = "b" })
            .Read(_files.Text("x.csv", "a,b\n1,x\n2,\n3,y\n4,\" \"\n"), new Execution { Explain = told.Add });

        var labels = dataset.GetLabels()!;
        Assert.Equal([0, Labels.Unknown, 1, Labels.Unknown], labels.Codes.ToArray());
        Assert.Equal(["x", null, "y", null], Enumerable.Range(0, 4).Select(row => labels[row]));
        Assert.Equal((2, 2), (labels.ClassCount, labels.KnownCount));
        Assert.Contains(told, line => line.Contains("known for 2 rows", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("species")]
    [InlineData("SPECIES")]
    [InlineData("2")]
    [InlineData("-2")]
    public void LabelColumn_IsFoundByNameOrPosition(string labelColumn)
    {
        var dataset = Read("a,species,b\n1,x,2\n3,y,4\n5,x,6\n", labelColumn);

        Assert.Equal(["x", "y"], dataset.GetLabels()!.ClassNames);
        Assert.Equal([0, 1, 0], dataset.GetLabels()!.Codes.ToArray());
        Assert.Equal(["a", "b"], dataset.GetColumnNames());
        Assert.Equal([1f, 2f, 3f, 4f, 5f, 6f], dataset.GetRows().Values.ToArray());
    }

    [Fact]
    public void NumericName_GoesBeforePosition()
    {
        var dataset = Read("label,0,1\n7,5,6\n8,5,9\n", labelColumn: "1");

        Assert.Equal(["6", "9"], dataset.GetLabels()!.ClassNames);
    }

    [Fact]
    public void GivenColumnNames_MakeTheFirstLineData()
    {
        var reader = new DelimitedTextReader(new TextFormat { ColumnNames = ["u", "v"] }, new TableOptions { LabelColumn = "v" });

        var dataset = reader.Read(_files.Text("x.csv", "1,a\n2,b\n"));

        Assert.Equal(2, dataset.RowCount);
        Assert.Equal(["u"], dataset.GetColumnNames());
    }

    [Fact]
    public void QuotedCell_MayHoldTheDelimiterAndLineBreaks()
    {
        var dataset = Read("a,class\n1,\"x, \"\"y\"\"\"\n2,\"u\nv\"\n", labelColumn: "class");

        Assert.Equal(["u\nv", "x, \"y\""], dataset.GetLabels()!.ClassNames);
    }

    [Fact]
    public void UnicodeWithByteOrderMark_IsRead()
    {
        var path = _files.Bytes("x.csv", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("a,b\n1,2\n")]);

        Assert.Equal([1f, 2f], new DelimitedTextReader().Read(path).GetRows().Values.ToArray());
    }

    [Fact]
    public void Numbers_ComeBackBitForBit_UnderAnyCulture()
    {
        var random = new Random(1);
        var numbers = Enumerable.Range(0, 999)
            .Select(_ => BitConverter.Int32BitsToSingle(random.Next(0x00800000, 0x7f000000)) * (random.Next(2) == 0 ? 1 : -1))
            .ToArray();
        var text = string.Join(
            '\n',
            numbers.Chunk(3).Select(row => string.Join(',', row.Select(number => number.ToString("R", CultureInfo.InvariantCulture)))));
        var path = _files.Text("x.csv", text);
        float[]? read = null;

        // InvariantGlobalization does not support de-DE, so the separators are set explicitly.
        var german = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        german.NumberFormat.NumberDecimalSeparator = ",";
        german.NumberFormat.NumberGroupSeparator = ".";
        var thread = new Thread(() => read = new DelimitedTextReader().Read(path).GetRows().Values.ToArray()) { CurrentCulture = german };
        thread.Start();
        thread.Join();

        Assert.Equal(numbers, read);
    }

    // Every message names the file, the place and the remedy.
    [Theory]
    [InlineData(
        "a,b\n1,2\n1;5,3\n",
        null,
        null,
        "NotANumber",
        "'x.csv', line 3, column 'a': '1;5' is not a number. Correct such cells, or give the column another role: IdColumn for ids, "
            + "CategoryColumns for categories, or ExcludedColumns a to leave it out. If the text marks a missing value, use MissingMarks "
            + "'1;5'.")]
    [InlineData(
        "a;b\n1;2\n",
        ",",
        null,
        "NotANumber",
        "'x.csv', column 'a;b': '1;2' is not a number. The cells look semicolon-separated: use Delimiter ';'.")]
    [InlineData(
        "a,b\n1,2\n",
        ";",
        null,
        "NotANumber",
        "'x.csv', line 2, column 'a,b': '1,2' is not a number. The cells look comma-separated: use Delimiter ','.")]
    [InlineData(
        "1\t2\n3\t4\n",
        ",",
        null,
        "NotANumber",
        "'x.csv', column 'x1': '1␉2' is not a number. The cells look tab-separated: use Delimiter '\\t'.")]
    [InlineData(
        "1 2\n3 4\n",
        ",",
        null,
        "NotANumber",
        "'x.csv', column 'x1': '1 2' is not a number. The cells look separated by blanks: use Delimiter whitespace.")]
    [InlineData(
        "a,kind of,c\n1,x,3\n",
        null,
        null,
        "NotANumber",
        "'x.csv' has a column without numbers: 'kind of' (text, such as 'x'). For it, choose: LabelColumn (the classes to score against), "
            + "IdColumn (what identifies a row), CategoryColumns (categories to cluster by), GroupColumn (the groups to scale "
            + "within, with Standardize), or ExcludedColumns 'kind of'.")]
    [InlineData(
        "a,b,c\n1,x,3\n",
        null,
        "c",
        "NotANumber",
        "'x.csv' has a column without numbers: 'b' (text, such as 'x'). For it, choose: IdColumn (what identifies a row), CategoryColumns "
            + "(categories to cluster by), GroupColumn (the groups to scale within, with Standardize), or ExcludedColumns b.")]
    [InlineData(
        "id,a,kind\nr1,1,x\nr2,2,y\n",
        null,
        null,
        "NotANumber",
        "'x.csv' has 2 columns without numbers: 'id' (text, such as 'r1'), 'kind' (text, such as 'x'). For each, choose: LabelColumn (the "
            + "classes to score against), IdColumn (what identifies a row), CategoryColumns (categories to cluster by), GroupColumn "
            + "(the groups to scale within, with Standardize), or ExcludedColumns id, kind.")]
    [InlineData(
        "id,a,kind,my note\nr1,1,x,u\nr2,2,y,v\n",
        null,
        "kind",
        "NotANumber",
        "'x.csv' has 2 columns without numbers: 'id' (text, such as 'r1'), 'my note' (text, such as 'u'). For each, choose: IdColumn "
            + "(what identifies a row), CategoryColumns (categories to cluster by), GroupColumn (the groups to scale within, with "
            + "Standardize), or ExcludedColumns id, 'my note'.")]
    [InlineData(
        "a,b\n1,2\n3,oops\n",
        null,
        null,
        "NotANumber",
        "'x.csv', line 3, column 'b': 'oops' is not a number. Correct such cells, or give the column another role: IdColumn for ids, "
            + "CategoryColumns for categories, or ExcludedColumns b to leave it out. If the text marks a missing value, use MissingMarks "
            + "oops.")]
    [InlineData(
        "a,b\n1,2\n3,oops\n5,6\n7,oh no\n",
        null,
        null,
        "NotANumber",
        "'x.csv' has 2 cells or lines that cannot be used: line 3, column 'b': 'oops' is not a number; line 5, column 'b': 'oh no' is not "
            + "a number. Correct such cells, or give the column another role: IdColumn for ids, CategoryColumns for categories, or "
            + "ExcludedColumns b to leave it out. If the text marks a missing value, use MissingMarks oops, 'oh no'.")]
    [InlineData(
        "5.1,oops\n1,2\n",
        null,
        null,
        "NotANumber",
        "'x.csv', line 1, column 'x2': 'oops' is not a number. Correct such cells, or give the column another role: IdColumn for ids, "
            + "CategoryColumns for categories, or ExcludedColumns x2 to leave it out. If the text marks a missing value, use MissingMarks "
            + "oops.")]
    [InlineData(
        "a,b\n1,-\n2,3\n",
        null,
        null,
        "NotANumber",
        "'x.csv', line 2, column 'b': '-' is not a number. Correct such cells, or give the column another role: IdColumn for ids, "
            + "CategoryColumns for categories, or ExcludedColumns b to leave it out. If the text marks a missing value, use MissingMarks "
            + "'-'.")]
    [InlineData(
        "a,b\n\"1,000\",2\n\"2,137\",3\n",
        null,
        null,
        "NotANumber",
        "'x.csv' has 2 cells or lines that cannot be used: line 2, column 'a': '1,000' is not a number; line 3, column 'a': '2,137' is "
            + "not a number. A comma can be a thousands separator or a decimal comma: Culture en-US reads 1,000 as 1000, and Culture "
            + "de-DE reads it as 1.")]
    [InlineData(
        "a;b\n1,5;2.5\n2,5;3.5\n",
        null,
        null,
        "NotANumber",
        "'x.csv' has 2 cells or lines that cannot be used: line 2, column 'a': '1,5' is not a number; line 3, column 'a': '2,5' is not a "
            + "number. For numbers in this notation, use Culture: Culture de-DE reads '1,5', '2,5'.")]
    [InlineData(
        "1,2\n1,-Infinity\n",
        null,
        null,
        "NotFinite",
        "'x.csv', line 2, column 'x2': -Infinity is not a finite number of float32. Replace such values with finite numbers, or remove "
            + "the rows.")]
    [InlineData(
        "1,2\n1,1e39\n",
        null,
        null,
        "NotFinite",
        "'x.csv', line 2, column 'x2': 1E+39 is not a finite number of float32. Replace such values with finite numbers, or remove the "
            + "rows.")]
    [InlineData(
        "a,b\n1,2\n3,4,5\n",
        null,
        null,
        "RaggedRow",
        "'x.csv', line 3: 3 cells where 2 are expected. Repair such lines; a cell that contains a comma needs quotes.")]
    [InlineData(
        "a\n1\n2,3\n",
        ",",
        null,
        "RaggedRow",
        "'x.csv', line 3: 2 cells where 1 is expected. Repair such lines; a cell that contains a comma needs quotes.")]
    [InlineData(
        "a,b\n1,2\n\n\n3\n5,6\n7,8,9\n",
        null,
        null,
        "RaggedRow",
        "'x.csv' has 2 cells or lines that cannot be used: line 5: 1 cell where 2 are expected; line 7: 3 cells where 2 are expected. "
            + "Repair such lines; a cell that contains a comma needs quotes.")]
    [InlineData("a,b\n", null, null, "NoRows", "'x.csv' has column names but no rows.")]
    [InlineData("\n \n\n", null, null, "EmptyFile", "'x.csv' has no lines except blank ones.")]
    [InlineData(
        "a,b\n1,\n2,NA\n",
        null,
        "b",
        "MissingLabel",
        "'x.csv', column 'b': no row has a label. Leave out LabelColumn, or fill in the labels that are known.")]
    [InlineData(
        "a,b\n1,2\n",
        null,
        "c",
        "LabelColumnNotFound",
        "'x.csv' has no column 'c'. It has 2: a, b. Give one of these names, a wildcard that matches one of them, or a position: 1 is "
            + "the first, -1 the last.")]
    [InlineData(
        "a,b\n1,2\n",
        null,
        "3",
        "LabelColumnNotFound",
        "'x.csv' has no column '3'. It has 2: a, b. Give one of these names, a wildcard that matches one of them, or a position: 1 is "
            + "the first, -1 the last.")]
    [InlineData(
        "a,b\n1,2\n",
        null,
        "0",
        "LabelColumnNotFound",
        "'x.csv' has no column '0'. It has 2: a, b. Give one of these names, a wildcard that matches one of them, or a position: 1 is "
            + "the first, -1 the last.")]
    [InlineData(
        "a,b,a\n1,2,3\n",
        null,
        "a",
        "LabelColumnAmbiguous",
        "'x.csv' has 2 columns named 'a'. Give the position of the label column instead: 1 or 3.")]
    [InlineData(
        "a\n1\n",
        null,
        "a",
        "NoNumberColumns",
        "'x.csv' has only one column, 'a', and it is labels, ids or excluded: no numbers are left to cluster. Check Delimiter.")]
    [InlineData(
        "a,b\n1,2\"3\n2,3\n",
        null,
        null,
        "NotANumber",
        "'x.csv', line 2, column 'b': '2\"3' is not a number. Correct such cells, or give the column another role: IdColumn for ids, "
            + "CategoryColumns for categories, or ExcludedColumns b to leave it out. If the text marks a missing value, use MissingMarks "
            + "'2\"3'.")]
    public void BadText_IsRefusedByPlaceAndRemedy(string text, string? delimiter, string? labelColumn, string id, string message)
    {
        var path = _files.Text("x.csv", text);

        var error = Assert.Throws<N2DException>(() => Read(path, delimiter, labelColumn));

        Assert.Equal((id, message), (error.Id, error.Message));
    }

    [Theory]
    [InlineData("ID", "a,temp [C],note")]
    [InlineData("1", "a,temp [C],note")]
    [InlineData("-1", "id,a,temp [C]")]
    [InlineData("temp [C]", "id,a,note")]
    [InlineData("*e*", "id,a")]
    [InlineData("[i-n]*", "a,temp [C]")]
    [InlineData("??", "a,temp [C],note")]
    [InlineData("id,note", "a,temp [C]")]
    public void ExcludedColumns_AreFoundByNamePositionOrWildcard(string excluded, string left)
    {
        var dataset = ReadExcluding("id,a,temp [C],note\n1,2,3,4\n5,6,7,8\n", excluded.Split(','));

        Assert.Equal(left.Split(','), dataset.GetColumnNames());
        Assert.Equal(2 * dataset.GetColumnNames().Count, dataset.GetRows().Values.Length);
    }

    [Fact]
    public void ExcludedColumns_AreNeitherReadNorChecked()
    {
        var dataset = ReadExcluding("id,a,kind,note\nr1,1,x,\nr2,2,y,NaN\n", ["id", "note"], labelColumn: "kind");

        Assert.Equal([1f, 2f], dataset.GetRows().Values.ToArray());
        Assert.Equal(["x", "y"], dataset.GetLabels()!.ClassNames);
    }

    [Theory]
    [InlineData(
        "c",
        null,
        "ExcludedColumnNotFound",
        "'x.csv' has no column 'c'. It has 2: a, b. Give one of these names, a wildcard that matches some of them, or a position: 1 is "
            + "the first, -1 the last.")]
    [InlineData(
        "c*",
        null,
        "ExcludedColumnNotFound",
        "'x.csv' has no column 'c*'. It has 2: a, b. Give one of these names, a wildcard that matches some of them, or a position: 1 is "
            + "the first, -1 the last.")]
    [InlineData(
        "*",
        null,
        "NoNumberColumns",
        "'x.csv' has 2 columns, but all of them are labels, ids or excluded: no numbers are left to cluster. Exclude fewer.")]
    [InlineData(
        "a",
        "b",
        "NoNumberColumns",
        "'x.csv' has 2 columns, but all of them are labels, ids or excluded: no numbers are left to cluster. Exclude fewer.")]
    [InlineData(
        "?",
        "b",
        "LabelColumnExcluded",
        "'x.csv', column 'b': it is the label column, but '?' excludes it. Remove it from LabelColumn or from ExcludedColumns.")]
    [InlineData(
        "[b-a]", null, "WildcardNotUsable", "'[b-a]' is not a valid pattern: a range such as [a-c] must start with the lower character.")]
    [InlineData(" ", null, "BlankColumnName", "A column to leave out is blank. Give its name, or its position from 1.")]
    public void ExcludedColumns_ThatCannotBeLeftOut_AreRefused(string excluded, string? labelColumn, string id, string message)
    {
        var error = Assert.Throws<N2DException>(() => ReadExcluding("a,b\n1,2\n", [excluded], labelColumn));

        Assert.Equal((id, message), (error.Id, error.Message));
    }

    [Theory]
    [InlineData(21, 1, true)]
    [InlineData(40, 2, true)]
    [InlineData(40, 3, false)]
    [InlineData(20, 1, false)] // few rows: nothing strange
    public void LabelsOfHardlyMoreThanARowEach_AreWarnedOf(int rowCount, int rowsPerClass, bool warned)
    {
        var text = string.Join('\n', Enumerable.Range(0, rowCount).Select(row => $"{row},{row / rowsPerClass}"));
        var warnings = new List<string>();

        new DelimitedTextReader(
            null, new TableOptions { LabelColumn = "2" }).Read(_files.Text("x.csv", text), new Execution { Warn = warnings.Add });

        Assert.Equal(warned ? 1 : 0, warnings.Count);
        Assert.All(
            warnings,
            warning =>
                Assert.Contains($"column 'x2': {rowCount / rowsPerClass} classes in {rowCount} rows", warning, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a;b\n1.100;1\n2.137;2\n3.250;3\n1.001;4\n9.999;5\n", true)]
    [InlineData("a;b\n1.100;1\n2.137;2\n3.250;3\n0.001;4\n9.999;5\n", false)]
    [InlineData("a,b\n1.100,1\n2.137,2\n3.250,3\n1.001,4\n9.999,5\n", false)]
    public void PointsThatMaySeparateThousands_AreWarnedOf_WhereSemicolonsSeparateCells(string text, bool isWarned)
    {
        var warnings = new List<string>();

        new DelimitedTextReader().Read(_files.Text("x.csv", text), new Execution { Warn = warnings.Add });

        Assert.Equal(
            isWarned,
            warnings.Exists(warning => warning.Contains("If the points separate thousands, use Culture de-DE", StringComparison.Ordinal)));
    }

    [Fact]
    public void ColumnNames_AreAsManyAsTheColumns()
    {
        var reader = new DelimitedTextReader(new TextFormat { ColumnNames = ["u"] });

        var error = Assert.Throws<N2DException>(() => reader.Read(_files.Text("x.csv", "1,2\n")));

        Assert.Equal("HeaderCountMismatch", error.Id);
    }

    [Fact]
    public void MissingFile_Folder_EmptyFile_Binary_AreToldApart()
    {
        var reader = new DelimitedTextReader();

        Assert.Equal(("FileNotFound", ErrorKind.NotFound), Failing(Path.Combine(_files.Folder, "no.csv")));
        Assert.Equal(("FolderGiven", ErrorKind.InvalidArgument), Failing(_files.Folder));
        Assert.Equal(("EmptyFile", ErrorKind.InvalidData), Failing(_files.Bytes("e.csv", [])));
        Assert.Equal(("EmptyFile", ErrorKind.InvalidData), Failing(_files.Bytes("e.csv.gz", [])));
        Assert.Equal(("NotText", ErrorKind.InvalidData), Failing(_files.Bytes("b.csv", [1, 2, 0, 3])));

        (string, ErrorKind) Failing(string path)
        {
            var error = Assert.Throws<N2DException>(() => reader.Read(path));
            return (error.Id, error.Kind);
        }
    }

    // The last 8 bytes of gzip are the checksum and the length.
    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(5000)]
    public void GzipCutShort_IsRefused(int missing)
    {
        var text = string.Join('\n', Enumerable.Range(0, 9999));
        var path = _files.Bytes("cut.csv", TemporaryFiles.Compress(Encoding.UTF8.GetBytes(text))[..^missing]);

        Assert.Equal("CorruptGzip", Assert.Throws<N2DException>(() => new DelimitedTextReader().Read(path)).Id);
    }

    [Fact]
    public void GzipWithAWrongChecksum_IsRefused()
    {
        var bytes = TemporaryFiles.Compress("1,2\n3,4\n"u8.ToArray());
        bytes[^8] ^= 1;

        Assert.Equal("CorruptGzip", Assert.Throws<N2DException>(() => new DelimitedTextReader().Read(_files.Bytes("wrong.csv", bytes))).Id);
    }

    [Fact]
    public void GzipFilesOneAfterTheOther_AreReadAsOne()
    {
        var path =
            _files.Bytes("two.csv", [.. TemporaryFiles.Compress("1,2\n"u8.ToArray()), .. TemporaryFiles.Compress("3,4\n"u8.ToArray())]);

        Assert.Equal([1f, 2f, 3f, 4f], new DelimitedTextReader().Read(path).GetRows().Values.ToArray());
    }

    [Fact]
    public void ForbiddenFile_IsAccessDenied()
    {
        // Tests can run as root, who has all permissions, so the test throws the system's exception itself.
        var error = Assert.Throws<N2DException>(() => InputFile.Translating<int>("/x.csv", () => throw new UnauthorizedAccessException()));

        Assert.Equal(("AccessDenied", ErrorKind.AccessDenied), (error.Id, error.Kind));
    }

    [Theory]
    [InlineData(',')]
    [InlineData(null)]
    public void RecordOfMillionsOfCells_LooksAtTheTokenWithinIt(char? delimiter)
    {
        var text = string.Concat(Enumerable.Repeat("1 ,", 200_000));
        using var stopping = new CancellationTokenSource();
        var splitter = new RecordSplitter(delimiter, stopping.Token);
        var cells = new RecordCells();
        Assert.Equal(SplitStatus.Complete, splitter.Split(text, isWhole: true, QuoteRule.Doubled, cells));
        stopping.Cancel();
        Assert.Throws<OperationCanceledException>(() => cells.ToArray(text, stopping.Token));
        Assert.Throws<OperationCanceledException>(() => splitter.Split(text, isWhole: true, QuoteRule.Doubled, cells));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ColumnsAreTakenInTurn_NotEachWithAllOthers(bool hasHeader)
    {
        // If each of 100,000 columns is compared with all others, this takes many minutes.
        const int ColumnCount = 100_000;
        var row = string.Join(',', Enumerable.Range(0, ColumnCount).Select(column => column % 3));
        var header = hasHeader ? string.Join(',', Enumerable.Range(0, ColumnCount).Select(column => $"c{column}")) + "\n" : "";
        var path = _files.Text("wide.csv", $"{header}{row}\n{row}\n");
        using var stopping = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        Assert.Equal(ColumnCount, new DelimitedTextReader().Read(path, new Execution { CancellationToken = stopping.Token }).Dimension);
    }

    [Fact]
    public void CanceledReading_Ends()
    {
        var path = _files.Text("x.csv", string.Join('\n', Enumerable.Range(0, 5000)));
        using var stopping = new CancellationTokenSource();
        stopping.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() =>
            new DelimitedTextReader().Read(path, new Execution { CancellationToken = stopping.Token }));
    }

    private Dataset ReadExcluding(string text, string[] excluded, string? labelColumn = null) =>
        new DelimitedTextReader(
            null, new TableOptions { LabelColumn = labelColumn, ExcludedColumns = excluded }).Read(_files.Text("x.csv", text));

    private Dataset Read(string text, string labelColumn) => Read(_files.Text("x.csv", text), null, labelColumn);

    private static Dataset Read(string path, string? delimiter, string? labelColumn) =>
        new DelimitedTextReader(new TextFormat { Delimiter = delimiter }, new TableOptions { LabelColumn = labelColumn }).Read(path);

    [Fact]
    public void HeaderReadAsData_IsTheAdviceOnItsCells()
    {
        var error = Assert.Throws<N2DException>(() =>
            new DelimitedTextReader(new TextFormat { HasHeader = false }).Read(_files.Text("x.csv", "sl,sw\n1,2\n3,4\n")));

        Assert.Contains(
            "Line 1 looks like a header and was read as data. If it is a header, use HasHeader true.",
            error.Message,
            StringComparison.Ordinal);
        Assert.Equal(["HasHeader"], error.Options);
    }
}
