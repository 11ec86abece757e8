using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace N2D.Data;

/// <summary>
/// Finds the columns of an array whose range is too small for the precision of float32 at their magnitude, such as times in milliseconds
/// since 1970. An offset is subtracted from such a column. Differences between rows stay the same (see <see cref="NumberColumn"/>).
/// </summary>
/// <remarks>
/// A column with a large enough range is not searched again, because more rows cannot reduce its range. In nearly all arrays the first
/// block settles every column, so the search costs almost nothing.
/// </remarks>
internal abstract class ColumnRanges
{
    /// <summary>The maximum number of columns. Wider arrays are images, spectra or texts, not tables with a time column.</summary>
    public const int MaxColumns = 1 << 20;

    /// <summary>The memory for each column, in bytes.</summary>
    public const int BytesPerColumn = 29;

    /// <summary>The minimum range relative to the largest magnitude. Float32 has 24 bits, so this range has at least 4096 steps.</summary>
    protected const double MinRelativeRange = 1.0 / (1 << 12);

    /// <summary>
    /// The limit up to which float32 holds every integer. A constant column above it gets an offset too, so that other rows can be compared
    /// with it.
    /// </summary>
    protected const double MaxExactInteger = 1 << 24;

    /// <summary>Updates the ranges with values in row-major order.</summary>
    /// <param name="bytes">The values, in native byte order.</param>
    /// <param name="start">The index of the first value in the array.</param>
    public abstract void Update(ReadOnlySpan<byte> bytes, long start);

    /// <summary>Updates the range of one column.</summary>
    /// <param name="bytes">The values, in native byte order.</param>
    /// <param name="column">The column, from 0.</param>
    public abstract void UpdateColumn(ReadOnlySpan<byte> bytes, int column);

    /// <summary>Returns the offset of each column, 0 for most; null if no column needs one. Call it after the last update.</summary>
    public abstract double[]? FindOffsets();

    /// <summary>
    /// Uses the offsets of a model instead of those of the values, so that each part of a file has the same rows as in the whole file.
    /// </summary>
    /// <param name="offsets">The offset of each column, 0 for none.</param>
    /// <returns>The offsets; null if all are 0.</returns>
    public abstract double[]? UseOffsets(IReadOnlyList<double> offsets);

    /// <summary>
    /// Subtracts the offsets from values in row-major order and stores the differences. Columns without an offset and missing values (NaN
    /// in the target) are not changed.
    /// </summary>
    /// <param name="bytes">The values, in native byte order.</param>
    /// <param name="start">The index of the first value in the array.</param>
    /// <param name="target">All values of the array.</param>
    public abstract void SubtractOffsets(ReadOnlySpan<byte> bytes, long start, Span<float> target);

    /// <summary>
    /// Subtracts the offset from values of one column and stores the differences. Does nothing if the column has no offset.
    /// </summary>
    /// <param name="bytes">The values, in native byte order.</param>
    /// <param name="column">The column, from 0.</param>
    /// <param name="row">The row of the first value.</param>
    /// <param name="target">All values of the array.</param>
    public abstract void SubtractOffsets(ReadOnlySpan<byte> bytes, int column, int row, Span<float> target);
}

/// <summary>Finds the ranges in an array of one element type.</summary>
/// <typeparam name="T">The element type. Float32 cannot represent all of its values.</typeparam>
internal sealed class ColumnRanges<T> : ColumnRanges
    where T : unmanaged, INumber<T>
{
    private readonly int _columnCount;
    private readonly double[] _smallest;
    private readonly double[] _largest;
    private readonly double[] _offsets;
    private readonly bool[] _isRounded;
    private readonly int[] _narrow;
    private readonly T[] _missing;
    private int _narrowCount;

    /// <summary>Creates a search with all columns open.</summary>
    /// <param name="columnCount">The number of columns.</param>
    /// <param name="missing">The numbers that mark a missing value. They are ignored.</param>
    public ColumnRanges(int columnCount, T[] missing)
    {
        _missing = missing;
        _columnCount = _narrowCount = columnCount;
        (_smallest, _largest) = (new double[columnCount], new double[columnCount]);
        (_offsets, _isRounded) = (new double[columnCount], new bool[columnCount]);
        _narrow = [.. Enumerable.Range(0, columnCount)];
        Array.Fill(_smallest, double.PositiveInfinity);
        Array.Fill(_largest, double.NegativeInfinity);
    }

    /// <inheritdoc/>
    public override void Update(ReadOnlySpan<byte> bytes, long start)
    {
        Debug.Assert(bytes.Length % Unsafe.SizeOf<T>() == 0 && start >= 0, "Whole values.");
        var values = MemoryMarshal.Cast<byte, T>(bytes);
        var (phase, kept) = ((int)(start % _columnCount), 0);
        for (var place = 0; place < _narrowCount; place++)
        {
            var column = _narrow[place];
            var first = column - phase;
            Update(column, values, first < 0 ? first + _columnCount : first, _columnCount);
            if (IsNarrow(column))
            {
                _narrow[kept++] = column;
            }
        }

        _narrowCount = kept;
    }

    /// <inheritdoc/>
    public override void UpdateColumn(ReadOnlySpan<byte> bytes, int column)
    {
        Debug.Assert(bytes.Length % Unsafe.SizeOf<T>() == 0 && (uint)column < (uint)_columnCount, "Whole values of an existing column.");
        if (IsNarrow(column))
        {
            Update(column, MemoryMarshal.Cast<byte, T>(bytes), 0, 1);
        }
    }

    /// <inheritdoc/>
    public override double[]? FindOffsets()
    {
        var found = false;
        for (var column = 0; column < _columnCount; column++)
        {
            var (smallest, largest) = (_smallest[column], _largest[column]);
            if (_isRounded[column] && IsNarrow(column) && (smallest < largest || Math.Abs(smallest) >= MaxExactInteger))
            {
                _offsets[column] = smallest;
                found = true;
            }
        }

        return found ? _offsets : null;
    }

    /// <inheritdoc/>
    public override double[]? UseOffsets(IReadOnlyList<double> offsets)
    {
        Debug.Assert(offsets.Count == _columnCount, "One offset for each column.");
        _narrowCount = 0;
        for (var column = 0; column < _columnCount; column++)
        {
            _offsets[column] = offsets[column];
            if (offsets[column] != 0)
            {
                _narrow[_narrowCount++] = column;
            }
        }

        return _narrowCount > 0 ? _offsets : null;
    }

    /// <inheritdoc/>
    public override void SubtractOffsets(ReadOnlySpan<byte> bytes, long start, Span<float> target)
    {
        Debug.Assert(bytes.Length % Unsafe.SizeOf<T>() == 0 && start >= 0, "Whole values.");
        var values = MemoryMarshal.Cast<byte, T>(bytes);
        Debug.Assert(start + values.Length <= target.Length, "The target holds the values.");
        var phase = (int)(start % _columnCount);
        foreach (var column in _narrow.AsSpan(0, _narrowCount))
        {
            if (_offsets[column] == 0)
            {
                continue;
            }

            for (var place = column < phase
                ? column - phase + (long)_columnCount
                : column - phase; place < values.Length; place += _columnCount)
            {
                ref var difference = ref target[(int)(start + place)];
                difference = float.IsNaN(difference) ? difference : Difference(values[(int)place], _offsets[column]);
            }
        }
    }

    /// <inheritdoc/>
    public override void SubtractOffsets(ReadOnlySpan<byte> bytes, int column, int row, Span<float> target)
    {
        Debug.Assert(bytes.Length % Unsafe.SizeOf<T>() == 0 && (uint)column < (uint)_columnCount, "Whole values of an existing column.");
        Debug.Assert((row + (bytes.Length / Unsafe.SizeOf<T>())) * (long)_columnCount <= target.Length, "The target holds the rows.");
        if (_offsets[column] == 0)
        {
            return;
        }

        foreach (var value in MemoryMarshal.Cast<byte, T>(bytes))
        {
            ref var difference = ref target[(row++ * _columnCount) + column];
            difference = float.IsNaN(difference) ? difference : Difference(value, _offsets[column]);
        }
    }

    private void Update(int column, ReadOnlySpan<T> values, int first, int stride)
    {
        var (smallest, largest, isRounded) = (_smallest[column], _largest[column], _isRounded[column]);
        var last = T.Zero;
        var isKnown = smallest <= 0 && largest >= 0;
        for (var place = (long)first; place < values.Length; place += stride)
        {
            // Most open columns are constant, and most of these are zero.
            var value = values[(int)place];
            if ((isKnown && value == last) || T.IsNaN(value) || _missing.Contains(value))
            {
                continue;
            }

            (last, isKnown) = (value, true);

            var shown = float.CreateTruncating(value);
            if (!float.IsFinite(shown))
            {
                // The value is rejected later; an offset must not hide it.
                (smallest, largest) = (double.MinValue, double.MaxValue);
                continue;
            }

            var exact = double.CreateTruncating(value);
            smallest = Math.Min(smallest, exact);
            largest = Math.Max(largest, exact);
            isRounded = isRounded || T.CreateSaturating(shown) != value;
        }

        (_smallest[column], _largest[column], _isRounded[column]) = (smallest, largest, isRounded);
    }

    /// <summary>Whether the range of a column is still too small. This includes columns without values.</summary>
    private bool IsNarrow(int column)
    {
        var (smallest, largest) = (_smallest[column], _largest[column]);
        return largest - smallest <= MinRelativeRange * Math.Max(Math.Abs(smallest), Math.Abs(largest));
    }

    /// <summary>Exact up to the final rounding. For 64-bit integers, a subtraction in double would round both operands.</summary>
    private static float Difference(T value, double offset) => typeof(T) == typeof(double)
        ? (float)(double.CreateTruncating(value) - offset)
        : (float)(Int128.CreateTruncating(value) - (Int128)offset);
}
