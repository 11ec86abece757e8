using N2D.Data;

namespace N2D.Tests.Data.Text;

public sealed class LeadingLinesTests : IDisposable
{
    private readonly TextFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    // Windows PowerShell's Export-Csv
    [InlineData("#TYPE System.Management.Automation.PSCustomObject\n\"a\",\"b\"\n\"1\",\"2\"\n", "a|b", "1|2", 3)]
    [InlineData("#TYPE Selected.System.Diagnostics.Process\r\na;b\r\n1;2\r\n", "a|b", "1|2", 3)]
    [InlineData("#TYPE X\n#TYPE Y\na,b\n1,2\n", "a|b", "1|2", 4)]
    [InlineData("sep=;\na;b\n1,5;2\n", "a|b", "1,5|2", 3)] // Excel
    [InlineData("SEP=,\r\na,b\r\n1;5,2\r\n", "a|b", "1;5|2", 3)]
    [InlineData("\"sep=|\"\na|b\n1|2\n", "a|b", "1|2", 3)]
    [InlineData("sep=\t\na\tb\n1,5\t2\n", "a|b", "1,5|2", 3)]
    [InlineData("sep=;;;\na;b;c\n1;2;3\n", "a|b|c", "1|2|3", 3)]
    [InlineData("#TYPE X\nsep=;\na;b\n1;2\n", "a|b", "1|2", 4)]
    [InlineData("# exported by x\n# at y\na,b\n1,2\n", "a|b", "1|2", 4)]
    [InlineData("# exported by x\n\n# at y\n\na,b\n1,2\n", "a|b", "1|2", 6)]
    [InlineData("% a title, with a comma\na,b\n1,2\n", "a|b", "1|2", 3)]
    [InlineData("#\n# two, words\n#\na,b\n1,2\n", "a|b", "1|2", 5)]
    [InlineData("# it's \"quoted\na,b\n1,2\n", "a|b", "1|2", 3)]
    public void LinesAboveTheTable_AreSkipped(string text, string names, string rows, int line)
    {
        var result = _files.Read(text);

        Assert.Equal((names, rows), (result.Names, result.Flat));
        Assert.Equal(line, result.Lines[0]);
    }

    [Theory]
    [InlineData("# a b c\n1.5 2 3\n4 5.5 6\n", "a|b|c", "1.5|2|3/4|5.5|6")] // numpy.savetxt(header="a b c")
    [InlineData("# a,b,c\n1.5,2,3\n4,5.5,6\n", "a|b|c", "1.5|2|3/4|5.5|6")]
    [InlineData("# a b c\n1.5,2,3\n4,5.5,6\n", "a|b|c", "1.5|2|3/4|5.5|6")]
    [InlineData("# a,b,c\n1.5 2 3\n4 5.5 6\n", "a|b|c", "1.5|2|3/4|5.5|6")]
    [InlineData("# made today\n# a b c\n1.5 2 3\n4 5.5 6\n", "a|b|c", "1.5|2|3/4|5.5|6")]
    [InlineData("#id,a,b\nr1,2,3\nr2,5,6\n", "id|a|b", "r1|2|3/r2|5|6")]
    [InlineData("#id\ta\tb\nr1\t2\t3\nr2\t5\t6\n", "id|a|b", "r1|2|3/r2|5|6")]
    [InlineData("#,name,a\n1,x,3\n2,y,6\n", "#|name|a", "1|x|3/2|y|6")]
    [InlineData("% a b\n1.5 2\n4 5.5\n", "a|b", "1.5|2/4|5.5")]
    [InlineData("# 0 1 2\n1.5 2.25 3.5\n4.5 5.5 6.5\n4.25 5.5 6.75\n", "0|1|2", "1.5|2.25|3.5/4.5|5.5|6.5/4.25|5.5|6.75")]
    [InlineData("# value\n1.5\n2.5\n", "value", "1.5/2.5")]
    public void LastComment_HoldsTheNamesIfItFits(string text, string names, string rows)
    {
        var result = _files.Read(text);

        Assert.Equal((names, rows), (result.Names, result.Flat));
    }

    [Theory]
    [InlineData("# written by hand\n1.5 2 3 4\n4 5.5 6 7\n", "1.5|2|3|4/4|5.5|6|7")]
    [InlineData("# 2 3\n1.5 2\n4 5.5\n", "1.5|2/4|5.5")] // a shape, not names
    public void CommentThatDoesNotFit_IsNoHeader(string text, string rows)
    {
        var result = _files.Read(text);

        Assert.Empty(result.Header);
        Assert.Equal(rows, result.Flat);
    }

    [Fact]
    public void HeaderBelowComments_GoesBeforeAFittingComment() =>
        Assert.Equal("a|b|c", _files.Read("# three little words\na,b,c\n1,2,3\n").Names);

    [Fact]
    public void HeaderSwitchedOff_TakesNoNamesFromComments() =>
        Assert.Empty(_files.Read("# a b\n1 2\n3 4\n", new TextFormat { HasHeader = false }).Header);

    [Theory]
    [InlineData("#1,2\n#3,4\n#5,6\n", "#1|2/#3|4/#5|6")]
    [InlineData("#ff0000,1\n#00ff00,2\n#0000ff,3\n#ffff00,4\n", "#ff0000|1/#00ff00|2/#0000ff|3/#ffff00|4")]
    public void DataThatStartWithTheMark_AreNoComments(string text, string rows) =>
        Assert.Equal(rows, _files.Read(text, new TextFormat { HasHeader = false }).Flat);

    [Fact]
    public void ColorsBelowAHeader_AreNoComments()
    {
        var result = _files.Read("color,a\n#ff0000,1\n#00ff00,2\n");

        Assert.Equal(("color|a", "#ff0000|1/#00ff00|2"), (result.Names, result.Flat));
    }

    [Fact]
    public void FooterAfterLeadingComments_IsSkipped()
    {
        var result = _files.Read("# a b\n1 2.5\n3 4.5\n# end of the file\n");

        Assert.Equal("1|2.5/3|4.5", result.Flat);
        Assert.Contains(result.Notes, note => note.Contains("1 comment line", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("//")]
    [InlineData("#")]
    [InlineData("REM ")]
    public void GivenComment_IsSkippedAnywhere(string comment)
    {
        var text = $"{comment}one\na,b\n{comment}two, \"three\n1,2\n\n3,4\n{comment}four";

        var result = _files.Read(text, new TextFormat { Comment = comment });

        Assert.Equal(("a|b", "1|2/3|4"), (result.Names, result.Flat));
        Assert.Equal([4, 6], result.Lines);
    }

    [Fact]
    public void GivenComment_LongerThanTheWindow_IsSkipped()
    {
        var result = _files.Read($"a,b\n1,2\n#{new string('x', 1_000_000)}\r\n3,4\r\n", new TextFormat { Comment = "#" });

        Assert.Equal("1|2/3|4", result.Flat);
        Assert.Equal([2, 4], result.Lines);
    }

    [Fact]
    public void GivenComment_InQuotes_IsText() =>
        Assert.Equal("x\n#y|1", _files.Read("a,b\n\"x\n#y\",1\n", new TextFormat { Comment = "#" }).Flat);

    [Fact]
    public void EmptyComment_SkipsNothing() =>
        Assert.Equal("#a|b", _files.Read("#a,b\n1,2\n", new TextFormat { Comment = "" }).Names);

    [Fact]
    public void OnlyComments_AreAnEmptyFile() =>
        Assert.Equal("EmptyFile", _files.Fails("# a\n# b\n", new TextFormat { Comment = "#" }).Id);

    [Fact]
    public void GivenDelimiter_GoesBeforeExcelsLine() =>
        Assert.Equal("1;5|2", _files.Read("sep=;\na,b\n1;5,2\n", new TextFormat { Delimiter = "," }).Flat);

    [Theory]
    [InlineData("Monthly report of the plant;;\n;;\nid;temp;power\n", ";", 1)] // Excel
    [InlineData("Monthly report of the plant\n\nid,temp,power\n", ",", 1)]
    // World Bank
    [InlineData(
        "\"Data Source\",\"World Development Indicators\",\n\n\"Last Updated Date\",\"2024-01-01\",\n\nid,temp,power,1991,1992\n", ",", 3)]
    [InlineData("Station: 12\nLocation: Oslo\nSerial: 0042\n\nTime,temp,hum\n", ",", 3)] // a logger
    [InlineData("Report\t\t\t\n\nid\ta\tb\tc\n", "\t", 1)]
    public void TitlesAboveTheHeader_AreSkippedWithAWarning(string head, string delimiter, int lines)
    {
        var header = head.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1];
        var count = header.Split(delimiter[0]).Length;
        var row = string.Join(delimiter, Enumerable.Range(1, count).Select(column => $"{column}.5")) + "\n";

        var result = _files.Read(head + string.Concat(Enumerable.Repeat(row, 6)));

        Assert.Equal(header.Replace(delimiter[0], '|'), result.Names);
        Assert.Equal((6, head.Count('\n') + 1), (result.Rows.Length, result.Lines[0]));
        Assert.StartsWith(
            lines == 1 ? "1 line above the table was skipped" : $"{lines} lines above the table were skipped",
            result.Warning,
            StringComparison.Ordinal);
        Assert.Contains(head.Split(delimiter[0], ':', '\n')[0].Trim('"'), result.Warning, StringComparison.Ordinal);
        Assert.Contains(result.Notes, note => result.Warning!.StartsWith(note, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a,b,c,d\n,,,4\nr,,,\n1,2,3,4\n5,6,7,8\n9,1,2,3\n4,5,6,7\n8,9,1,2\n", "a|b|c|d", 7)] // sparse first rows
    [InlineData("r1,,,\nr2,2.5,3,4\nr3,6,7,8\nr4,1,2,3\nr5,5,6,7\nr6,9,1,2\n", "", 6)] // also without a header
    [InlineData("1,,,\n5,2,3,4\n5,6,7,8\n9,1,2,3\n4,5,6,7\n8,9,1,2\n", "", 6)]
    [InlineData("temp,,hum\nmin,max,min\n1,2,3\n4,5,6\n7,8,9\n1,2,3\n", "temp||hum", 5)] // two headers
    [InlineData("x\na,b\n1,2\n3,4\n5,6\n7,8\n9,1\n", "|x", 6)] // two columns
    [InlineData("a b\nthe c\n1\n2\n3\n4\n5\n6\n", null, 7)] // one column
    [InlineData("s1,s2\ng1,2,3\ng2,4,5\ng3,6,7\ng4,8,9\ng5,1,2\n", "|s1|s2", 5)] // row names of R
    public void RowsWithGapsAndNarrowTables_HaveNoTitle(string text, string? names, int rowCount)
    {
        var result = _files.Read(text);

        Assert.DoesNotContain("above the table", result.Warning ?? "", StringComparison.Ordinal);
        Assert.Equal(names ?? result.Names, result.Names);
        Assert.Equal(rowCount, result.Rows.Length);
    }
}
