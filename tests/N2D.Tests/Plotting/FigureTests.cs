using System.Globalization;
using System.Text;
using N2D.Clustering;
using N2D.Models;
using N2D.Numerics;
using N2D.Pipeline;
using N2D.Plotting;
using ScottPlot;
using SkiaSharp;

namespace N2D.Tests.Plotting;

/// <summary>The content of each figure.</summary>
public sealed class FigureTests
{
    private static readonly string[] ClassNames = ["a very long name that no axis has room for", "right", "left"];

    [Fact]
    public void AConfusionPlot_TellsCountsAndShares_AndMatchedClustersOnTheDiagonal()
    {
        // Twelve rows in groups of 6, 4 and 2. One row in the largest group has another class.
        var rows = Matrix.Own([0, 0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 10, 10.1f, 10.2f, 10.3f, -20, -20.1f], 1);
        var result = Cluster(new Dataset("twelve", rows, new Labels([2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 0, Labels.Unknown], ClassNames)), 3);
        var texts = Drawings.TextsOf(ConfusionPlot.Of(result, null));

        // Rows are classes in their order, and so are the clusters that stand for them: 2, 1, 0.
        Assert.Equal(["2", "1", "0"], texts.Where(text => text is "0" or "1" or "2").TakeLast(3));
        Assert.Equal(
            ["100 %", "100 %", "20 %", "80 %"],
            texts.Where(text => text.EndsWith(" %", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal(["1", "1", "4", "5"], texts.Where(text => text is "1" or "4" or "5").SkipLast(1).Order(StringComparer.Ordinal));
        Assert.Contains("a very long name that n…", texts);
    }

    [Fact]
    public void AScatterOfClusters_HasTheColorsOfTheLabelsThatTheyStandFor()
    {
        var result = Drawings.ClustersOf(Drawings.Images());
        var legend = new ClusterLegend(result);
        var mapping = result.GetClassMapping()!;
        Assert.Equal(3, result.ClusterCount);
        Assert.All(Enumerable.Range(0, 3), cluster => Assert.Equal(mapping[cluster], legend.Styles[cluster]));

        // If the clustering is perfect, both halves of a comparison show the same points in the same colors.
        using var picture = Drawings.PixelsOf(ComparisonPlot.Of(result, null, null, Execution.Default));
        var palette = ThemeColors.Of(PlotTheme.Light).Palette;
        foreach (var color in palette.Take(3))
        {
            // Points are a little transparent, and those of one place are drawn in another order.
            var (left, right) = (Count(picture, color, 45, half: 0), Count(picture, color, 45, half: 1));
            Assert.InRange(left, 200, 5000);
            Assert.InRange((double)right / left, 0.9, 1.1);
        }
    }

    [Fact]
    public void ATitle_SaysDataAndMethodInWords_AndScoresWithThreeDecimals()
    {
        var result = Drawings.ClustersOf(Drawings.Images());
        var texts = Drawings.TextsOf(ScatterPlot.Of(result, null, null, Execution.Default));
        Assert.Equal("images: 3 clusters by a Gaussian mixture on the raw data", texts[0]);
        Assert.Matches(@"^90 rows, accuracy 1\.000, NMI 1\.000, ARI 1\.000, silhouette 0\.\d{3}$", texts[1]);
    }

    /// <summary>Hinted widths are whole pixels on Linux, but not on Windows.</summary>
    [Fact]
    public void WidthsOfText_AreProportionalToTheSizeOfTheFont()
    {
        using var small = PlotFont.OfSize(11);
        using var large = PlotFont.OfSize(1100);
        Assert.Equal(large.MeasureText("Hamburgefonts") / 100, small.MeasureText("Hamburgefonts"), 1e-3);

        var plot = new Plot();
        PlotFont.Use(plot);
        var width = 0f;
        plot.RenderManager.RenderStarting += (_, rendering) =>
            width = new LabelStyle { FontName = PlotFont.Name, FontSize = 11 }.Measure("Hamburgefonts", rendering.Paint).Width;
        plot.GetImage(300, 300).Dispose();
        Assert.Equal(small.MeasureText("Hamburgefonts"), width, 1e-3);
    }

    /// <summary>What the C libraries of Linux and Windows print for numbers whose ninth digit is an exact 5, such as 73.4453125.</summary>
    [Theory]
    [InlineData("73.445312", "73.445313", "73.4453")]
    [InlineData("137.24062", "137.24063", "137.241")]
    [InlineData("1372.4062", "1372.4063", "1372.41")]
    [InlineData("-1372.4074", "-1372.4075", "-1372.41")]
    [InlineData("1372.4450", "1372.4451", "1372.45")]
    [InlineData("12372.438", "12372.439", "12372.4")]
    [InlineData("0.50000000", "0.50000001", "0.5")]
    public void NumbersOfAnSvg_AreTheSameOnAllSystems(string linux, string windows, string written)
    {
        Assert.Equal(written, SvgNumber.Rounded(linux));
        Assert.Equal(written, SvgNumber.Rounded(windows));
    }

    [Fact]
    public void NumbersOfAnSvg_HaveAtMostFourDecimals()
    {
        using var stream = new MemoryStream();
        ConfusionPlot.Of(Drawings.ClustersOf(Drawings.Images()), null)
            .WriteSvg(stream, new SKSizeI(501, 403), new DrawingStyle(ThemeColors.Of(PlotTheme.Light)) { IsVector = true });
        var text = Encoding.UTF8.GetString(stream.ToArray());
        Assert.Matches(@"\d\.\d{4}\b", text);
        Assert.DoesNotMatch(@"\d\.\d{5}", text);
    }

    [Fact]
    public void ASilhouettePlot_SaysThatItIsOfASample()
    {
        var (rows, blobs) = RandomRows.Blobs(12_000, 2, 2, scale: 12);
        var texts = Drawings.TextsOf(
            SilhouettePlot.Of(Cluster(new Dataset("large", rows, new Labels(blobs, ["a", "b"])), 2), "mine", Execution.Default));
        Assert.Single(texts, text => text == "mine (of 10000 rows drawn out of 12000)");

        var small = Drawings.ClustersOf(Drawings.Images());
        texts = Drawings.TextsOf(SilhouettePlot.Of(small, null, Execution.Default));
        Assert.Single(texts, text => text == string.Create(CultureInfo.InvariantCulture, $"mean silhouette {small.Silhouette:F3}"));
        Assert.DoesNotContain(texts, text => text.Contains("drawn out of", StringComparison.Ordinal));
    }

    [Fact]
    public void SilhouetteBars_AreAsLongAsTheirValues()
    {
        // Three clusters of equal size and nearly equal silhouette: their colors cover as much, and about that share of the axis.
        using var picture = Drawings.PixelsOf(SilhouettePlot.Of(Drawings.ClustersOf(Drawings.Images()), null, Execution.Default));
        var areas = ThemeColors.Of(PlotTheme.Light).Palette.Take(3).Select(color => Count(picture, color)).ToArray();
        Assert.All(areas, area => Assert.InRange(area, 0.9 * areas.Average(), 1.1 * areas.Average()));
        Assert.InRange(areas.Sum(), 0.3 * picture.Width * picture.Height, 0.8 * picture.Width * picture.Height);
    }

    [Fact]
    public void AClusterCountPlot_MarksTheChoice()
    {
        var result = Drawings.ClustersOf(Drawings.Images());
        var plot = ClusterCountPlot.Of(result, null);
        Assert.Contains("3 clusters of 2 to 4 by silhouette", Drawings.TextsOf(plot));
        using var picture = Drawings.PixelsOf(plot);
        var marked = ThemeColors.Of(PlotTheme.Light).Palette[1].ToSKColor();

        // Two to four clusters: three is in the middle of the axis, and the mark upright over it.
        var columns = Enumerable.Range(100, 600)
            .Where(x => Enumerable.Range(70, 430).Count(y => picture.GetPixel(x, y) == marked) > 80)
            .ToArray();
        Assert.InRange(columns.Length, 1, 3);
        Assert.InRange(columns[0], 430, 520);
    }

    [Fact]
    public void AnExemplarPlot_ShowsTheImagesThemselves()
    {
        // Each image of the first group is white in its first pixel alone, each of the second in its last.
        var values = new float[24 * 4];
        for (var row = 0; row < 24; row++)
        {
            values[(4 * row) + (row < 12 ? 0 : 3)] = 1 + (0.001f * row);
        }

        var result = Cluster(new Dataset("corners", Matrix.Own(values, 4), imageShape: new ImageShape(2, 2)), 2);
        var plot = ClusterImages.Exemplars(result, 5, null, Execution.Default);
        using var dark = Drawings.PixelsOf(plot, PlotTheme.Dark);
        var (paper, ink) = (ThemeColors.Of(PlotTheme.Dark).Paper, ThemeColors.Of(PlotTheme.Dark).Text);
        Assert.InRange((double)Count(dark, paper) / Count(dark, ink, 12), 2.4, 3.1);
        Assert.Equal(10, Drawings.SvgOf(plot).Descendants().Count(element => element.Name.LocalName == "image"));
    }

    [Fact]
    public void Exemplars_AreTheRowsNearestTheMean()
    {
        var rows = Matrix.Own([0, 1, 2, 4, 10, 100, 101, 99, -5], 1);
        Assert.Equal(
            [[3, 2, 1], [5, 6, 7], []],
            Exemplars.Find(rows, [0, 0, 0, 0, 0, 1, 1, 1, -1], 3, 3, Execution.Default));
        Assert.Equal(
            [[0], [5], []],
            Exemplars.Find(rows, [0, 2, 2, 2, 2, 1, 2, 2, -1], 3, 1, new Execution { ThreadCount = 1 })[..2].Append([]).ToArray());
    }

    [Fact]
    public void ATitleThatIsTooLong_IsBrokenIntoLines()
    {
        var title = string.Join(' ', Enumerable.Repeat("word", 60));
        var texts = Drawings.TextsOf(ScatterPlot.Of(Drawings.Images(), null, title, Execution.Default));
        var lines = texts.Where(text => text.StartsWith("word", StringComparison.Ordinal)).ToArray();
        Assert.InRange(lines.Length, 2, 10);
        Assert.Equal(title, string.Join(' ', lines));
    }

    private static ClusterResult Cluster(Dataset data, int clusterCount) =>
        ClusterResult.Create(
            data, new KMeansOptions(clusterCount) { StartCount = 3 }.Fit(data.GetRows(), Execution.Default), Execution.Default);

    /// <summary>The pixels of nearly a color, in the whole picture or in its left or right half.</summary>
    private static int Count(SKBitmap picture, Color color, int tolerance = 0, int? half = null)
    {
        var pixels = picture.Pixels;
        return Enumerable.Range(
            0,
            pixels.Length).Count(place => IsNear(pixels[place], color, tolerance)
                && (half is null || place % picture.Width / (picture.Width / 2) == half));
    }

    private static bool IsNear(SKColor pixel, Color color, int tolerance) =>
        Math.Abs(pixel.Red - color.R) <= tolerance
            && Math.Abs(pixel.Green - color.G) <= tolerance
            && Math.Abs(pixel.Blue - color.B) <= tolerance;
}
