using System.Numerics.Tensors;

namespace N2D.Data;

/// <summary>A column whose cells are vectors, such as embeddings of text: as many columns of the data set as each has numbers.</summary>
internal sealed class VectorColumn
{
    private readonly ValueList _values = new();
    private int _pendingGaps;

    /// <summary>The numbers in each vector; 0 until the first one comes.</summary>
    public int Width { get; private set; }

    /// <summary>The number of rows without a vector.</summary>
    public int GapCount { get; private set; }

    /// <summary>Where the first gap is, by the number that the source gives its row.</summary>
    public int FirstGap { get; private set; }

    /// <summary>The values, vector after vector; of a gap, NaN.</summary>
    public ValueList Values => _values;

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

        vector.CopyTo(_values.AddMany(vector.Length));
        return true;
    }

    /// <summary>Adds vectors at once, where all of them are as long as the first one and finite.</summary>
    /// <param name="vectors">Their numbers, vector after vector.</param>
    /// <param name="width">The numbers in each.</param>
    /// <returns>Whether they were added; if not, none was.</returns>
    public bool TryAdd(ReadOnlySpan<float> vectors, int width)
    {
        if (width != Width || !TensorPrimitives.IsFiniteAll(vectors))
        {
            return false;
        }

        vectors.CopyTo(_values.AddMany(vectors.Length));
        return true;
    }

    /// <summary>Takes an array of vectors, the first of which are those that are there, instead of copying the others out of it.</summary>
    /// <param name="vectors">The numbers, vector after vector; the array now belongs to the column.</param>
    /// <param name="count">The number of numbers in it.</param>
    /// <param name="width">The numbers in each vector.</param>
    /// <returns>Whether it was taken: if all are as long as the first one and finite, and no row lacks one.</returns>
    public bool TryAdopt(float[] vectors, int count, int width)
    {
        if (width != Width || GapCount > 0 || !TensorPrimitives.IsFiniteAll<float>(vectors.AsSpan(0, count)))
        {
            return false;
        }

        _values.Adopt(vectors, count);
        return true;
    }

    /// <summary>Makes room.</summary>
    /// <param name="valueCount">The number of values that are expected.</param>
    public void Expect(int valueCount) => _values.Expect(valueCount);

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
        for (var row = 0; row < count; row++)
        {
            _values.AddMany(Width).Fill(float.NaN);
        }
    }
}
