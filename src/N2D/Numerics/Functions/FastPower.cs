using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace N2D.Numerics;

/// <summary>Powers of positive floats, with a relative error of 2e-6 for the exponents and bases of a layout.</summary>
/// <remarks>
/// x^y = 2^(y log2 x). The logarithm of the mantissa m is the series of artanh in t = (m - 1) / (m + 1), with |t| below 0.1716; the
/// power of the fraction is a Taylor polynomial. Every operation is rounded once: the bits are the same everywhere.
/// </remarks>
internal static class FastPower
{
    private const float TwoOverLn2 = 2.885390081777927f;
    private const float Ln2 = 0.6931471805599453f;
    private const int MantissaBits = 23;

    /// <summary>x^y for positive normal x; 0 if x is 0 and y is above 0.</summary>
    /// <param name="x">Bases, 0 or more.</param>
    /// <param name="y">Exponents. Results are clamped to 2^-126 to 2^126.</param>
    /// <typeparam name="TWidth">The arithmetic.</typeparam>
    /// <typeparam name="TVector">Its numbers.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Pow<TWidth, TVector>(TVector x, TVector y)
        where TWidth : struct, IArithmetic<TVector, float>
        where TVector : struct => Exp2<TWidth, TVector>(TWidth.Multiply(y, Log2<TWidth, TVector>(x)));

    /// <summary>x^y, as for any width.</summary>
    /// <inheritdoc cref="Pow{TWidth, TVector}"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Pow(Vector256<float> x, Vector256<float> y) => Pow<Width256<float>, Vector256<float>>(x, y);

    /// <summary>x^y, as for vectors.</summary>
    /// <inheritdoc cref="Pow{TWidth, TVector}"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Pow(float x, float y) => Pow(Vector256.Create(x), Vector256.Create(y)).ToScalar();

    /// <summary>log2 x for positive normal x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Log2<TWidth, TVector>(TVector x)
        where TWidth : struct, IArithmetic<TVector, float>
        where TVector : struct
    {
        // Subtracting the bits of sqrt(1/2) before extracting the exponent centers the mantissa on 1.
        var centered = TWidth.SubtractBits(x, TWidth.Broadcast(BitConverter.Int32BitsToSingle(0x3F3504F3)));
        var exponent = TWidth.ShiftRightArithmetic(centered, MantissaBits);
        var mantissa = TWidth.SubtractBits(x, TWidth.ShiftLeft(exponent, MantissaBits));
        var t = TWidth.Divide(TWidth.Subtract(mantissa, TWidth.One), TWidth.Add(mantissa, TWidth.One));
        var square = TWidth.Multiply(t, t);
        var series = TWidth.Broadcast(TwoOverLn2 / 9);
        series = TWidth.MultiplyAdd(series, square, TWidth.Broadcast(TwoOverLn2 / 7));
        series = TWidth.MultiplyAdd(series, square, TWidth.Broadcast(TwoOverLn2 / 5));
        series = TWidth.MultiplyAdd(series, square, TWidth.Broadcast(TwoOverLn2 / 3));
        series = TWidth.MultiplyAdd(series, square, TWidth.Broadcast(TwoOverLn2));
        return TWidth.MultiplyAdd(series, t, TWidth.FromIntegers(exponent));
    }

    /// <summary>2^x, with x clamped to [-126, 126].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Exp2<TWidth, TVector>(TVector x)
        where TWidth : struct, IArithmetic<TVector, float>
        where TVector : struct
    {
        var clamped = TWidth.Min(TWidth.Broadcast(126f), TWidth.Max(TWidth.Broadcast(-126f), x));
        var whole = TWidth.Floor(TWidth.Add(clamped, TWidth.Broadcast(0.5f)));
        var fraction = TWidth.Multiply(TWidth.Subtract(clamped, whole), TWidth.Broadcast(Ln2));
        var series = TWidth.Broadcast(1f / 720);
        series = TWidth.MultiplyAdd(series, fraction, TWidth.Broadcast(1f / 120));
        series = TWidth.MultiplyAdd(series, fraction, TWidth.Broadcast(1f / 24));
        series = TWidth.MultiplyAdd(series, fraction, TWidth.Broadcast(1f / 6));
        series = TWidth.MultiplyAdd(series, fraction, TWidth.Broadcast(0.5f));
        series = TWidth.MultiplyAdd(series, fraction, TWidth.One);
        series = TWidth.MultiplyAdd(series, fraction, TWidth.One);
        return TWidth.AddBits(series, TWidth.ShiftLeft(TWidth.ToIntegers(whole), MantissaBits));
    }
}
