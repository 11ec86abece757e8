namespace N2D.Data;

/// <summary>A column whose cells are vectors, such as embeddings of text: as many columns of the data set as each has numbers.</summary>
internal sealed class VectorColumn
{
    private readonly List<float> _values = [];
    private int _pendingGaps;

    /// <summary>The numbers in each vector; 0 until the first one comes.</summary>
    public int Width { get; private set; }

    /// <summary>The number of rows without a vector.</summary>
    public int GapCount { get; private set; }

    /// <summary>Where the first gap is, by the number that the source gives its row.</summary>
    public int FirstGap { get; private set; }

    /// <summary>The values, vector after vector; of a gap, NaN.</summary>
    public List<float> Values => _values;

    /// <summary>Adds a vector.</summary>
    /// <param name="vector">The vector.</param>
    /// <returns>Whether it has as many numbers as the first one; otherwise a gap is added.</returns>
    public bool Add(ReadOnlySpan<float> vector)
    {
        if (Width == 0)
        {
            Width = vector.Length;
            AddNaNs(_pendingGaps);
        }

        if (vector.Length != Width)
        {
            AddNaNs(1);
            return false;
        }

        _values.AddRange(vector);
        return true;
    }

    /// <summary>Makes room.</summary>
    /// <param name="valueCount">The number of values that are expected.</param>
    public void Expect(int valueCount) => _values.EnsureCapacity(valueCount);

    /// <summary>Adds a gap.</summary>
    /// <param name="row">The number that the source gives the row.</param>
    public void AddGap(int row)
    {
        FirstGap = GapCount++ == 0 ? row : FirstGap;
        if (Width == 0)
        {
            _pendingGaps++;
        }
        else
        {
            AddNaNs(1);
        }
    }

    private void AddNaNs(int count)
    {
        for (var value = 0; value < count * Width; value++)
        {
            _values.Add(float.NaN);
        }
    }
}
