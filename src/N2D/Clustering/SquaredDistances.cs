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
        var sums = MemoryMarshal.Cast<float, Vector<float>>(distances);
        sums.Clear();
        for (var column = 0; column < center.Length; column++)
        {
            var values = MemoryMarshal.Cast<float, Vector<float>>(block.Slice(column * distances.Length, distances.Length));
            var coordinate = new Vector<float>(center[column]);
            for (var lane = 0; lane < sums.Length; lane++)
            {
                var difference = values[lane] - coordinate;
                sums[lane] = Vector.MultiplyAddEstimate(difference, difference, sums[lane]);
            }
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
