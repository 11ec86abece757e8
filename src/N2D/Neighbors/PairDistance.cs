using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace N2D.Neighbors;

/// <summary>The distance of one pair of rows, vectorised along the row.</summary>
internal static class PairDistance
{
    /// <summary>The metric's sum over a pair of rows; monotone in their distance.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum<TKernel>(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
        where TKernel : struct, IDistanceKernel
    {
        ref var left = ref MemoryMarshal.GetReference(x);
        ref var right = ref MemoryMarshal.GetReference(y);
        var even = Vector256<float>.Zero;
        var odd = Vector256<float>.Zero;
        var column = 0;
        for (; column <= x.Length - 16; column += 16)
        {
            even = TKernel.Accumulate(even, Vector256.LoadUnsafe(ref left, (nuint)column), Vector256.LoadUnsafe(ref right, (nuint)column));
            odd = TKernel.Accumulate(odd, Vector256.LoadUnsafe(ref left, (nuint)column + 8), Vector256.LoadUnsafe(ref right, (nuint)column + 8));
        }

        for (; column <= x.Length - 8; column += 8)
        {
            even = TKernel.Accumulate(even, Vector256.LoadUnsafe(ref left, (nuint)column), Vector256.LoadUnsafe(ref right, (nuint)column));
        }

        for (; column < x.Length; column++)
        {
            // A lone coordinate goes through lane 0; the zeros in the other lanes add nothing under any metric.
            odd = TKernel.Accumulate(odd, Vector256.CreateScalar(x[column]), Vector256.CreateScalar(y[column]));
        }

        return TKernel.Reduce(TKernel.Combine(even, odd));
    }
}
