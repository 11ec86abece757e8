using SkiaSharp;

namespace N2D.Plotting;

/// <summary>The names and sizes of categories, written where they are, with leader lines where there is no space.</summary>
internal sealed class ClusterLabels
{
    /// <summary>The maximum number of categories with full names at their places. More names would hide the rows.</summary>
    public const int MaxNames = 40;

    /// <summary>The maximum number of labels in all. The largest categories have them.</summary>
    private const int MaxCount = 200;

    private const float TextSize = 12, LineHeight = 18, Padding = 4;

    /// <summary>The distance from a label to its nearest row, in pixels, above which it has a leader line.</summary>
    private const float Near = 9;

    /// <summary>The opacity of the ground of a label, which separates the text from the rows below.</summary>
    private const byte GroundAlpha = 225;

    /// <summary>The opacity of the edge of a label.</summary>
    private const byte EdgeAlpha = 110;

    private readonly ScatterPanel _panel;
    private readonly DrawingStyle _style;
    private readonly bool _areNames;
    private readonly int[] _categories;
    private readonly SKPoint[] _anchors;
    private readonly bool[] _hasLeader;

    /// <summary>Places the labels.</summary>
    /// <param name="panel">The rows.</param>
    /// <param name="frame">The area.</param>
    /// <param name="style">The style.</param>
    /// <param name="areNames">Whether the labels have names and sizes, or only keys that a legend explains.</param>
    public ClusterLabels(ScatterPanel panel, PlotFrame frame, DrawingStyle style, bool areNames)
    {
        (_panel, _style, _areNames) = (panel, style, areNames);
        _categories = [.. panel.BySize.Take(MaxCount)];
        var densest = DensestRow.Of(panel, frame);
        _anchors = Array.ConvertAll(_categories, category => densest[category]);
        var mask = new PointMask(panel, frame, new PointCloud(panel, style).Diameter / 2);
        var area = style.GridWidth > 0 ? frame.Area : SKRect.Inflate(frame.Area, -2, -2);
        Boxes = new LabelPlacement(area, mask.Count, new SKSize(style.GridWidth, style.GridHeight)).Place(
            Array.ConvertAll(_categories, SizeOf), _anchors);
        _hasLeader = style.GridWidth > 0 ? [] : LeadersIn(frame);
    }

    /// <summary>The box of each label, by descending size of the category; null where there is no space.</summary>
    public IReadOnlyList<SKRect?> Boxes { get; }

    /// <summary>Whether every category has a label with its full name, so that a legend would say the same again.</summary>
    public bool AreComplete => _areNames && _categories.Length == _panel.BySize.Length && Boxes.All(box => box is not null);

    /// <summary>Draws the labels.</summary>
    /// <param name="canvas">The canvas.</param>
    public void Draw(SKCanvas canvas)
    {
        for (var label = 0; label < Boxes.Count; label++)
        {
            if (Boxes[label] is { } box && _hasLeader.ElementAtOrDefault(label))
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

    private string TextOf(int category) => _areNames ? _panel.TextOf(category) : _panel.Keys[category];

    /// <summary>
    /// Whether each label has a leader line: where its own rows are far away, or rows of another category are nearer.
    /// </summary>
    private bool[] LeadersIn(PlotFrame frame)
    {
        var (own, other) = (new float[Boxes.Count], new float[Boxes.Count]);
        Array.Fill(own, float.PositiveInfinity);
        Array.Fill(other, float.PositiveInfinity);
        for (var row = 0; row < _panel.Categories.Length; row++)
        {
            var place = frame.PixelOf(_panel.Points, row);
            for (var label = 0; label < Boxes.Count; label++)
            {
                if (Boxes[label] is { } box)
                {
                    var nearest = _panel.Categories[row] == _categories[label] ? own : other;
                    nearest[label] = MathF.Min(nearest[label], (place - LabelPlacement.StartOf(box, place)).Length);
                }
            }
        }

        return [.. own.Zip(other, (mine, others) => mine > Near || others < mine)];
    }

    private SKSize SizeOf(int category)
    {
        var width = PlotText.WidthOf(TextOf(category), TextSize, _style);
        return _style.GridWidth > 0
            ? new SKSize(width, _style.GridHeight)
            : new SKSize(width + MarkOutline.KeyWidth(_style) + (2 * Padding), LineHeight);
    }

    private void DrawLeader(SKCanvas canvas, SKPoint start, SKPoint anchor)
    {
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

        // The edge shows that the mark belongs to a label, and is not a row.
        var color = _panel.StyleOfCategory(category, colors).Color.ToSKColor();
        using var edge = new SKPaint
        {
            IsAntialias = true,
            Style = SKPaintStyle.Stroke,
            StrokeWidth = 1,
            Color = color.WithAlpha(EdgeAlpha),
        };
        canvas.DrawRoundRect(box, Padding, Padding, edge);
        MarkOutline.DrawKey(canvas, box.Left + Padding, box.MidY, _panel.StyleOfCategory(category, colors), _style);
        var place = new SKPoint(box.Left + Padding + MarkOutline.KeyWidth(_style), box.MidY);
        PlotText.Draw(canvas, TextOf(category), place, TextSize, colors.Text.ToSKColor(), _style);
    }
}
