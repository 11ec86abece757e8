using SkiaSharp;

namespace N2D.Plotting;

/// <summary>
/// Finds where a category is in a plot: at its densest row. The mean of a category that is bent or has several parts can lie where it
/// has no rows.
/// </summary>
internal static class DensestRow
{
    /// <summary>The number of cells along the longer side of the grid that rows are counted in.</summary>
    private const int CellsAcross = 40;

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
        var side = MathF.Max(area.Width, area.Height) / CellsAcross;
        var cells = new Dictionary<(int X, int Y), int>();
        foreach (var point in points)
        {
            var cell = CellOf(point);
            cells[cell] = cells.GetValueOrDefault(cell) + 1;
        }

        // Of equally dense cells, the first by its place, not by the order of the rows.
        var densest = cells.Keys.OrderByDescending(Weight).ThenBy(cell => cell.Y).ThenBy(cell => cell.X).First();
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

        // A cell counts with its neighbors, so that the middle of a cluster wins over a lump at its edge.
        int Weight((int X, int Y) cell)
        {
            var weight = 0;
            for (var (dx, dy) = (-1, -1); dy <= 1; (dx, dy) = dx < 1 ? (dx + 1, dy) : (-1, dy + 1))
            {
                weight += cells.GetValueOrDefault((cell.X + dx, cell.Y + dy)) * (2 - Math.Abs(dx)) * (2 - Math.Abs(dy));
            }

            return weight;
        }
    }
}
