namespace N2D.Reports;

/// <summary>Rounds numbers to integers of 16 bits.</summary>
internal static class Quantization
{
    /// <summary>The code of a missing value.</summary>
    public const ushort Missing = ushort.MaxValue;

    /// <summary>The code of the largest value.</summary>
    public const ushort Largest = ushort.MaxValue - 1;

    /// <summary>Returns the smallest and the largest value that is not missing; 0 and 0 if there is none.</summary>
    /// <param name="values">The values; NaN or infinite if missing.</param>
    public static (float Low, float High) RangeOf(ReadOnlySpan<float> values)
    {
        var (low, high) = (float.PositiveInfinity, float.NegativeInfinity);
        foreach (var value in values)
        {
            if (float.IsFinite(value))
            {
                (low, high) = (Math.Min(low, value), Math.Max(high, value));
            }
        }

        return low <= high ? (low, high) : (0, 0);
    }

    /// <summary>Rounds values to codes from 0, the low end of their range, to <see cref="Largest"/>, the high end.</summary>
    /// <param name="values">The values; NaN or infinite if missing.</param>
    /// <param name="low">The low end of the range.</param>
    /// <param name="high">The high end of the range.</param>
    public static ushort[] Of(ReadOnlySpan<float> values, float low, float high)
    {
        var codes = new ushort[values.Length];
        var step = high > low ? Largest / ((double)high - low) : 0;
        for (var row = 0; row < values.Length; row++)
        {
            codes[row] = float.IsFinite(values[row]) ? (ushort)Math.Round(((double)values[row] - low) * step) : Missing;
        }

        return codes;
    }
}
