using ScottPlot;
using SkiaSharp;

namespace N2D.Plotting;

/// <summary>Draws the marks of rows, in clouds and legends.</summary>
internal static class MarkOutline
{
    /// <summary>Returns the outline of a mark around the origin, with about the area of a circle; null for the circle.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="radius">The radius of the circle, in pixels.</param>
    public static SKPath? Of(MarkerShape shape, float radius)
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

    /// <summary>Draws a mark.</summary>
    /// <param name="canvas">The canvas.</param>
    /// <param name="place">The position of the middle.</param>
    /// <param name="outline">The outline; null for a circle.</param>
    /// <param name="radius">The radius of the circle, in pixels.</param>
    /// <param name="paint">The paint.</param>
    public static void Draw(SKCanvas canvas, SKPoint place, SKPath? outline, float radius, SKPaint paint)
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

    /// <summary>Draws the key of a category: its mark, or in terminals a block in its color, which has the height of half a cell.</summary>
    /// <param name="canvas">The canvas.</param>
    /// <param name="left">The left end of the key, in pixels.</param>
    /// <param name="middle">The vertical middle of the line of text, in pixels.</param>
    /// <param name="category">The style of the category.</param>
    /// <param name="style">The style of the drawing.</param>
    public static void DrawKey(SKCanvas canvas, float left, float middle, CategoryStyle category, DrawingStyle style)
    {
        using var paint = new SKPaint { Color = category.Color.ToSKColor(), IsAntialias = true };
        if (style.GridWidth > 0)
        {
            canvas.DrawRect(new SKRect(left, middle - (style.GridHeight / 2), left + style.GridWidth, middle), paint);
            return;
        }

        using var outline = Of(category.Shape, KeyRadius);
        Draw(canvas, new SKPoint(left + KeyRadius, middle), outline, KeyRadius, paint);
    }

    /// <summary>The radius of a key, in pixels.</summary>
    public const float KeyRadius = 4.5f;

    /// <summary>Returns the width of a key with the space before its text, in pixels.</summary>
    /// <param name="style">The style.</param>
    public static float KeyWidth(DrawingStyle style) => style.GridWidth > 0 ? 2 * style.GridWidth : (2 * KeyRadius) + 5;
}
