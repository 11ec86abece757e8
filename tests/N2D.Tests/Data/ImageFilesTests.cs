using System.Buffers.Binary;
using N2D.Data;
using N2D.Pipeline;
using SkiaSharp;

namespace N2D.Tests.Data;

public sealed class ImageFilesTests : IDisposable
{
    private static readonly SKColor[] FourColors = [new(255, 0, 0), new(0, 255, 0), new(0, 0, 255), new(100, 100, 100)];

    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void GrayValues_AreThoseOfRec601_AndIdsTheFilesNames()
    {
        var paths = new[] { Picture("b.png", 2, 2, FourColors), Picture("a.webp", 2, 2, FourColors) };

        var dataset = new ImageFiles().Read(paths);

        Assert.Equal(
            [76.245f / 255, 149.685f / 255, 29.07f / 255, 100f / 255],
            dataset.GetRows().Row(0).ToArray().Select(value => value),
            (one, other) => Math.Abs(one - other) < 1e-6f);
        Assert.Equal(dataset.GetRows().Row(0).ToArray(), dataset.GetRows().Row(1).ToArray());
        Assert.Equal(["b.png", "a.webp"], dataset.GetIds());
        Assert.Equal(
            ("Name", new ImageShape(2, 2), 255f, Path.GetFileName(_files.Folder)),
            (dataset.GetIdName(), dataset.ImageShape!.Value, dataset.Divisor, dataset.Dataset));
    }

    [Fact]
    public void InColor_RedGreenAndBlue_AreColumns() =>
        Assert.Equal(
            [1, 0, 0, 0, 1, 0, 0, 0, 1, 100f / 255, 100f / 255, 100f / 255],
            new ImageFiles { InColor = true }.Read([Picture("x.png", 2, 2, FourColors)]).GetRows().Values.ToArray());

    [Fact]
    public void WhatIsTransparent_LiesOnWhite() =>
        Assert.Equal(
            [1, 127f / 255],
            new ImageFiles().Read([Picture("x.png", 2, 1, [SKColors.Transparent, new(0, 0, 0, 128)])]).GetRows().Values.ToArray());

    [Fact]
    public void GrayMaps_AreRead_WithComments()
    {
        var path = _files.Bytes("x.pgm", [.. "P5\n# by hand\n3 1\n200\n"u8, 0, 100, 200]);

        Assert.Equal([0, 128f / 255, 1], new DatasetFile().Read(path).GetRows().Values.ToArray());
    }

    [Fact]
    public void OtherSizes_AreRefused_OrBroughtToOne()
    {
        var paths = new[] { Picture("a.png", 4, 2, Enumerable.Repeat(SKColors.Gray, 8)),
        Picture("b.png", 40, 30, Enumerable.Repeat(SKColors.Gray, 1200)) };

        Assert.Contains(
            "'b.png' has 40 x 30 pixels, but 'a.png' has 4 x 2",
            Refused("ImageSizesDiffer", () => new ImageFiles().Read(paths)),
            StringComparison.Ordinal);
        var dataset = new ImageFiles { Size = new ImageShape(3, 5) }.Read(paths);

        Assert.Equal((2, 15, new ImageShape(3, 5)), (dataset.RowCount, dataset.Dimension, dataset.ImageShape!.Value));
        Assert.All(dataset.GetRows().Values.ToArray(), value => Assert.Equal(128f / 255, value));
    }

    [Fact]
    public void TheRows_AreTheSame_ForAnyThreadCount()
    {
        var paths = Enumerable.Range(1, 9)
            .Select(number => Picture(
                $"{number}.png", 7, 5, Enumerable.Range(0, 35).Select(pixel => new SKColor((byte)(pixel * number), (byte)(7 * pixel), 9))))
            .ToArray();
        var images = new ImageFiles { Size = new ImageShape(3, 3) };

        Assert.Equal(
            images.Read(paths, new Execution { ThreadCount = 1 }).GetRows().Values.ToArray(),
            images.Read(paths, new Execution { ThreadCount = 4 }).GetRows().Values.ToArray());
    }

    [Fact]
    public void NamesThatAreTwice_GiveWayToPaths()
    {
        var paths = new[] { Picture("one/x.png", 1, 1, [SKColors.Red]), Picture("two/x.png", 1, 1, [SKColors.Red]) };

        var dataset = new ImageFiles().Read(paths);

        Assert.Equal(("FullName", paths[1]), (dataset.GetIdName(), dataset.GetIds()![1]));
    }

    [Fact]
    public void DamagedFiles_AndOtherOnes_AreRefused_ByTheirNames()
    {
        var whole = File.ReadAllBytes(
            Picture("x.png", 20, 20, Enumerable.Range(0, 400).Select(pixel => new SKColor((uint)(0xff000000 | (pixel * 40503))))));
        Assert.StartsWith(
            "'cut.png' is damaged",
            Refused("ImageDamaged", () => new ImageFiles().Read([_files.Bytes("cut.png", whole[..^200])])),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "'x.txt' is not an image",
            Refused("NotAnImage", () => new ImageFiles().Read([_files.Text("x.txt", "1,2")])),
            StringComparison.Ordinal);
        Refused("ImageDamaged", () => new ImageFiles().Read([_files.Bytes("cut.pgm", [.. "P5 3 3 255\n"u8, 1])]));
        Refused("ImageSizeOutOfRange", () => new ImageFiles { Size = new ImageShape(0, 3) }.Read([]));
        Refused("OptionOfOtherFormat", () => new DatasetFile
        { Table = new() { LabelColumn = "y" } }.Read(Picture("y.png", 1, 1, [SKColors.Red])));
        Refused("OptionOfOtherFormat", () => new DatasetFile { Images = new() { InColor = true } }.Read(_files.Text("x.csv", "1,2")));
    }

    [Fact]
    public void TooManyPixels_AreRefused_ByTheHeader()
    {
        var png = File.ReadAllBytes(Picture("x.png", 1, 1, [SKColors.Red]));
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), 23000);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), 23000);
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), Crc32(png.AsSpan(12, 17)));
        var images = new ImageFiles { Size = new ImageShape(8, 8) };

        Assert.StartsWith(
            "'large.png' has 23000 x 23000 pixels",
            Refused("ImageTooLarge", () => images.Read([_files.Bytes("large.png", png)])),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "'large.pgm' has 25000 x 24000 pixels",
            Refused("ImageTooLarge", () => images.Read([_files.Bytes("large.pgm", [.. "P5 25000 24000 255\n"u8, 1])])),
            StringComparison.Ordinal);
    }

    /// <summary>The corners of a picture, from left to right and top to bottom: they lie in the file as 0, 1, 2, 3.</summary>
    [Theory]
    [InlineData(1, "0123")]
    [InlineData(2, "1032")]
    [InlineData(3, "3210")]
    [InlineData(4, "2301")]
    [InlineData(5, "0213")]
    [InlineData(6, "2031")]
    [InlineData(7, "3120")]
    [InlineData(8, "1302")]
    public void Pictures_AreTurned_AsTheCameraWasHeld(byte origin, string corners)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(64, 32, SKColorType.Rgba8888, SKAlphaType.Opaque))
        {
            Pixels = [.. Enumerable.Range(0, 64 * 32)
                .Select(pixel => (byte)(85 * ((pixel % 64 / 32) + (2 * (pixel / 64 / 16)))))
                .Select(gray => new SKColor(gray, gray, gray))],
        };
        using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 100);
        var jpeg = data.ToArray();
        byte[] exif = [0xff, 0xe1, 0, 34, .. "Exif\0\0II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, origin, 0, 0, 0, 0, 0, 0, 0];

        var dataset = new ImageFiles().Read([_files.Bytes("x.jpg", [.. jpeg[..2], .. exif, .. jpeg[2..]])]);

        var shape = dataset.ImageShape!.Value;
        var values = dataset.GetRows().Values.ToArray();
        Assert.Equal(origin < 5 ? new ImageShape(32, 64) : new ImageShape(64, 32), shape);
        int[] places = [0, shape.Width - 1, (shape.Height - 1) * shape.Width, (shape.Height * shape.Width) - 1];
        Assert.Equal(corners, string.Concat(places.Select(place => (char)('0' + (int)Math.Round(3 * values[place])))));
    }

    /// <summary>The nearest pixel is 0 or 1 in the first; in the second, the nearest two are 0.</summary>
    [Theory]
    [InlineData(8, "01")]
    [InlineData(16, "1001")]
    public void WhatIsMadeSmaller_ComesToItsMean(int side, string stripe)
    {
        var colors = Enumerable.Range(
            0,
            side * side).Select(pixel => stripe[((pixel % side) + (stripe.Length == 2 ? pixel / side : 0)) % stripe.Length] == '1'
                ? SKColors.White
                : SKColors.Black);

        var values = new ImageFiles { Size = new ImageShape(4, 4) }.Read([Picture("x.png", side, side, colors)]).GetRows().Values.ToArray();

        // A step of a byte up or down at each halving.
        Assert.All(values, value => Assert.InRange(value, 125f / 255, 130f / 255));
    }

    [Fact]
    public void ASize_IsWidthAndHeight_InTheirPlaces()
    {
        var path = Picture(
            "x.png",
            40,
            20,
            Enumerable.Range(0, 800).Select(pixel => (byte)(6 * (pixel % 40))).Select(gray => new SKColor(gray, gray, gray)));

        var values = new ImageFiles { Size = new ImageShape(5, 10) }.Read([path]).GetRows().Values.ToArray();

        var lines = values.Chunk(10).ToArray();
        Assert.All(lines, line => Assert.Equal(lines[0], line));
        Assert.All(Enumerable.Range(1, 9), x => Assert.True(lines[0][x] > lines[0][x - 1]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void OfSeveralBadFiles_TheFirstIsToldOf(int threadCount)
    {
        var paths = Enumerable.Range(0, 40)
            .Select(row => row is 3 or 11 or 12 or 30
                ? _files.Text($"bad{row}.png", "none")
                : Picture($"{row}.png", 30, 30, Enumerable.Repeat(SKColors.Gray, 900)))
            .ToArray();

        var message = Refused("NotAnImage", () => new ImageFiles().Read(paths, new Execution { ThreadCount = threadCount }));

        Assert.StartsWith("'bad3.png'", message, StringComparison.Ordinal);
    }

    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xedb88320);
            }
        }

        return ~crc;
    }

    private static string Refused(string id, Action read)
    {
        var error = Assert.Throws<N2DException>(read);
        Assert.Equal(id, error.Id);
        return error.Message;
    }

    private string Picture(string name, int width, int height, IEnumerable<SKColor> colors)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul))
        { Pixels = [.. colors] };
        using var image = SKImage.FromBitmap(bitmap);
        using var data = name.EndsWith(".webp", StringComparison.Ordinal)
            ? bitmap.PeekPixels()!.Encode(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossless, 100))
            : image.Encode(SKEncodedImageFormat.Png, 100);
        return _files.Bytes(name, data!.ToArray());
    }
}
