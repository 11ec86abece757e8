using N2D.Data;

namespace N2D.Tests.Data.Text;

public sealed class TableShapeTests : IDisposable
{
    private readonly TextFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("a,b,\n1,2,\n3,4,\n", "a|b", "1|2/3|4")] // every record
    [InlineData("a,b\n1,2,\n3,4,\n", "a|b", "1|2/3|4")] // the rows only
    [InlineData("a,b,\n1,2\n3,4\n", "a|b", "1|2/3|4")] // the header only
    [InlineData("a;b;;;\n1;2;;;\n3;4;;;\n", "a|b", "1|2/3|4")] // a spreadsheet
    [InlineData("a\tb\t\n1\t2\t\n3\t4\t\n", "a|b", "1|2/3|4")]
    [InlineData("a,b,\n1,2,\n3,,\n", "a|b", "1|2/3|")] // a gap in the last column
    [InlineData("a,b\n1,2\n3,4,\n5,6\n", "a|b", "1|2/3|4/5|6")]
    public void TrailingDelimiters_AreNoColumn(string text, string names, string rows)
    {
        var result = _files.Read(text);

        Assert.Equal((names, rows, 2), (result.Names, result.Flat, result.ColumnCount));
    }

    [Fact]
    public void TrailingDelimiters_WithoutHeader_AreNoColumn() =>
        Assert.Equal("1.5|2/3|4.5", _files.Read("1.5,2,\n3,4.5,\n").Flat);

    [Fact]
    public void NamedEmptyColumn_IsKept()
    {
        var result = _files.Read("a,b,c\n1,2,\n3,4,\n");

        Assert.Equal(("a|b|c", "1|2|/3|4|"), (result.Names, result.Flat));
    }

    [Theory]
    [InlineData("\"a\" \"b\"\n\"1\" 0.5 2.5\n\"2\" 3.5 4.5\n", "|a|b", "1|0.5|2.5/2|3.5|4.5")] // write.table(x)
    [InlineData("mpg cyl\n\"Mazda RX4\" 21 6\n\"Datsun 710\" 22.8 4\n", "|mpg|cyl", "Mazda RX4|21|6/Datsun 710|22.8|4")]
    [InlineData("a,b\nr1,2,3\nr2,4,5\n", "|a|b", "r1|2|3/r2|4|5")]
    [InlineData("s1\ts2\ng1\t2\t3\ng2\t4\t5\n", "|s1|s2", "g1|2|3/g2|4|5")]
    [InlineData("0 1 2\nr1 0.5 1.5 2.5\nr2 0.25 1.5 2.75\n", "|0|1|2", "r1|0.5|1.5|2.5/r2|0.25|1.5|2.75")]
    public void HeaderOneNameShort_NamesNoRowNames(string text, string names, string rows)
    {
        var result = _files.Read(text);

        Assert.Equal((names, rows), (result.Names, result.Flat));
    }

    [Theory]
    [InlineData("a,b\n1,2\n3,4,5\n", 2)] // more cells
    [InlineData("a,b\n1,2\n3\n", 2)] // fewer
    [InlineData("a,b,c\n1,2\n3,4\n", 3)] // names without column
    public void RaggedRecords_AreLeftToTheCaller(string text, int columnCount)
    {
        var result = _files.Read(text);

        Assert.Equal(columnCount, result.ColumnCount);
        Assert.Contains(result.Rows, row => row.Length != columnCount);
    }

    [Fact]
    public void RepeatedTabs_AreOneDelimiter()
    {
        // seeds_dataset.txt of UCI
        var result = _files.Read("15.26\t14.84\t0.871\t1\n14.88\t14.57\t\t0.8811\t1\n14.29\t14.09\t0.905\t\t1\n");

        Assert.Equal(("whitespace", "15.26|14.84|0.871|1/14.88|14.57|0.8811|1/14.29|14.09|0.905|1"), (result.Delimiter, result.Flat));
    }

    [Theory]
    [InlineData("x.tsv", null)]
    [InlineData("x.txt", "\t")]
    public void RepeatedTabs_AreOneDelimiterEvenWhereTabsAreGiven(string name, string? delimiter) =>
        Assert.Equal(
            "1|2|3/4|5|6/7|8|9",
            _files.Read("1\t2\t3\n4\t\t5\t6\n7\t8\t9\n", new TextFormat { Delimiter = delimiter, HasHeader = false }, name).Flat);

    [Fact]
    public void RepeatedTabs_BelowTheSample_AreOneDelimiter()
    {
        var rows = string.Concat(Enumerable.Range(0, 200).Select(row => $"{row}.5\t2\t3\n"));

        var result = _files.Read(rows + "4\t\t5\t6\n" + rows);

        Assert.Equal(["4", "5", "6"], result.Rows[200]);
        Assert.All(result.Rows, row => Assert.Equal(3, row.Length));
        Assert.Contains(result.Notes, note => note.Contains("Repeated tabs", StringComparison.Ordinal));
    }

    [Fact]
    public void RepeatedTabs_InAFileWithGaps_AreLeftToTheCaller()
    {
        var rows = string.Concat(Enumerable.Range(0, 200).Select(row => $"{row}.5\t{(row % 5 == 0 ? "" : "2")}\t3\n"));

        Assert.Equal(4, _files.Read(rows + "4\t\t5\t6\n").Rows[200].Length);
    }

    [Theory]
    [InlineData("3 4\nthe 0.1 0.2 0.3 0.4\nof 0.2 0.3 0.4 0.5\ncat 0.5 0.6 0.7 0.8\n")]
    [InlineData("3 4\nthe 0.1 0.2 0.3 0.4 \nof 0.2 0.3 0.4 0.5 \ncat 0.5 0.6 0.7 0.8 \n")] // word2vec itself ends lines with a blank
    [InlineData("3\t4\nthe\t0.1\t0.2\t0.3\t0.4\nof\t0.2\t0.3\t0.4\t0.5\ncat\t0.5\t0.6\t0.7\t0.8\n")]
    public void CountLineOfWordVectors_IsSkipped(string text)
    {
        var result = _files.Read(text, name: "x.vec");

        Assert.Equal("the|0.1|0.2|0.3|0.4/of|0.2|0.3|0.4|0.5/cat|0.5|0.6|0.7|0.8", result.Flat);
        Assert.Empty(result.Header);
        Assert.Equal([2, 3, 4], result.Lines);
    }

    [Fact]
    public void CountLineOfTwoDimensionalVectors_IsSkipped() =>
        Assert.Equal("the|0.1|0.2/of|0.2|0.3", _files.Read("2 2\nthe 0.1 0.2\nof 0.2 0.3\n").Flat);

    [Theory]
    [InlineData("3,4,setosa,versicolor,virginica\n5.1,3.5,1.4,0.2,0\n7.0,3.2,4.7,1.4,1\n6.3,3.3,6.0,2.5,2\n")] // iris.csv of scikit-learn
    [InlineData("3,4,malignant,benign\n5.1,3.5,1.4,0.2,0\n7.0,3.2,4.7,1.4,1\n6.3,3.3,6.0,2.5,1\n")]
    public void CountLineWithClassNames_IsSkipped(string text)
    {
        var result = _files.Read(text);

        Assert.Equal([2, 3, 4], result.Lines);
        Assert.Equal(5, result.ColumnCount);
        Assert.Empty(result.Header);
    }

    [Theory]
    [InlineData("3,4,a,b,c\n5.1,3.5,1.4,0.2,0\n7.0,3.2,4.7,1.4,3\n")] // a number of no class
    [InlineData("2,5,a,b,c\n5.1,3.5,1.4,0.2,0\n7.0,3.2,4.7,1.4,1\n")] // other numbers of columns
    [InlineData("1,4,a,b,c\n5.1,3.5,1.4,0.2,0\n7.0,3.2,4.7,1.4,1\n")] // fewer rows than there are
    public void NumbersAndNames_ThatAreNoCounts_AreNotSkipped(string text)
    {
        var result = _files.Read(text);

        Assert.Equal(3, result.Rows.Length + (result.Header.Length > 0 ? 1 : 0));
    }

    [Fact]
    public void WordVectorsWithoutCountLine_AreData() =>
        Assert.Equal(2, _files.Read("the 0.1 0.2 0.3\nof 0.2 0.3 0.4\n").Rows.Length);

    [Fact]
    public void TwoWholeNumbersAbovePairs_AreData() =>
        Assert.Equal("3 4|1 2|5 6".Replace('|', '/').Replace(' ', '|'), _files.Read("3 4\n1 2\n5 6\n").Flat);

    [Theory]
    [InlineData("a;b;c\n1;2;3\n;;\n4;5;6\n;;\n;;\n", "a|b|c", "1|2|3/4|5|6", 3)] // Excel
    [InlineData(";;\na;b;c\n1;2;3\n4;5;6\n", "a|b|c", "1|2|3/4|5|6", 0)] // above the header
    [InlineData("a\tb\n1\t2\n\t\n3\t4\n", "a|b", "1|2/3|4", 1)]
    [InlineData("a,b\n1,2\n\"\",\"\"\n3,4\n", "a|b", "1|2/3|4", 1)]
    [InlineData("a,b,c\n1,,\n,,2\n,3,\n", "a|b|c", "1||/||2/|3|", 0)] // gaps
    [InlineData("a,\n1,\n,\n3,\n", "a", "1//3", 0)] // the gap of a single column
    public void RowsWithoutAnyValue_AreNoRows(string text, string names, string rows, int count)
    {
        var result = _files.Read(text);

        Assert.Equal((names, rows), (result.Names, result.Flat));
        Assert.Equal(
            count > 0,
            result.Notes.Contains($"{count} row{(count == 1 ? " without any value was" : "s without any value were")} skipped."));
        Assert.Null(result.Warning);
    }

    [Fact]
    public void DelimitersAlone_AreAnEmptyFile() => Assert.Equal("EmptyFile", _files.Fails(",,,\n,,,\n").Id);
}
