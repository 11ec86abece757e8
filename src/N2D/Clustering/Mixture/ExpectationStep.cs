using System.Buffers;
using System.Diagnostics;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>
/// The E step: the responsibility of each Gaussian for each row, r(c|x) = w(c) N(x; μ(c), Σ(c)) / p(x), computed in log space (Dempster,
/// Laird and Rubin, 1977; Bishop, 2006, eq. 9.23).
/// </summary>
internal static class ExpectationStep
{
    // About 50 ms on a core: small enough for load balancing and fast cancellation.
    private const double OperationsPerPart = 5e8;
    private const int MaxRowsPerPart = 4096;

    /// <summary>Computes the responsibilities.</summary>
    /// <param name="rows">n rows.</param>
    /// <param name="mixture">The mixture, with prepared densities.</param>
    /// <param name="responsibilities">
    /// Receives k x n values: those of the first Gaussian for all rows, then those of the second, and so on.
    /// </param>
    /// <param name="distances">
    /// Receives the Mahalanobis distance of each row from its nearest Gaussian: the square root of (x - μ)ᵀ Σ⁻¹ (x - μ). Empty to skip.
    /// </param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <param name="fittedCount">
    /// For leave-one-out distances of rows of the fit: the number of rows that the mixture was fitted to. 0 for ordinary distances.
    /// </param>
    /// <param name="weights">
    /// The weight of each row, with a mean of 1. Responsibilities and log-likelihoods are multiplied by it. Null if each row counts once.
    /// </param>
    /// <returns>The mean log-likelihood of a row.</returns>
    public static double Run(
        ColumnBlocks rows, MixtureParameters mixture, float[] responsibilities, float[] distances, Execution execution, int fittedCount =
            0, double[]? weights = null)
    {
        var (dimension, clusterCount) = (rows.ColumnCount, mixture.ClusterCount);
        var centeredCount = mixture.IsWide ? 0 : dimension;
        var blockSize = mixture.IsWide ? WideDistances.BlockSize(rows.RowCount) : rows.BlockSize;
        var operationsPerBlock = (double)blockSize * clusterCount * dimension * (mixture.IsAxisAligned ? 20 : dimension + 20);
        var partRows = blockSize * (int)Math.Clamp(OperationsPerPart / operationsPerBlock, 1, Math.Max(1, MaxRowsPerPart / blockSize));
        var total = ParallelRows.Sum(rows.RowCount, partRows, execution, (start, end) =>
        {
            var scratch = ArrayPool<double>.Shared.Rent(
                (centeredCount + ((fittedCount > 0 ? 2 : 1) * clusterCount) + 3) * blockSize);
            var sum = 0.0;
            for (var blockStart = start; blockStart < end; blockStart += blockSize)
            {
                var validCount = Math.Min(end - blockStart, blockSize);
                sum += RunBlock(
                    rows,
                    blockStart,
                    blockSize,
                    validCount,
                    mixture,
                    scratch,
                    responsibilities.AsSpan(blockStart),
                    rows.RowCount,
                    weights is null ? [] : weights.AsSpan(blockStart, validCount),
                    fittedCount,
                    distances.Length > 0,
                    execution.CancellationToken);
                if (distances.Length > 0)
                {
                    Distances(
                        scratch.AsSpan((centeredCount + clusterCount + 2) * blockSize, validCount),
                        distances.AsSpan(blockStart, validCount));
                }
            }

            ArrayPool<double>.Shared.Return(scratch);
            return sum;
        });
        return total / rows.RowCount;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double RunBlock(
        ColumnBlocks rows,
        int blockStart,
        int size,
        int validCount,
        MixtureParameters mixture,
        double[] scratch,
        Span<float> responsibilities,
        int rowCount,
        ReadOnlySpan<double> weights,
        int fittedCount,
        bool isDistanceWanted,
        CancellationToken cancellationToken)
    {
        var (dimension, clusterCount) = (mixture.Dimension, mixture.ClusterCount);
        var centeredCount = mixture.IsWide ? 0 : dimension;
        Debug.Assert(validCount > 0 && validCount <= size, "The block must have rows.");
        Debug.Assert(
            scratch.Length >= (centeredCount + ((fittedCount > 0 ? 2 : 1) * clusterCount) + 3) * size,
            "There must be room for all intermediate values.");
        Debug.Assert(
            responsibilities.Length >= ((clusterCount - 1) * rowCount) + validCount,
            "There must be a responsibility for each row and Gaussian.");
        Debug.Assert(weights.IsEmpty || weights.Length == validCount, "There must be a weight for each row, or none at all.");

        // In the last block, process only the vectors that contain rows.
        var used = ColumnBlocks.LaneCount(validCount);
        var centered = scratch.AsSpan(0, centeredCount * size);
        var logDensities = scratch.AsSpan(centeredCount * size, clusterCount * size);
        var largest = scratch.AsSpan((centeredCount + clusterCount) * size, size);
        var sums = scratch.AsSpan((centeredCount + clusterCount + 1) * size, size);
        var nearest = scratch.AsSpan((centeredCount + clusterCount + 2) * size, size);
        var squares = fittedCount > 0 ? scratch.AsSpan((centeredCount + clusterCount + 3) * size, clusterCount * size) : [];
        largest.Fill(double.NegativeInfinity);
        nearest.Fill(double.PositiveInfinity);
        if (mixture.IsWide)
        {
            var isComplete = isDistanceWanted || fittedCount > 0;
            WideDistances.Compute(rows.Rows, blockStart, validCount, mixture, isComplete, size, logDensities, sums, cancellationToken);
        }

        for (var cluster = 0; cluster < clusterCount; cluster++)
        {
            var logDensity = logDensities.Slice(cluster * size, used);
            if (!mixture.IsWide)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Center(rows.Block(blockStart), mixture.Mean(cluster), centered, used);
                if (mixture.IsAxisAligned)
                {
                    ScaledSquaredNorms(centered, mixture.PrecisionFactors[cluster], size, logDensity);
                }
                else
                {
                    SquaredNorms(centered, mixture.PrecisionFactors[cluster], dimension, size, logDensity);
                }
            }

            if (!squares.IsEmpty)
            {
                logDensity.CopyTo(squares[(cluster * size)..]);
            }

            if (isDistanceWanted)
            {
                TensorPrimitives.Min<double>(nearest[..used], logDensity, nearest[..used]);
            }

            Responsibilities.ToLogDensities(logDensity, mixture.LogFactors[cluster], largest);
        }

        sums.Clear();
        var leastExponent = mixture.IsWide ? WideDistances.LogNegligible : Exponential.SingleUnderflow;
        for (var cluster = 0; cluster < clusterCount; cluster++)
        {
            Responsibilities.ToDensities(logDensities.Slice(cluster * size, used), largest, leastExponent, sums);
        }

        for (var cluster = 0; cluster < clusterCount; cluster++)
        {
            Responsibilities.ToShares(
                logDensities.Slice(cluster * size, used), sums, responsibilities.Slice(cluster * rowCount, validCount));
        }

        if (!squares.IsEmpty)
        {
            // Only diagonal covariances need the rows again.
            var block = mixture.IsWide ? [] : rows.Block(blockStart);
            LeaveOneOutDistances.Compute(mixture, fittedCount, block, squares, logDensities, nearest[..validCount], size);
        }

        if (weights.IsEmpty)
        {
            return FixedOrder.Sum<double>(largest[..validCount]) + Responsibilities.SumOfLogarithms(sums[..validCount]);
        }

        for (var cluster = 0; cluster < clusterCount; cluster++)
        {
            MultiplyByWeights(responsibilities.Slice(cluster * rowCount, validCount), weights);
        }

        return WeightedSum(weights, largest, sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyByWeights(Span<float> shares, ReadOnlySpan<double> weights)
    {
        Debug.Assert(shares.Length == weights.Length, "There must be a weight for each row.");
        for (var row = 0; row < weights.Length; row++)
        {
            shares[row] = (float)(shares[row] * weights[row]);
        }
    }

    /// <summary>The weighted sum of the rows' log-likelihoods.</summary>
    private static double WeightedSum(ReadOnlySpan<double> weights, ReadOnlySpan<double> largest, ReadOnlySpan<double> sums)
    {
        var total = 0.0;
        for (var row = 0; row < weights.Length; row++)
        {
            total += weights[row] * (largest[row] + PortableMath.Log(sums[row]));
        }

        return total;
    }

    private static void Distances(Span<double> squares, Span<float> distances)
    {
        TensorPrimitives.Sqrt<double>(squares, squares);
        TensorPrimitives.Min<double>(squares, float.MaxValue, squares);
        TensorPrimitives.ConvertTruncating<double, float>(squares, distances);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Center(ReadOnlySpan<float> block, ReadOnlySpan<double> mean, Span<double> centered, int used)
    {
        var size = block.Length / mean.Length;
        Debug.Assert(used % Vector<float>.Count == 0 && used <= size, "The rows must fill whole vectors, within the block.");
        Debug.Assert(centered.Length >= size * mean.Length, "There must be room for all columns of the block.");
        for (var column = 0; column < mean.Length; column++)
        {
            var values = MemoryMarshal.Cast<float, Vector<float>>(block.Slice(column * size, used));
            var target = MemoryMarshal.Cast<double, Vector<double>>(centered.Slice(column * size, used));
            var center = new Vector<double>(mean[column]);
            for (var lane = 0; lane < values.Length; lane++)
            {
                Vector.Widen(values[lane], out var low, out var high);
                target[2 * lane] = low - center;
                target[(2 * lane) + 1] = high - center;
            }
        }
    }

    /// <summary>Computes |P y|² for each row y of a block, with a diagonal P.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ScaledSquaredNorms(ReadOnlySpan<double> centered, double[] factor, int size, Span<double> norms)
    {
        Debug.Assert(
            norms.Length % Vector<double>.Count == 0 && norms.Length <= size,
            "The rows must fill whole vectors, within the block.");
        Debug.Assert(centered.Length >= size * factor.Length, "There must be all columns of the block.");
        norms.Clear();
        var sums = MemoryMarshal.Cast<double, Vector<double>>(norms);
        for (var column = 0; column < factor.Length; column++)
        {
            var scale = new Vector<double>(factor[column]);
            var values = MemoryMarshal.Cast<double, Vector<double>>(centered.Slice(column * size, norms.Length));
            for (var lane = 0; lane < sums.Length; lane++)
            {
                var scaled = scale * values[lane];
                sums[lane] = Vector.MultiplyAddEstimate(scaled, scaled, sums[lane]);
            }
        }
    }

    /// <summary>
    /// Computes |P y|² for each row y of a block, with a lower triangular P. Processes two rows of P and four vectors of rows at once:
    /// eight accumulators stay in registers, and each loaded value is used several times.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void SquaredNorms(ReadOnlySpan<double> centered, double[] factor, int dimension, int size, Span<double> norms)
    {
        var stride = dimension + (dimension & 1);
        Debug.Assert(
            norms.Length % (4 * Vector<double>.Count) == 0 && norms.Length <= size,
            "The rows must fill groups of four vectors, within the block.");
        Debug.Assert(centered.Length >= size * dimension, "There must be all columns of the block.");
        Debug.Assert(factor.Length >= stride * stride, "The factor must have an even number of rows and columns.");
        norms.Clear();
        fixed (double* rows = centered, factors = factor, target = norms)
        {
            for (var i = 0; i < dimension; i += 2)
            {
                var upper = factors + (i * stride);
                var columnCount = Math.Min(i + 2, dimension);
                for (var lane = 0; lane < norms.Length; lane += 4 * Vector<double>.Count)
                {
                    AddTwoRows(upper, upper + stride, columnCount, rows + lane, size, target + lane);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void AddTwoRows(double* upper, double* lower, int columnCount, double* rows, int size, double* target)
    {
        Debug.Assert(upper != null && lower != null && rows != null && target != null, "There must be factors, rows and sums.");
        Debug.Assert(columnCount > 0 && size >= 4 * Vector<double>.Count, "There must be columns, and four vectors of rows.");
        var width = Vector<double>.Count;
        var (u0, u1, u2, u3) = (Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero);
        var (l0, l1, l2, l3) = (u0, u1, u2, u3);
        for (var j = 0; j < columnCount; j++)
        {
            var up = new Vector<double>(upper[j]);
            var low = new Vector<double>(lower[j]);
            var y = Vector.Load(rows);
            u0 = Vector.MultiplyAddEstimate(up, y, u0);
            l0 = Vector.MultiplyAddEstimate(low, y, l0);
            y = Vector.Load(rows + width);
            u1 = Vector.MultiplyAddEstimate(up, y, u1);
            l1 = Vector.MultiplyAddEstimate(low, y, l1);
            y = Vector.Load(rows + (2 * width));
            u2 = Vector.MultiplyAddEstimate(up, y, u2);
            l2 = Vector.MultiplyAddEstimate(low, y, l2);
            y = Vector.Load(rows + (3 * width));
            u3 = Vector.MultiplyAddEstimate(up, y, u3);
            l3 = Vector.MultiplyAddEstimate(low, y, l3);
            rows += size;
        }

        Vector.Store(Vector.MultiplyAddEstimate(u0, u0, Vector.MultiplyAddEstimate(l0, l0, Vector.Load(target))), target);
        Vector.Store(Vector.MultiplyAddEstimate(u1, u1, Vector.MultiplyAddEstimate(l1, l1, Vector.Load(target + width))), target + width);
        Vector.Store(
            Vector.MultiplyAddEstimate(u2, u2, Vector.MultiplyAddEstimate(l2, l2, Vector.Load(target + (2 * width)))),
            target + (2 * width));
        Vector.Store(
            Vector.MultiplyAddEstimate(u3, u3, Vector.MultiplyAddEstimate(l3, l3, Vector.Load(target + (3 * width)))),
            target + (3 * width));
    }
}
