using System.Runtime.CompilerServices;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>
/// The forces of a layout by squared distance (McInnes et al. 2018, section 4.2 and appendix C), for vectors on the processor and single
/// numbers on a GPU, with the same bits.
/// </summary>
/// <param name="curve">a and b.</param>
/// <param name="repulsionStrength">gamma, the weight of repulsion relative to attraction.</param>
internal readonly struct ForceFormulas(MembershipCurve curve, float repulsionStrength)
{
    /// <summary>The largest step of one coordinate, before it is multiplied by the learning rate.</summary>
    private const float ClipLimit = 4;

    /// <summary>Keeps the repulsion of nearly coincident rows finite.</summary>
    private const float RepulsionSoftening = 0.001f;

    private readonly float _a = (float)curve.A;
    private readonly float _b = (float)curve.B;
    private readonly float _attractionFactor = (float)(-2 * curve.A * curve.B);
    private readonly float _repulsionFactor = (float)(2 * repulsionStrength * curve.B);

    /// <summary>The coefficients of attraction, -2 a b x^(2b - 2) / (1 + a x^(2b)); 0 for coincident rows.</summary>
    /// <param name="square">Squared distances, x^2.</param>
    /// <typeparam name="TWidth">The arithmetic.</typeparam>
    /// <typeparam name="TVector">Its numbers.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Attraction<TWidth, TVector>(TVector square)
        where TWidth : struct, IArithmetic<TVector, float>
        where TVector : struct
    {
        var power = FastPower.Pow<TWidth, TVector>(square, TWidth.Broadcast(_b));
        var denominator = TWidth.Multiply(square, TWidth.Add(TWidth.One, TWidth.Multiply(TWidth.Broadcast(_a), power)));
        return ZeroIfCoincident<TWidth, TVector>(
            square, TWidth.Divide(TWidth.Multiply(TWidth.Broadcast(_attractionFactor), power), denominator));
    }

    /// <summary>The coefficients of repulsion, 2 gamma b / ((0.001 + x^2) (1 + a x^(2b))); 0 for coincident rows.</summary>
    /// <inheritdoc cref="Attraction{TWidth, TVector}"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Repulsion<TWidth, TVector>(TVector square)
        where TWidth : struct, IArithmetic<TVector, float>
        where TVector : struct
    {
        var power = FastPower.Pow<TWidth, TVector>(square, TWidth.Broadcast(_b));
        var denominator = TWidth.Multiply(
            TWidth.Add(square, TWidth.Broadcast(RepulsionSoftening)),
            TWidth.Add(TWidth.One, TWidth.Multiply(TWidth.Broadcast(_a), power)));
        return ZeroIfCoincident<TWidth, TVector>(square, TWidth.Divide(TWidth.Broadcast(_repulsionFactor), denominator));
    }

    /// <summary>The clipped force on a row along its difference from another row: toward that row if the coefficient is negative.</summary>
    /// <param name="difference">The row's coordinates minus the other's: eight coordinates, or one coordinate of each pair.</param>
    /// <param name="coefficient">The coefficients of attraction or repulsion.</param>
    /// <typeparam name="TWidth">The arithmetic.</typeparam>
    /// <typeparam name="TVector">Its numbers.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector ClippedForce<TWidth, TVector>(TVector difference, TVector coefficient)
        where TWidth : struct, IArithmetic<TVector, float>
        where TVector : struct
    {
        // The result is the second operand if one is NaN: a NaN reaches the layout, where it is detected.
        var force = TWidth.Multiply(coefficient, difference);
        return TWidth.Min(TWidth.Broadcast(ClipLimit), TWidth.Max(TWidth.Broadcast(-ClipLimit), force));
    }

    /// <summary>
    /// Adds a force, times the learning rate, to the sums of forces. Only lanes whose force may exceed the limit are clipped, so that the
    /// bits of a lane do not depend on the others.
    /// </summary>
    /// <param name="sum">The sums, one coordinate of each pair.</param>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="difference">The row's coordinate minus the other's.</param>
    /// <param name="square">The squared distances of the pairs.</param>
    /// <param name="coefficient">The coefficients of attraction or repulsion.</param>
    /// <typeparam name="TWidth">The arithmetic.</typeparam>
    /// <typeparam name="TVector">Its numbers.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector AddForce<TWidth, TVector>(
        TVector sum, TVector learningRate, TVector difference, TVector square, TVector coefficient)
        where TWidth : struct, IArithmetic<TVector, float>
        where TVector : struct => TWidth.Select(
            MayBeClipped<TWidth, TVector>(square, coefficient),
            TWidth.MultiplyAdd(learningRate, ClippedForce<TWidth, TVector>(difference, coefficient), sum),
            TWidth.MultiplyAdd(TWidth.Multiply(coefficient, learningRate), difference, sum));

    /// <summary>A mask of the pairs of rows whose force may exceed the limit in a coordinate: its length exceeds it.</summary>
    /// <param name="square">The squared distances of the pairs.</param>
    /// <param name="coefficient">The coefficients of attraction or repulsion.</param>
    /// <typeparam name="TWidth">The arithmetic.</typeparam>
    /// <typeparam name="TVector">Its numbers.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector MayBeClipped<TWidth, TVector>(TVector square, TVector coefficient)
        where TWidth : struct, IArithmetic<TVector, float>
        where TVector : struct =>
        TWidth.LessThan(TWidth.Broadcast(ClipLimit * ClipLimit), TWidth.Multiply(TWidth.Multiply(coefficient, coefficient), square));

    /// <summary>Coincident rows have no direction for a force.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector ZeroIfCoincident<TWidth, TVector>(TVector square, TVector coefficient)
        where TWidth : struct, IArithmetic<TVector, float>
        where TVector : struct => TWidth.Select(TWidth.LessThan(TWidth.Zero, square), coefficient, TWidth.Zero);
}
