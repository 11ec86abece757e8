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
internal sealed class LayoutForces(LayoutCurve curve, float repulsionStrength)
{
    /// <summary>Keeps the push finite between rows that nearly coincide.</summary>
    private const float RepulsionSoftening = 0.001f;

    private readonly float _a = (float)curve.A;
    private readonly float _b = (float)curve.B;
    private readonly float _pullFactor = (float)(-2 * curve.A * curve.B);
    private readonly float _pushFactor = (float)(2 * repulsionStrength * curve.B);

    /// <summary>Turns squared distances into coefficients of pushes, in place, and returns the first one's coefficient of a pull.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float PullAndPushes(Span<float> squares)
    {
        ref var first = ref MemoryMarshal.GetReference(squares);
        var pull = 0f;
        for (var lane = 0; lane < squares.Length; lane += Vector256<float>.Count)
        {
            var square = Vector256.LoadUnsafe(ref first, (nuint)lane);
            var power = FastPower.Pow(square, Vector256.Create(_b));
            if (lane == 0)
            {
                pull = OnlyBetweenDistinct(square, Pull(square, power)).ToScalar();
            }

            OnlyBetweenDistinct(square, Push(square, power)).StoreUnsafe(ref first, (nuint)lane);
        }

        return pull;
    }

    /// <summary>-2 a b x^(2b - 2) / (1 + a x^(2b)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<float> Pull(Vector256<float> square, Vector256<float> power) =>
        _pullFactor * power / (square * (Vector256<float>.One + (_a * power)));

    /// <summary>2 gamma b / ((0.001 + x^2) (1 + a x^(2b))).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<float> Push(Vector256<float> square, Vector256<float> power) =>
        Vector256.Create(_pushFactor) / ((square + Vector256.Create(RepulsionSoftening)) * (Vector256<float>.One + (_a * power)));

    /// <summary>Rows that coincide have no direction in which to part.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> OnlyBetweenDistinct(Vector256<float> square, Vector256<float> coefficient) =>
        Vector256.ConditionalSelect(Vector256.GreaterThan(square, Vector256<float>.Zero), coefficient, Vector256<float>.Zero);
}
