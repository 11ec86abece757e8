using N2D.Numerics;
using N2D.Plotting;
using SkiaSharp;

namespace N2D.Tests.Plotting;

/// <summary>The colors of the cells of a plot, and how opaque they are.</summary>
public sealed class DensityGridTests
{
    [Fact]
    public void ACell_HasTheColorOfMostOfItsRows_AndOfTheSmallerCategoryIfEqual()
    {
        // Three rows in the left cell: two of category 1. Two in the right cell, one each of 0 and 1; category 0 is smaller.
        var points = Matrix.Own([0, 0, 0, 0, 0, 0, 10, 10, 10, 10], 2);
        var panel = new ScatterPanel(points, [1, 0, 1, 0, 1], ["zero", "one"], [0, 1], ("x", "y"));
        var grid = GridOf(panel, 300);
        var filled = Enumerable.Range(0, grid.Counts.Count).Where(cell => grid.Counts[cell] > 0).ToArray();
        Assert.Equal([(2, 0), (3, 1)], filled.Select(cell => (grid.Counts[cell], grid.Categories[cell])).Order());
    }

    [Fact]
    public void MoreRows_AreMoreOpaque_AndASingleRowIsVisible()
    {
        float[] values = [0, 0, .. Enumerable.Repeat(5f, 20), .. Enumerable.Repeat(10f, 400)];
        var panel = new ScatterPanel(Matrix.Own(values, 2), [], [], [], ("x", "y"));
        using var image = GridOf(panel, 60).ToImage(panel, ThemeColors.Of(PlotTheme.Light), 0.3);
        using var pixels = SKBitmap.FromImage(image);
        var alphas = pixels.Pixels.Select(pixel => (int)pixel.Alpha).Where(alpha => alpha > 0).Order().ToArray();
        Assert.Equal(3, alphas.Length);
        Assert.InRange(alphas[0], 70, 80);
        Assert.InRange(alphas[1], 130, 200);
        Assert.Equal(255, alphas[2]);
    }

    private static DensityGrid GridOf(ScatterPanel panel, float cell) => DensityGrid.Of(
        panel, new PlotFrame(SKRect.Create(40, 30, 600, 600), DataExtent.Of(panel.Points)), cell);
}
