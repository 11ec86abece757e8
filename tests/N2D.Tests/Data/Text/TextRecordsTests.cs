using N2D.Data;

namespace N2D.Tests.Data.Text;

public sealed class TextRecordsTests : IDisposable
{
    private readonly TextFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("a,b\n1,2\n3,4\n", new[] { 2, 3 })]
    [InlineData("\n\na,b\n\n1,2\n  \n3,4", new[] { 5, 7 })]
    [InlineData("a,b\r\n1,2\r\n\r\n3,4\r\n", new[] { 2, 4 })]
    [InlineData("a,b\r1,2\r3,4\r", new[] { 2, 3 })]
    [InlineData("a,b\n\"1\",2\n3,4\n", new[] { 2, 3 })]
    [InlineData("\"a\nx\",b\n1,2\n3,4\n", new[] { 3, 4 })]
    public void Records_HaveTheLineTheyStartOn(string text, int[] lines)
    {
        var result = _files.Read(text);

        Assert.Equal("1|2/3|4", result.Flat);
        Assert.Equal(lines, result.Lines);
    }

    [Fact]
    public void LinesInQuotes_CountForTheRecordsBelow() =>
        Assert.Equal([2, 4, 7], _files.Read("t,a\n\"u\nv\",1\n\"u\r\nv\rw\",2\nx,3\n").Lines);

    [Fact]
    public void LastRecord_NeedsNoLineBreak() => Assert.Equal("1|2", _files.Read("a,b\n1,2").Flat);

    [Fact]
    public void Cells_AreTrimmed() => Assert.Equal("1|x y|", _files.Read("a,b,c\n  1 ,\u00A0x y\t,  \n").Flat);

    [Fact]
    public void GivenNames_MakeTheFirstRecordData()
    {
        var result = _files.Read("u,v\n1,2\n", new TextFormat { ColumnNames = ["a", "b"] });

        Assert.Equal(("a|b", "u|v/1|2"), (result.Names, result.Flat));
    }

    [Fact]
    public void GivenNames_ReplaceAHeader()
    {
        var result = _files.Read("u,v\n1,2\n", new TextFormat { ColumnNames = ["a", "b"], HasHeader = true });

        Assert.Equal(("a|b", "1|2"), (result.Names, result.Flat));
    }

    [Fact]
    public void GivenNames_AreAsManyAsTheColumns() =>
        Assert.Equal("HeaderCountMismatch", _files.Fails("1,2\n", new TextFormat { ColumnNames = ["a"] }).Id);

    [Fact]
    public void BlankNames_AreRefused()
    {
        Assert.Equal("BlankColumnName", Assert.Throws<N2DException>(() => new TextFormat { ColumnNames = [] }).Id);
        Assert.Equal("BlankColumnName", Assert.Throws<N2DException>(() => new TextFormat { ColumnNames = ["a", " "] }).Id);
    }

    [Theory]
    [InlineData(true, "1|2", "3|4")]
    [InlineData(false, "", "1|2/3|4")]
    public void HeaderOption_Decides(bool hasHeader, string names, string rows)
    {
        var result = _files.Read("1,2\n3,4\n", new TextFormat { HasHeader = hasHeader });

        Assert.Equal((names, rows), (result.Names, result.Flat));
        Assert.Null(result.Warning);
    }

    [Fact]
    public void HeaderAlone_HasNoRows()
    {
        var result = _files.Read("a,b\n");

        Assert.Equal(("a|b", 0), (result.Names, result.Rows.Length));
    }

    [Theory]
    [InlineData("\n \n\n")]
    [InlineData("\r\n")]
    [InlineData("\t\n")]
    public void BlankLines_AreAnEmptyFile(string text) => Assert.Equal("EmptyFile", _files.Fails(text).Id);

    [Fact]
    public void Notes_SayWhatWasDetected()
    {
        var notes = string.Join(' ', _files.Read("# by x\na;b\n1;2\n").Notes);

        Assert.Contains("a semicolon", notes, StringComparison.Ordinal);
        Assert.Contains("UTF-8", notes, StringComparison.Ordinal);
        Assert.Contains("header", notes, StringComparison.Ordinal);
        Assert.Contains("comment", notes, StringComparison.Ordinal);
    }

    [Fact]
    public void WideRecords_AreDetectedAndRead()
    {
        var header = string.Join(',', Enumerable.Range(0, 60_000).Select(column => $"c{column}"));
        var row = string.Join(',', Enumerable.Range(0, 60_000).Select(column => $"{column}.5"));

        var result = _files.Read($"{header}\n{row}\n{row}\n");

        Assert.Equal((60_000, 2), (result.ColumnCount, result.Rows.Length));
        Assert.Equal("59999.5", result.Rows[1][^1]);
    }

    [Fact]
    public void CanceledReading_Ends()
    {
        using var stopping = new CancellationTokenSource();
        stopping.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() =>
            _files.Read("a\n1\n"u8.ToArray(), execution: new Execution { CancellationToken = stopping.Token }));
    }

    [Fact]
    public void RecordWithoutEnd_IsNotReadOn_OnceCanceled()
    {
        // A quote without an end makes the rest of the file one record, here just below the limit.
        var rest = new byte[TextWindow.LongestRecord - 1000];
        rest.AsSpan().Fill((byte)'y');
        var path = _files.Path("x.csv", [.. "a,b\n\"x\",1\n\""u8, .. rest]);
        InputFile.Read(path, file =>
        {
            // The first blocks are read to detect the format.
            const double Begun = 0.1;
            var (canceled, ended) = Cancellation.CancelOnceBegun(
                token =>
                {
                    var records = TextRecords.Open(file, TextFormat.Detected, new Execution { CancellationToken = token });
                    while (records.Read())
                    {
                    }
                },
                () => Math.Max(0, file.Fraction - Begun));
            Assert.InRange(ended - canceled, 0, 0.05);
            return 0;
        });
    }

    [Fact]
    public void RecordBeyondTheLimit_IsRefused()
    {
        var path = _files.Path("x.csv", [.. "a,b\n\"x\",1\n"u8, .. Enumerable.Repeat((byte)'7', TextWindow.LongestRecord + 1000)]);

        var error = Assert.Throws<N2DException>(() => InputFile.Read(path, file =>
        {
            var records = TextRecords.Open(file, TextFormat.Detected, Execution.Default);
            while (records.Read())
            {
            }

            return 0;
        }));

        Assert.Equal("RecordTooLong", error.Id);
        Assert.Contains("line 3:", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reading_AllocatesNothingPerRecord()
    {
        var path = _files.Path(
            "x.csv",
            System.Text.Encoding.UTF8.GetBytes("a,b\n" + string.Concat(Enumerable.Range(0, 100_000).Select(row => $"{row},\"2\"\n"))));

        var (allocated, sum) = InputFile.Read(path, file =>
        {
            var records = TextRecords.Open(file, TextFormat.Detected, Execution.Default);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var length = 0;
            while (records.Read())
            {
                length += records[0].Length + records[1].Length;
            }

            return (GC.GetAllocatedBytesForCurrentThread() - before, length);
        });

        // Less than a byte per record.
        Assert.InRange(allocated, 0, 50_000);
        Assert.Equal(488_890 + 100_000, sum);
    }

    [Theory]
    [InlineData("sl,sw\n1,2\n3,4\n", 1)]
    [InlineData("\n# a comment\nsl,sw\n1,2\n3,4\n", 3)]
    [InlineData("sl,kind\n1,red\n3,blue\n", 1)]
    public void HeaderReadAsData_IsNamed(string text, int line)
    {
        var warning = $"Line {line} looks like a header and was read as data. If it is a header, use HasHeader true.";

        Assert.Equal(warning, _files.Read(text, new TextFormat { HasHeader = false }).Warning);
        Assert.Equal(warning, _files.Read(text, new TextFormat { ColumnNames = ["a", "b"] }).Warning);
        Assert.Null(_files.Read(text, new TextFormat { HasHeader = true }).Warning);
    }

    [Theory]
    [InlineData("1,2\n3,4\n5,6\n")]
    [InlineData("k0,red\nk1,blue\nk2,red\n")]
    [InlineData("1990,1991,1992\n3.5,4.5,5\n5,6.5,9\n")]
    public void DataWithoutHeader_AreNotDoubted(string text) =>
        Assert.Null(_files.Read(text, new TextFormat { HasHeader = false }).Warning);
}
