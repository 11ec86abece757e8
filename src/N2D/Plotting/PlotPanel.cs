using ScottPlot;
using SkiaSharp;

namespace N2D.Plotting;

/// <summary>Axes with a title and a legend, in the common style of all plots.</summary>
internal sealed class PlotPanel : IDisposable
{
    /// <summary>The size of the text of axes and legends, in pixels.</summary>
    public const int TextSize = 13;


    /// <summary>The height of a legend's entry, and the height of a panel that is not available for entries, in pixels.</summary>
    private const float LegendEntryHeight = 21, LegendMargin = 70;

    private readonly DrawingStyle _style;
    private readonly SKSize _size;
    private readonly PlotHeading _heading;

    /// <summary>Creates an empty panel.</summary>
    /// <param name="style">The style.</param>
    /// <param name="size">The size, in pixels.</param>
    /// <param name="title">The title, and notes in further lines. Lines are broken where they do not fit.</param>
    public PlotPanel(DrawingStyle style, SKSize size, string title)
    {
        (_style, _size) = (style, size);
        PlotFont.Use(Plot);
        Plot.FigureBackground.Color = style.Colors.Background;
        Plot.DataBackground.Color = style.Colors.Background;
        Plot.Axes.Color(style.Ink(style.Colors.Text));
        Plot.Axes.FrameColor(style.Colors.Frame);
        Plot.Grid.MajorLineColor = style.Colors.Grid;
        _heading = new PlotHeading(title, size.Width, style);
        Pad(Plot.Axes.Left);
        Pad(Plot.Axes.Right);
        foreach (var axis in Plot.Axes.GetAxes())
        {
            axis.MajorTickStyle.Color = style.Colors.Frame;
            axis.MinorTickStyle.Length = 0;
            axis.TickLabelStyle.FontSize = TextSize - 1;
        }
    }

    /// <summary>The ScottPlot object.</summary>
    public Plot Plot { get; } = new();

    /// <summary>The approximate height of the data area, in pixels, which is known before drawing.</summary>
    public float DataHeight => Math.Max(1, _size.Height - _heading.Height - 60);

    /// <summary>Sets the names of the axes.</summary>
    /// <param name="horizontal">The name of the bottom axis.</param>
    /// <param name="vertical">The name of the left axis.</param>
    public void NameAxes(string horizontal, string vertical)
    {
        Plot.XLabel(string.Join('\n', PlotText.Wrap(horizontal, TextSize, 0.8f * _size.Width, _style)), TextSize);
        Plot.YLabel(vertical, TextSize);
        Plot.Axes.Left.Label.Bold = false;
        Plot.Axes.Bottom.Label.Bold = false;
    }

    /// <summary>Makes space for the names at the left axis where a terminal writes them wider than the font.</summary>
    /// <param name="names">The names.</param>
    public void WidenLeft(IEnumerable<string> names)
    {
        if (_style.GridWidth > 0)
        {
            using var font = PlotFont.OfSize(TextSize - 1);
            var missing = names.Max(name => (name.Length * _style.GridWidth) - font.MeasureText(name));
            var panel = (ScottPlot.AxisPanels.AxisBase)Plot.Axes.Left;
            var inner = panel.PaddingBetweenTickAndAxisLabels.Left + Math.Max(0, missing);
            panel.PaddingBetweenTickAndAxisLabels = new PixelPadding(inner, inner, 0, 0);
        }
    }

    /// <summary>Sets the name of the right axis.</summary>
    /// <param name="name">The name.</param>
    public void NameRight(string name)
    {
        var label = Plot.Axes.Right.Label;
        (label.Text, label.FontSize, label.Bold, label.ForeColor) = (name, TextSize, false, _style.Ink(_style.Colors.Text));
    }

    /// <summary>Adds a legend beside the axes. If entries do not fit, the last line shows their number.</summary>
    /// <param name="entries">The entries, from top to bottom.</param>
    /// <param name="symbolWidth">The width of the symbols, in pixels; null for that of a point.</param>
    /// <param name="minWidth">The minimum width of the legend, in pixels.</param>
    public void AddLegend(IReadOnlyList<LegendItem> entries, float? symbolWidth = null, float minWidth = 0)
    {
        var panel = Plot.ShowLegend(Edge.Right);
        panel.MinimumSize = minWidth;
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
            // Characters in cells may begin slightly before those of the font.
            legend.SymbolPadding = 2 * _style.GridWidth;
        }

        var capacity = Math.Max(2, (int)((_size.Height - LegendMargin) / _style.LineHeight(LegendEntryHeight)));
        legend.ManualItems.AddRange(entries.Count <= capacity ? entries : entries.Take(capacity - 1));
        if (entries.Count > capacity)
        {
            legend.ManualItems.Add(new LegendItem { LabelText = $"and {entries.Count - capacity + 1} more" });
        }
    }

    /// <summary>Draws the panel, once.</summary>
    /// <param name="canvas">The canvas.</param>
    public void Draw(SKCanvas canvas)
    {
        _heading.Draw(canvas);
        var area = new PixelRect(0, _size.Width, _size.Height, Math.Min(_heading.Height, _size.Height - 1));

        // The first rendering draws twice, before and after the layout. Both drawings would be in a vector file, so the first rendering is
        // discarded.
        using (var nowhere = new SKNoDrawCanvas((int)_size.Width, (int)_size.Height))
        {
            Plot.Render(nowhere, area);
        }

        // A plot clears the whole canvas, including the heading, unless it is clipped.
        canvas.Save();
        canvas.ClipRect(new SKRect(area.Left, area.Top, area.Right, area.Bottom));
        Plot.Render(canvas, area);
        canvas.Restore();
    }

    /// <summary>Adds space between a vertical axis's name and the edge of the plot and the tick labels.</summary>
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
