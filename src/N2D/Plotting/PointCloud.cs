using N2D.Numerics;
using SkiaSharp;

namespace N2D.Plotting;

/// <summary>The rows of a panel, as marks or as shades of density. No category hides another.</summary>
internal sealed class PointCloud(ScatterPanel panel, DrawingStyle style)
{
    /// <summary>The number of rows above which marks hide each other, and a vector file of marks would have megabytes.</summary>
    public const int MaxMarks = 20_000;

    /// <summary>The number of points that are drawn before the categories alternate again.</summary>
    private const int ChunkSize = 1000;

    /// <summary>The number of categories that differ by color alone. With more, marks are larger, so that shapes are legible.</summary>
    private const int ColorCount = 10;

    /// <summary>The width of the edge that separates marks of several shapes, and the smallest diameter of such marks, in pixels.</summary>
    private const float EdgeWidth = 0.6f, MinEdgedDiameter = 5;

    /// <summary>The smallest side of a cell of density, in pixels, and the number of such cells along the longer side of a plot.</summary>
    private const float MinCell = 2, CellsAcross = 400;

    /// <summary>The opacity of a cell with one row, in files and in terminals, where cells are large and few.</summary>
    private const double MinOpacity = 0.3, MinTerminalOpacity = 0.6;

    private readonly Matrix _points = panel.Points;

    /// <summary>Draws the rows.</summary>
    /// <param name="canvas">The canvas.</param>
    /// <param name="frame">The area.</param>
    public void Draw(SKCanvas canvas, PlotFrame frame)
    {
        if (style.GridWidth > 0)
        {
            // A character shows two pixels of half its height, so a cell of this size becomes one of them.
            DrawDensity(canvas, frame, style.GridWidth, MinTerminalOpacity);
        }
        else if (_points.RowCount > MaxMarks)
        {
            DrawDensity(
                canvas, frame, MathF.Max(MinCell, MathF.Max(frame.Area.Width, frame.Area.Height) / CellsAcross), MinOpacity);
        }
        else
        {
            DrawMarks(canvas, frame);
        }
    }

    private void DrawDensity(SKCanvas canvas, PlotFrame frame, float cell, double minOpacity)
    {
        var grid = DensityGrid.Of(panel, frame, cell);
        using var image = grid.ToImage(panel, style.Colors, minOpacity);
        var area = SKRect.Create(frame.Area.Left, frame.Area.Top, grid.Columns * cell, grid.Lines * cell);
        canvas.DrawImage(image, area, new SKSamplingOptions(SKFilterMode.Nearest));
    }

    /// <summary>The diameter of a mark, in pixels: smaller for more points.</summary>
    public float Diameter => (HasShapes ? 1.3f : 1) * _points.RowCount switch
    {
        <= 500 => 7f,
        <= 3_000 => 5f,
        <= 10_000 => 3.2f,
        _ => 2.4f,
    };

    /// <summary>The opacity of a mark: less for more points.</summary>
    private byte Alpha => _points.RowCount switch
    {
        <= 500 => 220,
        <= 3_000 => 200,
        <= 10_000 => 150,
        _ => 130,
    };

    private bool HasShapes => panel.CategoryStyles.Any(category => category >= ColorCount);

    private void DrawMarks(SKCanvas canvas, PlotFrame frame)
    {
        var order = new int[_points.RowCount];
        for (var row = 0; row < order.Length; row++)
        {
            order[row] = row;
        }

        new RandomSequence(0, RandomPurpose.Sampling).Shuffle(order.AsSpan());
        var (diameter, alpha) = (Diameter, Alpha);
        var hasEdges = HasShapes && diameter >= MinEdgedDiameter;
        using var paint = new SKPaint { IsAntialias = true, Style = SKPaintStyle.Fill };
        using var edge = new SKPaint
        {
            IsAntialias = true,
            Style = SKPaintStyle.Stroke,
            StrokeWidth = EdgeWidth,
            Color = style.Colors.Background.ToSKColor(),
        };
        for (var start = 0; start < order.Length; start += ChunkSize)
        {
            var chunk = order.AsSpan(start, Math.Min(ChunkSize, order.Length - start)).ToArray();
            foreach (var group in chunk.GroupBy(row => panel.Categories.Length == 0
                ? -1
                : panel.Categories[row]).OrderBy(group => group.Key))
            {
                var look = panel.StyleOf(group.First(), style.Colors);
                paint.Color = look.Color.ToSKColor().WithAlpha(alpha);
                using var outline = MarkOutline.Of(look.Shape, diameter / 2);
                foreach (var row in group)
                {
                    var place = frame.PixelOf(_points, row);
                    MarkOutline.Draw(canvas, place, outline, diameter / 2, paint);
                    if (hasEdges)
                    {
                        MarkOutline.Draw(canvas, place, outline, diameter / 2, edge);
                    }
                }
            }
        }
    }
}
