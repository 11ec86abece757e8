using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace N2D.Numerics;

/// <summary>Powers of eight positive floats at once, with a relative error of 2e-6 for the exponents and bases of a layout.</summary>
/// <remarks>
/// x^y = 2^(y log2 x). The logarithm of the mantissa m is the series of artanh in t = (m - 1) / (m + 1), with |t| below 0.1716; the
/// power of the fraction is a Taylor polynomial. Every operation is rounded once: the bits are the same everywhere.
/// </remarks>
internal static class FastPower
{
    private const float TwoOverLn2 = 2.885390081777927f;
    private const float Ln2 = 0.6931471805599453f;

    /// <summary>x^y for positive normal x; 0 if x is 0 and y is above 0.</summary>
    /// <param name="x">Bases, 0 or more.</param>
    /// <param name="y">Exponents. Results are clamped to 2^-126 to 2^126.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Pow(Vector256<float> x, Vector256<float> y) => Exp2(y * Log2(x));

    /// <summary>x^y, as for vectors.</summary>
    /// <inheritdoc cref="Pow(Vector256{float}, Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Pow(float x, float y) => Pow(Vector256.Create(x), Vector256.Create(y)).ToScalar();

    /// <summary>log2 x for positive normal x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Log2(Vector256<float> x)
    {
        // Subtracting the bits of sqrt(1/2) before extracting the exponent centers the mantissa on 1.
        var centered = x.AsInt32() - Vector256.Create(0x3F3504F3);
        var exponent = Vector256.ShiftRightArithmetic(centered, 23);
        var mantissa = (x.AsInt32() - Vector256.ShiftLeft(exponent, 23)).AsSingle();
        var t = (mantissa - Vector256<float>.One) / (mantissa + Vector256<float>.One);
        var square = t * t;
        var series = Vector256.Create(TwoOverLn2 / 9);
        series = Vector256.MultiplyAddEstimate(series, square, Vector256.Create(TwoOverLn2 / 7));
        series = Vector256.MultiplyAddEstimate(series, square, Vector256.Create(TwoOverLn2 / 5));
        series = Vector256.MultiplyAddEstimate(series, square, Vector256.Create(TwoOverLn2 / 3));
        series = Vector256.MultiplyAddEstimate(series, square, Vector256.Create(TwoOverLn2));
        return Vector256.MultiplyAddEstimate(series, t, Vector256.ConvertToSingle(exponent));
    }

    /// <summary>2^x, with x clamped to [-126, 126].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Exp2(Vector256<float> x)
    {
        var clamped = Vector256.MinNative(Vector256.Create(126f), Vector256.MaxNative(Vector256.Create(-126f), x));
        var whole = Vector256.Floor(clamped + Vector256.Create(0.5f));
        var fraction = (clamped - whole) * Ln2;
        var series = Vector256.Create(1f / 720);
        series = Vector256.MultiplyAddEstimate(series, fraction, Vector256.Create(1f / 120));
        series = Vector256.MultiplyAddEstimate(series, fraction, Vector256.Create(1f / 24));
        series = Vector256.MultiplyAddEstimate(series, fraction, Vector256.Create(1f / 6));
        series = Vector256.MultiplyAddEstimate(series, fraction, Vector256.Create(0.5f));
        series = Vector256.MultiplyAddEstimate(series, fraction, Vector256<float>.One);
        series = Vector256.MultiplyAddEstimate(series, fraction, Vector256<float>.One);
        var exponent = Vector256.ShiftLeft(Vector256.ConvertToInt32Native(whole), 23);
        return (series.AsInt32() + exponent).AsSingle();
    }
}
