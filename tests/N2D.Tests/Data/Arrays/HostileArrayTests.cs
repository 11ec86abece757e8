using N2D.Data;

namespace N2D.Tests.Data;

/// <summary>Headers whose sizes overflow are rejected before memory is allocated.</summary>
public sealed class HostileArrayTests : IDisposable
{
    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("<f8", "1824726041, 1263665316")]
    [InlineData("<f8", "2147483591, 2147483591")]
    [InlineData("<f8", "2147483591, 32767, 65537")]
    [InlineData("|u1", "2147483591, 2147483591")]
    public void AShapeWhoseBytesOverflow64Bits_IsTruncated(string type, string shape)
    {
        byte[] bytes = NpyBytes.Raw(type, shape, new byte[64]);
        string[] paths = [_files.Bytes("x.npy", bytes), _files.Bytes("x.npy.gz", bytes)];
        var archive = _files.Zip("z.npz", ("x.npy", bytes));
        var rows = _files.Bytes("r.npy", NpyBytes.Of("<f4", "3, 1", 1f, 2, 3));
        var before = GC.GetAllocatedBytesForCurrentThread();

        foreach (var path in paths)
        {
            Assert.Equal("NpyTruncated", IdOf(() => new NpyReader().Read(path)));
            Assert.Equal("NpyTruncated", IdOf(() => new NpyReader(memoryMapped: true).Read(path)));
            Assert.Equal("NpyTruncated", IdOf(() => new NpyReader(path).Read(rows)));
        }

        Assert.Equal("NpyTruncated", IdOf(() => new NpzReader().Read(archive)));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
    }

    [Theory]
    [InlineData("<U262144", "NpyTruncated")]
    [InlineData("<U2147483647", "NpyType")]
    public void TextsThatTheFileCannotHold_TakeNoMemory(string type, string id)
    {
        var path =
            _files.Zip("z.npz", ("r.npy", NpyBytes.Of("<f4", "1, 1", 1f)), ("x.npy", NpyBytes.Raw(type, "2147483591,", new byte[64])));
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal(id == "NpyType" ? "NpyType" : "RowCountMismatch", IdOf(() => new NpzReader(new() { LabelColumn = "x" }).Read(path)));
        Assert.Equal(
            id,
            IdOf(() => new NpyReader(
                _files.Bytes("l.npy", NpyBytes.Raw(type, "3,", new byte[64]))).Read(
                    _files.Bytes("r.npy", NpyBytes.Of("<f4", "3, 1", 1f, 2, 3)))));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
    }

    [Fact]
    public void AMillionColumns_HaveNamesOnlyWhereTheyAreAskedFor()
    {
        var path = _files.Bytes("x.npy", NpyBytes.Raw("|u1", "2, 4000000", new byte[8_000_000]));
        var before = GC.GetAllocatedBytesForCurrentThread();

        var dataset = new NpyReader().Read(path);

        // 32 MB of values; the names would take 200 MB.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 50_000_000);
        Assert.Equal("x4000000", dataset.GetColumnNames()[^1]);
        Assert.Equal(4_000_000, dataset.GetColumnNames().Count);
    }

    private static string IdOf(Action read) => Assert.Throws<N2DException>(read).Id;
}
