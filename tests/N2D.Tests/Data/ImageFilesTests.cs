using N2D.Data;
using SkiaSharp;

namespace N2D.Tests.Data;

public sealed class ImageFilesTests : IDisposable
{
    private static readonly SKColor[] FourColors = [new(255, 0, 0), new(0, 255, 0), new(0, 0, 255), new(100, 100, 100)];

    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void GreyValues_AreThoseOfRec601_AndIdsTheFilesNames()
    {
        var paths = new[] { Picture("b.png", 2, 2, FourColors), Picture("a.webp", 2, 2, FourColors) };

        var dataset = new ImageFiles().Read(paths);

        Assert.Equal([76.245f / 255, 149.685f / 255, 29.07f / 255, 100f / 255], dataset.GetRows().Row(0).ToArray().Select(value => value), (one, other) => Math.Abs(one - other) < 1e-6f);
        Assert.Equal(dataset.GetRows().Row(0).ToArray(), dataset.GetRows().Row(1).ToArray());
        Assert.Equal(["b.png", "a.webp"], dataset.GetIds());
        Assert.Equal(("Name", new ImageShape(2, 2), 255f, Path.GetFileName(_files.Folder)), (dataset.GetIdName(), dataset.ImageShape!.Value, dataset.Divisor, dataset.Dataset));
    }

    [Fact]
    public void InColor_RedGreenAndBlue_AreColumns() =>
        Assert.Equal(
            [1, 0, 0, 0, 1, 0, 0, 0, 1, 100f / 255, 100f / 255, 100f / 255],
            new ImageFiles { InColor = true }.Read([Picture("x.png", 2, 2, FourColors)]).GetRows().Values.ToArray());

    [Fact]
    public void WhatIsTransparent_LiesOnWhite() =>
        Assert.Equal([1, 127f / 255], new ImageFiles().Read([Picture("x.png", 2, 1, [SKColors.Transparent, new(0, 0, 0, 128)])]).GetRows().Values.ToArray());

    [Fact]
    public void GreyMaps_AreRead_WithComments()
    {
        var path = _files.Bytes("x.pgm", [.. "P5\n# by hand\n3 1\n200\n"u8, 0, 100, 200]);

        Assert.Equal([0, 128f / 255, 1], new DatasetFile().Read(path).GetRows().Values.ToArray());
    }

    [Fact]
    public void OtherSizes_AreRefused_OrBroughtToOne()
    {
        var paths = new[] { Picture("a.png", 4, 2, Enumerable.Repeat(SKColors.Gray, 8)), Picture("b.png", 40, 30, Enumerable.Repeat(SKColors.Gray, 1200)) };

        Assert.Contains("'b.png' has 40 x 30 pixels, and 'a.png' 4 x 2", Refused("ImageSizesDiffer", () => new ImageFiles().Read(paths)), StringComparison.Ordinal);
        var dataset = new ImageFiles { Size = new ImageShape(3, 5) }.Read(paths);

        Assert.Equal((2, 15, new ImageShape(3, 5)), (dataset.RowCount, dataset.Dimension, dataset.ImageShape!.Value));
        Assert.All(dataset.GetRows().Values.ToArray(), value => Assert.Equal(128f / 255, value));
    }

    [Fact]
    public void TheRows_AreTheSame_ForAnyThreadCount()
    {
        var paths = Enumerable.Range(1, 9).Select(number => Picture($"{number}.png", 7, 5, Enumerable.Range(0, 35).Select(pixel => new SKColor((byte)(pixel * number), (byte)(7 * pixel), 9)))).ToArray();
        var images = new ImageFiles { Size = new ImageShape(3, 3) };

        Assert.Equal(images.Read(paths, new Execution { ThreadCount = 1 }).GetRows().Values.ToArray(), images.Read(paths, new Execution { ThreadCount = 4 }).GetRows().Values.ToArray());
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
        var whole = File.ReadAllBytes(Picture("x.png", 20, 20, Enumerable.Range(0, 400).Select(pixel => new SKColor((uint)(0xff000000 | (pixel * 40503))))));
        Assert.StartsWith("'cut.png' is damaged", Refused("ImageDamaged", () => new ImageFiles().Read([_files.Bytes("cut.png", whole[..^200])])), StringComparison.Ordinal);
        Assert.StartsWith("'x.txt' is no image", Refused("NotAnImage", () => new ImageFiles().Read([_files.Text("x.txt", "1,2")])), StringComparison.Ordinal);
        Refused("ImageDamaged", () => new ImageFiles().Read([_files.Bytes("cut.pgm", [.. "P5 3 3 255\n"u8, 1])]));
        Refused("NotAnImage", () => new ImageFiles().Read([_files.Bytes("deep.pgm", [.. "P5 1 1 65535\n"u8, 1, 1])]));
        Refused("ImageSizeOutOfRange", () => new ImageFiles { Size = new ImageShape(0, 3) }.Read([]));
        Refused("OptionOfOtherFormat", () => new DatasetFile { Text = new() { LabelColumn = "y" } }.Read(Picture("y.png", 1, 1, [SKColors.Red])));
        Refused("OptionOfOtherFormat", () => new DatasetFile { Images = new() { InColor = true } }.Read(_files.Text("x.csv", "1,2")));
    }

    private static string Refused(string id, Action read)
    {
        var error = Assert.Throws<N2DException>(read);
        Assert.Equal(id, error.Id);
        return error.Message;
    }

    private string Picture(string name, int width, int height, IEnumerable<SKColor> colors)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul)) { Pixels = [.. colors] };
        using var image = SKImage.FromBitmap(bitmap);
        using var data = name.EndsWith(".webp", StringComparison.Ordinal)
            ? bitmap.PeekPixels()!.Encode(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossless, 100))
            : image.Encode(SKEncodedImageFormat.Png, 100);
        return _files.Bytes(name, data!.ToArray());
    }
}
