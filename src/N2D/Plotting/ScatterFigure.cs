using SkiaSharp;

namespace N2D.Plotting;

/// <summary>
/// One or two scatter plots of the same rows under a heading. Names and sizes of categories are written at the categories. If all fit,
/// there is no legend, because a reader would only search in it for what is in the plot already.
/// </summary>
/// <param name="heading">The title, and notes in further lines.</param>
/// <param name="panels">The panels, all with the same points.</param>
internal sealed class ScatterFigure(string heading, IReadOnlyList<ScatterPanel> panels)
{
    /// <summary>The side of a square data area of the default size, in pixels. Other shapes have the same area.</summary>
    private const float Side = 640;

    /// <summary>The minimum width of the default size, in pixels, so that titles take few lines.</summary>
    private const int MinWidth = 560;

    private const float TextSize = 13;

    /// <summary>Returns the size of the figure. Its shape follows the rows.</summary>
    /// <param name="width">The width, in pixels; null for the default.</param>
    /// <param name="height">The height, in pixels; null for the default.</param>
    /// <param name="style">The style.</param>
    public SKSizeI SizeOf(int? width, int? height, DrawingStyle style)
    {
        var margins = ScatterMargins.Of(style, panels[0].Caption is not null);
        var aspect = DataExtent.Of(panels[0].Points).Aspect;
        ScatterLegend[] legends = MayOmitLegend(style) ? [] : [.. panels.Select(panel => new ScatterLegend(panel, style))];

        // In a terminal, the width is given, and lines are cheap: the legend is below. In a file, it is beside the axes.
        var isBelow = style.GridWidth > 0;
        var beside = isBelow || legends.Length == 0 ? 0 : margins.LegendGap + legends.Max(legend => legend.WidthIn(Side));
        var around = margins.Left + margins.Right + beside;
        var data = Side * Math.Sqrt(aspect);
        if (width is { } given)
        {
            data = Math.Max(1, ((double)given / panels.Count) - around);
        }
        else if (height is { } limit)
        {
            data = aspect * Math.Max(1, limit - HeightAround(Side * panels.Count));
        }

        var total = width ?? Math.Max(MinWidth, (int)Math.Ceiling(panels.Count * (data + around)));
        var below = isBelow && legends.Length > 0 ? margins.LegendGap + legends.Max(legend => legend.HeightIn((float)data)) : 0;
        return new SKSizeI(
            total,
            height ?? Math.Clamp((int)Math.Ceiling((data / aspect) + HeightAround(total) + below), PlotFile.MinSide, PlotFile.MaxSide));

        float HeightAround(float across) => new PlotHeading(heading, across, style).Height + margins.Caption + margins.Axis;
    }

    /// <summary>Draws the figure.</summary>
    /// <param name="canvas">The canvas.</param>
    /// <param name="size">The size, in pixels.</param>
    /// <param name="style">The style.</param>
    public void Draw(SKCanvas canvas, SKSizeI size, DrawingStyle style)
    {
        var head = new PlotHeading(heading, size.Width, style);
        head.Draw(canvas);
        var layout = ScatterLayout.WithoutLegend(panels, size, head.Height, style);
        var labels = MayOmitLegend(style) ? LabelsIn(layout, style, true) : [];
        if (labels.Length == 0 || labels.Any(panel => !panel.AreComplete))
        {
            layout = ScatterLayout.WithLegend(panels, size, head.Height, style);
            labels = LabelsIn(layout, style, false);
        }

        for (var panel = 0; panel < panels.Count; panel++)
        {
            DrawCaption(canvas, panels[panel], layout.Frames[panel], (float)size.Width / panels.Count, style);
            Draw(canvas, panels[panel], layout.Frames[panel], labels[panel], style, layout.Legends.Count == 0);
            if (layout.Legends.Count > 0)
            {
                new ScatterLegend(panels[panel], style).Draw(canvas, layout.Legends[panel]);
            }
        }
    }

    /// <summary>Whether names at the categories can replace a legend. In the cells of a terminal, they would hide too many rows.</summary>
    private bool MayOmitLegend(DrawingStyle style) =>
        panels.All(panel => panel.BySize.Length <= (style.GridWidth > 0 ? 0 : ClusterLabels.MaxNames));

    private ClusterLabels[] LabelsIn(ScatterLayout layout, DrawingStyle style, bool areNames) =>
        [.. panels.Zip(layout.Frames).Select(pair => new ClusterLabels(pair.First, pair.Second, style, areNames))];

    /// <summary>Draws the caption of a panel. It may be wider than the rows, but not than the panel.</summary>
    private static void DrawCaption(SKCanvas canvas, ScatterPanel panel, PlotFrame frame, float width, DrawingStyle style)
    {
        if (panel.Caption is { } caption)
        {
            var margins = ScatterMargins.Of(style, true);
            var line = PlotText.Fit(caption, TextSize, width - margins.Left - margins.Right, style);
            var place = new SKPoint(frame.Area.Left, frame.Area.Top - (margins.Caption / 2));
            PlotText.Draw(canvas, line, place, TextSize, style.Colors.Text.ToSKColor(), style);
        }
    }

    private static void Draw(
        SKCanvas canvas, ScatterPanel panel, PlotFrame frame, ClusterLabels labels, DrawingStyle style, bool keysUnknown)
    {
        var margins = ScatterMargins.Of(style, panel.Caption is not null);
        var (area, text, quiet) = (frame.Area, style.Colors.Text.ToSKColor(), style.Colors.Frame.ToSKColor());
        // In a terminal, a line would take a whole row of cells.
        if (style.GridWidth == 0)
        {
            using var edge = new SKPaint { Color = style.Colors.Grid.ToSKColor(), Style = SKPaintStyle.Stroke, StrokeWidth = 1 };
            canvas.DrawRect(area, edge);
        }

        new PointCloud(panel, style).Draw(canvas, frame);
        labels.Draw(canvas);
        var below = area.Bottom + (margins.Axis / 2);
        Write(panel.AxisNames.Horizontal, new SKPoint(area.MidX, below), quiet, 0.5f);
        var name = PlotText.Fit(panel.AxisNames.Vertical, TextSize, area.Height, style);
        PlotText.DrawUpright(canvas, name, new SKPoint(area.Left - (margins.Left / 2), area.MidY), TextSize, quiet, style);
        if (keysUnknown && panel.UncategorizedCount > 0)
        {
            // Rows without a category have no place where a label could be.
            var key = panel.TextOf(-1);
            var left = area.Right - PlotText.WidthOf(key, TextSize, style);
            MarkOutline.DrawKey(canvas, left - MarkOutline.KeyWidth(style), below, panel.StyleOfCategory(-1, style.Colors), style);
            Write(key, new SKPoint(left, below), text, 0);
        }

        void Write(string line, SKPoint place, SKColor color, float share) =>
            PlotText.Draw(canvas, PlotText.Fit(line, TextSize, area.Width, style), place, TextSize, color, style, share);
    }
}
