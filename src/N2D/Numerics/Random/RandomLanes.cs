using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace N2D.Numerics;

/// <summary>
/// Eight random sequences in SIMD lanes, a pure function of the sequence that seeds them. About ten instructions draw from all eight.
/// </summary>
/// <remarks>
/// xoshiro128+ in each lane (Blackman and Vigna, 2021). Only the upper bits of its output are good; <see cref="NextInt32"/> uses these.
/// </remarks>
internal struct RandomLanes
{
    private Vector256<uint> _a;
    private Vector256<uint> _b;
    private Vector256<uint> _c;
    private Vector256<uint> _d;

    /// <summary>Creates eight sequences.</summary>
    /// <param name="start">The sequence that provides the initial states.</param>
    public RandomLanes(RandomSequence start)
    {
        _a = State(ref start);
        _b = State(ref start);
        _c = State(ref start);
        _d = State(ref start);
    }

    /// <summary>Draws an integer in each lane, uniform from 0 to bound - 1.</summary>
    /// <param name="bound">The exclusive bound, 1 or more.</param>
    /// <remarks>Multiply-shift, with a bias below bound / 2^32.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<int> NextInt32(int bound) => UpperHalves(Next(), (uint)bound).AsInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<uint> Next()
    {
        var result = _a + _d;
        var shifted = Vector256.ShiftLeft(_b, 9);
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = Vector256.ShiftLeft(_d, 11) | Vector256.ShiftRightLogical(_d, 21);
        return result;
    }

    /// <summary>The upper 32 bits of the product of each number and a factor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> UpperHalves(Vector256<uint> numbers, uint factor)
    {
        if (Avx2.IsSupported)
        {
            var even = Avx2.Multiply(numbers, Vector256.Create(factor));
            var odd = Avx2.Multiply(Vector256.ShiftRightLogical(numbers.AsUInt64(), 32).AsUInt32(), Vector256.Create(factor));
            return Avx2.Blend(Vector256.ShiftRightLogical(even, 32).AsUInt32(), odd.AsUInt32(), 0b10101010);
        }

        var (lower, upper) = Vector256.Widen(numbers);
        return Vector256.Narrow(
            Vector256.ShiftRightLogical(lower * (ulong)factor, 32), Vector256.ShiftRightLogical(upper * (ulong)factor, 32));
    }

    private static Vector256<uint> State(ref RandomSequence start) =>
        Vector256.Create(start.NextUInt64(), start.NextUInt64(), start.NextUInt64(), start.NextUInt64()).AsUInt32();
}
