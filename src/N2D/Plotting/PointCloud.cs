using N2D.Numerics;
using ScottPlot;
using SkiaSharp;

namespace N2D.Plotting;

/// <summary>The points of a panel. Seventy thousand are drawn in well under a second, and no category hides another.</summary>
internal sealed class PointCloud(ScatterPanel panel, bool rasterise) : IPlottable
{
    /// <summary>Points that are drawn before the next category has its turn.</summary>
    private const int ChunkSize = 1000;

    /// <summary>Legend entries that fit beside a panel.</summary>
    private const int MostLegendItems = 24;

    private readonly Matrix _points = panel.Points;

    public bool IsVisible { get; set; } = true;

    public IAxes Axes { get; set; } = new Axes();

    public IEnumerable<LegendItem> LegendItems
    {
        get
        {
            var used = Enumerable.Range(0, panel.CategoryNames.Count).Where(category => panel.Categories.AsSpan().Contains(category)).ToArray();
            foreach (var category in used.Take(MostLegendItems))
            {
                yield return new LegendItem
                {
                    LabelText = panel.CategoryNames[category],
                    MarkerStyle = new MarkerStyle(MarkerShape.FilledCircle, 11, ColorOf(category)),
                };
            }

            if (used.Length > MostLegendItems)
            {
                yield return new LegendItem { LabelText = $"and {used.Length - MostLegendItems} more" };
            }

            if (panel.UncategorisedName is { } name && panel.Categories.AsSpan().Contains(-1))
            {
                yield return new LegendItem { LabelText = name, MarkerStyle = new MarkerStyle(MarkerShape.FilledCircle, 11, CategoryColors.Unknown) };
            }
        }
    }

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
        if (!rasterise)
        {
            Draw(rp.Canvas);
            return;
        }

        // At twice the resolution, so that the picture inside a vector file stands some enlargement.
        const float Scale = 2;
        var area = rp.DataRect;
        using var surface = SKSurface.Create(new SKImageInfo((int)(area.Width * Scale), (int)(area.Height * Scale)));
        surface.Canvas.Scale(Scale);
        surface.Canvas.Translate(-area.Left, -area.Top);
        Draw(surface.Canvas);
        using var image = surface.Snapshot();
        rp.Canvas.DrawImage(image, new SKRect(area.Left, area.Top, area.Right, area.Bottom), new SKSamplingOptions(SKFilterMode.Linear));
    }

    /// <summary>Smaller and more transparent, the more there are.</summary>
    private static (float Diameter, byte Alpha) StyleFor(int count) => count switch
    {
        <= 500 => (7f, 220),
        <= 3_000 => (5f, 200),
        <= 15_000 => (3.2f, 150),
        <= 40_000 => (2.2f, 110),
        _ => (1.6f, 90),
    };

    private void Draw(SKCanvas canvas)
    {
        var order = new int[_points.RowCount];
        for (var row = 0; row < order.Length; row++)
        {
            order[row] = row;
        }

        new RandomSequence(0, RandomPurpose.Sampling).Shuffle(order.AsSpan());
        var (diameter, alpha) = StyleFor(order.Length);
        using var paint = new SKPaint { IsAntialias = true, Style = SKPaintStyle.Fill };
        for (var start = 0; start < order.Length; start += ChunkSize)
        {
            var chunk = order.AsSpan(start, Math.Min(ChunkSize, order.Length - start)).ToArray();
            foreach (var group in chunk.GroupBy(CategoryOf).OrderBy(group => group.Key))
            {
                var color = ColorOf(group.Key);
                paint.Color = new SKColor(color.R, color.G, color.B, alpha);
                foreach (var row in group)
                {
                    // Circles one by one: points drawn at once are lines of no length in an SVG file, which some readers leave out.
                    canvas.DrawCircle(PixelOf(row), diameter / 2, paint);
                }
            }
        }
    }

    private int CategoryOf(int row) => panel.Categories.Length == 0 ? -1 : panel.Categories[row];

    private Color ColorOf(int category) => category < 0 ? CategoryColors.Unknown : CategoryColors.Of(panel.CategoryColors[category]);

    private SKPoint PixelOf(int row) => new(Axes.GetPixelX(_points[row, 0]), Axes.GetPixelY(_points[row, 1]));
}
