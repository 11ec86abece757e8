using System.Numerics.Tensors;

namespace N2D.Data;

/// <summary>The numbers of one column, as they come. A gap is NaN.</summary>
/// <remarks>
/// The values are float32. Where the column varies by less than float32 can show of such large values (times in milliseconds since 1970), they are kept less an
/// offset, which changes no difference between rows. Until enough rows have shown that it varies, the column is kept in double.
/// </remarks>
internal sealed class NumberColumn
{
    /// <summary>The rows after which a column that varies is trusted to go on varying: its spread cannot become less.</summary>
    private const int RowsToTell = 1024;

    /// <summary>The least spread, as a share of the largest value, that float32 resolves into at least 4096 steps: it has 24 bits.</summary>
    private const double LeastSpread = 1.0 / (1 << 12);

    /// <summary>From here on, float32 no longer holds every whole number: a single value may be one of several that it cannot tell apart.</summary>
    private const double LargestWhole = 1 << 24;

    private readonly ValueList _values = new();
    private List<double>? _exact = [];
    private double _smallest = double.PositiveInfinity;
    private double _largest = double.NegativeInfinity;
    private double _next = double.NaN;
    private bool _counts = true;
    private readonly bool _isOffset;
    private bool _isWhole = true;

    /// <summary>Makes a column of no rows.</summary>
    /// <param name="offset">The offset that a model's fit has taken off the column; null to find out whether the column needs one.</param>
    public NumberColumn(double? offset = null)
    {
        if (offset is { } known)
        {
            (Offset, _exact, _isOffset) = (known, null, known != 0);
        }
    }

    /// <summary>The number of rows.</summary>
    public int Count => _values.Count;

    /// <summary>The number of gaps.</summary>
    public int GapCount { get; private set; }

    /// <summary>Where the first gap is, by the number that the source gives its row.</summary>
    public int FirstGap { get; private set; }

    /// <summary>What each value is less than the number in the table; 0 in nearly all columns. Known when the column is finished.</summary>
    public double Offset { get; private set; }

    /// <summary>Whether the column holds whole numbers and no gap.</summary>
    public bool IsWhole => _isWhole && GapCount == 0 && Count > 0;

    /// <summary>Whether the column counts the rows: whole numbers, each one more than the one before.</summary>
    public bool Counts => _counts && IsWhole && Count > 1;

    /// <summary>The first value, of a column that counts.</summary>
    public double First => _next - Count;

    /// <summary>The values. A finished column has its offset taken off.</summary>
    public ValueList Values => _values;

    /// <summary>Adds a number.</summary>
    /// <param name="value">The number, finite as float32.</param>
    public void Add(double value)
    {
        _counts &= value == _next || double.IsNaN(_next);
        _next = value + 1;
        _isWhole = _isWhole && value == Math.Floor(value);
        _values.Add((float)(value - Offset));
        if (_exact is not null)
        {
            AddExact(value);
        }
    }

    /// <summary>Adds numbers at once, where nothing is left to be found out about the column and all of them are finite as float32.</summary>
    /// <param name="values">The numbers.</param>
    /// <returns>Whether they were added; if not, none was.</returns>
    public bool TryAdd(ReadOnlySpan<double> values)
    {
        if (_exact is not null || _counts || _isOffset)
        {
            return false;
        }

        var added = _values.AddMany(values.Length);
        TensorPrimitives.ConvertTruncating(values, added);
        if (!TensorPrimitives.IsFiniteAll<float>(added))
        {
            _values.RemoveLast(values.Length);
            return false;
        }

        return true;
    }

    /// <summary>Makes room.</summary>
    /// <param name="rowCount">The number of rows that are expected.</param>
    public void Expect(int rowCount) => _values.Expect(rowCount);

    /// <summary>Adds a gap.</summary>
    /// <param name="row">The number that the source gives the row.</param>
    public void AddGap(int row)
    {
        FirstGap = GapCount++ == 0 ? row : FirstGap;
        _values.Add(float.NaN);
        _exact?.Add(double.NaN);
    }

    /// <summary>Takes the offset off, where the column needs one.</summary>
    public void Finish()
    {
        if (_exact is not null && IsNarrow && (_largest > _smallest || Math.Abs(_largest) >= LargestWhole) && _exact.Exists(value => value != (float)value && !double.IsNaN(value)))
        {
            Offset = _smallest;
            for (var row = 0; row < _exact.Count; row++)
            {
                _values[row] = (float)(_exact[row] - Offset);
            }
        }

        _exact = null;
    }

    private bool IsNarrow => _largest - _smallest <= LeastSpread * Math.Max(Math.Abs(_smallest), Math.Abs(_largest));

    private void AddExact(double value)
    {
        _exact!.Add(value);
        _smallest = Math.Min(_smallest, value);
        _largest = Math.Max(_largest, value);
        if (_exact.Count >= RowsToTell && !IsNarrow)
        {
            _exact = null;
        }
    }
}
