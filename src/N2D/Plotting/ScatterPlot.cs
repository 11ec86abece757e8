using ScottPlot;
using SkiaSharp;

namespace N2D.Plotting;

/// <summary>One panel or two beside each other, drawn into a PNG or SVG file.</summary>
public sealed class ScatterPlot : PlotPicture
{
    /// <summary>Above this many points an SVG file holds them as a picture: as circles they would fill tens of megabytes.</summary>
    private const int MostVectorPoints = 5_000;

    private readonly ScatterPanel[] _panels;

    internal ScatterPlot(params ScatterPanel[] panels) => _panels = panels;

    /// <inheritdoc/>
    public override int DefaultWidth => _panels.Length == 1 ? base.DefaultWidth : 1600;

    /// <inheritdoc/>
    private protected override void Draw(SKCanvas canvas, SKSizeI size, bool isVector)
    {
        var width = (float)size.Width / _panels.Length;
        for (var index = 0; index < _panels.Length; index++)
        {
            using var plot = Compose(_panels[index], isVector);

            // A plot clears what it may draw on, which would be the other panel as well.
            var area = new PixelRect(index * width, (index + 1) * width, size.Height, 0);
            canvas.Save();
            canvas.ClipRect(new SKRect(area.Left, area.Top, area.Right, area.Bottom));
            plot.Render(canvas, area);
            canvas.Restore();
        }
    }

    private static Plot Compose(ScatterPanel panel, bool isVector)
    {
        var plot = new Plot();
        PlotFont.Use(plot);
        plot.Add.Plottable(new PointCloud(panel, isVector && panel.Points.RowCount > MostVectorPoints));
        plot.Title(panel.Title, size: 17);
        plot.XLabel(panel.AxisNames.Horizontal, size: 13);
        plot.YLabel(panel.AxisNames.Vertical, size: 13);

        // The axes of a manifold have no scale that anybody could read anything off.
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.EmptyTickGenerator();
        plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.EmptyTickGenerator();
        plot.Grid.IsVisible = false;
        plot.Axes.Margins(0.03, 0.03);
        plot.Axes.SquareUnits();
        plot.Axes.Title.Label.Bold = false;
        plot.Axes.Left.Label.Bold = false;
        plot.Axes.Bottom.Label.Bold = false;
        if (panel.Categories.Length > 0)
        {
            var legend = plot.ShowLegend(Edge.Right).Legend;
            legend.FontName = PlotFont.Name;
            legend.FontSize = 13;
            legend.OutlineWidth = 0;
            legend.ShadowFillStyle.IsVisible = false;
        }

        return plot;
    }
}
