using System.Globalization;
using System.Text.RegularExpressions;
using N2D.Numerics;
using N2D.Plotting;
using SkiaSharp;

namespace N2D.Tests.Plotting;

/// <summary>Scatter plots show every row, and name every category without a search.</summary>
public sealed partial class ScatterFigureTests
{
    private static readonly DrawingStyle Style = new(ThemeColors.Of(PlotTheme.Light)) { IsVector = true };

    [Theory]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(30)]
    public void NamesAtTheCategories_ReplaceTheLegend_AndCountEveryRow(int categoryCount)
    {
        var counts = CountsOf(new ScatterPlot("names", Panel(1500, categoryCount)), 900, 800);
        Assert.Equal(categoryCount, counts.Length);
        Assert.Equal(1500, counts.Sum());
    }

    [Theory]
    [InlineData(900, 800)]
    [InlineData(400, 300)]
    public void ALegend_CountsEveryRow_TheLargestCategoryFirst(int width, int height)
    {
        var panel = Panel(1500, 80);
        for (var row = 0; row < 100; row++)
        {
            panel.Categories[row] = row < 60 ? 7 : -1;
        }

        var counts = CountsOf(new ScatterPlot("legend", panel), width, height);
        Assert.Equal(1500, counts.Sum());
        Assert.Equal(counts.SkipLast(1).OrderDescending(), counts.SkipLast(1));
        Assert.Equal(panel.Sizes[7], counts[0]);
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(10, true)]
    [InlineData(30, true)]
    [InlineData(120, false)]
    public void Labels_LieInTheirArea_AndDoNotOverlap(int categoryCount, bool areNames)
    {
        var panel = Panel(1500, categoryCount);
        var frame = ScatterLayout.WithoutLegend([panel], new SKSize(900, 800), 40, Style).Frames[0];
        SKRect[] boxes = [.. new ClusterLabels(panel, frame, Style, areNames).Boxes.OfType<SKRect>()];
        Assert.InRange(boxes.Length, categoryCount / 2, categoryCount);
        Assert.All(boxes, box => Assert.True(frame.Area.Contains(box)));
        foreach (var (place, box) in boxes.Index())
        {
            Assert.DoesNotContain(boxes[(place + 1)..], other => other.IntersectsWith(box));
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(100, 1)]
    [InlineData(1, 1000)]
    [InlineData(0, 1)]
    [InlineData(0, 0)]
    public void EveryRow_LiesInItsArea(float width, float height)
    {
        var panel = Panel(400, 3);
        var stretched = new float[800];
        for (var row = 0; row < 400; row++)
        {
            (stretched[2 * row], stretched[(2 * row) + 1]) = (1000 + (width * panel.Points[row, 0]), height * panel.Points[row, 1]);
        }

        panel = panel with { Points = Matrix.Own(stretched, 2) };
        foreach (var size in new SKSize[] { new(900, 800), new(300, 900), new(1800, 300) })
        {
            var without = ScatterLayout.WithoutLegend([panel], size, 40, Style);
            var with = ScatterLayout.WithLegend([panel, panel], size, 40, Style);
            Assert.All(without.Frames.Concat(with.Frames), frame => Assert.All(
                Enumerable.Range(0, 400), row => Assert.True(frame.Area.Contains(frame.PixelOf(panel.Points, row)))));
        }
    }

    /// <summary>Rows that fill a square fill most of the width or the height of their area.</summary>
    [Fact]
    public void AnArea_IsCroppedToItsRows()
    {
        var panel = Panel(400, 3);
        var frame = ScatterLayout.WithoutLegend([panel], new SKSize(900, 800), 40, Style).Frames[0];
        SKPoint[] places = [.. Enumerable.Range(0, 400).Select(row => frame.PixelOf(panel.Points, row))];
        var across = (places.Max(place => place.X) - places.Min(place => place.X)) / frame.Area.Width;
        var down = (places.Max(place => place.Y) - places.Min(place => place.Y)) / frame.Area.Height;
        Assert.InRange(Math.Max(across, down), 0.85, 0.95);
    }

    [Fact]
    public void ThePanelsOfAComparison_HaveTheSameScale()
    {
        var (few, many) = (Panel(600, 2), Panel(600, 60));
        var frames = ScatterLayout.WithLegend([few, many with { Points = few.Points }], new SKSize(1600, 800), 40, Style).Frames;
        Assert.Equal(frames[0].Scale, frames[1].Scale);
        Assert.Equal(frames[0].Area.Size, frames[1].Area.Size);
        Assert.True(frames[0].Area.Right < frames[1].Area.Left);
    }

    [Fact]
    public void Density_CountsEveryRow_InAnyOrder()
    {
        var panel = Panel(30_000, 5);
        var frame = ScatterLayout.WithoutLegend([panel], new SKSize(900, 800), 40, Style).Frames[0];
        var grid = DensityGrid.Of(panel, frame, 2);
        Assert.Equal(30_000, grid.Counts.Sum());

        var reversed = new float[60_000];
        for (var row = 0; row < 30_000; row++)
        {
            (reversed[2 * row], reversed[(2 * row) + 1]) = (panel.Points[29_999 - row, 0], panel.Points[29_999 - row, 1]);
        }

        var other = DensityGrid.Of(
            panel with { Points = Matrix.Own(reversed, 2), Categories = [.. panel.Categories.Reverse()] }, frame, 2);
        Assert.Equal(grid.Counts, other.Counts);
        Assert.Equal(grid.Categories, other.Categories);
    }

    [Theory]
    [InlineData(20_000, true)]
    [InlineData(20_001, false)]
    public void ManyRows_AreShades_NotMarks(int rowCount, bool areMarks)
    {
        var elements = Drawings.SvgOf(new ScatterPlot("many", Panel(rowCount, 3))).Descendants().ToArray();
        Assert.Equal(areMarks, elements.Count(element => element.Name.LocalName is "circle" or "ellipse") >= rowCount);
        Assert.Equal(areMarks ? 0 : 1, elements.Count(element => element.Name.LocalName == "image"));
    }

    [Theory]
    [InlineData(PlotTheme.Light)]
    [InlineData(PlotTheme.Dark)]
    public void FiftyCategories_DifferInColorAndEachTenInShape(PlotTheme theme)
    {
        CategoryStyle[] styles = [.. Enumerable.Range(0, 50).Select(category => CategoryStyle.Of(category, ThemeColors.Of(theme)))];
        Assert.Equal(50, styles.Distinct().Count());
        Assert.All(Enumerable.Range(0, 40), category => Assert.NotEqual(styles[category].Shape, styles[category + 10].Shape));
    }

    /// <summary>The numbers of rows after the names, in the order of the drawing.</summary>
    private static int[] CountsOf(ScatterPlot plot, int width, int height) =>
        [.. SvgText.Read(stream => plot.WriteSvg(stream, new SKSizeI(width, height), Style)).Select(text => CountPattern().Match(text.Text))
            .Where(match => match.Success)
            .Select(match => int.Parse(match.Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture))];

    private static ScatterPanel Panel(int rowCount, int categoryCount)
    {
        var (rows, blobs) = RandomRows.Blobs(rowCount, 2, categoryCount, scale: 40);
        return new ScatterPanel(
            rows,
            blobs,
            [.. Enumerable.Range(0, categoryCount).Select(category => $"class {category}")],
            [.. Enumerable.Range(0, categoryCount)],
            ("x", "y"));
    }

    [GeneratedRegex(@" · ([\d,]+)$")]
    private static partial Regex CountPattern();
}
