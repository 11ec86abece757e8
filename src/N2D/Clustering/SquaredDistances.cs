using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace N2D.Clustering;

/// <summary>Squared Euclidean distances of a block of rows from a centre, a row a SIMD lane.</summary>
internal static class SquaredDistances
{
    /// <summary>Measures the rows of a block from one point.</summary>
    /// <param name="block">d columns of as many values as there are distances.</param>
    /// <param name="center">d values.</param>
    /// <param name="distances">Takes the squared distance of each row; a multiple of the vector size.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void From(ReadOnlySpan<float> block, ReadOnlySpan<float> center, Span<float> distances)
    {
        ref var values = ref Unsafe.As<float, Vector<float>>(ref MemoryMarshal.GetReference(block));
        var sums = MemoryMarshal.Cast<float, Vector<float>>(distances);
        var lane = 0;
        for (; lane <= sums.Length - 4; lane += 4)
        {
            // Four sums stay in registers from the first column to the last.
            var (sum0, sum1, sum2, sum3) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
            for (var (column, place) = (0, lane); column < center.Length; column++, place += sums.Length)
            {
                var coordinate = new Vector<float>(center[column]);
                ref var rows = ref Unsafe.Add(ref values, place);
                var difference = rows - coordinate;
                sum0 = Vector.MultiplyAddEstimate(difference, difference, sum0);
                difference = Unsafe.Add(ref rows, 1) - coordinate;
                sum1 = Vector.MultiplyAddEstimate(difference, difference, sum1);
                difference = Unsafe.Add(ref rows, 2) - coordinate;
                sum2 = Vector.MultiplyAddEstimate(difference, difference, sum2);
                difference = Unsafe.Add(ref rows, 3) - coordinate;
                sum3 = Vector.MultiplyAddEstimate(difference, difference, sum3);
            }

            (sums[lane], sums[lane + 1], sums[lane + 2], sums[lane + 3]) = (sum0, sum1, sum2, sum3);
        }

        for (; lane < sums.Length; lane++)
        {
            var sum = Vector<float>.Zero;
            for (var column = 0; column < center.Length; column++)
            {
                var difference = Unsafe.Add(ref values, (column * sums.Length) + lane) - new Vector<float>(center[column]);
                sum = Vector.MultiplyAddEstimate(difference, difference, sum);
            }

            sums[lane] = sum;
        }
    }

    /// <summary>Remembers, for each row of a block, the nearest of the centres that it was measured from.</summary>
    /// <param name="distances">The squared distance of each row from one more centre.</param>
    /// <param name="center">The number of that centre.</param>
    /// <param name="nearest">The smallest squared distance so far, updated.</param>
    /// <param name="nearestCenter">The number of the nearest centre so far, updated; the first of several equally near.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void KeepNearest(ReadOnlySpan<float> distances, int center, Span<float> nearest, Span<int> nearestCenter)
    {
        var candidates = MemoryMarshal.Cast<float, Vector<float>>(distances);
        var smallest = MemoryMarshal.Cast<float, Vector<float>>(nearest);
        var numbers = MemoryMarshal.Cast<int, Vector<int>>(nearestCenter);
        var number = new Vector<int>(center);
        for (var lane = 0; lane < candidates.Length; lane++)
        {
            var nearer = Vector.LessThan(candidates[lane], smallest[lane]);
            smallest[lane] = Vector.ConditionalSelect(nearer, candidates[lane], smallest[lane]);
            numbers[lane] = Vector.ConditionalSelect(nearer, number, numbers[lane]);
        }
    }
}
