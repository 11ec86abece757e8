using N2D.Numerics;
using SkiaSharp;

namespace N2D.Plotting;

/// <summary>The data area of a scatter plot, which maps points to pixels with the same scale on both axes.</summary>
/// <param name="Area">The area, in pixels.</param>
/// <param name="Extent">What the area shows, of about the same shape.</param>
internal readonly record struct PlotFrame(SKRect Area, DataExtent Extent)
{
    /// <summary>The number of pixels per unit.</summary>
    public double Scale => Math.Min(Area.Width / Extent.Width, Area.Height / Extent.Height);

    /// <summary>Returns the pixel of a row.</summary>
    /// <param name="points">n x 2.</param>
    /// <param name="row">The index of the row.</param>
    public SKPoint PixelOf(Matrix points, int row)
    {
        var scale = Scale;
        return new SKPoint(
            (float)(Area.MidX + (scale * (points[row, 0] - Extent.Left - (Extent.Width / 2)))),
            (float)(Area.MidY - (scale * (points[row, 1] - Extent.Bottom - (Extent.Height / 2)))));
    }
}
