using System.Numerics;

namespace N2D.Numerics;

/// <summary>A 64-bit hash of rows.</summary>
internal static class RowHash
{
    /// <summary>Computes the hash of a row. Rows that compare equal have the same hash.</summary>
    public static long Of(ReadOnlySpan<float> row)
    {
        const ulong Multiplier = 0x9E3779B97F4A7C15;
        var hash = (ulong)row.Length;
        foreach (var value in row)
        {
            // Adding 0 turns -0 into 0: both are the same value.
            hash = BitOperations.RotateLeft((hash ^ BitConverter.SingleToUInt32Bits(value + 0f)) * Multiplier, 29);
        }

        return (long)hash;
    }
}
