using SkiaSharp;

namespace N2D.Plotting;

/// <summary>Where a plot has rows: the number of small cells with rows in any rectangle, by a summed-area table (Crow, 1984).</summary>
internal sealed class PointMask
{
    /// <summary>The side of a cell, in pixels.</summary>
    private const int Side = 3;

    private readonly SKRect _area;
    private readonly int _columns;
    private readonly int _lines;
    private readonly int[] _sums;

    /// <summary>Marks the cells with rows.</summary>
    /// <param name="panel">The rows.</param>
    /// <param name="frame">The area.</param>
    /// <param name="radius">The radius of a mark, in pixels.</param>
    public PointMask(ScatterPanel panel, PlotFrame frame, float radius)
    {
        _area = frame.Area;
        (_columns, _lines) = ((int)(_area.Width / Side) + 1, (int)(_area.Height / Side) + 1);
        _sums = new int[(_columns + 1) * (_lines + 1)];
        for (var row = 0; row < panel.Points.RowCount; row++)
        {
            var place = frame.PixelOf(panel.Points, row);
            for (var line = LineOf(place.Y - radius); line <= LineOf(place.Y + radius); line++)
            {
                for (var column = ColumnOf(place.X - radius); column <= ColumnOf(place.X + radius); column++)
                {
                    _sums[PlaceOf(column + 1, line + 1)] = 1;
                }
            }
        }

        for (var line = 1; line <= _lines; line++)
        {
            for (var column = 1; column <= _columns; column++)
            {
                _sums[PlaceOf(column, line)] += _sums[PlaceOf(column - 1, line)] + _sums[PlaceOf(column, line - 1)]
                    - _sums[PlaceOf(column - 1, line - 1)];
            }
        }
    }

    /// <summary>Returns the number of cells with rows in a rectangle.</summary>
    /// <param name="box">The rectangle, in pixels.</param>
    public int Count(SKRect box)
    {
        var (left, right, top, bottom) = (ColumnOf(box.Left), ColumnOf(box.Right) + 1, LineOf(box.Top), LineOf(box.Bottom) + 1);
        return _sums[PlaceOf(right, bottom)] - _sums[PlaceOf(left, bottom)] - _sums[PlaceOf(right, top)] + _sums[PlaceOf(left, top)];
    }

    private int PlaceOf(int column, int line) => (line * (_columns + 1)) + column;

    private int ColumnOf(float x) => Math.Clamp((int)((x - _area.Left) / Side), 0, _columns - 1);

    private int LineOf(float y) => Math.Clamp((int)((y - _area.Top) / Side), 0, _lines - 1);
}
