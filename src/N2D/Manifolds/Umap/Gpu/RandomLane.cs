using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>One of the eight sequences of <see cref="RandomLanes"/>, for kernels.</summary>
internal struct RandomLane
{
    private uint _a;
    private uint _b;
    private uint _c;
    private uint _d;

    /// <summary>Creates a sequence.</summary>
    /// <param name="start">The sequence that provides the initial states of all eight.</param>
    /// <param name="lane">The lane, 0 to 7.</param>
    public RandomLane(RandomSequence start, int lane)
    {
        _a = State(ref start, lane);
        _b = State(ref start, lane);
        _c = State(ref start, lane);
        _d = State(ref start, lane);
    }

    /// <summary>Draws an integer, uniform from 0 to bound - 1.</summary>
    /// <param name="bound">The exclusive bound, 1 or more.</param>
    public int NextInt32(int bound)
    {
        var result = _a + _d;
        var shifted = _b << 9;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = (_d << 11) | (_d >> 21);
        return (int)(((ulong)result * (uint)bound) >> 32);
    }

    /// <summary>The lane's half of four numbers.</summary>
    private static uint State(ref RandomSequence start, int lane)
    {
        var own = 0UL;
        for (var pair = 0; pair < 4; pair++)
        {
            var number = start.NextUInt64();
            own = pair == lane / 2 ? number : own;
        }

        return (uint)(lane % 2 == 0 ? own : own >> 32);
    }
}
