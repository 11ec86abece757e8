using ScottPlot;
using SkiaSharp;

namespace N2D.Plotting;

/// <summary>One set of axes with its title and legend, in the look that all plots share.</summary>
internal sealed class PlotPanel : IDisposable
{
    /// <summary>The size of the text of axes and legends, in pixels.</summary>
    public const int TextSize = 13;

    private const int TitleSize = 17;
    private const float LegendMarkerSize = 11;

    /// <summary>What a legend's entry takes, and what is left of a panel's height for entries, in pixels.</summary>
    private const float LegendEntryHeight = 21, LegendMargin = 70;

    private readonly DrawingStyle _style;
    private readonly SKSize _size;

    /// <summary>Makes an empty panel.</summary>
    /// <param name="style">How it is drawn.</param>
    /// <param name="size">How large, in pixels.</param>
    /// <param name="title">What stands above; broken into lines that fit.</param>
    public PlotPanel(DrawingStyle style, SKSize size, string title)
    {
        (_style, _size) = (style, size);
        PlotFont.Use(Plot);
        Plot.FigureBackground.Color = style.Colors.Background;
        Plot.DataBackground.Color = style.Colors.Background;
        Plot.Axes.Color(style.Ink(style.Colors.Text));
        Plot.Axes.FrameColor(style.Colors.Frame);
        Plot.Grid.MajorLineColor = style.Colors.Grid;
        Plot.Title(WrapTitle(title, size.Width), TitleSize);
        Plot.Axes.Title.Label.Bold = false;
        Plot.Axes.Title.Label.ForeColor = style.Ink(style.Colors.Text);
        Pad(Plot.Axes.Left);
        Pad(Plot.Axes.Right);
        foreach (var axis in Plot.Axes.GetAxes())
        {
            axis.MajorTickStyle.Color = style.Colors.Frame;
            axis.MinorTickStyle.Length = 0;
            axis.TickLabelStyle.FontSize = TextSize - 1;
        }
    }

    /// <summary>ScottPlot's own object.</summary>
    public Plot Plot { get; } = new();

    /// <summary>About the height of what lies between the axes, in pixels: known before anything is drawn.</summary>
    public float DataHeight => Math.Max(1, _size.Height - 110);

    /// <summary>A title in lines that fit a panel.</summary>
    /// <param name="title">The title.</param>
    /// <param name="width">The panel's width, in pixels.</param>
    public static string WrapTitle(string title, float width) => PlotFont.Wrap(title, TitleSize, 0.96f * width);

    /// <summary>Says what the axes mean.</summary>
    /// <param name="horizontal">The lower axis.</param>
    /// <param name="vertical">The left axis.</param>
    public void NameAxes(string horizontal, string vertical)
    {
        Plot.XLabel(PlotFont.Wrap(horizontal, TextSize, 0.8f * _size.Width), TextSize);
        Plot.YLabel(vertical, TextSize);
        Plot.Axes.Left.Label.Bold = false;
        Plot.Axes.Bottom.Label.Bold = false;
    }

    /// <summary>Says what the right axis means.</summary>
    /// <param name="name">The meaning.</param>
    public void NameRight(string name)
    {
        var label = Plot.Axes.Right.Label;
        (label.Text, label.FontSize, label.Bold, label.ForeColor) = (name, TextSize, false, _style.Ink(_style.Colors.Text));
    }

    /// <summary>Puts a legend beside the axes, where it hides nothing. What does not fit is counted.</summary>
    /// <param name="entries">From top to bottom.</param>
    /// <param name="symbolWidth">The width of what stands before the texts, in pixels; null for that of a point.</param>
    /// <param name="leastWidth">The least width of the legend, in pixels.</param>
    public void AddLegend(IReadOnlyList<LegendItem> entries, float? symbolWidth = null, float leastWidth = 0)
    {
        var panel = Plot.ShowLegend(Edge.Right);
        panel.MinimumSize = leastWidth;
        var legend = panel.Legend;
        legend.FontName = PlotFont.Name;
        legend.FontSize = TextSize;
        legend.FontColor = _style.Ink(_style.Colors.Text);
        legend.BackgroundColor = _style.Colors.Background;
        legend.OutlineWidth = 0;
        legend.ShadowFillStyle.IsVisible = false;
        legend.SymbolWidth = symbolWidth ?? legend.SymbolWidth;
        if (_style.GridWidth > 0)
        {
            // Letters in cells may begin a little before those of the font.
            legend.SymbolPadding = 2 * _style.GridWidth;
        }

        var room = Math.Max(2, (int)((_size.Height - LegendMargin) / _style.LineHeight(LegendEntryHeight)));
        legend.ManualItems.AddRange(entries.Count <= room ? entries : entries.Take(room - 1));
        if (entries.Count > room)
        {
            legend.ManualItems.Add(new LegendItem { LabelText = $"and {entries.Count - room + 1} more" });
        }
    }

    /// <summary>About the width of a legend, in pixels: known before anything is drawn.</summary>
    /// <param name="names">The texts of its entries.</param>
    public static float LegendWidth(IEnumerable<string> names)
    {
        const float Surroundings = 78;
        using var font = PlotFont.OfSize(TextSize);
        return Surroundings + names.Select(name => font.MeasureText(PlotFont.Cut(name))).DefaultIfEmpty().Max();
    }

    /// <summary>A legend's entry for points.</summary>
    /// <param name="name">Its text.</param>
    /// <param name="category">The points' look.</param>
    public static LegendItem PointEntry(string name, CategoryStyle category) =>
        new() { LabelText = PlotFont.Cut(name), MarkerStyle = new MarkerStyle(category.Shape, LegendMarkerSize, category.Color) };

    /// <summary>Draws the panel, once.</summary>
    /// <param name="canvas">The canvas.</param>
    /// <param name="left">Where on it the panel begins, in pixels.</param>
    public void Draw(SKCanvas canvas, float left = 0)
    {
        var area = new PixelRect(left, left + _size.Width, _size.Height, 0);

        // The first time, ScottPlot lays the panel out and draws it a second time, over the first: both would be in a file of vectors.
        using (var nowhere = new SKNoDrawCanvas((int)(left + _size.Width), (int)_size.Height))
        {
            Plot.Render(nowhere, area);
        }

        // ScottPlot centers a title above the axes, where the widest that fits the panel would not fit.
        var axes = Plot.LastRender.DataRect;
        Plot.Axes.Title.Label.OffsetX = (area.Left + area.Right - axes.Left - axes.Right) / 2;

        // A plot clears what it may draw on, which would be the panel beside as well.
        canvas.Save();
        canvas.ClipRect(new SKRect(area.Left, area.Top, area.Right, area.Bottom));
        Plot.Render(canvas, area);
        canvas.Restore();
    }

    /// <summary>Keeps an upright axis's name off the picture's edge and off its ticks' labels.</summary>
    private void Pad(IYAxis axis)
    {
        var panel = (ScottPlot.AxisPanels.AxisBase)axis;
        var inner = 6 + (0.75f * _style.GridWidth);
        panel.PaddingBetweenTickAndAxisLabels = new PixelPadding(inner, inner, 0, 0);
        panel.PaddingOutsideAxisLabels = new PixelPadding(6, 6, 0, 0);
    }

    /// <inheritdoc/>
    public void Dispose() => Plot.Dispose();
}
