using N2D.Numerics;
using SkiaSharp;

namespace N2D.Plotting;

/// <summary>
/// The number of rows in each cell of a grid over a plot. Where points would hide each other, cells show how many there are: a cell has the
/// color of most of its rows, and is the more opaque the more rows it has, by the logarithm of their number.
/// </summary>
internal sealed class DensityGrid
{
    private readonly int[] _counts;
    private readonly int[] _categories;

    private DensityGrid(int columns, int lines) =>
        (Columns, Lines, _counts, _categories) = (columns, lines, new int[columns * lines], new int[columns * lines]);

    /// <summary>The number of cells in each line.</summary>
    public int Columns { get; }

    /// <summary>The number of lines.</summary>
    public int Lines { get; }

    /// <summary>The number of rows in each cell, line by line.</summary>
    public IReadOnlyList<int> Counts => _counts;

    /// <summary>The category of most rows of each cell; of equal ones, the one with fewer rows in all.</summary>
    public IReadOnlyList<int> Categories => _categories;

    /// <summary>Counts the rows.</summary>
    /// <param name="panel">The rows.</param>
    /// <param name="frame">The area.</param>
    /// <param name="cell">The side of a cell, in pixels.</param>
    public static DensityGrid Of(ScatterPanel panel, PlotFrame frame, float cell)
    {
        var area = frame.Area;
        var grid = new DensityGrid(CountOf(area.Width, cell), CountOf(area.Height, cell));
        var ranks = RanksOf(panel);
        var rankOf = new int[panel.CategoryNames.Count + 1];
        foreach (var (rank, category) in ranks.Index())
        {
            rankOf[category + 1] = rank;
        }

        var keys = new long[panel.Points.RowCount];
        for (var row = 0; row < keys.Length; row++)
        {
            var place = frame.PixelOf(panel.Points, row);
            var column = Math.Clamp((int)((place.X - area.Left) / cell), 0, grid.Columns - 1);
            var line = Math.Clamp((int)((place.Y - area.Top) / cell), 0, grid.Lines - 1);
            var rank = panel.Categories.Length == 0 ? 0 : rankOf[panel.Categories[row] + 1];
            keys[row] = ((((long)line * grid.Columns) + column) * ranks.Length) + rank;
        }

        Array.Sort(keys);
        grid.Fill(keys, ranks);
        return grid;
    }

    /// <summary>Draws the cells, each as one pixel.</summary>
    /// <param name="panel">The rows.</param>
    /// <param name="colors">The theme.</param>
    /// <param name="minOpacity">The opacity of a cell with one row, 0 to 1.</param>
    public SKImage ToImage(ScatterPanel panel, ThemeColors colors, double minOpacity)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(Columns, Lines, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        var most = PortableMath.Log(Math.Max(2, _counts.Max()));
        var palette = new Dictionary<int, SKColor>();
        for (var cell = 0; cell < _counts.Length; cell++)
        {
            if (_counts[cell] > 0)
            {
                var opacity = minOpacity + ((1 - minOpacity) * PortableMath.Log(_counts[cell]) / most);
                if (!palette.TryGetValue(_categories[cell], out var color))
                {
                    color = (panel.Categories.Length == 0
                        ? CategoryStyle.Of(0, colors)
                        : panel.StyleOfCategory(_categories[cell], colors)).Color.ToSKColor();
                    palette.Add(_categories[cell], color);
                }

                bitmap.SetPixel(cell % Columns, cell / Columns, color.WithAlpha((byte)Math.Round(255 * opacity)));
            }
        }

        bitmap.SetImmutable();
        return SKImage.FromBitmap(bitmap);
    }

    private static int CountOf(float length, float cell) => Math.Max(1, (int)Math.Ceiling(length / cell));

    /// <summary>The categories, the smallest first, so that small ones win ties.</summary>
    private static int[] RanksOf(ScatterPanel panel) => panel.Categories.Length == 0 ? [-1] : [.. panel.BySize.Reverse(), -1];

    private void Fill(long[] keys, int[] ranks)
    {
        var most = new int[_counts.Length];
        for (var start = 0; start < keys.Length;)
        {
            var end = start + 1;
            while (end < keys.Length && keys[end] == keys[start])
            {
                end++;
            }

            var (cell, count) = ((int)(keys[start] / ranks.Length), end - start);
            _counts[cell] += count;
            if (count > most[cell])
            {
                (most[cell], _categories[cell]) = (count, ranks[keys[start] % ranks.Length]);
            }

            start = end;
        }
    }
}
