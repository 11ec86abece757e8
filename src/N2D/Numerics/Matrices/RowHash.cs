using System.Numerics;

namespace N2D.Numerics;

/// <summary>64 bits that tell rows apart.</summary>
internal static class RowHash
{
    /// <summary>The bits of a row's values; rows that compare equal have the same.</summary>
    public static long Of(ReadOnlySpan<float> row)
    {
        const ulong Multiplier = 0x9E3779B97F4A7C15;
        var hash = (ulong)row.Length;
        foreach (var value in row)
        {
            // 0 and -0 are one value with two representations; their sum is 0.
            hash = BitOperations.RotateLeft((hash ^ BitConverter.SingleToUInt32Bits(value + 0f)) * Multiplier, 29);
        }

        return (long)hash;
    }
}
