using System.Numerics;
using System.Runtime.CompilerServices;

namespace N2D.Numerics;

/// <summary>Powers of e of doubles that are 0 or less, a vector at a time, to an ulp.</summary>
/// <remarks>
/// e^x = 2^n e^r with n the whole number next to x / ln 2; the power of r, of at most half of ln 2, is Taylor's. It is inlined into the caller's loop, so that it runs at full speed the first time: the
/// library's own is compiled in haste at first, for as long as a small fit takes. Only fused multiply-adds, each rounded once: the same bits everywhere.
/// </remarks>
internal static class Exponential
{
    /// <summary>The power below it is less than half of the smallest float32 above zero.</summary>
    public const double LeastOfSingle = -104;

    private const double Log2E = 1.4426950408889634;
    private const double Ln2 = 0.6931471805599453;

    // What the double before leaves of ln 2.
    private const double Ln2Rest = 2.3190468138462996e-17;

    // 1.5 * 2^52: the sum with a number of a few thousand at the most is whole, and has it in its lowest bits.
    private const double Rounder = 6755399441055744;
    private const int MantissaBits = 52;

    /// <summary>e^x.</summary>
    /// <param name="x">-700 to 0; what lies below gives no meaningful value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> OfNonPositive(Vector<double> x)
    {
        var rounded = Vector.FusedMultiplyAdd(x, new Vector<double>(Log2E), new Vector<double>(Rounder));
        var whole = rounded - new Vector<double>(Rounder);
        var rest = Vector.FusedMultiplyAdd(whole, new Vector<double>(-Ln2), x);
        rest = Vector.FusedMultiplyAdd(whole, new Vector<double>(-Ln2Rest), rest);
        var series = new Vector<double>(1.0 / 6227020800);
        series = Vector.FusedMultiplyAdd(series, rest, new Vector<double>(1.0 / 479001600));
        series = Vector.FusedMultiplyAdd(series, rest, new Vector<double>(1.0 / 39916800));
        series = Vector.FusedMultiplyAdd(series, rest, new Vector<double>(1.0 / 3628800));
        series = Vector.FusedMultiplyAdd(series, rest, new Vector<double>(1.0 / 362880));
        series = Vector.FusedMultiplyAdd(series, rest, new Vector<double>(1.0 / 40320));
        series = Vector.FusedMultiplyAdd(series, rest, new Vector<double>(1.0 / 5040));
        series = Vector.FusedMultiplyAdd(series, rest, new Vector<double>(1.0 / 720));
        series = Vector.FusedMultiplyAdd(series, rest, new Vector<double>(1.0 / 120));
        series = Vector.FusedMultiplyAdd(series, rest, new Vector<double>(1.0 / 24));
        series = Vector.FusedMultiplyAdd(series, rest, new Vector<double>(1.0 / 6));
        series = Vector.FusedMultiplyAdd(series, rest, new Vector<double>(0.5));
        series = Vector.FusedMultiplyAdd(series, rest, Vector<double>.One);
        series = Vector.FusedMultiplyAdd(series, rest, Vector<double>.One);
        return Vector.AsVectorDouble(Vector.AsVectorInt64(series) + Vector.ShiftLeft(Vector.AsVectorInt64(rounded), MantissaBits));
    }
}
