using SkiaSharp;

namespace N2D.Plotting;

/// <summary>The legend of a scatter plot: the categories by size, with their numbers of rows.</summary>
internal sealed class ScatterLegend
{
    private const float TextSize = 13, EntryHeight = 20, ColumnGap = 16;

    /// <summary>The maximum number of columns beside the axes. More entries are counted in the last one.</summary>
    private const int MaxColumns = 3;

    private readonly ScatterPanel _panel;
    private readonly DrawingStyle _style;

    /// <summary>Creates the legend.</summary>
    /// <param name="panel">The rows.</param>
    /// <param name="style">The style.</param>
    public ScatterLegend(ScatterPanel panel, DrawingStyle style)
    {
        (_panel, _style) = (panel, style);
        Categories = [.. panel.BySize, .. panel.UncategorizedCount > 0 ? [-1] : Array.Empty<int>()];
        EntryWidth = MarkOutline.KeyWidth(style)
            + Categories.Select(category => PlotText.WidthOf(panel.TextOf(category), TextSize, style)).DefaultIfEmpty().Max();
    }

    /// <summary>The categories, the largest first; -1, the last, for unknown.</summary>
    public int[] Categories { get; }

    /// <summary>The width of an entry, in pixels.</summary>
    public float EntryWidth { get; }

    private float LineHeight => _style.LineOr(EntryHeight);

    private float Gap => _style.GridWidth > 0 ? 2 * _style.GridWidth : ColumnGap;

    /// <summary>Returns the number of columns that fit.</summary>
    /// <param name="width">The available width, in pixels.</param>
    public int ColumnsIn(float width) => Math.Max(1, (int)((width + Gap) / (EntryWidth + Gap)));

    /// <summary>Returns the height of a legend below the axes, in pixels.</summary>
    /// <param name="width">The available width, in pixels.</param>
    public float HeightIn(float width)
    {
        var columns = ColumnsIn(width);
        return LineHeight * ((Categories.Length + columns - 1) / columns);
    }

    /// <summary>Returns the width of a legend beside the axes, in pixels. Long legends have several columns.</summary>
    /// <param name="height">The available height, in pixels.</param>
    public float WidthIn(float height)
    {
        var columns = Math.Clamp((int)Math.Ceiling(Categories.Length * LineHeight / Math.Max(height, LineHeight)), 1, MaxColumns);
        return (columns * (EntryWidth + Gap)) - Gap;
    }

    /// <summary>Draws the legend, column by column. If entries do not fit, the last one says how many more there are.</summary>
    /// <param name="canvas">The canvas.</param>
    /// <param name="area">The area, in pixels.</param>
    public void Draw(SKCanvas canvas, SKRect area)
    {
        var lines = Math.Max(1, (int)(area.Height / LineHeight));
        var capacity = lines * ColumnsIn(area.Width);
        var shown = Categories.Length <= capacity ? Categories.Length : capacity - 1;

        // Columns of equal length.
        var columns = Math.Min(ColumnsIn(area.Width), Math.Max(1, (Math.Min(Categories.Length, capacity) + lines - 1) / lines));
        var length = (Math.Min(Categories.Length, capacity) + columns - 1) / columns;
        for (var entry = 0; entry < shown; entry++)
        {
            var (left, middle) = PlaceOf(entry);
            MarkOutline.DrawKey(canvas, left, middle, _panel.StyleOfCategory(Categories[entry], _style.Colors), _style);
            Write(_panel.TextOf(Categories[entry]), left, middle);
        }

        if (shown < Categories.Length)
        {
            var (left, middle) = PlaceOf(shown);
            var rest = Categories[shown..].Sum(category => category < 0 ? _panel.UncategorizedCount : _panel.Sizes[category]);
            Write(ScatterPanel.TextOf($"and {Categories.Length - shown} more", rest), left, middle);
        }

        (float Left, float Middle) PlaceOf(int entry) =>
            (area.Left + (entry / length * (EntryWidth + Gap)), area.Top + (LineHeight * ((entry % length) + 0.5f)));

        void Write(string text, float left, float middle) => PlotText.Draw(
            canvas, text, new SKPoint(left + MarkOutline.KeyWidth(_style), middle), TextSize, _style.Colors.Text.ToSKColor(), _style);
    }
}
