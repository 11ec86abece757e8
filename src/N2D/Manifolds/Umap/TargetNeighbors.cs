using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>
/// The nearest numbers of each number, found in their order: exactly, in O(n log n + n k). If numbers on both sides are equally far, the
/// one with fewer numbers between in sorted order comes first. Otherwise, many equal numbers would all have the same few neighbors.
/// </summary>
internal static class TargetNeighbors
{
    private const int RowsPerBlock = 512;

    /// <summary>Finds the neighbors.</summary>
    /// <param name="numbers">m numbers whose differences float32 can hold.</param>
    /// <param name="neighborCount">k, 1 to m - 1, the number itself not counted.</param>
    /// <param name="execution">Threads and cancellation.</param>
    public static NeighborGraph Find(double[] numbers, int neighborCount, Execution execution)
    {
        var order = new int[numbers.Length];
        for (var place = 0; place < order.Length; place++)
        {
            order[place] = place;
        }

        Array.Sort(order, (one, other) => numbers[one].CompareTo(numbers[other]) is var sign and not 0 ? sign : one.CompareTo(other));
        var indices = new int[ArraySize.Of(numbers.Length, neighborCount)];
        var distances = new float[indices.Length];
        ParallelRows.For(numbers.Length, RowsPerBlock, execution, (start, end) =>
        {
            for (var place = start; place < end; place++)
            {
                var part = order[place] * neighborCount;
                Collect(numbers, order, place, indices.AsSpan(part, neighborCount), distances.AsSpan(part, neighborCount));
            }
        });
        return new NeighborGraph(indices, distances, neighborCount);
    }

    /// <summary>The distance of two numbers.</summary>
    public static float Distance(double one, double other) => (float)Math.Abs(one - other);

    private static void Collect(double[] numbers, int[] order, int place, Span<int> indices, Span<float> distances)
    {
        var own = numbers[order[place]];
        var (below, above) = (place - 1, place + 1);
        for (var neighbor = 0; neighbor < indices.Length; neighbor++)
        {
            var down = below >= 0 ? Distance(own, numbers[order[below]]) : float.PositiveInfinity;
            var up = above < order.Length ? Distance(own, numbers[order[above]]) : float.PositiveInfinity;
            var isBelow = down < up || (down == up && place - below <= above - place);
            distances[neighbor] = isBelow ? down : up;
            indices[neighbor] = isBelow ? order[below--] : order[above++];
        }
    }
}
