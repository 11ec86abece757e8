using N2D.Data;
using N2D.Pipeline;

namespace N2D.Tests.Data;

public sealed class IdxReaderTests : IDisposable
{
    private static readonly byte[] Pixels = [0, 51, 102, 153, 204, 255, 1, 2, 3, 4, 5, 6];

    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("images-idx3-ubyte", "labels-idx1-ubyte")]
    [InlineData("images-idx3-ubyte.gz", "labels-idx1-ubyte.gz")]
    public void Images_AreFlattenedAndScaled(string images, string labels)
    {
        var path = _files.Idx(images, [2, 2, 3], Pixels);

        var dataset = new IdxReader(_files.Idx(labels, [2], [9, 4])).Read(path);

        Assert.Equal((2, 6), (dataset.RowCount, dataset.Dimension));
        Assert.Equal(Pixels.Select(pixel => pixel / 255f), dataset.GetRows().Values.ToArray());
        Assert.Equal(new ImageShape(2, 3), dataset.ImageShape);
        Assert.Equal(["4", "9"], dataset.GetLabels()!.ClassNames);
        Assert.Equal([1, 0], dataset.GetLabels()!.Codes.ToArray());
    }

    [Fact]
    public void ImagesBeyondOneBlock_AreReadToTheEnd()
    {
        var pixels = new byte[3_000_000];
        new Random(1).NextBytes(pixels);

        var values = new IdxReader().Read(_files.Idx("big.gz", [3000, 1000], pixels)).GetRows().Values;

        Assert.True(values.SequenceEqual(Array.ConvertAll(pixels, pixel => pixel / 255f)));
    }

    [Fact]
    public void Format_IsDetectedByContent()
    {
        Assert.Equal(DatasetFormat.Idx, FileFormats.Detect(_files.Idx("images.csv", [2, 6], Pixels)));
        Assert.Equal(DatasetFormat.Idx, FileFormats.Detect(_files.Idx("images.gz", [2, 6], Pixels)));
        Assert.Equal(DatasetFormat.Delimited, FileFormats.Detect(_files.Text("x-idx3-ubyte", "1,2\n")));
    }

    [Fact]
    public void WrongMagic_IsRefused()
    {
        Assert.Equal(
            "'m' is not an IDX file. It begins with the bytes 01020304 instead of 00000803 (images) or 00000801 (labels). Check that it "
                + "is the published file.",
            Refused("IdxMagic", _files.Bytes("m", [1, 2, 3, 4, 5])));
        Refused("IdxMagic", _files.Bytes("short", [0, 0]));
        Assert.Contains(
            "0x0D (float32)",
            Refused("IdxType", _files.Bytes("floats", [0, 0, 0x0d, 1, 0, 0, 0, 1, 0, 0, 0, 0])),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("cut.gz")]
    public void CutShort_IsRefused(string name)
    {
        Refused("IdxTruncated", _files.Idx(name, [2, 2, 3], Pixels[..^1]));
        Refused("IdxTruncated", _files.Bytes(name, TemporaryFiles.IdxBytes([2, 2, 3], [])[..10]));
    }

    [Theory]
    [InlineData("long")]
    [InlineData("long.gz")]
    public void TrailingBytes_AreRefused(string name) => Refused("IdxTrailingBytes", _files.Idx(name, [2, 2, 3], [.. Pixels, 7]));

    [Theory]
    [InlineData("liar")]
    [InlineData("liar.gz")]
    public void HeaderThatPromisesTooMuch_TakesNoMemory(string name)
    {
        var path = _files.Idx(name, [2_000_000, 28, 28 / 4], Pixels);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Refused("IdxTruncated", path);

        // The header promises 1.6 GB as float32.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Sizes_AreNeitherZeroNorBeyondAnArray()
    {
        Refused("NoRows", _files.Idx("zero", [0, 2, 3], []));
        Refused("TooManyValues", _files.Idx("huge", [int.MaxValue, 28, 28], []));
        Refused("TooManyValues", _files.Bytes("overflow", [0, 0, 8, 2, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("x.gz")]
    public void SizesWhoseProductOverflows_AreRefused_BeforeMemoryIsTaken(string name)
    {
        // 2^31 - 57 items of as many bytes: their product fits 64 bits, and 16 times that would not.
        var path =
            _files.Bytes(name, [0, 0, 8, 4, 0x7f, 0xff, 0xff, 0xc7, 0, 0, 0xff, 0xff, 0, 0, 0x7f, 0xff, 0, 0, 0, 1, .. new byte[64]]);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Refused("IdxTruncated", path);
        Refused("TooManyValues", _files.Bytes(
            name, [0, 0, 8, 4, 0, 0, 0, 1, 0x7f, 0xff, 0xff, 0xc7, 0x7f, 0xff, 0xff, 0xc7, 0x7f, 0xff, 0xff, 0xc7, 0]));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void LabelsOfOtherImages_AreRefused()
    {
        var images = _files.Idx("images", [2, 2, 3], Pixels);

        Assert.Equal(
            "'labels' has 3 labels, but 'images' has 2 rows. Use the labels of these rows.",
            Refused("LabelCountMismatch", images, _files.Idx("labels", [3], [1, 2, 3])));
        Refused("IdxDimensions", images, images);
        Refused("IdxDimensions", _files.Idx("labels", [3], [1, 2, 3]));
        Refused("FileNotFound", images, Path.Combine(_files.Folder, "none"));
    }

    private static string Refused(string id, string path, string? labelPath = null)
    {
        var error = Assert.Throws<N2DException>(() => new IdxReader(labelPath).Read(path));
        Assert.Equal(id, error.Id);
        return error.Message;
    }
}
