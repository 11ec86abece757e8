using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using N2D.Numerics;

namespace N2D.Neighbors;

/// <summary>
/// A random projection tree (Dasgupta and Freund, 2008): rows are split recursively by the hyperplane halfway between two random rows,
/// until leaves are small. Rows of a leaf are likely neighbors.
/// </summary>
internal static class RandomProjectionTree
{
    /// <summary>The number of rows below which a subtree is built by one thread.</summary>
    private const int ParallelThreshold = 4096;

    /// <summary>Builds a tree.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="leafSize">The largest number of rows of a leaf.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="tree">The index of the tree, which keys its random hyperplanes.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>The rows in the order of the leaves, and the index after the last row of each leaf.</returns>
    public static (int[] Rows, int[] LeafEnds) Build(Matrix rows, int leafSize, int seed, int tree, Execution execution)
    {
        var order = new int[rows.RowCount];
        for (var row = 0; row < order.Length; row++)
        {
            order[row] = row;
        }

        var isLeafEnd = new bool[rows.RowCount + 1];
        new Builder(rows, order, new float[order.Length], isLeafEnd, leafSize, seed, tree, execution).Split(0, order.Length, node: 1);
        return (order, [.. Enumerable.Range(1, order.Length).Where(end => isLeafEnd[end])]);
    }

    private sealed record Builder(
        Matrix Rows, int[] Order, float[] Heights, bool[] IsLeafEnd, int LeafSize, int Seed, int Tree, Execution Execution)
    {
        /// <summary>
        /// Splits the rows from start to end - 1. The index of a node keys its random numbers; its children are 2 node and 2 node + 1.
        /// </summary>
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
                // Pass the token, so that cancellation throws OperationCanceledException instead of nested AggregateExceptions.
                var options = new ParallelOptions { CancellationToken = Execution.CancellationToken };
                Parallel.Invoke(options, () => Split(start, middle, 2 * node), () => Split(middle, end, (2 * node) + 1));
            }
            else
            {
                Split(start, middle, 2 * node);
                Split(middle, end, (2 * node) + 1);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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

            FixedOrder.Dot(normal, Rows, Order.AsSpan(start, count), Heights.AsSpan(start, count));
            var (low, high) = (start, end - 1);
            while (low <= high)
            {
                if (Heights[low] > offset)
                {
                    low++;
                }
                else
                {
                    (Order[low], Order[high]) = (Order[high], Order[low]);
                    (Heights[low], Heights[high]) = (Heights[high], Heights[low]);
                    high--;
                }
            }

            // For duplicates, or planes beyond all rows, one side is nearly empty. Then the rows are split into arbitrary
            // halves, to limit the depth.
            if (Math.Min(low - start, end - low) > count / 64)
            {
                return low;
            }

            random.Shuffle(Order.AsSpan(start, count));
            return start + (count / 2);
        }
    }
}
