using SkiaSharp;

namespace N2D.Plotting;

/// <summary>Finds where a category is in a plot: at the row in the middle of its densest cell.</summary>
internal static class DensestRow
{
    /// <summary>Returns the pixel of the densest row of each category; that of an empty category has no meaning.</summary>
    /// <param name="panel">The rows.</param>
    /// <param name="frame">The area.</param>
    public static SKPoint[] Of(ScatterPanel panel, PlotFrame frame)
    {
        var rows = new List<SKPoint>[panel.CategoryNames.Count];
        for (var category = 0; category < rows.Length; category++)
        {
            rows[category] = new List<SKPoint>(panel.Sizes[category]);
        }

        for (var row = 0; row < panel.Categories.Length; row++)
        {
            if (panel.Categories[row] >= 0)
            {
                rows[panel.Categories[row]].Add(frame.PixelOf(panel.Points, row));
            }
        }

        return Array.ConvertAll(rows, points => points.Count == 0 ? default : Of(points, frame.Area));
    }

    private static SKPoint Of(List<SKPoint> points, SKRect area)
    {
        var side = MathF.Max(area.Width, area.Height) / DensestCell.CellsAcross;
        var densest = DensestCell.Of(points.Select(CellOf));
        var (x, y, count) = (0.0, 0.0, 0);
        foreach (var point in points)
        {
            if (CellOf(point) == densest)
            {
                (x, y, count) = (x + point.X, y + point.Y, count + 1);
            }
        }

        var center = new SKPoint((float)(x / count), (float)(y / count));
        return points.MinBy(point => (point - center).LengthSquared);

        (int X, int Y) CellOf(SKPoint point) =>
            ((int)MathF.Floor((point.X - area.Left) / side), (int)MathF.Floor((point.Y - area.Top) / side));
    }
}
