using System.Numerics.Tensors;

namespace N2D.Data;

/// <summary>A column of vectors, such as embeddings of text. Each position in the vectors becomes a column of the data set.</summary>
internal sealed class VectorColumn
{
    private readonly ValueList _values = new();
    private int _pendingGaps;

    /// <summary>The length of each vector; 0 until the first one is added.</summary>
    public int Width { get; private set; }

    /// <summary>The number of rows without a vector.</summary>
    public int GapCount { get; private set; }

    /// <summary>The number of the first row without a vector in the source.</summary>
    public int FirstGap { get; private set; }

    /// <summary>The values, vector after vector; NaN for rows without a vector.</summary>
    public ValueList Values => _values;

    /// <summary>Adds a vector.</summary>
    /// <param name="vector">The vector.</param>
    /// <returns>Whether it is as long as the first one. If not, NaN is added instead.</returns>
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

    /// <summary>Adds several vectors if all of them are finite and as long as the first one.</summary>
    /// <param name="vectors">The numbers, vector after vector.</param>
    /// <param name="width">The length of each vector.</param>
    /// <returns>Whether they were added; if not, none of them was.</returns>
    public bool TryAdd(ReadOnlySpan<float> vectors, int width)
    {
        if (width != Width || !TensorPrimitives.IsFiniteAll(vectors))
        {
            return false;
        }

        vectors.CopyTo(_values.AddMany(vectors.Length));
        return true;
    }

    /// <summary>Uses an array that begins with the vectors of this column, instead of copying the other vectors from it.</summary>
    /// <param name="vectors">The numbers, vector after vector. If it is used, the column owns the array.</param>
    /// <param name="count">The count of numbers in it.</param>
    /// <param name="width">The length of each vector.</param>
    /// <returns>Whether the array is used: all vectors are finite and as long as the first one, and no row lacks a vector.</returns>
    public bool TryAdopt(float[] vectors, int count, int width)
    {
        if (width != Width || GapCount > 0 || !TensorPrimitives.IsFiniteAll<float>(vectors.AsSpan(0, count)))
        {
            return false;
        }

        _values.Adopt(vectors, count);
        return true;
    }

    /// <summary>Reserves space.</summary>
    /// <param name="valueCount">The expected count of numbers in all rows.</param>
    public void Expect(int valueCount) => _values.Expect(valueCount);

    /// <summary>Adds a row without a vector.</summary>
    /// <param name="row">The number of the row in the source.</param>
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
