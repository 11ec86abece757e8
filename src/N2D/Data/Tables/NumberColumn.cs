using System.Numerics.Tensors;

namespace N2D.Data;

/// <summary>A column of numbers while it is read. Missing values are NaN.</summary>
/// <remarks>
/// The values are float32. If a column of large values varies too little for float32 (for example, times in milliseconds since 1970), an
/// offset is subtracted from them, which does not change the differences between rows. A column is also stored as double until it is known
/// to vary enough.
/// </remarks>
internal sealed class NumberColumn
{
    /// <summary>
    /// The number of rows after which a column that varies enough is no longer stored as double: its range cannot shrink.
    /// </summary>
    private const int MinRowsToDecide = 1024;

    /// <summary>
    /// The smallest range, as a share of the largest value, that float32 with its 24 bits divides into at least 4096 steps.
    /// </summary>
    private const double MinRange = 1.0 / (1 << 12);

    /// <summary>The limit up to which float32 represents every whole number. Above it, different values can become equal.</summary>
    private const double LargestWhole = 1 << 24;

    private readonly ValueList _values = new();
    private List<double>? _exact = [];
    private double _smallest = double.PositiveInfinity;
    private double _largest = double.NegativeInfinity;
    private double _next = double.NaN;
    private bool _counts = true;
    private readonly bool _isOffset;
    private bool _isWhole = true;

    /// <summary>Creates a column without rows.</summary>
    /// <param name="offset">The offset that a model subtracts from the column; null to find out whether the column needs one.</param>
    public NumberColumn(double? offset = null)
    {
        if (offset is { } known)
        {
            (Offset, _exact, _isOffset) = (known, null, known != 0);
        }
    }

    /// <summary>The number of rows.</summary>
    public int Count => _values.Count;

    /// <summary>The number of missing values.</summary>
    public int GapCount { get; private set; }

    /// <summary>The number of the row of the first missing value in the source.</summary>
    public int FirstGap { get; private set; }

    /// <summary>
    /// The number that is subtracted from each number in the table; 0 for most columns. Known after <see cref="Finish"/>.
    /// </summary>
    public double Offset { get; private set; }

    /// <summary>Whether the column holds only whole numbers, without missing values.</summary>
    public bool IsWhole => _isWhole && GapCount == 0 && Count > 0;

    /// <summary>Whether the column counts the rows: whole numbers, each greater by 1 than the previous one.</summary>
    public bool Counts => _counts && IsWhole && Count > 1;

    /// <summary>The first value of a column that counts the rows.</summary>
    public double First => _next - Count;

    /// <summary>The values. After <see cref="Finish"/>, the offset is subtracted from all of them.</summary>
    public ValueList Values => _values;

    /// <summary>Adds a number.</summary>
    /// <param name="value">The number, within the range of float32.</param>
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

    /// <summary>Adds several numbers if no analysis of the column is pending and all of them are finite as float32.</summary>
    /// <param name="values">The numbers.</param>
    /// <returns>Whether they were added; if not, none of them was.</returns>
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

    /// <summary>Reserves space.</summary>
    /// <param name="rowCount">The expected number of rows.</param>
    public void Expect(int rowCount) => _values.Expect(rowCount);

    /// <summary>Adds a missing value.</summary>
    /// <param name="row">The number of the row in the source.</param>
    public void AddGap(int row)
    {
        FirstGap = GapCount++ == 0 ? row : FirstGap;
        _values.Add(float.NaN);
        _exact?.Add(double.NaN);
    }

    /// <summary>Subtracts the offset if the column needs one.</summary>
    public void Finish()
    {
        if (_exact is not null && IsNarrow && (_largest > _smallest || Math.Abs(_largest) >= LargestWhole)
            && _exact.Exists(value => value != (float)value && !double.IsNaN(value)))
        {
            Offset = _smallest;
            for (var row = 0; row < _exact.Count; row++)
            {
                _values[row] = (float)(_exact[row] - Offset);
            }
        }

        _exact = null;
    }

    private bool IsNarrow => _largest - _smallest <= MinRange * Math.Max(Math.Abs(_smallest), Math.Abs(_largest));

    private void AddExact(double value)
    {
        _exact!.Add(value);
        _smallest = Math.Min(_smallest, value);
        _largest = Math.Max(_largest, value);
        if (_exact.Count >= MinRowsToDecide && !IsNarrow)
        {
            _exact = null;
        }
    }
}
