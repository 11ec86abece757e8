using System.Diagnostics;

namespace N2D.Neighbors;

/// <summary>Running minima that several threads update without locks. The result does not depend on the order of the updates.</summary>
/// <param name="count">The number of minima.</param>
internal sealed class AtomicMinima(int count)
{
    // The bits of non-negative floats have the same order as their values.
    private readonly int[] _bits = new int[count];

    /// <summary>The current value of a minimum.</summary>
    /// <param name="index">The index of the minimum.</param>
    public float this[int index] => BitConverter.Int32BitsToSingle(Volatile.Read(ref _bits[index]));

    /// <summary>Sets all minima to infinity.</summary>
    public void Reset() => Array.Fill(_bits, BitConverter.SingleToInt32Bits(float.PositiveInfinity));

    /// <summary>Updates a minimum: sets it to a value, unless it is smaller already.</summary>
    /// <param name="index">The index of the minimum.</param>
    /// <param name="value">The value, 0 or more.</param>
    public void Update(int index, float value)
    {
        Debug.Assert(value >= 0, "The bits of negative numbers have another order.");
        var bits = BitConverter.SingleToInt32Bits(value);
        for (var current = Volatile.Read(ref _bits[index]); bits < current;)
        {
            var previous = Interlocked.CompareExchange(ref _bits[index], bits, current);
            if (previous == current)
            {
                return;
            }

            current = previous;
        }
    }
}
