using N2D.Numerics;

namespace N2D.Plotting;

/// <summary>
/// The part of the plane that a scatter plot shows: all rows, and a margin. Percentiles would show clusters larger, but rows outside of
/// them would be lost, and these are the rows that a reader looks for.
/// </summary>
/// <param name="Left">The smallest first coordinate.</param>
/// <param name="Bottom">The smallest second coordinate.</param>
/// <param name="Width">The range of the first coordinate.</param>
/// <param name="Height">The range of the second coordinate.</param>
internal readonly record struct DataExtent(double Left, double Bottom, double Width, double Height)
{
    /// <summary>The margin on each side, as a share of the longer side. It has room for marks and labels of the outermost rows.</summary>
    private const double Margin = 0.045;

    /// <summary>The range of the width over the height. A narrower strip of rows gets empty space, so that titles and labels fit.</summary>
    private const double MinAspect = 0.6, MaxAspect = 2.2;

    /// <summary>The width over the height.</summary>
    public double Aspect => Width / Height;

    /// <summary>Returns the extent of points.</summary>
    /// <param name="points">n x 2, n at least 1.</param>
    public static DataExtent Of(Matrix points)
    {
        var (left, right, bottom, top) = (float.PositiveInfinity, float.NegativeInfinity, float.PositiveInfinity, float.NegativeInfinity);
        for (var row = 0; row < points.RowCount; row++)
        {
            var (x, y) = (points[row, 0], points[row, 1]);
            (left, right, bottom, top) = (MathF.Min(left, x), MathF.Max(right, x), MathF.Min(bottom, y), MathF.Max(top, y));
        }

        var (width, height) = ((double)right - left, (double)top - bottom);
        var longer = Math.Max(width, height);
        var margin = longer > 0 ? Margin * longer : 0.5;
        return new DataExtent(left - margin, bottom - margin, width + (2 * margin), height + (2 * margin)).Limited();
    }

    private DataExtent Limited()
    {
        var (width, height) = (Math.Max(Width, MinAspect * Height), Math.Max(Height, Width / MaxAspect));
        return new DataExtent(Left - ((width - Width) / 2), Bottom - ((height - Height) / 2), width, height);
    }
}
