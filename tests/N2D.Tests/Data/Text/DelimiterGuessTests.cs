using N2D.Data;

namespace N2D.Tests.Data.Text;

public sealed class DelimiterGuessTests : IDisposable
{
    private readonly TextFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("a,b\n1,2\n3,4\n", "a comma")]
    [InlineData("a;b\n1;2\n3;4\n", "a semicolon")]
    [InlineData("a\tb\n1\t2\n3\t4\n", "a tab")]
    [InlineData("a|b\n1|2\n3|4\n", "a bar")]
    [InlineData("a b\n1 2\n3 4\n", "whitespace")]
    [InlineData("  1.5    2\n 13   -4\n", "whitespace")]
    [InlineData("1 \t2\n3\t4\n", "a tab")]
    [InlineData("1 \t2\n3 4\n", "whitespace")]
    [InlineData("a^b\n1^2\n3^4\n", "a caret")]
    [InlineData("a:b\n1:2\n3:4\n", "a colon")]
    [InlineData("a, b\n1, 2\n3, 4\n", "a comma")]
    [InlineData("1; 2; 3\n4; 5; 6\n", "a semicolon")]
    [InlineData("1,5;2,5\n3,5;4,5\n", "a semicolon")] // German decimals
    [InlineData("a;b\n1,5;2,5\n3,5;4,5\n", "a semicolon")]
    [InlineData("1.234,5;2.345,5;x\n3.456,5;4.567,5;y\n", "a semicolon")]
    [InlineData("1,5\t2,5\n3,5\t4,5\n", "a tab")]
    [InlineData("1,5 2,5 3,5\n3,5 4,5 5,5\n", "whitespace")]
    [InlineData("0.1,0.2,red; blue\n0.3,0.4,red; blue\n", "a comma")]
    [InlineData("0.1,0.2,red|blue\n0.3,0.4,red|blue\n", "a comma")]
    [InlineData("0.1,0.2,a;b;c;d;e\n0.3,0.4,a;b;c;d;e\n", "a comma")]
    [InlineData("0.1;0.2;red, blue\n0.3;0.4;red, blue\n", "a semicolon")]
    [InlineData("0.1\t0.2\tred, blue; green\n0.3\t0.4\tred, blue; green\n", "a tab")]
    [InlineData("time,a\n10:00,1\n10:05,2\n", "a comma")]
    [InlineData("2020-01-01 10:00:00,5.1,3\n2020-01-01 10:05:00,5.2,4\n", "a comma")]
    [InlineData("New York,5,6\nLos Angeles,7,8\n", "a comma")]
    [InlineData("id,text\n1,\"a; b; c\"\n2,\"d; e; f\"\n", "a comma")]
    [InlineData("id,text\n1,\"a;\nb\"\n2,\"c;\nd\"\n", "a comma")]
    [InlineData("id;text\n1;\"a,\r\nb\"\n2;\"c,\r\nd\"\n", "a semicolon")]
    [InlineData("id,text\n1,\"x\ty\tz\"\n2,\"u\tv\tw\"\n", "a comma")]
    [InlineData("id\ttext\n1\tone, two\n2\tthree, four\n", "a tab")]
    [InlineData("id,embedding\n0,\"[0.1, 0.2]\"\n1,\"[0.3, 0.4]\"\n", "a comma")]
    [InlineData("id,embedding\n0,0.1 0.2 0.3\n1,0.3 0.4 0.5\n", "a comma")]
    // NumPy
    [InlineData(
        "id,v\nk0,\"[1.288 1.4494 ... 1.5 2.5]\"\nk1,\"[5.066 2.2355 ... 1.5 2.5]\"\nk2,\"[-1.092 0.0313 ... 1.5 2.5]\"\n", "a comma")]
    [InlineData("id v\n\"k 0\" 1.5\n\"k 1\" 2.5\n", "whitespace")]
    [InlineData("a,b,c\n1,,3\n,5,\n7,8,9\n", "a comma")]
    [InlineData("a\tb\tc\n1\t\t3\n4\t5\t\n7\t8\t9\n", "a tab")] // gaps, not repeated tabs
    [InlineData("5\n6\n7\n", "a comma")]
    [InlineData("one word\nand then more words\n", "a comma")]
    public void Delimiter_IsTheOneThatGivesEvenRecordsOfNumbers(string text, string name) =>
        Assert.Equal(name, _files.Read(text).Delimiter);

    [Theory]
    [InlineData("x.tsv")]
    [InlineData("x.tab")]
    [InlineData("x.TSV")]
    [InlineData("x.tsv.gz")]
    public void TabbedExtension_MeansTabs(string name) =>
        Assert.Equal("a tab", _files.Read("a,b\tc,d\n1,2\t3,4\n", name: name).Delimiter);

    [Fact]
    public void EventMessages_WithLineBreaksAndAllDelimiters_DoNotDisturb()
    {
        // Get-WinEvent | Export-Csv
        var text = "\"Message\",\"Id\",\"Level\"\r\n" + string.Concat(Enumerable.Range(0, 150).Select(row =>
            $"\"The service; state: running,\r\n\tuser:\tSYSTEM | x\r\n\r\nsaid \"\"done\"\"\",\"{row}\",\"4\"\r\n"));

        var result = _files.Read(text);

        Assert.Equal(("a comma", 150), (result.Delimiter, result.Rows.Length));
        Assert.All(result.Rows, row => Assert.Equal(3, row.Length));
        Assert.Equal([2, 6, 10], result.Lines[..3]);
    }

    [Fact]
    public void OneRaggedRecord_DoesNotHideTheDelimiter()
    {
        var text = string.Concat(Enumerable.Range(0, 50).Select(row => row == 30 ? "1,2\n" : $"{row}.5,2,3\n"));

        Assert.Equal("a comma", _files.Read(text).Delimiter);
    }

    [Theory]
    [InlineData(",", "a comma")]
    [InlineData("\t", "a tab")]
    [InlineData(@"\t", "a tab")]
    [InlineData("whitespace", "whitespace")]
    [InlineData("Whitespace", "whitespace")]
    [InlineData(" ", "whitespace")]
    [InlineData("~", "'~'")]
    public void GivenDelimiter_IsUsed(string delimiter, string name) =>
        Assert.Equal(name, _files.Read("a;b\n1;2\n", new TextFormat { Delimiter = delimiter }).Delimiter);

    [Theory]
    [InlineData("")]
    [InlineData("\"")]
    [InlineData("1")]
    [InlineData("a")]
    [InlineData(".")]
    [InlineData("-")]
    [InlineData("\n")]
    [InlineData("::")]
    public void DelimiterThatCannotSeparate_IsRefused(string delimiter) =>
        Assert.Equal("DelimiterNotUsable", Assert.Throws<N2DException>(() => new TextFormat { Delimiter = delimiter }).Id);

    [Theory]
    [InlineData("a\n1,288\n5,066\n-1,092\n3,978\n0,199\n")]
    [InlineData("a\n1,5\nNA\n1,2\n3\n0,1\n")]
    [InlineData("1,288\n5,066\n3\n0,199\n")] // one cell, or two
    public void DecimalCommasBelowOneName_AreNoDelimiters(string text)
    {
        var result = _files.Read(text);

        Assert.Equal(1, result.ColumnCount);
        Assert.DoesNotContain("comma", result.Warning ?? "", StringComparison.Ordinal);
        Assert.Equal(text, string.Concat(result.Header.Concat(result.Rows.Select(row => row[0])).Select(cell => cell + "\n")));
    }

    [Theory]
    [InlineData("1,288\n5,066\n2,235\n", true)]
    [InlineData("1,2\n-0,5\n0,3\n", true)]
    [InlineData("1,288\n5,660\n2,235\n", false)]
    [InlineData("a,b\n1,288\n5,066\n2,235\n", false)] // two names
    [InlineData("a\n1,288\n2,660\n3,235\n", false)] // row names
    [InlineData("1,288,1\n5,066,1\n2,235,1\n", false)]
    public void OneCommaInEachLine_MayBeADecimalComma(string text, bool isDoubtful)
    {
        var result = _files.Read(text);

        Assert.True(result.ColumnCount > 1);
        Assert.Equal(
            isDoubtful,
            result.Warning?.StartsWith(
                "Each line has one comma, read as a delimiter. If it is a decimal comma, use Delimiter ';'.",
                StringComparison.Ordinal) ?? false);
        Assert.Null(_files.Read(text, new TextFormat { Delimiter = "," }).Warning);
    }
}
