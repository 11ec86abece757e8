using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>Draws rows with a probability proportional to their squared distance from the nearest centre so far.</summary>
/// <param name="rows">n rows.</param>
/// <param name="nearest">The squared distance of each row from the nearest centre so far, kept up to date here.</param>
internal sealed class NearestDistanceDraw(ColumnBlocks rows, float[] nearest)
{
    private readonly double[] _blockSums = new double[(rows.RowCount + rows.BlockSize - 1) / rows.BlockSize];

    /// <summary>Takes a new centre into account.</summary>
    /// <param name="center">d values.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <exception cref="N2DException">The rows are so far apart that squared distances overflow (<c>ValuesTooLarge</c>).</exception>
    public void Add(float[] center, Execution execution)
    {
        ParallelRows.For(rows.RowCount, rows.BlockSize, execution, (start, end) =>
        {
            Span<float> distances = stackalloc float[rows.BlockSize];
            SquaredDistances.From(rows.Block(start), center, distances);
            var block = nearest.AsSpan(start, end - start);
            TensorPrimitives.Min(block, distances[..block.Length], block);
            _blockSums[start / rows.BlockSize] = Sum(block);
        });

        if (!double.IsFinite(Total))
        {
            throw new N2DException(
                "ValuesTooLarge",
                ErrorKind.InvalidData,
                "The rows lie so far apart that their squared distances exceed the range of float32. Scale the columns, to 0..1 for instance.");
        }
    }

    /// <summary>Which of some rows would lower the sum of squared distances most as the next centre.</summary>
    /// <param name="candidates">Candidates of d values each.</param>
    /// <param name="execution">Threads and cancellation.</param>
    public int Best(float[][] candidates, Execution execution)
    {
        var sums = new double[candidates.Length, _blockSums.Length];
        ParallelRows.For(rows.RowCount, rows.BlockSize, execution, (start, end) =>
        {
            Span<float> distances = stackalloc float[rows.BlockSize];
            var valid = distances[..(end - start)];
            for (var candidate = 0; candidate < candidates.Length; candidate++)
            {
                SquaredDistances.From(rows.Block(start), candidates[candidate], distances);
                TensorPrimitives.Min(nearest.AsSpan(start, end - start), valid, valid);
                sums[candidate, start / rows.BlockSize] = Sum(valid);
            }
        });

        var (best, bestSum) = (0, double.PositiveInfinity);
        for (var candidate = 0; candidate < candidates.Length; candidate++)
        {
            var sum = 0.0;
            for (var block = 0; block < _blockSums.Length; block++)
            {
                sum += sums[candidate, block];
            }

            if (sum < bestSum)
            {
                (best, bestSum) = (candidate, sum);
            }
        }

        return best;
    }

    /// <summary>Draws a row; a uniformly random one where every row is a centre already.</summary>
    /// <param name="random">What draws.</param>
    public int Next(ref RandomSequence random)
    {
        var total = Total;
        if (total <= 0)
        {
            return random.NextInt32(rows.RowCount);
        }

        var rest = random.NextDouble() * total;
        var last = 0;
        for (var block = 0; block < _blockSums.Length; block++)
        {
            if (rest >= _blockSums[block])
            {
                rest -= _blockSums[block];
                continue;
            }

            var start = block * rows.BlockSize;
            for (var row = start; row < Math.Min(rows.RowCount, start + rows.BlockSize); row++)
            {
                if (nearest[row] > 0)
                {
                    last = row;
                    rest -= nearest[row];
                    if (rest < 0)
                    {
                        return row;
                    }
                }
            }
        }

        // Rounding alone leads here: the parts of a sum, taken off one by one, can leave a little of it.
        return last;
    }

    private double Total
    {
        get
        {
            var total = 0.0;
            foreach (var sum in _blockSums)
            {
                total += sum;
            }

            return total;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Sum(ReadOnlySpan<float> values)
    {
        // In double: a float32 sum of 256 distances of very different size would bias the draw.
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum;
    }
}
