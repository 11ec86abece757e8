namespace N2D.Data;

/// <summary>Numbers that come one by one, or many at once, and end in an array without a copy where the room that was made is what they fill.</summary>
internal sealed class ValueList
{
    private const int LeastRoom = 128;

    private float[] _values = [];

    /// <summary>The number of values.</summary>
    public int Count { get; private set; }

    /// <summary>A value.</summary>
    /// <param name="place">Its place, from 0.</param>
    public float this[int place]
    {
        set => _values.AsSpan(0, Count)[place] = value;
    }

    /// <summary>The values.</summary>
    public ReadOnlySpan<float> Span => _values.AsSpan(0, Count);

    /// <summary>Adds a value.</summary>
    /// <param name="value">The value.</param>
    public void Add(float value)
    {
        if (Count == _values.Length)
        {
            MakeRoom(Count + 1L);
        }

        _values[Count++] = value;
    }

    /// <summary>Adds values that the caller then writes.</summary>
    /// <param name="count">Their number.</param>
    public Span<float> AddMany(int count)
    {
        if (Count + (long)count > _values.Length)
        {
            MakeRoom(Count + (long)count);
        }

        Count += count;
        return _values.AsSpan(Count - count);
    }

    /// <summary>Takes back the last values.</summary>
    /// <param name="count">Their number.</param>
    public void RemoveLast(int count) => Count -= count;

    /// <summary>Makes room.</summary>
    /// <param name="count">The number of values that are expected.</param>
    public void Expect(int count)
    {
        if (count > _values.Length)
        {
            Array.Resize(ref _values, count);
        }
    }

    /// <summary>Takes an array for the values; it begins with those that are there.</summary>
    /// <param name="values">The array, which now belongs to the list.</param>
    /// <param name="count">The number of values in it.</param>
    public void Adopt(float[] values, int count) => (_values, Count) = (values, count);

    /// <summary>The values as an array, which belongs to the caller; the list must not be used afterward.</summary>
    public float[] ToArray() => Count == _values.Length ? _values : _values[..Count];

    private void MakeRoom(long needed)
    {
        if (needed > Array.MaxLength)
        {
            throw new N2DException("TooManyValues", ErrorKind.InvalidData, $"A column holds more than the {Array.MaxLength} numbers that an array holds. Import a part of the rows.");
        }

        Array.Resize(ref _values, (int)Math.Min(int.MaxValue, Math.Max(needed, Math.Min(Array.MaxLength, Math.Max(LeastRoom, 2L * _values.Length)))));
    }
}
