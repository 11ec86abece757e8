using N2D.Models;
using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>
/// The weights, means and covariances of k Gaussians, with what their densities need: the inverses of the Cholesky factors of the
/// covariances, and the logarithms of what stands before the exponential.
/// </summary>
/// <remarks>
/// With Σ = L Lᵀ and P = L⁻¹, (x - μ)ᵀ Σ⁻¹ (x - μ) = |P (x - μ)|² and log det Σ = -2 Σᵢ log Pᵢᵢ. Written by one maximisation step,
/// read by one expectation step after the other.
/// </remarks>
internal sealed class MixtureParameters(int clusterCount, int dimension)
{
    /// <summary>The number of Gaussians, k.</summary>
    public int ClusterCount => clusterCount;

    /// <summary>The number of columns, d.</summary>
    public int Dimension => dimension;

    /// <summary>The k weights, which add up to 1.</summary>
    public double[] Weights { get; } = new double[clusterCount];

    /// <summary>The means, k x d.</summary>
    public double[] Means { get; } = new double[clusterCount * dimension];

    /// <summary>The covariances, each d x d, both triangles filled.</summary>
    public double[][] Covariances { get; } = Jagged(clusterCount, dimension * dimension);

    /// <summary>The inverses of the Cholesky factors, lower triangular; an even number of rows of FactorStride values, the rest zero.</summary>
    public double[][] PrecisionFactors { get; } = Jagged(clusterCount, StrideOf(dimension) * StrideOf(dimension));

    /// <summary>log weight - d/2 log 2π - ½ log det Σ of each Gaussian.</summary>
    public double[] LogFactors { get; } = new double[clusterCount];

    /// <summary>The distance between rows of a precision factor: d rounded up to an even number, for kernels that take two rows at once.</summary>
    public int FactorStride => StrideOf(dimension);

    /// <summary>The mean of a Gaussian.</summary>
    /// <param name="cluster">Its number.</param>
    public Span<double> Mean(int cluster) => Means.AsSpan(cluster * dimension, dimension);

    /// <summary>Derives what the densities need from the weights and covariances.</summary>
    /// <param name="execution">Threads and cancellation.</param>
    /// <remarks>
    /// A covariance that rounding left not positive definite gets more on its diagonal, from 10⁻¹² of its mean variance on tenfold
    /// each time: a slightly wider Gaussian instead of one that is not a number.
    /// </remarks>
    public void PrepareDensities(Execution execution) =>
        ParallelRows.For(clusterCount, 1, execution, (cluster, _) =>
        {
            var factor = PrecisionFactors[cluster];
            var covariance = Covariances[cluster];
            var added = 1e-12 * Math.Max(MeanVariance(covariance), 1e-12);
            while (!Cholesky.TryFactor(covariance, dimension, factor, FactorStride, execution.CancellationToken))
            {
                AddToDiagonal(covariance, added);
                added *= 10;
            }

            var logDeterminant = 0.0;
            for (var i = 0; i < dimension; i++)
            {
                logDeterminant += 2 * Math.Log(factor[(i * FactorStride) + i]);
            }

            Cholesky.InvertFactor(factor, dimension, FactorStride, execution.CancellationToken);
            LogFactors[cluster] = Math.Log(Weights[cluster]) - (0.5 * ((dimension * Math.Log(2 * Math.PI)) + logDeterminant));
        });

    /// <summary>The same Gaussians in another order.</summary>
    /// <param name="order">The number that each place takes over.</param>
    public MixtureParameters Reorder(ReadOnlySpan<int> order)
    {
        var reordered = new MixtureParameters(clusterCount, dimension);
        for (var place = 0; place < order.Length; place++)
        {
            var source = order[place];
            reordered.Weights[place] = Weights[source];
            reordered.LogFactors[place] = LogFactors[source];
            Mean(source).CopyTo(reordered.Mean(place));
            Covariances[source].CopyTo(reordered.Covariances[place], 0);
            PrecisionFactors[source].CopyTo(reordered.PrecisionFactors[place], 0);
        }

        return reordered;
    }

    /// <summary>Hands over all of it, to a model file.</summary>
    public void Write(ModelPartWriter part)
    {
        part.Add<double>("weights", Weights, clusterCount);
        part.Add<double>("means", Means, clusterCount, dimension);
        part.Add<double>("covariances", Joined(Covariances), clusterCount, dimension, dimension);
        part.Add<double>("precisionFactors", Joined(PrecisionFactors), clusterCount, FactorStride, FactorStride);
        part.Add<double>("logFactors", LogFactors, clusterCount);
    }

    /// <summary>Makes the same of what was handed over.</summary>
    /// <remarks>What the densities need is not derived again: of covariances that are none that could take for ever.</remarks>
    public static MixtureParameters Read(ModelPartReader part, int clusterCount)
    {
        var weights = part.GetArray<double>("weights", clusterCount);
        var dimension = part.SizeOf("means", direction: 1);
        var means = part.GetArray<double>("means", clusterCount, dimension);
        var covariances = part.GetArray<double>("covariances", clusterCount, dimension, dimension);
        var factors = part.GetArray<double>("precisionFactors", clusterCount, StrideOf(dimension), StrideOf(dimension));
        var logFactors = part.GetArray<double>("logFactors", clusterCount);
        var parameters = new MixtureParameters(clusterCount, dimension);
        weights.CopyTo(parameters.Weights, 0);
        means.CopyTo(parameters.Means, 0);
        logFactors.CopyTo(parameters.LogFactors, 0);
        for (var cluster = 0; cluster < clusterCount; cluster++)
        {
            Slice(covariances, cluster, parameters.Covariances[cluster]);
            Slice(factors, cluster, parameters.PrecisionFactors[cluster]);
        }

        return parameters;
    }

    /// <summary>Adds to each variance.</summary>
    /// <param name="covariance">A d x d matrix.</param>
    /// <param name="value">What to add.</param>
    public void AddToDiagonal(double[] covariance, double value)
    {
        for (var i = 0; i < dimension; i++)
        {
            covariance[(i * dimension) + i] += value;
        }
    }

    private static double[] Joined(double[][] arrays) => [.. arrays.SelectMany(array => array)];

    private static void Slice(double[] joined, int place, double[] target) => joined.AsSpan(place * target.Length, target.Length).CopyTo(target);

    private static int StrideOf(int dimension) => dimension + (dimension & 1);

    private static double[][] Jagged(int count, int length)
    {
        var arrays = new double[count][];
        for (var index = 0; index < count; index++)
        {
            arrays[index] = new double[length];
        }

        return arrays;
    }

    private double MeanVariance(double[] covariance)
    {
        var trace = 0.0;
        for (var i = 0; i < dimension; i++)
        {
            trace += covariance[(i * dimension) + i];
        }

        return trace / dimension;
    }
}
