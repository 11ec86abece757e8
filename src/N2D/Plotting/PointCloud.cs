using N2D.Numerics;
using ScottPlot;
using SkiaSharp;

namespace N2D.Plotting;

/// <summary>The points of a panel. It draws 70,000 points in well under a second, and no category hides another.</summary>
internal sealed class PointCloud(ScatterPanel panel, DrawingStyle style) : IPlottable
{
    /// <summary>The number of points that are drawn before the categories alternate again.</summary>
    private const int ChunkSize = 1000;

    /// <summary>
    /// The maximum number of points that an SVG file contains as circles. More points are an embedded bitmap, to save tens of megabytes.
    /// </summary>
    private const int MaxVectorPoints = 5_000;

    private readonly Matrix _points = panel.Points;

    public bool IsVisible { get; set; } = true;

    public IAxes Axes { get; set; } = new Axes();

    public IEnumerable<LegendItem> LegendItems => LegendItem.None;

    public AxisLimits GetAxisLimits()
    {
        var (left, right, bottom, top) = (float.PositiveInfinity, float.NegativeInfinity, float.PositiveInfinity, float.NegativeInfinity);
        for (var row = 0; row < _points.RowCount; row++)
        {
            var (x, y) = (_points[row, 0], _points[row, 1]);
            (left, right, bottom, top) = (MathF.Min(left, x), MathF.Max(right, x), MathF.Min(bottom, y), MathF.Max(top, y));
        }

        return new AxisLimits(left, right, bottom, top);
    }

    public void Render(RenderPack rp)
    {
        if (rp.Canvas is SKNoDrawCanvas)
        {
            return;
        }

        if (!style.IsVector || _points.RowCount <= MaxVectorPoints)
        {
            Draw(rp.Canvas);
            return;
        }

        // Twice the resolution, so that the bitmap in a vector file can be enlarged.
        const float Scale = 2;
        var area = rp.DataRect;
        using var surface = SKSurface.Create(new SKImageInfo((int)(area.Width * Scale), (int)(area.Height * Scale)));
        surface.Canvas.Scale(Scale);
        surface.Canvas.Translate(-area.Left, -area.Top);
        Draw(surface.Canvas);
        using var image = surface.Snapshot();
        rp.Canvas.DrawImage(image, new SKRect(area.Left, area.Top, area.Right, area.Bottom), new SKSamplingOptions(SKFilterMode.Linear));
    }

    /// <summary>Returns the size and opacity of points: smaller and more transparent for more points.</summary>
    private (float Diameter, byte Alpha) Look()
    {
        var (diameter, alpha) = _points.RowCount switch
        {
            <= 500 => (7f, (byte)220),
            <= 3_000 => (5f, (byte)200),
            <= 15_000 => (3.2f, (byte)150),
            <= 40_000 => (2.2f, (byte)110),
            _ => (1.6f, (byte)90),
        };
        return style.MinMarkSize > diameter ? (style.MinMarkSize, byte.MaxValue) : (diameter, alpha);
    }

    private void Draw(SKCanvas canvas)
    {
        var order = new int[_points.RowCount];
        for (var row = 0; row < order.Length; row++)
        {
            order[row] = row;
        }

        new RandomSequence(0, RandomPurpose.Sampling).Shuffle(order.AsSpan());
        var (diameter, alpha) = Look();
        using var paint = new SKPaint { IsAntialias = true, Style = SKPaintStyle.Fill };
        for (var start = 0; start < order.Length; start += ChunkSize)
        {
            var chunk = order.AsSpan(start, Math.Min(ChunkSize, order.Length - start)).ToArray();
            foreach (var group in chunk.GroupBy(row => panel.Categories.Length == 0
                ? -1
                : panel.Categories[row]).OrderBy(group => group.Key))
            {
                var look = panel.StyleOf(group.First(), style.Colors);
                paint.Color = look.Color.ToSKColor().WithAlpha(alpha);
                using var outline = OutlineOf(look.Shape, diameter / 2);
                foreach (var row in group)
                {
                    DrawPoint(canvas, PixelOf(row), outline, diameter / 2, paint);
                }
            }
        }
    }

    private static void DrawPoint(SKCanvas canvas, SKPoint place, SKPath? outline, float radius, SKPaint paint)
    {
        if (outline is null)
        {
            // Draw circles one by one. Points that are drawn at once become zero-length lines in an SVG file, which some viewers omit.
            canvas.DrawCircle(place, radius, paint);
            return;
        }

        canvas.Save();
        canvas.Translate(place);
        canvas.DrawPath(outline, paint);
        canvas.Restore();
    }

    /// <summary>Returns the outline of a marker around the origin, with about the area of a circle; null for the circle.</summary>
    private static SKPath? OutlineOf(MarkerShape shape, float radius)
    {
        var (r, s) = (1.25f * radius, 0.89f * radius);
        SKPoint[]? corners = shape switch
        {
            MarkerShape.FilledTriangleUp => [new(0, -r), new(r, 0.8f * r), new(-r, 0.8f * r)],
            MarkerShape.FilledTriangleDown => [new(0, r), new(r, -0.8f * r), new(-r, -0.8f * r)],
            MarkerShape.FilledSquare => [new(-s, -s), new(s, -s), new(s, s), new(-s, s)],
            MarkerShape.FilledDiamond => [new(0, -r), new(r, 0), new(0, r), new(-r, 0)],
            _ => null,
        };
        if (corners is null)
        {
            return null;
        }

        var path = new SKPath();
        path.AddPoly(corners);
        return path;
    }

    private SKPoint PixelOf(int row) => new(Axes.GetPixelX(_points[row, 0]), Axes.GetPixelY(_points[row, 1]));
}
