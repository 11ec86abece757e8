using N2D.Data;

namespace N2D.Tests.Data.Text;

public sealed class QuoteTests : IDisposable
{
    private readonly TextFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("\"x\",1", "x|1")]
    [InlineData("\"x, y\",1", "x, y|1")]
    [InlineData("\"say \"\"hi\"\"\",1", "say \"hi\"|1")]
    [InlineData("\"\"\"hi\"\"\",1", "\"hi\"|1")]
    [InlineData("\"\",1", "|1")]
    [InlineData("\"\"\"\",1", "\"|1")]
    [InlineData("  \"x\"  ,  \"1\"  ", "x|1")]
    [InlineData("\" x \",1", "x|1")]
    [InlineData("\"u\nv\",1", "u\nv|1")]
    [InlineData("\"u\r\nv\",1", "u\r\nv|1")]
    [InlineData("\"C:\\dir\\\",1", "C:\\dir\\|1")] // a path, not an escaped quote
    [InlineData("pipe 5\" steel,1", "pipe 5\" steel|1")] // inch marks
    [InlineData("5\",1", "5\"|1")]
    [InlineData("5\" x 3\",1", "5\" x 3\"|1")]
    [InlineData("a\"b\"c,1", "a\"b\"c|1")]
    [InlineData("\"a\"b,1", "ab|1")] // as Import-Csv
    [InlineData("\"a\" b,1", "a b|1")]
    [InlineData("'x',1", "'x'|1")]
    public void Quotes_AreReadAsByImportCsv(string line, string cells) =>
        Assert.Equal(cells + "/z|2", _files.Read($"name,a\n{line}\nz,2\n", new TextFormat { Delimiter = "," }).Flat);

    [Theory]
    [InlineData("0,\"he said \\\"hi\\\" 0\",1", "0|he said \"hi\" 0|1")]
    [InlineData("0,\"he said \\\"hi, you\\\"\",1", "0|he said \"hi, you\"|1")]
    [InlineData("0,\"\\\"hi\\\"\",1", "0|\"hi\"|1")]
    [InlineData("0,\"a \\\"b\\\",\\\"c\\\"\",1", "0|a \"b\",\"c\"|1")]
    [InlineData("0,\"line\n\\\"two\\\"\",1", "0|line\n\"two\"|1")]
    [InlineData("0,\"back\\\\slash \\\"x\\\"\",1", "0|back\\slash \"x\"|1")]
    public void BackslashedQuotes_AreReadWhereTheyMakeTheRecordFit(string line, string cells)
    {
        var result = _files.Read($"id,name,a\n{line}\n1,\"plain\",2\n");

        Assert.Equal(cells + "/1|plain|2", result.Flat);
    }

    [Theory]
    [InlineData("id\tname\ta\n0\t\"abc\t1\n1\tx\t2\n", "0|\"abc|1/1|x|2")] // one only
    [InlineData("id\tname\ta\n0\t\"abc\t1\n1\t\"def\t2\n2\tghi\t3\n", "0|\"abc|1/1|\"def|2/2|ghi|3")] // two that look like a pair
    [InlineData("id,name,a\n0,\"abc,1\n1,\"def,2\n2,\"ghi,3\n", "0|\"abc|1/1|\"def|2/2|\"ghi|3")]
    [InlineData("id,name,a\n0,x,1\n1,y,2\n2,\",3\n", "0|x|1/1|y|2/2|\"|3")]
    [InlineData("\" 0.1 0.2\n'' 0.3 0.4\n\"a 0.5 0.6\n", "\"|0.1|0.2/''|0.3|0.4/\"a|0.5|0.6")] // GloVe's tokens
    public void LoneQuotes_AreLiteralInAFileWithoutQuotedCells(string text, string rows) => Assert.Equal(rows, _files.Read(text).Flat);

    [Theory]
    [InlineData("a,b\n\"x\",1\ny,2\n\"z,3\nw,4\n", 4)]
    [InlineData("a,b\n\"x\ny\",1\n\n\"z,3\nw,4\n", 5)]
    [InlineData("a,b\n1,2\n3,\"u\nv\n", 3)]
    public void UnclosedQuote_IsRefusedWithTheLineItOpensOn(string text, int line)
    {
        var error = _files.Fails(
            text.Replace("3,\"u\nv", "\"x\",\"u\nv", StringComparison.Ordinal).Replace("1,2", "1,\"2\"", StringComparison.Ordinal));

        Assert.Equal("MisplacedQuote", error.Id);
        Assert.Contains($"line {line}:", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void UnclosedQuote_FarFromTheEnd_IsRefused()
    {
        var rows = string.Concat(Enumerable.Range(0, 200_000).Select(row => $"{row},2\n"));

        var error = _files.Fails("a,b\n\"1\",2\n" + rows + "\"3,4\n" + rows);

        Assert.Equal("MisplacedQuote", error.Id);
        Assert.Contains("line 200003:", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void QuotedCell_MayBeLongerThanTheWindow()
    {
        var note = string.Concat(Enumerable.Range(0, 30_000).Select(line => $"line \"\"{line}\"\", and more;\n"));

        var result = _files.Read($"id,note\n1,\"{note}\"\n2,x\n");

        Assert.Equal(note.Replace("\"\"", "\"", StringComparison.Ordinal).Trim(), result.Rows[0][1]);
        Assert.Equal([2, 30_003 - 1 + 1], result.Lines);
    }

    // Whatever the position of a quote, a line break or a delimiter relative to the end of the window, the cells are the same.
    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Cells_DoNotDependOnTheWindow(string lineBreak)
    {
        var random = new Random(5);
        string[] words = ["x", "", "a \"b\"", "u\nv", "1.5", "y, z", "\"", "w\r\nw", "5\" pipe", "long " + new string('q', 70)];
        var rows = Enumerable.Range(0, 30_000)
            .Select(_ => Enumerable.Range(0, 3).Select(_ => words[random.Next(words.Length)]).Append("1").ToArray())
            .ToArray();
        var text = string.Concat(rows.Select(row => string.Join(',', row.Select(Quote)) + lineBreak));

        var result = _files.Read("n1,n2,n3,n4" + lineBreak + text);

        Assert.Equal("n1|n2|n3|n4", result.Names);
        Assert.Equal(rows, result.Rows);
        var line = 2;
        for (var row = 0; row < rows.Length; row++)
        {
            Assert.Equal(line, result.Lines[row]);
            line += 1 + rows[row].Count(cell => cell.Contains('\n', StringComparison.Ordinal));
        }

        static string Quote(string cell) =>
            cell.IndexOfAny(['"', '\n', ',']) < 0 || cell == "5\" pipe"
                ? cell
                : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    [Fact]
    public void WhitespaceDelimiter_HonorsQuotes() =>
        Assert.Equal(
            "18.0|8|chevrolet malibu/15.5|8|\"buick\" skylark",
            _files.Read("  18.0   8\t\"chevrolet malibu\" \n15.5 8   \"\"\"buick\"\" skylark\"\n").Flat);
}
