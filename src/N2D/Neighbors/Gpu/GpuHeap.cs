using ILGPU;

namespace N2D.Neighbors;

/// <summary>The k best candidates of a row as a heap in the memory of a GPU, in the order of <see cref="NeighborHeap"/>.</summary>
internal static class GpuHeap
{
    /// <summary>Replaces the worst candidate by a better one.</summary>
    /// <param name="ranks">The ranks of all heaps.</param>
    /// <param name="rows">The row numbers of all heaps.</param>
    /// <param name="start">The start of the heap.</param>
    /// <param name="count">The size of the heap.</param>
    /// <param name="rank">The rank of the candidate.</param>
    /// <param name="row">Its row number.</param>
    public static void ReplaceWorst(ArrayView<float> ranks, ArrayView<int> rows, long start, int count, float rank, int row)
    {
        var parent = 0;
        while (true)
        {
            var child = (2 * parent) + 1;
            if (child >= count)
            {
                break;
            }

            if (child + 1 < count
                && IsCloser(ranks[start + child], rows[start + child], ranks[start + child + 1], rows[start + child + 1]))
            {
                child++;
            }

            if (!IsCloser(rank, row, ranks[start + child], rows[start + child]))
            {
                break;
            }

            ranks[start + parent] = ranks[start + child];
            rows[start + parent] = rows[start + child];
            parent = child;
        }

        ranks[start + parent] = rank;
        rows[start + parent] = row;
    }

    /// <summary>Offers the candidates of another heap.</summary>
    /// <param name="ranks">The ranks of all heaps.</param>
    /// <param name="rows">The row numbers of all heaps.</param>
    /// <param name="start">The start of the heap.</param>
    /// <param name="other">The start of the other heap.</param>
    /// <param name="count">The size of both.</param>
    public static void Merge(ArrayView<float> ranks, ArrayView<int> rows, long start, long other, int count)
    {
        for (var place = other; place < other + count; place++)
        {
            if (IsCloser(ranks[place], rows[place], ranks[start], rows[start]))
            {
                ReplaceWorst(ranks, rows, start, count, ranks[place], rows[place]);
            }
        }
    }

    /// <summary>Sorts a heap by ascending rank, then by row number.</summary>
    /// <param name="ranks">The ranks of all heaps.</param>
    /// <param name="rows">The row numbers of all heaps.</param>
    /// <param name="start">The start of the heap.</param>
    /// <param name="count">Its size.</param>
    public static void Sort(ArrayView<float> ranks, ArrayView<int> rows, long start, int count)
    {
        for (var last = count - 1; last > 0; last--)
        {
            var rank = ranks[start + last];
            var row = rows[start + last];
            ranks[start + last] = ranks[start];
            rows[start + last] = rows[start];
            ReplaceWorst(ranks, rows, start, last, rank, row);
        }
    }

    private static bool IsCloser(float rank, int row, float otherRank, int otherRow) =>
        rank < otherRank || (rank == otherRank && row < otherRow);
}
