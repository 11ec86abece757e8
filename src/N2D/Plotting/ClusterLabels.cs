using SkiaSharp;

namespace N2D.Plotting;

/// <summary>The names and sizes of categories, written where they are, with leader lines where there is no space.</summary>
internal sealed class ClusterLabels
{
    /// <summary>The maximum number of labels. More would hide the rows; the largest categories have them.</summary>
    public const int MaxCount = 40;

    private const float TextSize = 12, LineHeight = 18, Padding = 4;

    /// <summary>The shortest leader line, in pixels. Nearer labels have none.</summary>
    private const float MinLeader = 12;

    /// <summary>The opacity of the ground of a label, which separates the text from the rows below.</summary>
    private const byte GroundAlpha = 215;

    private readonly ScatterPanel _panel;
    private readonly DrawingStyle _style;
    private readonly int[] _categories;
    private readonly SKPoint[] _anchors;

    /// <summary>Places the labels.</summary>
    /// <param name="panel">The rows.</param>
    /// <param name="frame">The area.</param>
    /// <param name="style">The style.</param>
    public ClusterLabels(ScatterPanel panel, PlotFrame frame, DrawingStyle style)
    {
        (_panel, _style) = (panel, style);
        _categories = [.. panel.BySize.Take(MaxCount)];
        var densest = DensestRow.Of(panel, frame);
        _anchors = Array.ConvertAll(_categories, category => densest[category]);
        var mask = new PointMask(panel, frame);
        var area = style.GridWidth > 0 ? frame.Area : SKRect.Inflate(frame.Area, -2, -2);
        Boxes = new LabelPlacement(area, mask.Count, new SKSize(style.GridWidth, style.GridHeight)).Place(
            Array.ConvertAll(_categories, SizeOf), _anchors);
    }

    /// <summary>The box of each label, by descending size of the category; null where there is no space.</summary>
    public IReadOnlyList<SKRect?> Boxes { get; }

    /// <summary>Whether every category has a label with its full name, so that a legend would say the same again.</summary>
    public bool AreComplete => _style.GridWidth == 0 && _categories.Length == _panel.BySize.Length && Boxes.All(box => box is not null);

    /// <summary>Draws the labels.</summary>
    /// <param name="canvas">The canvas.</param>
    public void Draw(SKCanvas canvas)
    {
        for (var label = 0; label < Boxes.Count; label++)
        {
            if (Boxes[label] is { } box)
            {
                DrawLeader(canvas, LabelPlacement.StartOf(box, _anchors[label]), _anchors[label]);
            }
        }

        for (var label = 0; label < Boxes.Count; label++)
        {
            if (Boxes[label] is { } box)
            {
                Draw(canvas, box, _categories[label]);
            }
        }
    }

    private string TextOf(int category) => _style.GridWidth > 0 ? _panel.Keys[category] : _panel.TextOf(category);

    private SKSize SizeOf(int category)
    {
        var width = PlotText.WidthOf(TextOf(category), TextSize, _style);
        return _style.GridWidth > 0
            ? new SKSize(width, _style.GridHeight)
            : new SKSize(width + MarkOutline.KeyWidth(_style) + (2 * Padding), LineHeight);
    }

    private void DrawLeader(SKCanvas canvas, SKPoint start, SKPoint anchor)
    {
        if (_style.GridWidth > 0 || (anchor - start).Length < MinLeader)
        {
            return;
        }

        var (ground, ink) = (_style.Colors.Background.ToSKColor(), _style.Colors.Text.ToSKColor());
        using var paint = new SKPaint { IsAntialias = true, Color = ground.WithAlpha(GroundAlpha), StrokeWidth = 3 };
        canvas.DrawLine(start, anchor, paint);
        canvas.DrawCircle(anchor, 3, paint);
        (paint.Color, paint.StrokeWidth) = (ink, 1);
        canvas.DrawLine(start, anchor, paint);
        canvas.DrawCircle(anchor, 2, paint);
    }

    private void Draw(SKCanvas canvas, SKRect box, int category)
    {
        var colors = _style.Colors;
        using var ground = new SKPaint { IsAntialias = true, Color = colors.Background.ToSKColor() };
        if (_style.GridWidth > 0)
        {
            canvas.DrawRect(box, ground);
            PlotText.Draw(canvas, TextOf(category), new SKPoint(box.Left, box.MidY), TextSize, colors.Text.ToSKColor(), _style);
            return;
        }

        ground.Color = ground.Color.WithAlpha(GroundAlpha);
        canvas.DrawRoundRect(box, Padding, Padding, ground);
        MarkOutline.DrawKey(canvas, box.Left + Padding, box.MidY, _panel.StyleOfCategory(category, colors), _style);
        var place = new SKPoint(box.Left + Padding + MarkOutline.KeyWidth(_style), box.MidY);
        PlotText.Draw(canvas, TextOf(category), place, TextSize, colors.Text.ToSKColor(), _style);
    }
}
