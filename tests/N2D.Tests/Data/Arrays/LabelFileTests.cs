using N2D.Data;

namespace N2D.Tests.Data;

/// <summary>Labels in a separate file, for rows of IDX and .npy files.</summary>
public sealed class LabelFileTests : IDisposable
{
    private readonly TemporaryFiles _files = new();
    private readonly List<string> _warnings = [];

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("cat\ndog\ncat\n", "cat", "dog", "cat")]
    [InlineData("cat\r\ndog\r\ncat", "cat", "dog", "cat")]
    [InlineData("kind\n\"cat, big\"\n\"dog \"\"x\"\"\"\ncat\n", "cat, big", "dog \"x\"", "cat")]
    [InlineData("y\n1\n2\n1\n", "1", "2", "1")]
    [InlineData("1.000000000000000000e+00\n2.000000000000000000e+00\n-1.000000000000000000e+00\n", "1", "2", "-1")]
    [InlineData("007\n7\n08\n", "007", "7", "08")]
    [InlineData("\ufeffcat\nNA\n\n", "cat", null, null)]
    [InlineData("1\n?\n1\n\n\n", "1", null, "1")]
    [InlineData("+1\n-1\n+1\n", "1", "-1", "1")]
    public void Text_IsOneLabelALine(string text, string? first, string? second, string? third)
    {
        Assert.Equal([first, second, third], Read(_files.Text("y.csv", text)));
        Assert.Equal([first, second, third], Read(_files.Text("y.txt.gz", text)));
    }

    [Fact]
    public void TextArrays_AreLabels()
    {
        Assert.Equal(["cat", null, "Kuh 🐄"], Read(_files.Bytes("y.npy", NpyBytes.Text("cat", "nan", "Kuh 🐄"))));
        Assert.Equal(
            ["cat", null, "cow"],
            Read(_files.Bytes("y.npy", NpyBytes.ByteText("cat"u8.ToArray(), "-"u8.ToArray(), "cow"u8.ToArray())), marks: ["-"]));
    }

    [Fact]
    public void NumbersOfAnArray_AreLabels_AndMinusOneIsUnknownAmongSeveralClasses()
    {
        Assert.Equal(["3", null, "4"], Read(_files.Bytes("y.npy", NpyBytes.Of("<i8", "3,", 3L, -1, 4))));
        Assert.Equal(
            "'y.npy': 1 label of 3 is -1 and treated as unknown. If -1 is a class, save the labels as text.", Assert.Single(_warnings));
        Assert.Equal(["3", null, "3"], Read(_files.Bytes("y.npy", NpyBytes.Of("<f8", "3, 1", 3, double.NaN, 3))));
        Assert.Equal(["-1", "3", "4"], Read(_files.Bytes("y.npy", NpyBytes.Text("-1", "3", "4"))));
    }

    [Fact]
    public void MinusOne_IsAClass_BesidesOneOtherOrNegativeOnes()
    {
        Assert.Equal(["-1", "1", "-1"], Read(_files.Bytes("y.npy", NpyBytes.Of("<i8", "3,", -1L, 1, -1))));
        Assert.Equal(["-1", "0", null], Read(_files.Bytes("y.npy", NpyBytes.Of("<f8", "3,", -1d, 0, double.NaN))));
        Assert.Equal(["-2", "-1", "1"], Read(_files.Bytes("y.npy", NpyBytes.Of("<i2", "3,", new short[] { -2, -1, 1 }))));
        Assert.Empty(_warnings);
        Assert.Equal(["1", null, "1"], Read(_files.Bytes("y.npy", NpyBytes.Of("<i8", "3,", 1L, -1, 1)), marks: ["-1"]));
        Assert.Equal(
            "MissingLabel", Assert.Throws<N2DException>(() => Read(_files.Bytes("y.npy", NpyBytes.Of("<i8", "3,", -1L, -1, -1)))).Id);
    }

    [Fact]
    public void Text_IsUtf8_Utf16OrWindows1252()
    {
        Assert.Equal(
            ["Köln", "b", "b"], Read(_files.Bytes("y.txt", [0xff, 0xfe, .. System.Text.Encoding.Unicode.GetBytes("Köln\r\nb\r\nb\r\n")])));
        Assert.Empty(_warnings);
        Assert.Equal(["Köln", "b", "b"], Read(_files.Bytes("y.txt", [0x4b, 0xf6, 0x6c, 0x6e, .. "\nb\nb\n"u8])));
        Assert.StartsWith("'y.txt' is not UTF-8 (for example 'Köln", Assert.Single(_warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1\n1.5\n2\n", "LabelsNotWhole", "'y.csv', line 2, is 1.5. Labels are integers or text.")]
    [InlineData("kind\n1\n1.5\n2\n", "LabelsNotWhole", "'y.csv', line 3, is 1.5. Labels are integers or text.")]
    [InlineData("a\nb\n", "LabelCountMismatch", "'y.csv' has 2 labels, but 'x.npy' has 3 rows.")]
    [InlineData("1\n2\n1\n2\n", "LabelCountMismatch", "'y.csv' has 4 labels, but 'x.npy' has 3 rows.")]
    [InlineData("a\nb\na\na\n", "LabelCountMismatch", "'y.csv' has 4 labels, but 'x.npy' has 3 rows.")]
    [InlineData(",y\n0,a\n1,b\n2,a\n", "LabelColumns", "'y.csv' has 2 columns. Use a file with one label per line")]
    [InlineData("NA\nNA\nNA\n", "MissingLabel", "'y.csv': no row has a label.")]
    public void WhatIsNoLabelForEachRow_IsRefused(string text, string id, string message)
    {
        var error = Assert.Throws<N2DException>(() => Read(_files.Text("y.csv", text)));

        Assert.Equal(id, error.Id);
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FilesOfOtherFormats_AreRefused()
    {
        var error = Assert.Throws<N2DException>(() => Read(_files.Zip("y.npz", ("y.npy", NpyBytes.Text("a", "b", "c")))));
        Assert.Equal(
            ("LabelFormat", "'y.npz' is a Npz file. Labels can be read from IDX, .npy, and text with one label per line."),
            (error.Id, error.Message));
        Assert.Equal("NpyType", Assert.Throws<N2DException>(() => Read(_files.Bytes("y.npy", NpyBytes.Of("<M8[D]", "3,", 1L, 2, 3)))).Id);
        Assert.Equal("NpyDimensions", Assert.Throws<N2DException>(() => Read(_files.Bytes("y.npy", NpyBytes.Of("<i8", "", 1L)))).Id);
    }

    [Fact]
    public void AFileFarTooLargeForLabels_TakesLittleMemory()
    {
        var path = _files.Bytes("y.gz", new byte[64 << 20].Select(_ => (byte)'1').ToArray());
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal("LabelFormat", Assert.Throws<N2DException>(() => Read(path)).Id);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 << 20);
    }

    private List<string?> Read(string labelPath, string[]? marks = null)
    {
        var (options, execution) = (new TableOptions { MissingMarks = marks }, new Execution { Warn = _warnings.Add });
        var rows = new NpyReader(labelPath, options: options).Read(_files.Bytes("x.npy", NpyBytes.Of("<f4", "3, 1", 1f, 2, 3)), execution);
        var images = new IdxReader(labelPath, options: options).Read(_files.Idx("x.npy", [3, 1, 1], [1, 2, 3]), Execution.Default);
        List<string?> labels = [.. Enumerable.Range(0, 3).Select(row => rows.GetLabels()![row])];
        Assert.Equal(labels, Enumerable.Range(0, 3).Select(row => images.GetLabels()![row]));
        return labels;
    }
}
