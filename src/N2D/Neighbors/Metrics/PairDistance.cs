using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace N2D.Neighbors;

/// <summary>The distance of one pair of rows, vectorized along the row.</summary>
internal static class PairDistance
{
    /// <summary>
    /// The rank of a pair of rows under a metric. <see cref="IDistanceKernel.Finish(float)"/> converts it to their distance.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Rank<TKernel>(TKernel kernel, ReadOnlySpan<float> x, ReadOnlySpan<float> y)
        where TKernel : struct, IDistanceKernel
    {
        Debug.Assert(x.Length == y.Length, "The rows must have the same number of columns.");
        ref var left = ref MemoryMarshal.GetReference(x);
        ref var right = ref MemoryMarshal.GetReference(y);
        var even = default(DistanceSums);
        var odd = default(DistanceSums);
        var column = 0;
        for (; column <= x.Length - 16; column += 16)
        {
            even = kernel.Accumulate(even, Vector256.LoadUnsafe(ref left, (nuint)column), Vector256.LoadUnsafe(ref right, (nuint)column));
            odd = kernel.Accumulate(
                odd, Vector256.LoadUnsafe(ref left, (nuint)column + 8), Vector256.LoadUnsafe(ref right, (nuint)column + 8));
        }

        for (; column <= x.Length - 8; column += 8)
        {
            even = kernel.Accumulate(even, Vector256.LoadUnsafe(ref left, (nuint)column), Vector256.LoadUnsafe(ref right, (nuint)column));
        }

        for (; column < x.Length; column++)
        {
            // A single coordinate uses lane 0. The zeros in the other lanes add nothing under any metric.
            odd = kernel.Accumulate(odd, Vector256.CreateScalar(x[column]), Vector256.CreateScalar(y[column]));
        }

        return Rank(kernel, kernel.Combine(even, odd));
    }

    /// <summary>The rank of a pair whose coordinates were accumulated in eight lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Rank<TKernel>(TKernel kernel, DistanceSums sums)
        where TKernel : struct, IDistanceKernel
    {
        // Pairs of lanes, then fours, then all eight.
        sums = kernel.Combine(sums, Shuffled(sums, Vector256.Create(1, 0, 3, 2, 5, 4, 7, 6)));
        sums = kernel.Combine(sums, Shuffled(sums, Vector256.Create(2, 3, 0, 1, 6, 7, 4, 5)));
        sums = kernel.Combine(sums, Shuffled(sums, Vector256.Create(4, 5, 6, 7, 0, 1, 2, 3)));
        return kernel.Rank(sums).ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static DistanceSums Shuffled(DistanceSums sums, Vector256<int> lanes) =>
        new(Vector256.Shuffle(sums.First, lanes), Vector256.Shuffle(sums.Second, lanes));
}
