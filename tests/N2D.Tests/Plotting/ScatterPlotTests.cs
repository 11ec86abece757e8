using System.Xml.Linq;
using N2D.Plotting;
using SkiaSharp;

namespace N2D.Tests.Plotting;

public sealed class ScatterPlotTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("n2d-plot-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Png_HasTheSizeAskedFor_ItsPoints_AndItsText()
    {
        var path = PathOf("a.png");
        Plot(600, 4, "Title").Save(path, 640, 480);
        using var picture = SKBitmap.Decode(path);

        Assert.Equal((640, 480), (picture.Width, picture.Height));
        Assert.True(Pixels(picture, 40, 440).Distinct().Count() > 100);

        // The title uses an embedded font, because a machine can have none.
        Assert.Contains(Pixels(picture, 0, 30), pixel => pixel.Red < 100);
    }

    [Fact]
    public void Svg_IsWellFormed_AndHoldsTheText()
    {
        var path = PathOf("a.svg");
        Plot(300, 3, "Pen & paper <digits>").Save(path);
        var document = XDocument.Load(path);
        Assert.Equal("svg", document.Root!.Name.LocalName);
        Assert.Contains(document.Descendants(), element => element.Name.LocalName == "text");
        Assert.True(document.Descendants().Count(element => element.Name.LocalName is "circle" or "ellipse") >= 300);
    }

    [Theory]
    [InlineData("a.png")]
    [InlineData("a.svg")]
    public void SeventyThousandPoints_AreDrawnIntoAFileOfReasonableSize(string name)
    {
        var path = PathOf(name);
        Plot(70_000, 10, "many").Save(path);
        Assert.InRange(new FileInfo(path).Length, 10_000, 10_000_000);
    }

    [Fact]
    public void SamePlot_SameBytes()
    {
        foreach (var kind in new[] { "png", "svg" })
        {
            Plot(2000, 5, "same").Save(PathOf($"a.{kind}"));
            Plot(2000, 5, "same").Save(PathOf($"b.{kind}"));
            Assert.Equal(File.ReadAllBytes(PathOf($"a.{kind}")), File.ReadAllBytes(PathOf($"b.{kind}")));
        }
    }

    [Fact]
    public void SecondPanel_LeavesTheFirst()
    {
        var path = PathOf("two.png");
        new ComparisonPlot("Title", Panel(300, 3), Panel(300, 3)).Save(path);
        using var picture = SKBitmap.Decode(path);
        Assert.Contains(Pixels(picture, 0, 30), pixel => pixel.Red < 100);
        var left = Enumerable.Range(0, 30).SelectMany(y => Enumerable.Range(0, 800).Select(x => picture.GetPixel(x, y)));
        Assert.Contains(left, pixel => pixel.Red < 100);
    }

    [Fact]
    public void WhatCannotBeWritten_IsRefused_AndLeavesNothing()
    {
        Assert.Equal("UnknownPlotFormat", Refusal(PathOf("a.jpg")).Id);
        Assert.Equal("FolderNotFound", Refusal(Path.Combine(_folder, "none", "a.png")).Id);
        Assert.Equal("PlotSizeOutOfRange", Assert.Throws<N2DException>(() => Plot(10, 2, "").Save(PathOf("a.png"), 5, 5)).Id);

        Directory.CreateDirectory(PathOf("b.png"));
        Assert.Equal("FolderGiven", Refusal(PathOf("b.png")).Id);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    private static N2DException Refusal(string path) => Assert.Throws<N2DException>(() => Plot(10, 2, "").Save(path));

    private static IEnumerable<SKColor> Pixels(SKBitmap picture, int top, int bottom) =>
        Enumerable.Range(top, bottom - top).SelectMany(y => Enumerable.Range(0, picture.Width).Select(x => picture.GetPixel(x, y)));

    private static ScatterPlot Plot(int rowCount, int categoryCount, string title) => new(title, Panel(rowCount, categoryCount));

    private static ScatterPanel Panel(int rowCount, int categoryCount)
    {
        var (rows, blobs) = RandomRows.Blobs(rowCount, 2, categoryCount, scale: 20);
        return new ScatterPanel(
            rows, blobs, [.. Enumerable.Range(0, categoryCount).Select(category => $"class {category}")],
            [.. Enumerable.Range(0, categoryCount)], ("x", "y"));
    }

    private string PathOf(string name) => Path.Combine(_folder, name);
}
