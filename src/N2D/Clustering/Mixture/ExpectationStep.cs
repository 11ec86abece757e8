using System.Buffers;
using System.Diagnostics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>
/// The E step: the responsibility of each Gaussian for each row, r(c|x) = w(c) N(x; μ(c), Σ(c)) / p(x), computed in log space (Dempster,
/// Laird and Rubin, 1977; Bishop, 2006, eq. 9.23).
/// </summary>
internal sealed class ExpectationStep
{
    // About 50 ms on a core: small enough for load balancing and fast cancellation.
    private const double OperationsPerPart = 5e8;
    private const int MaxRowsPerPart = 4096;

    private readonly Matrix _rows;
    private readonly MixtureParameters _mixture;
    private readonly IBlockDistances _source;
    private readonly float[] _responsibilities;
    private readonly float[] _distances;
    private readonly int _fittedCount;
    private readonly double[]? _weights;

    private ExpectationStep(
        Matrix rows,
        MixtureParameters mixture,
        IBlockDistances source,
        float[] responsibilities,
        float[] distances,
        int fittedCount,
        double[]? weights)
    {
        (_rows, _mixture, _source, _weights) = (rows, mixture, source, weights);
        (_responsibilities, _distances, _fittedCount) = (responsibilities, distances, fittedCount);
    }

    /// <summary>Computes the responsibilities.</summary>
    /// <param name="rows">n rows.</param>
    /// <param name="blocks">The same rows as column blocks; null to copy them if the step needs them.</param>
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
        Matrix rows,
        ColumnBlocks? blocks,
        MixtureParameters mixture,
        float[] responsibilities,
        float[] distances,
        Execution execution,
        int fittedCount = 0,
        double[]? weights = null)
    {
        IBlockDistances source = mixture.IsWide
            ? new WideDistances(rows, mixture)
            : new NarrowDistances(blocks ?? ColumnBlocks.Of(rows, execution), mixture);
        return new ExpectationStep(rows, mixture, source, responsibilities, distances, fittedCount, weights).Run(execution);
    }

    private double Run(Execution execution)
    {
        var (dimension, clusterCount, blockSize) = (_mixture.Dimension, _mixture.ClusterCount, _source.BlockSize);
        var operationsPerBlock = (double)blockSize * clusterCount * dimension * (_mixture.IsAxisAligned ? 20 : dimension + 20);
        var partRows = blockSize * (int)Math.Clamp(OperationsPerPart / operationsPerBlock, 1, Math.Max(1, MaxRowsPerPart / blockSize));
        var total = ParallelRows.Sum(_rows.RowCount, partRows, execution, (start, end) =>
        {
            var scratch = ArrayPool<double>.Shared.Rent(
                ((((_fittedCount > 0 ? 2 : 1) * clusterCount) + 3) * blockSize) + _source.ScratchLength);
            try
            {
                var sum = 0.0;
                for (var blockStart = start; blockStart < end; blockStart += blockSize)
                {
                    sum += RunBlock(blockStart, Math.Min(end - blockStart, blockSize), scratch, execution.CancellationToken);
                }

                return sum;
            }
            finally
            {
                ArrayPool<double>.Shared.Return(scratch);
            }
        });
        return total / _rows.RowCount;
    }

    /// <summary>Computes the responsibilities and distances of a block of rows.</summary>
    /// <returns>The sum of the log-likelihoods.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double RunBlock(int start, int count, double[] scratch, CancellationToken cancellationToken)
    {
        var (clusterCount, size) = (_mixture.ClusterCount, _source.BlockSize);

        // In the last block, process only the vectors that contain rows.
        var used = ColumnBlocks.LaneCount(count);
        var logDensities = scratch.AsSpan(0, clusterCount * size);
        var largest = scratch.AsSpan(clusterCount * size, size);
        var sums = scratch.AsSpan((clusterCount + 1) * size, size);
        var nearest = scratch.AsSpan((clusterCount + 2) * size, size);
        var squares = _fittedCount > 0 ? scratch.AsSpan((clusterCount + 3) * size, clusterCount * size) : [];
        var isComplete = _distances.Length > 0 || _fittedCount > 0;
        _source.Compute(
            start, count, isComplete, logDensities, scratch.AsSpan(((clusterCount + 3) * size) + squares.Length), cancellationToken);
        if (!squares.IsEmpty)
        {
            logDensities.CopyTo(squares);
        }

        largest.Fill(double.NegativeInfinity);
        nearest.Fill(double.PositiveInfinity);
        for (var cluster = 0; cluster < clusterCount; cluster++)
        {
            var logDensity = logDensities.Slice(cluster * size, used);
            if (_distances.Length > 0)
            {
                TensorPrimitives.Min<double>(nearest[..used], logDensity, nearest[..used]);
            }

            Responsibilities.ToLogDensities(logDensity, _mixture.LogFactors[cluster], largest);
        }

        sums.Clear();
        for (var cluster = 0; cluster < clusterCount; cluster++)
        {
            Responsibilities.ToDensities(logDensities.Slice(cluster * size, used), largest, _source.LeastExponent, sums);
        }

        for (var cluster = 0; cluster < clusterCount; cluster++)
        {
            Responsibilities.ToShares(logDensities.Slice(cluster * size, used), sums, SharesOf(cluster, start, count));
        }

        if (!squares.IsEmpty)
        {
            LeaveOneOutDistances.Compute(_mixture, _fittedCount, _rows, start, squares, logDensities, nearest[..count], size);
        }

        if (_distances.Length > 0)
        {
            Distances(nearest[..count], _distances.AsSpan(start, count));
        }

        if (_weights is null)
        {
            return FixedOrder.Sum<double>(largest[..count]) + Responsibilities.SumOfLogarithms(sums[..count]);
        }

        var weights = _weights.AsSpan(start, count);
        for (var cluster = 0; cluster < clusterCount; cluster++)
        {
            MultiplyByWeights(SharesOf(cluster, start, count), weights);
        }

        return WeightedSum(weights, largest, sums);
    }

    private Span<float> SharesOf(int cluster, int start, int count) =>
        _responsibilities.AsSpan((cluster * _rows.RowCount) + start, count);

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
}
