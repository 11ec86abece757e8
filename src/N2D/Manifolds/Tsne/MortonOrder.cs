using System.Numerics.Tensors;

namespace N2D.Manifolds;

/// <summary>
/// The order of a layout's rows along a Morton curve (Morton, 1966) through their box. Rows in the same cell keep their order.
/// </summary>
internal sealed class MortonOrder
{
    private const int DigitBits = 11;
    private const int DigitCount = 3;

    private readonly int _dimension;
    private readonly int _bitsPerAxis;
    private readonly int _rowCount;
    private uint[] _keys;
    private uint[] _spareKeys;
    private int[] _spareRows;

    /// <summary>Allocates memory for an order.</summary>
    /// <param name="rowCount">n.</param>
    /// <param name="dimension">c, 1 to 3.</param>
    public MortonOrder(int rowCount, int dimension)
    {
        (_rowCount, _dimension) = (rowCount, dimension);
        _bitsPerAxis = dimension switch { 1 => 31, 2 => 16, _ => 10 };
        (_keys, _spareKeys) = (new uint[rowCount], new uint[rowCount]);
        (Rows, _spareRows) = (new int[rowCount], new int[rowCount]);
    }

    /// <summary>The rows in order.</summary>
    public int[] Rows { get; private set; }

    /// <summary>Computes the order of rows.</summary>
    /// <param name="positions">c axes of n coordinates.</param>
    public void Sort(float[] positions)
    {
        Array.Clear(_keys);
        for (var axis = 0; axis < _dimension; axis++)
        {
            AddAxis(positions.AsSpan(axis * _rowCount, _rowCount), axis);
        }

        for (var row = 0; row < _rowCount; row++)
        {
            Rows[row] = row;
        }

        for (var digit = 0; digit < DigitCount; digit++)
        {
            SortBy(digit * DigitBits);
        }
    }

    /// <summary>Interleaves the bits of an axis with the keys.</summary>
    private void AddAxis(ReadOnlySpan<float> coordinates, int axis)
    {
        var low = TensorPrimitives.Min(coordinates);
        var range = (double)TensorPrimitives.Max(coordinates) - low;
        var scale = range > 0 && double.IsFinite(range) ? ((1L << _bitsPerAxis) - 1) / range : 0;
        for (var row = 0; row < coordinates.Length; row++)
        {
            _keys[row] |= Spread((uint)(((double)coordinates[row] - low) * scale)) << axis;
        }
    }

    /// <summary>Inserts zeros between the bits, one fewer than there are dimensions.</summary>
    private uint Spread(uint bits)
    {
        if (_dimension == 2)
        {
            bits = (bits | (bits << 8)) & 0x00FF00FF;
            bits = (bits | (bits << 4)) & 0x0F0F0F0F;
            bits = (bits | (bits << 2)) & 0x33333333;
            bits = (bits | (bits << 1)) & 0x55555555;
        }
        else if (_dimension == 3)
        {
            bits = (bits | (bits << 16)) & 0x030000FF;
            bits = (bits | (bits << 8)) & 0x0300F00F;
            bits = (bits | (bits << 4)) & 0x030C30C3;
            bits = (bits | (bits << 2)) & 0x09249249;
        }

        return bits;
    }

    /// <summary>Sorts stably by one digit.</summary>
    private void SortBy(int shift)
    {
        const uint Mask = (1 << DigitBits) - 1;
        Span<int> places = stackalloc int[1 << DigitBits];
        places.Clear();
        foreach (var key in _keys)
        {
            places[(int)((key >> shift) & Mask)]++;
        }

        var place = 0;
        foreach (ref var count in places)
        {
            (count, place) = (place, place + count);
        }

        for (var source = 0; source < _rowCount; source++)
        {
            ref var target = ref places[(int)((_keys[source] >> shift) & Mask)];
            _spareKeys[target] = _keys[source];
            _spareRows[target++] = Rows[source];
        }

        (_keys, _spareKeys) = (_spareKeys, _keys);
        (Rows, _spareRows) = (_spareRows, Rows);
    }
}
