using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>
/// The D² sampling of k-means++: draws rows with a probability proportional to the squared distance from the nearest previous center, times
/// the row's weight.
/// </summary>
/// <param name="rows">n rows.</param>
/// <param name="candidateCount">The number of candidates for a center, 1 or more.</param>
/// <param name="weights">The weight of each row, above 0; null if each row counts once.</param>
internal sealed class DSquaredSampler(ColumnBlocks rows, int candidateCount, double[]? weights = null)
{
    private readonly float[][] _candidateDistances = [.. Enumerable.Range(0, candidateCount).Select(_ => new float[rows.RowCount])];
    private readonly double[][] _candidateSums = [.. Enumerable.Range(0, candidateCount).Select(_ => new double[BlockCount(rows)])];

    // The squared distance from each row to its nearest center so far, and the sums of these distances in each block.
    private float[] _nearest = [.. Enumerable.Repeat(float.PositiveInfinity, rows.RowCount)];
    private double[] _blockSums = new double[BlockCount(rows)];

    /// <summary>Adds the candidate that reduces the sum of squared distances most as the next center.</summary>
    /// <param name="candidates">Candidates of d values each, at most candidateCount.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>The number of the best candidate.</returns>
    /// <exception cref="N2DException">The rows are so far apart that squared distances overflow (<c>ValuesTooLarge</c>).</exception>
    public int AddBest(ReadOnlySpan<float[]> candidates, Execution execution)
    {
        // Process all candidates for a block while it is in the cache.
        var points = candidates.ToArray();
        ParallelRows.For(rows.RowCount, rows.BlockSize, execution, (start, end) =>
        {
            Span<float> distances = stackalloc float[rows.BlockSize];
            var measured = distances[..ColumnBlocks.LaneCount(end - start)];
            for (var candidate = 0; candidate < points.Length; candidate++)
            {
                SquaredDistances.From(rows.Block(start), points[candidate], measured);
                SelectNearer(_nearest.AsSpan(start, end - start), measured, _candidateDistances[candidate].AsSpan(start, end - start));
            }

            if (weights is null)
            {
                SumBlock(points.Length, start, end - start);
            }
            else
            {
                SumBlockWeighted(points.Length, start, weights.AsSpan(start, end - start));
            }
        });

        var best = 0;
        for (var candidate = 1; candidate < points.Length; candidate++)
        {
            best = Total(_candidateSums[candidate]) < Total(_candidateSums[best]) ? candidate : best;
        }

        (_nearest, _candidateDistances[best]) = (_candidateDistances[best], _nearest);
        (_blockSums, _candidateSums[best]) = (_candidateSums[best], _blockSums);
        return double.IsFinite(Total(_blockSums))
            ? best
            : throw new N2DException(
                "ValuesTooLarge",
                ErrorKind.InvalidData,
                "The rows are so far apart that their squared distances exceed the range of float32. "
                    + "Scale the columns, for example to the range 0 to 1.");
    }

    /// <summary>Draws the first center: each row with a probability proportional to its weight.</summary>
    /// <param name="random">The random sequence.</param>
    public int First(ref RandomSequence random)
    {
        if (weights is null)
        {
            return random.NextInt32(rows.RowCount);
        }

        var rest = random.NextDouble() * weights.Sum();
        for (var row = 0; row < weights.Length; row++)
        {
            rest -= weights[row];
            if (rest < 0)
            {
                return row;
            }
        }

        // Only rounding errors can lead here.
        return weights.Length - 1;
    }

    /// <summary>Draws a row; a uniformly random one where every row is a center already.</summary>
    /// <param name="random">The random sequence.</param>
    public int Next(ref RandomSequence random)
    {
        var total = Total(_blockSums);
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
                if (_nearest[row] > 0)
                {
                    last = row;
                    rest -= weights is null ? _nearest[row] : weights[row] * _nearest[row];
                    if (rest < 0)
                    {
                        return row;
                    }
                }
            }
        }

        // Only rounding errors can lead here: subtracting all parts of a sum can leave a small remainder.
        return last;
    }

    private static int BlockCount(ColumnBlocks rows) => (rows.RowCount + rows.BlockSize - 1) / rows.BlockSize;

    private static double Total(double[] blockSums)
    {
        var total = 0.0;
        foreach (var sum in blockSums)
        {
            total += sum;
        }

        return total;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SelectNearer(ReadOnlySpan<float> nearest, ReadOnlySpan<float> distances, Span<float> target)
    {
        Debug.Assert(nearest.Length >= target.Length && distances.Length >= target.Length, "There must be two distances for each row.");
        var row = 0;
        for (; row <= target.Length - Vector256<float>.Count; row += Vector256<float>.Count)
        {
            Vector256.MinNative(Vector256.Create(distances[row..]), Vector256.Create(nearest[row..])).CopyTo(target[row..]);
        }

        for (; row < target.Length; row++)
        {
            target[row] = distances[row] < nearest[row] ? distances[row] : nearest[row];
        }
    }

    /// <summary>Sums the weighted distances of a block for each candidate.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SumBlockWeighted(int candidates, int start, ReadOnlySpan<double> own)
    {
        for (var candidate = 0; candidate < candidates; candidate++)
        {
            var distances = _candidateDistances[candidate].AsSpan(start, own.Length);
            var sum = 0.0;
            for (var row = 0; row < own.Length; row++)
            {
                sum += own[row] * distances[row];
            }

            _candidateSums[candidate][start / rows.BlockSize] = sum;
        }
    }

    /// <summary>
    /// Sums the distances of a block for each candidate, in double: float32 sums of 256 distances of very different size would bias the
    /// draw. Processes four candidates at once to hide the latency of additions.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SumBlock(int candidates, int start, int count)
    {
        for (var first = 0; first < candidates; first += 4)
        {
            var (second, third, fourth) =
                (Math.Min(first + 1, candidates - 1), Math.Min(first + 2, candidates - 1), Math.Min(first + 3, candidates - 1));
            var distances0 = _candidateDistances[first].AsSpan(start, count);
            var distances1 = _candidateDistances[second].AsSpan(start, count);
            var distances2 = _candidateDistances[third].AsSpan(start, count);
            var distances3 = _candidateDistances[fourth].AsSpan(start, count);
            var (sum0, sum1, sum2, sum3) = (0.0, 0.0, 0.0, 0.0);
            for (var row = 0; row < count; row++)
            {
                sum0 += distances0[row];
                sum1 += distances1[row];
                sum2 += distances2[row];
                sum3 += distances3[row];
            }

            var block = start / rows.BlockSize;
            _candidateSums[first][block] = sum0;
            _candidateSums[second][block] = sum1;
            _candidateSums[third][block] = sum2;
            _candidateSums[fourth][block] = sum3;
        }
    }
}
