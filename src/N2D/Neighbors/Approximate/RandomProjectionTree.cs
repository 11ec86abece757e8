using System.Numerics.Tensors;
using N2D.Numerics;

namespace N2D.Neighbors;

/// <summary>
/// A random projection tree (Dasgupta and Freund, 2008): rows are split again and again by the hyperplane halfway between two of
/// them, drawn at random, until leaves are small. Rows of a leaf are likely neighbors.
/// </summary>
internal static class RandomProjectionTree
{
    /// <summary>Below this many rows a subtree is built by one thread.</summary>
    private const int ParallelThreshold = 4096;

    /// <summary>Cuts all rows into leaves.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="leafSize">Most rows a leaf.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="tree">The tree's number: each draws its own hyperplanes.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>The rows in the order of the leaves, and the place after the last row of each leaf.</returns>
    public static (int[] Rows, int[] LeafEnds) Build(Matrix rows, int leafSize, int seed, int tree, Execution execution)
    {
        var order = new int[rows.RowCount];
        for (var row = 0; row < order.Length; row++)
        {
            order[row] = row;
        }

        var isLeafEnd = new bool[rows.RowCount + 1];
        new Builder(rows, order, isLeafEnd, leafSize, seed, tree, execution).Split(0, order.Length, node: 1);
        return (order, [.. Enumerable.Range(1, order.Length).Where(end => isLeafEnd[end])]);
    }

    private sealed record Builder(Matrix Rows, int[] Order, bool[] IsLeafEnd, int LeafSize, int Seed, int Tree, Execution Execution)
    {
        /// <summary>Splits the rows from start to end - 1. A node's number, 2 node and 2 node + 1 for its children, keys its random numbers.</summary>
        public void Split(int start, int end, long node)
        {
            if (end - start <= LeafSize)
            {
                IsLeafEnd[end] = true;
                return;
            }

            Execution.CancellationToken.ThrowIfCancellationRequested();
            var middle = Partition(start, end, node);
            if (Execution.ThreadCount > 1 && end - start > ParallelThreshold)
            {
                // Told of the token, it ends a canceled tree as plain code does; otherwise each level would wrap the exception in one of its own.
                var options = new ParallelOptions { CancellationToken = Execution.CancellationToken };
                Parallel.Invoke(options, () => Split(start, middle, 2 * node), () => Split(middle, end, (2 * node) + 1));
            }
            else
            {
                Split(start, middle, 2 * node);
                Split(middle, end, (2 * node) + 1);
            }
        }

        private int Partition(int start, int end, long node)
        {
            var random = new RandomSequence(Seed, RandomPurpose.Neighbors, node, Tree);
            var count = end - start;
            var first = random.NextInt32(count);
            var second = (first + 1 + random.NextInt32(count - 1)) % count;
            var left = Rows.Row(Order[start + first]);
            var right = Rows.Row(Order[start + second]);
            var normal = new float[Rows.ColumnCount];
            TensorPrimitives.Subtract(left, right, normal);
            var offset = (FixedOrder.Dot<float>(normal, left) + FixedOrder.Dot<float>(normal, right)) / 2;

            var (low, high) = (start, end - 1);
            while (low <= high)
            {
                if (FixedOrder.Dot<float>(normal, Rows.Row(Order[low])) > offset)
                {
                    low++;
                }
                else
                {
                    (Order[low], Order[high]) = (Order[high], Order[low]);
                    high--;
                }
            }

            // Duplicates, and planes beyond all rows, leave one side (nearly) empty: then any half will do, and the depth stays bounded.
            if (Math.Min(low - start, end - low) > count / 64)
            {
                return low;
            }

            random.Shuffle(Order.AsSpan(start, count));
            return start + (count / 2);
        }
    }
}
