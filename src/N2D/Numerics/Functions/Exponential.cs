using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace N2D.Numerics;

/// <summary>The exponential of vectors of doubles that are 0 or less, with an error of about 1 ulp.</summary>
/// <remarks>
/// e^x = 2^n e^r, where n is x / ln 2 rounded to an integer and |r| is at most half of ln 2; e^r is a Taylor polynomial. The function is
/// inlined into the caller's loop, so that it is optimized from the first call: the library's own function runs in unoptimized code
/// (tier 0) for as long as a small fit takes. It uses only fused multiply-adds, each rounded once: the bits are the same on every
/// processor that has them. On others, the relative error is up to 1e-13.
/// </remarks>
internal static class Exponential
{
    /// <summary>Below this exponent, e^x is less than half of the smallest positive float32.</summary>
    public const double SingleUnderflow = -104;

    private const double LeastExponent = -700;
    private const double Log2E = 1.4426950408889634;
    private const double Ln2 = 0.6931471805599453;

    // The rest of ln 2 that the double above cannot represent.
    private const double Ln2Rest = 2.3190468138462996e-17;

    // 1.5 * 2^52: adding it to a small number rounds that to an integer, which is then in the lowest bits of the sum.
    private const double Rounder = 6755399441055744;
    private const int MantissaBits = 52;

    /// <summary>Replaces numbers by their exponentials.</summary>
    /// <param name="values">
    /// -700 to 0; other values are clamped. The length must be a multiple of that of a vector (<see cref="PaddedLength"/>).
    /// </param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ReplaceNonPositive(Span<double> values)
    {
        Debug.Assert(values.Length % Vector<double>.Count == 0, "The values must fill whole vectors.");
        for (var i = 0; i < values.Length; i += Vector<double>.Count)
        {
            var exponents = Vector.Min(Vector.Max(new Vector<double>(values[i..]), new Vector<double>(LeastExponent)), Vector<double>.Zero);
            OfNonPositive(exponents).CopyTo(values[i..]);
        }
    }

    /// <summary>The least multiple of a vector's length that is not below a length.</summary>
    /// <param name="length">The number of values.</param>
    public static int PaddedLength(int length) => (length + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;

    /// <summary>e^x.</summary>
    /// <param name="x">-700 to 0. The result for smaller values is undefined.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> OfNonPositive(Vector<double> x)
    {
        var rounded = Vector.MultiplyAddEstimate(x, new Vector<double>(Log2E), new Vector<double>(Rounder));
        var whole = rounded - new Vector<double>(Rounder);
        var rest = Vector.MultiplyAddEstimate(whole, new Vector<double>(-Ln2), x);
        rest = Vector.MultiplyAddEstimate(whole, new Vector<double>(-Ln2Rest), rest);
        var series = new Vector<double>(1.0 / 6227020800);
        series = Vector.MultiplyAddEstimate(series, rest, new Vector<double>(1.0 / 479001600));
        series = Vector.MultiplyAddEstimate(series, rest, new Vector<double>(1.0 / 39916800));
        series = Vector.MultiplyAddEstimate(series, rest, new Vector<double>(1.0 / 3628800));
        series = Vector.MultiplyAddEstimate(series, rest, new Vector<double>(1.0 / 362880));
        series = Vector.MultiplyAddEstimate(series, rest, new Vector<double>(1.0 / 40320));
        series = Vector.MultiplyAddEstimate(series, rest, new Vector<double>(1.0 / 5040));
        series = Vector.MultiplyAddEstimate(series, rest, new Vector<double>(1.0 / 720));
        series = Vector.MultiplyAddEstimate(series, rest, new Vector<double>(1.0 / 120));
        series = Vector.MultiplyAddEstimate(series, rest, new Vector<double>(1.0 / 24));
        series = Vector.MultiplyAddEstimate(series, rest, new Vector<double>(1.0 / 6));
        series = Vector.MultiplyAddEstimate(series, rest, new Vector<double>(0.5));
        series = Vector.MultiplyAddEstimate(series, rest, Vector<double>.One);
        series = Vector.MultiplyAddEstimate(series, rest, Vector<double>.One);
        return Vector.AsVectorDouble(Vector.AsVectorInt64(series) + Vector.ShiftLeft(Vector.AsVectorInt64(rounded), MantissaBits));
    }
}
