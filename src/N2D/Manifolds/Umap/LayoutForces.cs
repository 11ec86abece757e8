using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>
/// The coefficients of the attractive and repulsive forces of a layout by squared distance (McInnes et al. 2018, section 4.2 and appendix
/// C), eight at a time.
/// </summary>
/// <param name="curve">a and b.</param>
/// <param name="repulsionStrength">gamma, the weight of repulsion relative to attraction.</param>
internal sealed class LayoutForces(MembershipCurve curve, float repulsionStrength)
{
    /// <summary>The largest step of one coordinate, before it is multiplied by the learning rate.</summary>
    private const float ClipLimit = 4;

    /// <summary>Keeps the repulsion of nearly coincident rows finite.</summary>
    private const float RepulsionSoftening = 0.001f;

    private readonly float _a = (float)curve.A;
    private readonly float _b = (float)curve.B;
    private readonly float _attractionFactor = (float)(-2 * curve.A * curve.B);
    private readonly float _repulsionFactor = (float)(2 * repulsionStrength * curve.B);

    /// <summary>The length of an array that holds values in whole vectors.</summary>
    /// <param name="count">The number of values.</param>
    public static int Padded(int count) => (count + Vector256<float>.Count - 1) / Vector256<float>.Count * Vector256<float>.Count;

    /// <summary>Replaces squared distances by the coefficients of attraction.</summary>
    /// <param name="squares">Whole vectors (<see cref="Padded"/>). The padding may have any values.</param>
    public void ToAttractions(Span<float> squares)
    {
        Debug.Assert(squares.Length % Vector256<float>.Count == 0, "The span must consist of whole vectors.");
        ref var first = ref MemoryMarshal.GetReference(squares);
        for (nuint lane = 0; lane < (nuint)squares.Length; lane += (nuint)Vector256<float>.Count)
        {
            var square = Vector256.LoadUnsafe(ref first, lane);
            Attraction(square).StoreUnsafe(ref first, lane);
        }
    }

    /// <summary>Replaces squared distances by the coefficients of repulsion.</summary>
    /// <param name="squares">Whole vectors (<see cref="Padded"/>). The padding may have any values.</param>
    public void ToRepulsions(Span<float> squares)
    {
        Debug.Assert(squares.Length % Vector256<float>.Count == 0, "The span must consist of whole vectors.");
        ref var first = ref MemoryMarshal.GetReference(squares);
        for (nuint lane = 0; lane < (nuint)squares.Length; lane += (nuint)Vector256<float>.Count)
        {
            var square = Vector256.LoadUnsafe(ref first, lane);
            Repulsion(square).StoreUnsafe(ref first, lane);
        }
    }

    /// <summary>The coefficients of attraction, -2 a b x^(2b - 2) / (1 + a x^(2b)); 0 for coincident rows.</summary>
    /// <param name="square">Squared distances, x^2.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Attraction(Vector256<float> square)
    {
        var power = FastPower.Pow(square, Vector256.Create(_b));
        return ZeroIfCoincident(square, _attractionFactor * power / (square * (Vector256<float>.One + (_a * power))));
    }

    /// <summary>The coefficients of repulsion, 2 gamma b / ((0.001 + x^2) (1 + a x^(2b))); 0 for coincident rows.</summary>
    /// <param name="square">Squared distances, x^2.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Repulsion(Vector256<float> square)
    {
        var power = FastPower.Pow(square, Vector256.Create(_b));
        return ZeroIfCoincident(
            square, Vector256.Create(_repulsionFactor)
                / ((square + Vector256.Create(RepulsionSoftening)) * (Vector256<float>.One + (_a * power))));
    }

    /// <summary>The clipped force on a row along its difference from another row: toward that row if the coefficient is negative.</summary>
    /// <param name="difference">The row's coordinates minus the other's: eight coordinates, or one coordinate of eight pairs.</param>
    /// <param name="coefficient">The coefficients of attraction or repulsion.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> ClippedForce(Vector256<float> difference, Vector256<float> coefficient)
    {
        // The native functions return the second operand if one is NaN: a NaN reaches the layout, where it is detected.
        var force = coefficient * difference;
        return Vector256.MinNative(Vector256.Create(ClipLimit), Vector256.MaxNative(Vector256.Create(-ClipLimit), force));
    }

    /// <summary>
    /// Whether a coordinate of a force may exceed the limit for one of eight pairs of rows: whether the force's length does.
    /// </summary>
    /// <param name="square">The squared distances of the pairs.</param>
    /// <param name="coefficient">The coefficients of attraction or repulsion.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool MayBeClipped(Vector256<float> square, Vector256<float> coefficient) =>
        Vector256.GreaterThanAny(coefficient * coefficient * square, Vector256.Create(ClipLimit * ClipLimit));

    /// <summary>Coincident rows have no direction for a force.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> ZeroIfCoincident(Vector256<float> square, Vector256<float> coefficient) =>
        Vector256.ConditionalSelect(Vector256.GreaterThan(square, Vector256<float>.Zero), coefficient, Vector256<float>.Zero);
}
