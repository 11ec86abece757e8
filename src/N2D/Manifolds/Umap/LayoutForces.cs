using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>
/// The coefficients of pulls and pushes in a layout by squared distance (McInnes et al. 2018, section 4.2 and appendix C), eight at a time.
/// </summary>
/// <param name="curve">a and b.</param>
/// <param name="repulsionStrength">gamma, the weight of pushes against pulls.</param>
internal sealed class LayoutForces(MembershipCurve curve, float repulsionStrength)
{
    /// <summary>Largest step of one coordinate before the learning rate.</summary>
    private const float ClipLimit = 4;

    /// <summary>Keeps the push finite between rows that nearly coincide.</summary>
    private const float RepulsionSoftening = 0.001f;

    private readonly float _a = (float)curve.A;
    private readonly float _b = (float)curve.B;
    private readonly float _pullFactor = (float)(-2 * curve.A * curve.B);
    private readonly float _pushFactor = (float)(2 * repulsionStrength * curve.B);

    /// <summary>The length of an array that holds so many figures in whole registers.</summary>
    public static int Padded(int count) => (count + Vector256<float>.Count - 1) / Vector256<float>.Count * Vector256<float>.Count;

    /// <summary>Turns squared distances into coefficients of pulls, in place.</summary>
    /// <param name="squares">Whole registers; what fills up the last may be any numbers.</param>
    public void Pulls(Span<float> squares)
    {
        ref var first = ref MemoryMarshal.GetReference(squares);
        for (nuint lane = 0; lane < (nuint)squares.Length; lane += (nuint)Vector256<float>.Count)
        {
            var square = Vector256.LoadUnsafe(ref first, lane);
            Pull(square).StoreUnsafe(ref first, lane);
        }
    }

    /// <summary>Turns squared distances into coefficients of pushes, in place.</summary>
    /// <param name="squares">Whole registers; what fills up the last may be any numbers.</param>
    public void Pushes(Span<float> squares)
    {
        ref var first = ref MemoryMarshal.GetReference(squares);
        for (nuint lane = 0; lane < (nuint)squares.Length; lane += (nuint)Vector256<float>.Count)
        {
            var square = Vector256.LoadUnsafe(ref first, lane);
            Push(square).StoreUnsafe(ref first, lane);
        }
    }

    /// <summary>The coefficients of pulls, -2 a b x^(2b - 2) / (1 + a x^(2b)); 0 between rows that coincide.</summary>
    /// <param name="square">Squared distances, x^2.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Pull(Vector256<float> square)
    {
        var power = FastPower.Pow(square, Vector256.Create(_b));
        return OnlyBetweenDistinct(square, _pullFactor * power / (square * (Vector256<float>.One + (_a * power))));
    }

    /// <summary>The coefficients of pushes, 2 gamma b / ((0.001 + x^2) (1 + a x^(2b))); 0 between rows that coincide.</summary>
    /// <param name="square">Squared distances, x^2.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Push(Vector256<float> square)
    {
        var power = FastPower.Pow(square, Vector256.Create(_b));
        return OnlyBetweenDistinct(
            square, Vector256.Create(_pushFactor) / ((square + Vector256.Create(RepulsionSoftening)) * (Vector256<float>.One + (_a * power))));
    }

    /// <summary>The force along a difference from another row, clipped: toward that row if the coefficient is negative.</summary>
    /// <param name="difference">Where the row is less where the other one is, in eight coordinates, or in one of eight pairs of rows.</param>
    /// <param name="coefficient">The coefficients of the pull or push.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Along(Vector256<float> difference, Vector256<float> coefficient)
    {
        // The native functions hand on what is not a number if it comes second, so that it is found out at the end.
        var force = coefficient * difference;
        return Vector256.MinNative(Vector256.Create(ClipLimit), Vector256.MaxNative(Vector256.Create(-ClipLimit), force));
    }

    /// <summary>Whether a coordinate of a force may be beyond the limit in one of eight pairs of rows: whether its length is.</summary>
    /// <param name="square">Their squared distances.</param>
    /// <param name="coefficient">The coefficients of the pull or push.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool MayBeClipped(Vector256<float> square, Vector256<float> coefficient) =>
        Vector256.GreaterThanAny(coefficient * coefficient * square, Vector256.Create(ClipLimit * ClipLimit));

    /// <summary>Rows that coincide have no direction in which to part.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> OnlyBetweenDistinct(Vector256<float> square, Vector256<float> coefficient) =>
        Vector256.ConditionalSelect(Vector256.GreaterThan(square, Vector256<float>.Zero), coefficient, Vector256<float>.Zero);
}
