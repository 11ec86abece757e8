using System.Runtime.InteropServices;
using N2D.Data;
using N2D.Numerics;
using N2D.Pipeline;
using Parquet;
using Parquet.Schema;

namespace N2D.Tests.Data;

/// <summary>Ranges of the rows of .npy and Parquet files.</summary>
public sealed class RowRangeTests : IDisposable
{
    private const int RowCount = 40, ColumnCount = 3, GroupSize = 15;

    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData(0, 7L, false)]
    [InlineData(5, 7L, false)]
    [InlineData(39, null, false)]
    [InlineData(30, 100L, false)]
    [InlineData(0, 7L, true)]
    [InlineData(5, 7L, true)]
    [InlineData(39, null, true)]
    [InlineData(30, 100L, true)]
    public void ANpyFile_HasTheRowsOfTheRange(long skip, long? first, bool isMapped)
    {
        var whole = RandomRows.Uniform(RowCount, ColumnCount);
        var path = _files.Bytes("x.npy", NpyBytes.Of("<f4", $"{RowCount}, {ColumnCount}", whole.Values.ToArray()));

        var part = new NpyReader(memoryMapped: isMapped) { Range = new RowRange(skip, first) }.Read(path);
        Assert.Equal(Slice(whole, skip, first), Values(part));
        Assert.Equal(isMapped, part.GetDataMatrix() is not Matrix);
    }

    [Fact]
    public void ImagesOfOtherTypes_KeepTheirShape()
    {
        short[] pixels = [.. Enumerable.Range(0, 5 * 2 * 3).Select(pixel => (short)(pixel * 7))];
        var path = _files.Bytes("x.npy", NpyBytes.Of("<i2", "5, 2, 3", pixels));

        var part = new NpyReader { Range = new RowRange(2, 2) }.Read(path);
        Assert.Equal(new ImageShape(2, 3), part.ImageShape);
        Assert.Equal(pixels[12..24].Select(pixel => (float)pixel), Values(part));
    }

    [Fact]
    public void NumbersThatNeedAnOffset_KeepTheirPrecision()
    {
        // One step of float32 at this size is 128.
        double[] times = [.. Enumerable.Range(0, RowCount).Select(row => 1.7e9 + (row * 0.25))];
        var path = _files.Bytes("x.npy", NpyBytes.Of("<f8", $"{RowCount}, 1", times));

        var part = new NpyReader { Range = new RowRange(10, 20) }.Read(path);
        var (factor, offset) = part.UnitOf(0);
        Assert.NotEqual(0, offset);
        Assert.Equal(times[10..30], Values(part).Select(value => (value * factor) + offset).ToArray());
    }

    [Fact]
    public void ARangeBeyondTheEnd_IsAnError()
    {
        var path = _files.Bytes("x.npy", NpyBytes.Of("<f4", "2, 1", 1f, 2));
        var error = Assert.Throws<N2DException>(() => new NpyReader { Range = new RowRange(2, 1) }.Read(path));
        Assert.Equal(("RowRangeEmpty", ErrorKind.InvalidArgument), (error.Id, error.Kind));
        Assert.Contains("'x.npy' has 2 rows, and 2 are skipped", error.Message, StringComparison.Ordinal);
        Assert.Equal([2], Values(new NpyReader { Range = new RowRange(1, long.MaxValue) }.Read(path)));
        Assert.Equal("RowRangeEmpty", Fails(path, new RowRange(long.MaxValue, long.MaxValue)));
    }

    [Fact]
    public void FilesWhoseRowsAreNotAtKnownPlaces_CannotBeReadInPart()
    {
        byte[] values = [.. MemoryMarshal.AsBytes<float>(new float[4])];
        var plain = NpyBytes.Raw("<f4", "2, 2", values);
        Assert.Equal("RowRangeNotPossible", Fails(_files.Bytes("f.npy", NpyBytes.Raw("<f4", "2, 2", values, true)), new(0, 1)));
        Assert.Equal("RowRangeNotPossible", Fails(_files.Bytes("z.npy.gz", plain), new(0, 1)));
        Assert.Equal("RowRangeNotPossible", Fails(_files.Zip("z.zip", ("x.bin", plain)), new(0, 1)));

        var labels = _files.Text("labels.txt", "a\nb\n");
        var error = Assert.Throws<N2DException>(
            () => new NpyReader(labels) { Range = new RowRange(0, 1) }.Read(_files.Bytes("x.npy", plain)));
        Assert.Contains("its labels are in a separate file", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, "Skip")]
    [InlineData(0, "First")]
    public void OtherFormats_HaveNoRanges(long skip, string option)
    {
        var error = Assert.Throws<N2DException>(
            () => new DatasetFile { Rows = new RowRange(skip, 2) }.Read(_files.Text("x.csv", "a,b\n1,2\n3,4\n")));
        Assert.Equal("OptionOfOtherFormat", error.Id);
        Assert.Contains($"{option} does not apply to it", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 40L)]
    [InlineData(0, 15L)]
    [InlineData(15, 15L)]
    [InlineData(10, 10L)]
    [InlineData(5, 32L)]
    [InlineData(29, 2L)]
    [InlineData(36, null)]
    public async Task AParquetFile_HasTheRowsOfTheRange_OverTheBordersOfGroups(long skip, long? first)
    {
        var path = await WriteParquet();
        var options = new TableOptions { LabelColumn = "kind", IdColumn = "id" };
        var whole = new ParquetFileReader(options).Read(path);
        var part = new ParquetFileReader(options) { Range = new RowRange(skip, first) }.Read(path);

        Assert.Equal(Slice(whole.GetRows(), skip, first), Values(part));
        Assert.Equal(whole.GetIds()!.Skip((int)skip).Take((int)(first ?? RowCount)), part.GetIds());
        Assert.Equal(
            Enumerable.Range((int)skip, part.RowCount).Select(row => whole.GetLabels()![row]),
            Enumerable.Range(0, part.RowCount).Select(row => part.GetLabels()![row]));
    }

    [Fact]
    public async Task AParquetRangeBeyondTheEnd_IsAnError() => Assert.Equal(
        "RowRangeEmpty",
        Assert.Throws<N2DException>(() => new DatasetFile { Rows = new RowRange(RowCount, 1) }.Read(WriteParquet().Result)).Id);

    [Fact]
    public void ANpyFile_IsDividedEvenly_AndThePartsAreTheWhole()
    {
        var whole = RandomRows.Uniform(RowCount, ColumnCount);
        var path = _files.Bytes("x.npy", NpyBytes.Of("<f4", $"{RowCount}, {ColumnCount}", whole.Values.ToArray()));

        var parts = FileParts.Of(path, 17, Execution.Default);
        Assert.Equal([new RowRange(0, 17), new RowRange(17, 17), new RowRange(34, 6)], parts);
        Assert.Equal(whole.Values.ToArray(), parts.SelectMany(part => Values(new DatasetFile { Rows = part }.Read(path))));
        Assert.Equal(20, FileParts.Of(path, 2, Execution.Default).Count);
        Assert.Equal([null], FileParts.Of(path, RowCount, Execution.Default));
    }

    [Fact]
    public async Task AParquetFile_IsDividedBetweenGroups()
    {
        var path = await WriteParquet();
        Assert.Equal([new RowRange(0, 30), new RowRange(30, 10)], FileParts.Of(path, 35, Execution.Default));
        Assert.Equal([new RowRange(0, 15), new RowRange(15, 15), new RowRange(30, 10)], FileParts.Of(path, 1, Execution.Default));
        Assert.Equal([new RowRange(0, 15), new RowRange(15, 25)], FileParts.Of(path, 25, Execution.Default));
        Assert.Equal([null], FileParts.Of(path, 40, Execution.Default));
    }

    [Fact]
    public void FilesThatAreReadAsAWhole_AreOnePart()
    {
        var npy = NpyBytes.Of("<f4", "4, 1", 1f, 2, 3, 4);
        string[] paths =
        [
            _files.Text("x.csv", "a\n1\n2\n3\n"),
            _files.Bytes("x.npy.gz", npy),
            _files.Bytes("f.npy", NpyBytes.Raw("<f4", "2, 2", new byte[16], isFortranOrder: true)),
        ];
        Assert.All(paths, path => Assert.Equal([null], FileParts.Of(path, 1, Execution.Default)));
        Assert.Equal(
            "FileNotFound",
            Assert.Throws<N2DException>(() => FileParts.Of(Path.Combine(_files.Folder, "none"), 1, Execution.Default)).Id);
    }

    private static string Fails(string path, RowRange range) =>
        Assert.Throws<N2DException>(() => new NpyReader { Range = range }.Read(path)).Id;

    private static float[] Values(Dataset rows)
    {
        var values = new float[rows.RowCount * rows.Dimension];
        rows.GetDataMatrix().CopyRows(0, values);
        return values;
    }

    private static float[] Slice(Matrix rows, long skip, long? first)
    {
        var end = Math.Min(first is { } count ? skip + count : rows.RowCount, rows.RowCount);
        return rows.Values[((int)skip * rows.ColumnCount)..((int)end * rows.ColumnCount)].ToArray();
    }

    /// <summary>Groups of 15, 15 and 10 rows.</summary>
    private async Task<string> WriteParquet()
    {
        var schema = new ParquetSchema(
            new DataField<string>("id"), new DataField<float>("a"), new DataField<double>("b"), new DataField<string>("kind"));
        var fields = schema.GetDataFields();
        using var content = new MemoryStream();
        await using (var writer = await ParquetWriter.CreateAsync(schema, content))
        {
            foreach (var rows in Enumerable.Range(0, RowCount).Chunk(GroupSize))
            {
                using var group = writer.CreateRowGroup();
                await group.WriteAsync(fields[0], rows.Select(row => $"r{row}").ToArray());
                await group.WriteAsync<float>(fields[1], rows.Select(row => row * 0.5f).ToArray());
                await group.WriteAsync<double>(fields[2], rows.Select(row => 100.0 - row).ToArray());
                await group.WriteAsync(fields[3], rows.Select(row => $"k{row % 3}").ToArray());
            }
        }

        return _files.Bytes("x.parquet", content.ToArray());
    }
}
