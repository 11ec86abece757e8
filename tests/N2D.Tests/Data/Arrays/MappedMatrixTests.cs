using N2D.Data;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Tests.Data;

/// <summary>Memory-mapped files: the same values, no memory, and no crash when the file changes.</summary>
public sealed class MappedMatrixTests : IDisposable
{
    private const long Plenty = 1L << 40;

    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void AFileInAnArchive_CannotBeMapped_AndTheAdviceFits()
    {
        var (npy, idx) = (NpyBytes.Of("<f4", "2, 1", 1f, 2), TemporaryFiles.IdxBytes([2, 1, 1], [1, 2]));

        Assert.Contains(
            "it is in a zip archive; extract it",
            Message(new NpyReader(memoryMapped: true), _files.Zip("x.zip", ("rows.bin", npy))),
            StringComparison.Ordinal);
        Assert.Contains(
            "it is in a zip archive; extract it",
            Message(new IdxReader(memoryMapped: true), _files.Zip("i.zip", ("images", idx))),
            StringComparison.Ordinal);
        Assert.Contains(
            "it is compressed with gzip; decompress it",
            Message(new NpyReader(memoryMapped: true), _files.Bytes("x.npy.gz", npy)),
            StringComparison.Ordinal);

        static string Message(IDatasetReader reader, string path) => Assert.Throws<N2DException>(() => reader.Read(path)).Message;
    }

    [Fact]
    public void AnIdxFile_HasTheSameBytesMappedAsRead()
    {
        var pixels = new byte[3_000 * 700];
        new Random(1).NextBytes(pixels);
        var path = _files.Idx("images", [3_000, 28, 25], pixels);
        var read = new IdxReader().Read(path).GetRows();
        var mapped = new IdxReader(memoryMapped: true).Read(path);

        Assert.Equal(new ImageShape(28, 25), mapped.ImageShape);
        AssertSame(read, mapped.GetDataMatrix());
        Assert.True(read.Values.SequenceEqual(mapped.GetRows().Values));
        Assert.Equal(
            "MappingNotPossible",
            Assert.Throws<N2DException>(() => new IdxReader(memoryMapped: true).Read(_files.Bytes("i.gz", File.ReadAllBytes(path)))).Id);
    }

    [Fact]
    public void ANpyFile_HasTheSameBytesMappedAsWritten()
    {
        var rows = RandomRows.Uniform(5_000, 7);
        AssertSame(rows, Write("x.npy", rows));
        AssertSame(rows, new NpyReader().Read(Path.Combine(_files.Folder, "x.npy")).GetRows());
    }

    [Fact]
    public void AFileOfMoreValuesThanAnArrayHolds_IsMappedUnasked_AndNotReadIntoMemory()
    {
        // All zeros, so that the file takes hardly any space.
        const int RowCount = 2_200_000;
        var path = _files.Idx("big", [RowCount, 1_000], []);
        using (var file = new FileStream(path, FileMode.Open))
        {
            file.SetLength(16 - 4 + ((long)RowCount * 1_000));
        }

        var dataset = new IdxReader().Read(path);
        Assert.Equal((RowCount, 1_000), (dataset.RowCount, dataset.Dimension));
        var last = Enumerable.Repeat(1f, 1_000).ToArray();
        dataset.GetDataMatrix().CopyRows(RowCount - 1, last);
        Assert.Equal(new float[1_000], last);
        var error = Assert.Throws<N2DException>(() => dataset.GetRows());
        Assert.Equal(("DoesNotFitInMemory", ErrorKind.OutOfResources), (error.Id, error.Kind));
        Assert.Contains("8392 MiB", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Memory_DecidesWhereNobodyAsks()
    {
        var path = Path.Combine(_files.Folder, "x.npy");
        Write("x.npy", RandomRows.Uniform(100, 10));
        Assert.IsType<Matrix>(new NpyReader { Mapping = new FileMapping(false) { FreeBytes = 4_000 } }.Read(path).GetDataMatrix());

        var said = new List<string>();
        var mapped = new NpyReader
        { Mapping = new FileMapping(false) { FreeBytes = 3_999 } }.Read(path, Execution.Default with { Explain = said.Add });
        Assert.IsType<MappedMatrix>(mapped.GetDataMatrix());
        Assert.Contains(said, line => line.Contains("x.npy: memory-mapped, because its rows exceed 0.0 MiB", StringComparison.Ordinal));

        var compressed = _files.Bytes("x.npy.gz", File.ReadAllBytes(path));
        Assert.IsType<Matrix>(new NpyReader { Mapping = new FileMapping(false) { FreeBytes = 4_000 } }.Read(compressed).GetDataMatrix());
        Assert.Equal(
            "DoesNotFitInMemory",
            Assert.Throws<N2DException>(() => new NpyReader
            { Mapping = new FileMapping(false) { FreeBytes = 3_999 } }.Read(compressed)).Id);
    }

    [Fact]
    public void RowsThatDoNotFit_AreNotReadIntoMemory()
    {
        var rows = Write("x.npy", RandomRows.Uniform(100, 10));
        Assert.Equal(
            "This step needs all 100 x 10 values of 'x' in memory at once: 0 MiB, but only 0 MiB are available. Train an autoencoder "
                + "first, which reads the file in parts, and continue with its codes; or use fewer rows.",
            Assert.Throws<N2DException>(() => rows.InMemory("x", 3_999, Execution.Default)).Message);
        Assert.Equal(100, rows.InMemory("x", 4_000, Execution.Default).RowCount);
    }

    [Fact]
    public void RowsReadIntoMemory_AreSharedWhileSomebodyHoldsThem()
    {
        Write("x.npy", RandomRows.Uniform(100, 10));
        var dataset = new NpyReader(memoryMapped: true).Read(Path.Combine(_files.Folder, "x.npy"));
        var rows = dataset.GetRows();
        Assert.Same(rows, dataset.GetRows());
        GC.KeepAlive(rows);
    }

    [Fact]
    public void AFileMadeShorter_IsAnErrorAndNoCrash()
    {
        var rows = Write("x.npy", RandomRows.Uniform(5_000, 64));
        var path = Path.Combine(_files.Folder, "x.npy");
        using (var other = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
        {
            other.SetLength(128);
        }

        var row = new float[64];
        Assert.Equal("FileChanged", Assert.Throws<N2DException>(() => rows.CopyRows(4_999, row)).Id);
        Assert.Equal("FileChanged", Assert.Throws<N2DException>(() => rows.CopyRows([4_999], row)).Id);
    }

    [Fact]
    public void RowsOutsideTheFile_AreNeverLookedAt()
    {
        var rows = Write("x.npy", RandomRows.Uniform(10, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => rows.CopyRows(9, new float[8]));
        Assert.Throws<ArgumentOutOfRangeException>(() => rows.CopyRows(-1, new float[4]));
        Assert.Throws<ArgumentOutOfRangeException>(() => rows.CopyRows([10], new float[4]));
        Assert.Throws<ArgumentOutOfRangeException>(() => rows.CopyRows([-1], new float[4]));
        Assert.Throws<ArgumentOutOfRangeException>(() => rows.CopyRows([1, 2], new float[4]));
    }

    [Fact]
    public void FreeMemory_IsSomeAndLessThanAll() => Assert.InRange(MachineMemory.FreeBytes, 1, Math.Min(MachineMemory.TotalBytes, Plenty));

    private IDataMatrix Write(string name, Matrix rows) =>
        NpyFile.Write(
            Path.Combine(_files.Folder, name),
            rows.RowCount,
            rows.ColumnCount,
            stream => stream.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes(rows.Values)));

    private static void AssertSame(Matrix expected, IDataMatrix rows)
    {
        var (count, width) = (rows.RowCount, rows.ColumnCount);
        Assert.Equal((expected.RowCount, expected.ColumnCount), (count, width));
        var all = new float[count * width];
        rows.CopyRows(0, all);
        Assert.True(expected.Values.SequenceEqual(all));
        var some = new float[3 * width];
        rows.CopyRows([count - 1, 5, 5], some);
        Assert.True(some.AsSpan().SequenceEqual([.. expected.Row(count - 1), .. expected.Row(5), .. expected.Row(5)]));
    }
}
