using N2D.Data;

namespace N2D.Tests.Data;

public sealed class LibSvmReaderTests : IDisposable
{
    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("x.svm")]
    [InlineData("x.txt.gz")]
    public void Rows_BecomeDense_WithTheirLabels(string name)
    {
        var path = _files.Text(name, "# made by hand\n+1 1:0.5 3:-2e1 # first\n-1 qid:7 2:1\r\n\n1.0\n");

        var dataset = new DatasetFile().Read(path);

        Assert.Equal([0.5f, 0, -20, 0, 1, 0, 0, 0, 0], dataset.GetRows().Values.ToArray());
        Assert.Equal(["1", "-1", "1"], Enumerable.Range(0, 3).Select(row => dataset.GetLabels()![row]));
        Assert.Equal(["-1", "1"], dataset.GetLabels()!.ClassNames);
        Assert.Equal(["x1", "x2", "x3"], dataset.GetColumnNames());
    }

    [Fact]
    public void IndexZero_MakesIndicesCountFromZero()
    {
        // As sklearn.datasets.dump_svmlight_file writes unless told otherwise.
        var dataset = new DatasetFile().Read(_files.Text("x", "a 0:1 1:2\nb 1:3\n"));

        Assert.Equal([1f, 2, 0, 3], dataset.GetRows().Values.ToArray());
        Assert.Equal(["x0", "x1"], dataset.GetColumnNames());
    }

    [Theory]
    [InlineData("1 1:2\n2 1:3\n", DatasetFormat.LibSvm)]
    [InlineData("1 1:2", DatasetFormat.LibSvm)]
    [InlineData("1,3 2:1\n0 \n", DatasetFormat.LibSvm)]
    [InlineData("1\n2\n", DatasetFormat.Delimited)]
    [InlineData("a,b\n1 1:2,3\n", DatasetFormat.Delimited)]
    [InlineData("time value\n12:30 1:2\n12:31 x\n", DatasetFormat.Delimited)]
    public void Format_IsDetectedByContent(string text, DatasetFormat format) =>
        Assert.Equal(format, FileFormats.Detect(_files.Text("x", text)));

    [Fact]
    public void LineCutOffByTheLookAhead_IsNoMisreading()
    {
        var line = "1 " + string.Join(' ', Enumerable.Range(1, 900).Select(index => $"{index}:0.25"));

        var dataset = new DatasetFile().Read(_files.Text("x", $"{line}\n{line}\n"));

        Assert.Equal((2, 900), (dataset.RowCount, dataset.Dimension));
    }

    [Theory]
    [InlineData("1 1:1\n2 x\n", "NotANumber", "'x', line 2: 'x' is not an index:value pair, such as 3:0.5.")]
    [InlineData("1 1:1\n2 -1:2\n", "NotANumber", "'x', line 2: '-1:2' is not an index:value pair, such as 3:0.5.")]
    [InlineData("1 1:1\n2 99999999999:2\n", "NotANumber", "'x', line 2: '99999999999:2' is not an index:value pair, such as 3:0.5.")]
    [InlineData("1 1:a\n", "NotANumber", "'x', line 1: the value of '1:a' is not a number.")]
    [InlineData("1 1:inf\n", "NotANumber", "'x', line 1: the value of '1:inf' is not a number.")]
    [InlineData("1 1:1e99\n", "NotFinite", "'x', line 1: the value of '1:1e99' is not a finite float32 number.")]
    [InlineData("1 1:1 1:2\n", "IndexOutOfOrder", "'x', line 1: index 1 is not larger than the one before it.")]
    [InlineData("1 2:1 1:2\n", "IndexOutOfOrder", "'x', line 1: index 1 is not larger than the one before it.")]
    [InlineData("1:1 2:2\n", "NotANumber", "'x', line 1: expected a label, found '1:1'.")]
    [InlineData("# nothing\n", "NoRows", "'x' has no rows, only blank lines and comments.")]
    [InlineData("1\n2\n", "NoNumberColumns", "'x' has labels but no index:value pairs")]
    public void MalformedLine_IsRefused_ByItsNumber(string text, string id, string message)
    {
        var error = Assert.Throws<N2DException>(() => new LibSvmReader().Read(_files.Text("x", text)));

        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(id, error.Id);
    }

    [Fact]
    public void RowsTooLargeWhenDense_AreRefused_BeforeMemoryIsTaken()
    {
        var path = _files.Text("x", string.Concat(Enumerable.Repeat("1 1000000:1\n", 100)));

        var error = Assert.Throws<N2DException>(() => new LibSvmReader { FreeBytes = 1 << 20 }.Read(path));

        Assert.Equal(("DoesNotFitInMemory", ErrorKind.OutOfResources), (error.Id, error.Kind));
        Assert.StartsWith(
            "'x' has 100 rows of 1000000 values, which need 442.5 MiB of memory; 1.0 MiB are free. Sparse rows are converted to dense rows",
            error.Message,
            StringComparison.Ordinal);
        Assert.Equal(
            "TooManyValues", Assert.Throws<N2DException>(() => new LibSvmReader().Read(_files.Text("y", "1 2147483647:1\n2 1:1\n"))).Id);
    }

    [Fact]
    public void ALargeIndexInASmallFile_IsRefusedAtOnce_OrReadSmall()
    {
        var path = _files.Text("x", "1 1:1\n0 1000000000:1\n");
        var before = GC.GetAllocatedBytesForCurrentThread();

        var error = Assert.Throws<N2DException>(() => new LibSvmReader() { FreeBytes = long.MaxValue }.Read(path));
        Assert.Equal("TooSparse", error.Id);
        Assert.StartsWith(
            "'x' has 2 rows with indices up to 1000000000, but only 2 values. The dense rows would use 7629.4 MiB, nearly all for zeros.",
            error.Message,
            StringComparison.Ordinal);
        Assert.Contains("If few of the indices occur, use UsedColumnsOnly.", error.Message, StringComparison.Ordinal);
        var dataset = new LibSvmReader(usedColumnsOnly: true).Read(path);

        Assert.Equal(["x1", "x1000000000"], dataset.GetColumnNames());
        Assert.Equal([1f, 0, 0, 1], dataset.GetRows().Values.ToArray());
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 << 20);
    }

    [Fact]
    public void HashedFeatures_BecomeOneColumnForEachIndexThatOccurs()
    {
        var dataset = new LibSvmReader(usedColumnsOnly: true).Read(_files.Text("x", "a 0:5 2147483647:1\nb 77:2\nc\n"));

        Assert.Equal(["x0", "x77", "x2147483647"], dataset.GetColumnNames());
        Assert.Equal([5f, 0, 1, 0, 2, 0, 0, 0, 0], dataset.GetRows().Values.ToArray());
    }

    [Fact]
    public void RowsForAModel_GetTheColumnsOfTheModel()
    {
        var warnings = new List<string>();
        var required = new RequiredColumns(["x3", "x77", "x90"], new HashSet<string>());

        var dataset = new LibSvmReader(new() { Required = required }).Read(
            _files.Text("x", "a 3:1 5:9\nb 90:2\n"), new Execution { Warn = warnings.Add });

        Assert.Equal(["x3", "x77", "x90"], dataset.GetColumnNames());
        Assert.Equal([1f, 0, 0, 0, 0, 2], dataset.GetRows().Values.ToArray());
        Assert.Equal("'x': 1 value of 3 values have indices that the model does not have, and are left out.", Assert.Single(warnings));
    }

    [Fact]
    public void MarksOfMissingValues_AreNoLabels()
    {
        var dataset =
            new LibSvmReader(new() { MissingMarks = ["none"] }).Read(_files.Text("x", "? 1:1\nNA 1:2\nnan 1:3\nnone 1:4\nb 1:5\n"));

        Assert.Equal([null, null, null, null, "b"], Enumerable.Range(0, 5).Select(row => dataset.GetLabels()![row]));
        Assert.Null(new LibSvmReader().Read(_files.Text("y", "? 1:1\n? 1:2\n")).GetLabels());
    }

    [Fact]
    public void LabelsThatAreNotUtf8_AreWindows1252_WithAWarning()
    {
        var warnings = new List<string>();

        var dataset = new LibSvmReader().Read(
            _files.Bytes("x", [0x4b, 0xf6, 0x6c, 0x6e, .. " 1:1\n"u8, 0x42, 0xfc, .. " 1:2\n"u8]), new Execution { Warn = warnings.Add });

        Assert.Equal(["Bü", "Köln"], dataset.GetLabels()!.ClassNames);
        Assert.Equal(
            "'x' is not UTF-8 (for example 'Köln') and is read as Windows-1252. If letters are wrong, save the file as UTF-8.",
            Assert.Single(warnings));
    }

    [Fact]
    public void AByteOrderMark_IsNoPartOfALabel() =>
        Assert.Equal(["1"], new LibSvmReader().Read(_files.Bytes("x", [0xef, 0xbb, 0xbf, .. "1 1:1\n1 1:2\n"u8])).GetLabels()!.ClassNames);

    [Fact]
    public void AnEndlessLine_EndsWithinABuffer_WhenCanceled()
    {
        var path = _files.Bytes("x", [.. "1 1:"u8, .. Enumerable.Repeat((byte)'1', 20_000_000)]);
        using var source = new CancellationTokenSource();
        source.Cancel();
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<OperationCanceledException>(() => new LibSvmReader().Read(path, new Execution { CancellationToken = source.Token }));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void ALineBeyondReason_IsRefused()
    {
        // Zeros compress well, and expand to a line of 640 MiB.
        var path = Path.Combine(_files.Folder, "x.gz");
        using (var zip = new System.IO.Compression.GZipStream(File.Create(path), System.IO.Compression.CompressionLevel.Fastest))
        {
            var block = new byte[1 << 20];
            Array.Fill(block, (byte)'1');
            for (var written = 0; written < 640; written++)
            {
                zip.Write(block);
            }
        }

        var error = Assert.Throws<N2DException>(() => new LibSvmReader().Read(path));
        Assert.Equal("NotText", error.Id);
        Assert.StartsWith("'x.gz', line 1, is longer than 256 MiB", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NumbersToPredict_AreAWarning()
    {
        var warnings = new List<string>();

        new LibSvmReader().Read(
            _files.Text("x", string.Concat(Enumerable.Range(0, 30).Select(row => $"0.{row}1 1:1\n"))),
            new Execution { Warn = warnings.Add });

        Assert.Equal(
            "'x': 30 classes in 30 rows. Check that the column holds labels. If these are regression targets, ignore the scores that use "
                + "labels.",
            Assert.Single(warnings));
    }

    [Fact]
    public void OptionsOfOtherFormats_AreRefused()
    {
        var path = _files.Text("x", "1 1:2\n");

        Assert.Equal(
            "OptionOfOtherFormat",
            Assert.Throws<N2DException>(() => new DatasetFile { Table = new() { LabelColumn = "1" } }.Read(path)).Id);
        Assert.Equal("OptionOfOtherFormat", Assert.Throws<N2DException>(() => new DatasetFile { LabelPath = path }.Read(path)).Id);
    }
}
