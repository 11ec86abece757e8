using System.Diagnostics;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>
/// The M step: the most likely weights, means and covariances for given responsibilities (Bishop, 2006, eq. 9.24 to 9.26). A tied
/// covariance is the weighted mean of the Gaussians' own; a spherical one is the mean of the variances of the columns.
/// </summary>
/// <remarks>
/// <para>Sums are over y = x - μ with the mean of the previous step, in double. The covariance Σ r y yᵀ / N - δ δᵀ with δ = Σ r y / N then
/// loses no digits, however small a cluster is or how far it is from the origin.</para>
/// <para>Responsibilities below 10⁻¹⁰ are skipped. In embeddings with clear clusters, these are most of them, and the step is several times
/// faster. Their total weight is less than 10⁻¹⁰ n rows.</para>
/// </remarks>
/// <param name="rows">n rows.</param>
/// <param name="regularization">The number to add to the diagonal of each covariance matrix.</param>
internal sealed class MaximizationStep(Matrix rows, double regularization)
{
    /// <summary>The smallest responsibility that counts.</summary>
    public const float NegligibleResponsibility = 1e-10f;

    private const double MinWeight = 1e-15;
    private const int BatchSize = WeightedSums.BatchSize;
    private const int RowsPerPart = 1024;
    private const long MaxBytesOfSums = 128L << 20;

    /// <summary>The sums of each Gaussian for wide rows. All steps use the same memory, k d² values.</summary>
    private double[][] _wideSums = [];

    /// <summary>Computes the new parameters of a mixture, and prepares its densities.</summary>
    /// <param name="responsibilities">k x n values.</param>
    /// <param name="mixture">The mixture of the previous step, with means close to the clusters. Receives the new parameters.</param>
    /// <param name="execution">Threads and cancellation.</param>
    public void Run(float[] responsibilities, MixtureParameters mixture, Execution execution)
    {
        var clusterCount = mixture.ClusterCount;
        var sums = new WeightedSums(mixture.Dimension, mixture.IsAxisAligned);
        var totals = mixture.IsWide
            ? SumByProducts(responsibilities, mixture, sums, execution)
            : SumByRows(responsibilities, mixture, sums, execution);
        ParallelRows.For(clusterCount, 1, execution, (cluster, _) =>
        {
            var total = totals[cluster];
            UpdateMean(mixture, cluster, sums, total);
            if (mixture.Kind != CovarianceKind.Tied && mixture.Weights[cluster] >= NegligibleResponsibility)
            {
                SetCovariance(mixture, cluster, sums, total);
            }
        });

        if (mixture.Kind == CovarianceKind.Tied)
        {
            SetTiedCovariance(mixture, sums, totals, execution);
        }

        Normalize(mixture.Weights);
        mixture.PrepareDensities(execution);
    }

    /// <summary>The sums of each Gaussian, by matrix products. Threads divide Gaussians and columns.</summary>
    private double[][] SumByProducts(
        float[] responsibilities, MixtureParameters mixture, WeightedSums sums, Execution execution)
    {
        var (rowCount, clusterCount) = (rows.RowCount, mixture.ClusterCount);
        var stripCount = ScatterStrips.Count(mixture.Dimension, clusterCount, execution.ThreadCount);
        if (_wideSums.Length == clusterCount && _wideSums[0].Length == sums.Length)
        {
            ParallelRows.For(clusterCount, 1, execution, (cluster, _) => Array.Clear(_wideSums[cluster]));
        }
        else
        {
            _wideSums = [.. Enumerable.Range(0, clusterCount).Select(_ => new double[sums.Length])];
        }

        ParallelRows.For(clusterCount * stripCount, 1, execution, (unit, _) => WideScatter.AddStrip(
            rows,
            responsibilities.AsSpan(unit / stripCount * rowCount, rowCount),
            NegligibleResponsibility,
            mixture.Mean(unit / stripCount),
            unit % stripCount,
            stripCount,
            sums,
            _wideSums[unit / stripCount],
            execution.CancellationToken));
        return _wideSums;
    }

    /// <summary>The sums of each Gaussian, row by row. Threads divide Gaussians and rows.</summary>
    private double[][] SumByRows(float[] responsibilities, MixtureParameters mixture, WeightedSums sums, Execution execution)
    {
        var (rowCount, clusterCount) = (rows.RowCount, mixture.ClusterCount);
        var maxPartCount = Math.Max(1, MaxBytesOfSums / (sizeof(double) * (long)sums.Length * clusterCount));
        var partRows = (int)Math.Max(RowsPerPart, (rowCount + maxPartCount - 1) / maxPartCount);
        var partCount = (rowCount + partRows - 1) / partRows;
        var parts = new double[partCount * clusterCount][];
        ParallelRows.For(parts.Length, 1, execution, (unit, _) =>
        {
            var (part, cluster) = (unit / clusterCount, unit % clusterCount);
            var start = part * partRows;
            var weights = responsibilities.AsSpan((cluster * rowCount) + start, Math.Min(partRows, rowCount - start));
            parts[unit] = SumPart(start, weights, mixture.Mean(cluster), sums, execution.CancellationToken);
        });

        ParallelRows.For(clusterCount, 1, execution, (cluster, _) =>
        {
            var total = parts[cluster];
            for (var part = 1; part < partCount; part++)
            {
                var other = parts[(part * clusterCount) + cluster];
                TensorPrimitives.Add<double>(total, other, total);
            }
        });
        return parts;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe double[] SumPart(
        int start, ReadOnlySpan<float> weights, ReadOnlySpan<double> mean, WeightedSums sums, CancellationToken cancellationToken)
    {
        Debug.Assert(start >= 0 && start + weights.Length <= rows.RowCount, "The rows must be rows of the matrix.");
        Debug.Assert(
            mean.Length == rows.ColumnCount && sums.Stride >= mean.Length,
            "The mean and the sums must have the columns of the rows.");
        var target = new double[sums.Length];
        var batch = new double[BatchSize * sums.Stride];
        var (dimension, stride, count) = (mean.Length, sums.Stride, 0);
        Span<double> batchWeights = stackalloc double[BatchSize];
        fixed (float* values = rows.RowRange(start, weights.Length), shares = weights)
        fixed (double* center = mean, centered = batch)
        {
            for (var first = 0; first < weights.Length; first += Vector256<float>.Count)
            {
                for (var mask = NotNegligible(shares + first, weights.Length - first); mask != 0; mask &= mask - 1)
                {
                    var row = first + BitOperations.TrailingZeroCount(mask);
                    Center(values + ((long)row * dimension), center, dimension, centered + (count * stride));
                    batchWeights[count++] = shares[row];
                    if (count == BatchSize)
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                        sums.Add(batch, batchWeights, target);
                        count = 0;
                    }
                }
            }
        }

        if (count > 0)
        {
            batchWeights[count..].Clear();
            sums.Add(batch, batchWeights, target);
        }

        return target;
    }

    /// <summary>A bit for each of the next eight rows: whether its responsibility is not negligible.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe uint NotNegligible(float* weights, int count)
    {
        Debug.Assert(weights != null && count > 0, "There must be a weight.");
        if (count >= Vector256<float>.Count)
        {
            return Vector256.GreaterThanOrEqual(
                Vector256.Load(weights), Vector256.Create(NegligibleResponsibility)).ExtractMostSignificantBits();
        }

        var mask = 0u;
        for (var place = 0; place < count; place++)
        {
            mask |= weights[place] >= NegligibleResponsibility ? 1u << place : 0;
        }

        return mask;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Center(float* row, double* mean, int dimension, double* target)
    {
        Debug.Assert(row != null && mean != null && target != null, "There must be a row, a mean and a target.");
        var column = 0;
        for (; column <= dimension - Vector<float>.Count; column += Vector<float>.Count)
        {
            Vector.Widen(Vector.Load(row + column), out var low, out var high);
            Vector.Store(low - Vector.Load(mean + column), target + column);
            Vector.Store(high - Vector.Load(mean + column + Vector<double>.Count), target + column + Vector<double>.Count);
        }

        for (; column < dimension; column++)
        {
            target[column] = row[column] - mean[column];
        }
    }

    /// <summary>Moves a mean by δ = Σ r y / N. A Gaussian without rows keeps its mean and covariance, with almost no weight.</summary>
    private static void UpdateMean(MixtureParameters mixture, int cluster, WeightedSums sums, double[] total)
    {
        var weight = sums.Weight(total);
        mixture.Weights[cluster] = weight + MinWeight;
        if (weight < NegligibleResponsibility)
        {
            sums.First(total).Clear();
            return;
        }

        var shift = sums.First(total);
        var mean = mixture.Mean(cluster);
        for (var column = 0; column < mean.Length; column++)
        {
            shift[column] /= weight;
            mean[column] += shift[column];
        }
    }

    private void SetCovariance(MixtureParameters mixture, int cluster, WeightedSums sums, double[] total)
    {
        var covariance = mixture.Covariances[cluster];
        Array.Clear(covariance);
        AddScatter(mixture, covariance, sums, total, 1 / sums.Weight(total));
        Mirror(mixture, covariance);
        if (mixture.Kind == CovarianceKind.Spherical)
        {
            Array.Fill(covariance, FixedOrder.Sum<double>(covariance) / covariance.Length);
        }

        mixture.AddToVariances(covariance, regularization);
    }

    /// <summary>The scatter of all Gaussians over the number of rows. Gaussians are added in order.</summary>
    private void SetTiedCovariance(MixtureParameters mixture, WeightedSums sums, double[][] totals, Execution execution)
    {
        execution.CancellationToken.ThrowIfCancellationRequested();
        var covariance = mixture.Covariances[0];
        Array.Clear(covariance);
        var total = mixture.Weights.Sum();
        for (var cluster = 0; cluster < mixture.ClusterCount; cluster++)
        {
            AddScatter(mixture, covariance, sums, totals[cluster], 1 / total);
        }

        Mirror(mixture, covariance);
        mixture.AddToVariances(covariance, regularization);
    }

    /// <summary>Adds factor (Σ r y yᵀ - N δ δᵀ), in the lower triangle. At this point, the first-order sums contain δ.</summary>
    private static void AddScatter(MixtureParameters mixture, double[] covariance, WeightedSums sums, double[] total, double factor)
    {
        var dimension = mixture.Dimension;
        var weight = sums.Weight(total);
        var shift = sums.First(total);
        if (mixture.IsAxisAligned)
        {
            // Rounding errors can make a variance of zero slightly negative.
            var squares = sums.Second(total, 0);
            for (var i = 0; i < dimension; i++)
            {
                covariance[i] += Math.Max(0, factor * (squares[i] - (weight * shift[i] * shift[i])));
            }

            return;
        }

        for (var i = 0; i < dimension; i++)
        {
            var second = sums.Second(total, i);
            var row = covariance.AsSpan(i * dimension, i + 1);
            for (var j = 0; j <= i; j++)
            {
                row[j] += factor * (second[j] - (weight * shift[i] * shift[j]));
            }
        }
    }

    /// <summary>
    /// Copies the lower triangle of a covariance to the upper one, in squares that stay in the L1 cache. Axis-aligned ones have neither.
    /// </summary>
    private static void Mirror(MixtureParameters mixture, double[] matrix)
    {
        const int SquareSize = 32;
        var dimension = mixture.IsAxisAligned ? 0 : mixture.Dimension;
        for (var top = 0; top < dimension; top += SquareSize)
        {
            for (var left = 0; left <= top; left += SquareSize)
            {
                for (var i = top; i < Math.Min(top + SquareSize, dimension); i++)
                {
                    for (var j = left; j < Math.Min(left + SquareSize, i); j++)
                    {
                        matrix[(j * dimension) + i] = matrix[(i * dimension) + j];
                    }
                }
            }
        }
    }

    private static void Normalize(double[] weights)
    {
        var total = weights.Sum();
        for (var cluster = 0; cluster < weights.Length; cluster++)
        {
            weights[cluster] /= total;
        }
    }
}
