namespace N2D.Data;

/// <summary>A growing list of numbers. If they fill its array exactly, the array is returned without a copy.</summary>
internal sealed class ValueList
{
    private const int MinCapacity = 128;

    private float[] _values = [];

    /// <summary>The number of values.</summary>
    public int Count { get; private set; }

    /// <summary>Sets a value.</summary>
    /// <param name="place">Its position, from 0.</param>
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
            Grow(Count + 1L);
        }

        _values[Count++] = value;
    }

    /// <summary>Adds values for the caller to write.</summary>
    /// <param name="count">The number of values.</param>
    /// <returns>The new values, not initialized.</returns>
    public Span<float> AddMany(int count)
    {
        if (Count + (long)count > _values.Length)
        {
            Grow(Count + (long)count);
        }

        Count += count;
        return _values.AsSpan(Count - count);
    }

    /// <summary>Removes the last values.</summary>
    /// <param name="count">The number of values.</param>
    public void RemoveLast(int count) => Count -= count;

    /// <summary>Reserves space.</summary>
    /// <param name="count">The expected number of values.</param>
    public void Expect(int count)
    {
        if (count > _values.Length)
        {
            Array.Resize(ref _values, count);
        }
    }

    /// <summary>Replaces the list's array with one that begins with the current values.</summary>
    /// <param name="values">The array. The list owns it from now on.</param>
    /// <param name="count">The number of values in it.</param>
    public void Adopt(float[] values, int count) => (_values, Count) = (values, count);

    /// <summary>Returns the values as an array that the caller owns. The list must not be used afterward.</summary>
    public float[] ToArray() => Count == _values.Length ? _values : _values[..Count];

    private void Grow(long needed)
    {
        if (needed > Array.MaxLength)
        {
            throw new N2DException(
                "TooManyValues",
                ErrorKind.InvalidData,
                $"A column holds more than the {Array.MaxLength} numbers that an array can hold. Import a part of the rows.");
        }

        var doubled = Math.Min(Array.MaxLength, Math.Max(MinCapacity, 2L * _values.Length));
        Array.Resize(ref _values, (int)Math.Max(needed, doubled));
    }
}
