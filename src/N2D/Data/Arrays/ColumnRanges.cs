using System.Numerics;
using System.Runtime.InteropServices;

namespace N2D.Data;

/// <summary>
/// Finds the columns of an array that vary by less than float32 can show of numbers as large as theirs, such as times in milliseconds since 1970. Such a column is kept
/// less an offset, which changes no difference between rows (see <see cref="NumberColumn"/>).
/// </summary>
/// <remarks>
/// A column that has varied enough once needs no further look: more rows cannot narrow it. In nearly all arrays the first block settles every column, and the search
/// costs next to nothing.
/// </remarks>
internal abstract class ColumnRanges
{
    /// <summary>Wider arrays are images, spectra or texts, and not tables with a column of times.</summary>
    public const int MostColumns = 1 << 20;

    /// <summary>The memory that the search takes for each column, in bytes.</summary>
    public const int BytesPerColumn = 29;

    /// <summary>The least spread, as a share of the largest value, that float32 resolves into at least 4096 steps: it has 24 bits.</summary>
    protected const double LeastSpread = 1.0 / (1 << 12);

    /// <summary>A column of one value has no difference to lose. It gets an offset only where float32 misses whole numbers, so that other rows can be held against it.</summary>
    protected const double LargestShown = 1 << 24;

    /// <summary>Looks at values that lie row after row.</summary>
    /// <param name="bytes">The values, as this machine has them.</param>
    /// <param name="start">The place of the first one, counted over all rows.</param>
    public abstract void Look(ReadOnlySpan<byte> bytes, long start);

    /// <summary>Looks at values of one column.</summary>
    /// <param name="bytes">The values, as this machine has them.</param>
    /// <param name="column">The column, from 0.</param>
    public abstract void LookAt(ReadOnlySpan<byte> bytes, int column);

    /// <summary>The offset of each column, 0 of most; null if no column needs one. To be asked for after the last look.</summary>
    public abstract double[]? FindOffsets();

    /// <summary>Writes the values of the columns with an offset, less that. The values lie row after row. Missing values, NaN in the target, stay missing.</summary>
    /// <param name="bytes">The values, as this machine has them.</param>
    /// <param name="start">The place of the first one, counted over all rows.</param>
    /// <param name="target">All values of the array.</param>
    public abstract void TakeOff(ReadOnlySpan<byte> bytes, long start, Span<float> target);

    /// <summary>Writes values of one column less its offset; leaves those of a column without one.</summary>
    /// <param name="bytes">The values, as this machine has them.</param>
    /// <param name="column">The column, from 0.</param>
    /// <param name="row">The row of the first one.</param>
    /// <param name="target">All values of the array.</param>
    public abstract void TakeOff(ReadOnlySpan<byte> bytes, int column, int row, Span<float> target);
}

/// <summary>The search in an array of one type.</summary>
/// <typeparam name="T">The type of its values, one that float32 cannot show all values of.</typeparam>
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

    /// <summary>Begins a search in which every column is narrow so far.</summary>
    /// <param name="columnCount">The number of columns.</param>
    /// <param name="missing">The numbers that stand for a missing value, and do not count.</param>
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
    public override void Look(ReadOnlySpan<byte> bytes, long start)
    {
        var values = MemoryMarshal.Cast<byte, T>(bytes);
        var (phase, kept) = ((int)(start % _columnCount), 0);
        for (var place = 0; place < _narrowCount; place++)
        {
            var column = _narrow[place];
            var first = column - phase;
            Look(column, values, first < 0 ? first + _columnCount : first, _columnCount);
            if (IsNarrow(column))
            {
                _narrow[kept++] = column;
            }
        }

        _narrowCount = kept;
    }

    /// <inheritdoc/>
    public override void LookAt(ReadOnlySpan<byte> bytes, int column)
    {
        if (IsNarrow(column))
        {
            Look(column, MemoryMarshal.Cast<byte, T>(bytes), 0, 1);
        }
    }

    /// <inheritdoc/>
    public override double[]? FindOffsets()
    {
        var found = false;
        for (var column = 0; column < _columnCount; column++)
        {
            var (smallest, largest) = (_smallest[column], _largest[column]);
            if (_isRounded[column] && IsNarrow(column) && (smallest < largest || Math.Abs(smallest) >= LargestShown))
            {
                _offsets[column] = smallest;
                found = true;
            }
        }

        return found ? _offsets : null;
    }

    /// <inheritdoc/>
    public override void TakeOff(ReadOnlySpan<byte> bytes, long start, Span<float> target)
    {
        var values = MemoryMarshal.Cast<byte, T>(bytes);
        var phase = (int)(start % _columnCount);
        foreach (var column in _narrow.AsSpan(0, _narrowCount))
        {
            if (_offsets[column] == 0)
            {
                continue;
            }

            for (var place = column < phase ? column - phase + (long)_columnCount : column - phase; place < values.Length; place += _columnCount)
            {
                ref var difference = ref target[(int)(start + place)];
                difference = float.IsNaN(difference) ? difference : Difference(values[(int)place], _offsets[column]);
            }
        }
    }

    /// <inheritdoc/>
    public override void TakeOff(ReadOnlySpan<byte> bytes, int column, int row, Span<float> target)
    {
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

    private void Look(int column, ReadOnlySpan<T> values, int first, int stride)
    {
        var (smallest, largest, isRounded) = (_smallest[column], _largest[column], _isRounded[column]);
        var last = T.Zero;
        var isKnown = smallest <= 0 && largest >= 0;
        for (var place = (long)first; place < values.Length; place += stride)
        {
            // Narrow columns are mostly constant ones, and of these mostly zeros.
            var value = values[(int)place];
            if ((isKnown && value == last) || T.IsNaN(value) || _missing.Contains(value))
            {
                continue;
            }

            (last, isKnown) = (value, true);

            var shown = float.CreateTruncating(value);
            if (!float.IsFinite(shown))
            {
                // It will be refused; no offset may hide it.
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

    /// <summary>Whether a column has not varied enough so far; one without values has not.</summary>
    private bool IsNarrow(int column)
    {
        var (smallest, largest) = (_smallest[column], _largest[column]);
        return largest - smallest <= LeastSpread * Math.Max(Math.Abs(smallest), Math.Abs(largest));
    }

    /// <summary>Exact but for the last step: of 64-bit whole numbers, double would round both sides.</summary>
    private static float Difference(T value, double offset) => typeof(T) == typeof(double)
        ? (float)(double.CreateTruncating(value) - offset)
        : (float)(Int128.CreateTruncating(value) - (Int128)offset);
}
