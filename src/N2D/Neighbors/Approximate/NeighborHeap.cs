using System.Runtime.CompilerServices;

namespace N2D.Neighbors;

/// <summary>
/// The k best candidates of a row as a binary heap over spans, with the worst on top. Candidates are ordered by distance, then by row
/// number, so the k best do not depend on the order in which they are offered.
/// </summary>
internal static class NeighborHeap
{
    /// <summary>Marks a vacant entry.</summary>
    public const int Empty = int.MaxValue;

    /// <summary>Empties a heap.</summary>
    public static void Clear(Span<float> distances, Span<int> indices)
    {
        distances.Fill(float.PositiveInfinity);
        indices.Fill(Empty);
    }

    /// <summary>Replaces the worst candidate by one that is not in the heap yet, if that is better.</summary>
    /// <returns>Whether it replaced the worst.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Offer(Span<float> distances, Span<int> indices, float distance, int index)
    {
        if (!IsCloser(distance, index, distances[0], indices[0]))
        {
            return false;
        }

        SiftDown(distances, indices, distance, index);
        return true;
    }

    /// <summary>Sorts a heap by ascending distance.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sort(Span<float> distances, Span<int> indices)
    {
        for (var last = distances.Length - 1; last > 0; last--)
        {
            var (distance, index) = (distances[last], indices[last]);
            (distances[last], indices[last]) = (distances[0], indices[0]);
            SiftDown(distances[..last], indices[..last], distance, index);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsCloser(float distance, int index, float otherDistance, int otherIndex) =>
        distance < otherDistance || (distance == otherDistance && index < otherIndex);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SiftDown(Span<float> distances, Span<int> indices, float distance, int index)
    {
        var parent = 0;
        while (true)
        {
            var child = (2 * parent) + 1;
            if (child >= distances.Length)
            {
                break;
            }

            if (child + 1 < distances.Length && IsCloser(distances[child], indices[child], distances[child + 1], indices[child + 1]))
            {
                child++;
            }

            if (!IsCloser(distance, index, distances[child], indices[child]))
            {
                break;
            }

            distances[parent] = distances[child];
            indices[parent] = indices[child];
            parent = child;
        }

        distances[parent] = distance;
        indices[parent] = index;
    }
}
