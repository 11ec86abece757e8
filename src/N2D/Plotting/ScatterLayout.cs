using SkiaSharp;

namespace N2D.Plotting;

/// <summary>Where the parts of a figure of scatter plots are. All panels have the same scale.</summary>
/// <param name="Frames">The data area of each panel, in pixels.</param>
/// <param name="Legends">The area of the legend of each panel, in pixels; none without legends.</param>
internal sealed record ScatterLayout(IReadOnlyList<PlotFrame> Frames, IReadOnlyList<SKRect> Legends)
{
    /// <summary>The share by which a data area can be longer than its rows need, to fill a picture of a given size.</summary>
    private const float MaxStretch = 1.5f;

    /// <summary>The maximum share of the height for legends below the axes.</summary>
    private const float MaxLegendShare = 0.5f;

    /// <summary>Places the parts without legends.</summary>
    /// <param name="panels">The panels.</param>
    /// <param name="size">The size of the figure, in pixels.</param>
    /// <param name="top">The height of the heading, in pixels.</param>
    /// <param name="style">The style.</param>
    public static ScatterLayout WithoutLegend(IReadOnlyList<ScatterPanel> panels, SKSize size, float top, DrawingStyle style)
    {
        var margins = ScatterMargins.Of(style, panels[0].Caption is not null);
        var cell = CellWidth(size.Width / panels.Count, style);
        var frame = FrameIn(
            DataExtent.Of(panels[0].Points),
            cell - margins.Left - margins.Right,
            size.Height - top - margins.Caption - margins.Axis,
            style);
        return new ScatterLayout(FramesAt(panels.Count, cell, top, margins, frame), []);
    }

    /// <summary>Places the parts with legends: beside the axes or below them, whichever shows the rows larger.</summary>
    /// <param name="panels">The panels.</param>
    /// <param name="size">The size of the figure, in pixels.</param>
    /// <param name="top">The height of the heading, in pixels.</param>
    /// <param name="style">The style.</param>
    public static ScatterLayout WithLegend(IReadOnlyList<ScatterPanel> panels, SKSize size, float top, DrawingStyle style)
    {
        var margins = ScatterMargins.Of(style, panels[0].Caption is not null);
        var cell = CellWidth(size.Width / panels.Count, style);
        var (width, height) = (cell - margins.Left - margins.Right, size.Height - top - margins.Caption - margins.Axis);
        var extent = DataExtent.Of(panels[0].Points);
        ScatterLegend[] legends = [.. panels.Select(panel => new ScatterLegend(panel, style))];
        var legendWidth = legends.Max(legend => legend.WidthIn(height));
        var legendHeight = Floor(
            Math.Min(MaxLegendShare * height, legends.Max(legend => legend.HeightIn(width))), style.GridHeight) + margins.LegendGap;
        var beside = FrameIn(extent, width - legendWidth - margins.LegendGap, height, style);
        var below = FrameIn(extent, width, height - legendHeight, style);
        if (beside.Scale >= below.Scale)
        {
            var frames = FramesAt(panels.Count, cell, top, margins, beside);
            return new ScatterLayout(frames, [.. frames.Select(frame => new SKRect(
                frame.Area.Right + margins.LegendGap,
                frame.Area.Top,
                frame.Area.Right + margins.LegendGap + legendWidth,
                frame.Area.Bottom))]);
        }

        var above = FramesAt(panels.Count, cell, top, margins, below);
        return new ScatterLayout(above, [.. above.Select(frame => SKRect.Create(
            frame.Area.Left, frame.Area.Bottom + margins.Axis + margins.LegendGap, width, legendHeight - margins.LegendGap))]);
    }

    private static PlotFrame FrameIn(DataExtent extent, float width, float height, DrawingStyle style)
    {
        (width, height) = (Math.Max(1, width), Math.Max(1, height));
        var scale = Math.Min(width / extent.Width, height / extent.Height);
        return new PlotFrame(
            SKRect.Create(
                Floor(Math.Min(width, MaxStretch * (float)(scale * extent.Width)), style.GridWidth),
                Floor(Math.Min(height, MaxStretch * (float)(scale * extent.Height)), style.GridHeight)),
            extent);
    }

    private static PlotFrame[] FramesAt(int count, float cell, float top, ScatterMargins margins, PlotFrame frame) =>
        [.. Enumerable.Range(0, count).Select(panel => frame with
        {
            Area = SKRect.Create((panel * cell) + margins.Left, top + margins.Caption, frame.Area.Width, frame.Area.Height),
        })];

    private static float CellWidth(float width, DrawingStyle style) => Floor(width, style.GridWidth);

    /// <summary>Rounds a length down to whole cells, so that the cells of a terminal begin and end with the parts of a figure.</summary>
    private static float Floor(float length, float cell) => cell > 0 ? Math.Max(1, MathF.Floor(length / cell)) * cell : length;
}
