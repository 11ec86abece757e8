namespace N2D.Neighbors;

/// <summary>Numbers that threads lower for each other: each only ever falls, whoever comes first.</summary>
/// <param name="count">How many there are.</param>
internal sealed class AtomicMinima(int count)
{
    // Of floats that are not negative, the bits order as the values do.
    private readonly int[] _bits = new int[count];

    /// <summary>A number as it is now.</summary>
    /// <param name="index">Which one.</param>
    public float this[int index] => BitConverter.Int32BitsToSingle(Volatile.Read(ref _bits[index]));

    /// <summary>Raises all to infinity.</summary>
    public void Reset() => Array.Fill(_bits, BitConverter.SingleToInt32Bits(float.PositiveInfinity));

    /// <summary>Lowers a number to a value, unless it is lower already.</summary>
    /// <param name="index">Which one.</param>
    /// <param name="value">The value, 0 or more.</param>
    public void Lower(int index, float value)
    {
        var bits = BitConverter.SingleToInt32Bits(value);
        for (var seen = Volatile.Read(ref _bits[index]); bits < seen;)
        {
            var before = Interlocked.CompareExchange(ref _bits[index], bits, seen);
            if (before == seen)
            {
                return;
            }

            seen = before;
        }
    }
}
