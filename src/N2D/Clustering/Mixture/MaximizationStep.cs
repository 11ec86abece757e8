using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>
/// The weights, means and covariances that are most likely given the responsibilities (Bishop, 2006, eq. 9.24 to 9.26). A tied covariance is the mean
/// of the Gaussians' own, weighted with their rows; a spherical one has the mean of the variances along the columns.
/// </summary>
/// <remarks>
/// <para>Sums are taken over y = x - μ of the step before, in double: the covariance Σ r y yᵀ / N - δ δᵀ with δ = Σ r y / N then loses no
/// digits, however far from the origin or small a cluster is.</para>
/// <para>A responsibility below 10⁻¹⁰ is left out. Most are, in embeddings with clear clusters, which makes the step several times
/// faster; all that is left out weighs less than one row in 10⁻¹⁰ n.</para>
/// </remarks>
internal static class MaximizationStep
{
    private const float NegligibleResponsibility = 1e-10f;
    private const double LeastWeight = 1e-15;
    private const int BatchSize = 8;
    private const int RowsPerPart = 1024;
    private const long BytesOfSums = 128L << 20;

    /// <summary>Moves the Gaussians to what is most likely and prepares their densities.</summary>
    /// <param name="rows">n rows.</param>
    /// <param name="responsibilities">k x n values.</param>
    /// <param name="mixture">The mixture of the step before, whose means must be near the clusters; takes the new one.</param>
    /// <param name="regularization">Added to the diagonal of each covariance.</param>
    /// <param name="execution">Threads and cancellation.</param>
    public static void Run(
        Matrix rows,
        float[] responsibilities,
        MixtureParameters mixture,
        double regularization,
        Execution execution)
    {
        var (rowCount, clusterCount) = (rows.RowCount, mixture.ClusterCount);
        var sums = new WeightedSums(mixture.Dimension, mixture.IsAxisAligned);
        var maxPartCount = Math.Max(1, BytesOfSums / (sizeof(double) * (long)sums.Length * clusterCount));
        var partRows = (int)Math.Max(RowsPerPart, (rowCount + maxPartCount - 1) / maxPartCount);
        var partCount = (rowCount + partRows - 1) / partRows;
        var parts = new double[partCount * clusterCount][];
        ParallelRows.For(parts.Length, 1, execution, (unit, _) =>
        {
            var (part, cluster) = (unit / clusterCount, unit % clusterCount);
            var start = part * partRows;
            var weights = responsibilities.AsSpan((cluster * rowCount) + start, Math.Min(partRows, rowCount - start));
            parts[unit] = SumPart(rows, start, weights, mixture.Mean(cluster), sums, execution.CancellationToken);
        });

        ParallelRows.For(clusterCount, 1, execution, (cluster, _) =>
        {
            var total = parts[cluster];
            for (var part = 1; part < partCount; part++)
            {
                var other = parts[(part * clusterCount) + cluster];
                TensorPrimitives.Add<double>(total, other, total);
            }

            MoveMean(mixture, cluster, sums, total);
            if (mixture.Kind != CovarianceKind.Tied && mixture.Weights[cluster] >= NegligibleResponsibility)
            {
                SetCovariance(mixture, cluster, sums, total, regularization);
            }
        });

        if (mixture.Kind == CovarianceKind.Tied)
        {
            SetTiedCovariance(mixture, sums, parts, regularization, execution);
        }

        Normalize(mixture.Weights);
        mixture.PrepareDensities(execution);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe double[] SumPart(
        Matrix rows,
        int start,
        ReadOnlySpan<float> weights,
        ReadOnlySpan<double> mean,
        WeightedSums sums,
        CancellationToken cancellationToken)
    {
        var target = new double[sums.Length];
        var batch = new double[BatchSize * sums.Stride];
        var (dimension, stride, count) = (mean.Length, sums.Stride, 0);
        Span<double> batchWeights = stackalloc double[BatchSize];
        fixed (float* values = rows.RowRange(start, weights.Length), shares = weights)
        fixed (double* center = mean, centered = batch)
        {
            for (var first = 0; first < weights.Length; first += Vector256<float>.Count)
            {
                for (var heavy = Heavy(shares + first, weights.Length - first); heavy != 0; heavy &= heavy - 1)
                {
                    var row = first + BitOperations.TrailingZeroCount(heavy);
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

    /// <summary>Which of the next eight rows count, a bit each: most weigh nothing in most Gaussians.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe uint Heavy(float* weights, int count)
    {
        if (count >= Vector256<float>.Count)
        {
            return Vector256.GreaterThanOrEqual(Vector256.Load(weights), Vector256.Create(NegligibleResponsibility)).ExtractMostSignificantBits();
        }

        var heavy = 0u;
        for (var place = 0; place < count; place++)
        {
            heavy |= weights[place] >= NegligibleResponsibility ? 1u << place : 0;
        }

        return heavy;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Center(float* row, double* mean, int dimension, double* target)
    {
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

    /// <summary>Moves a mean by δ = Σ r y / N. A Gaussian that lost all its rows keeps its place and shape, with next to no weight.</summary>
    private static void MoveMean(MixtureParameters mixture, int cluster, WeightedSums sums, double[] total)
    {
        var weight = sums.Weight(total);
        mixture.Weights[cluster] = weight + LeastWeight;
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

    private static void SetCovariance(MixtureParameters mixture, int cluster, WeightedSums sums, double[] total, double regularization)
    {
        var covariance = mixture.Covariances[cluster];
        Array.Clear(covariance);
        AddScatter(mixture, covariance, sums, total, 1 / sums.Weight(total));
        if (mixture.Kind == CovarianceKind.Spherical)
        {
            Array.Fill(covariance, FixedOrder.Sum<double>(covariance) / covariance.Length);
        }

        mixture.AddToVariances(covariance, regularization);
    }

    /// <summary>The scatter of all Gaussians together, over the number of rows. Rows of the matrix are shared out, and Gaussians added in their order.</summary>
    private static void SetTiedCovariance(MixtureParameters mixture, WeightedSums sums, double[][] parts, double regularization, Execution execution)
    {
        execution.CancellationToken.ThrowIfCancellationRequested();
        var covariance = mixture.Covariances[0];
        Array.Clear(covariance);
        var total = mixture.Weights.Sum();
        for (var cluster = 0; cluster < mixture.ClusterCount; cluster++)
        {
            AddScatter(mixture, covariance, sums, parts[cluster], 1 / total);
        }

        mixture.AddToVariances(covariance, regularization);
    }

    /// <summary>Adds factor (Σ r y yᵀ - N δ δᵀ), where the first sums are δ by now.</summary>
    private static void AddScatter(MixtureParameters mixture, double[] covariance, WeightedSums sums, double[] total, double factor)
    {
        var dimension = mixture.Dimension;
        var weight = sums.Weight(total);
        var shift = sums.First(total);
        if (mixture.IsAxisAligned)
        {
            // Rounding may leave a variance of none a trace below zero, which a full covariance's factor would refuse.
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
            for (var j = 0; j <= i; j++)
            {
                covariance[(i * dimension) + j] += factor * (second[j] - (weight * shift[i] * shift[j]));
                covariance[(j * dimension) + i] = covariance[(i * dimension) + j];
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
