using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Clustering;

/// <summary>
/// The weights, means and covariances of k Gaussians, with values that their densities need: the inverse Cholesky factors of the
/// covariances, and the logarithms of the normalization factors.
/// </summary>
/// <remarks>
/// With Σ = L Lᵀ and P = L⁻¹, (x - μ)ᵀ Σ⁻¹ (x - μ) = |P (x - μ)|² and log det Σ = -2 Σᵢ log Pᵢᵢ. M steps write the parameters, E steps read
/// them.
/// </remarks>
internal sealed class MixtureParameters
{
    /// <summary>The number of columns from which rows are wide: matrix products are faster than kernels for narrow rows.</summary>
    public const int MinWideDimension = 33;

    private static readonly double LogTwoPi = PortableMath.Log(2 * Math.PI);

    /// <summary>Creates Gaussians without weight.</summary>
    /// <param name="clusterCount">k.</param>
    /// <param name="dimension">d.</param>
    /// <param name="kind">The form of the covariances.</param>
    public MixtureParameters(int clusterCount, int dimension, CovarianceKind kind)
    {
        (ClusterCount, Dimension, Kind) = (clusterCount, dimension, kind);
        Weights = new double[clusterCount];
        Means = new double[clusterCount * dimension];
        LogFactors = new double[clusterCount];
        Covariances = Arrays(IsAxisAligned ? dimension : dimension * dimension);
        PrecisionFactors = Arrays(IsAxisAligned ? dimension : FactorStride * FactorStride);
    }

    /// <summary>The number of Gaussians, k.</summary>
    public int ClusterCount { get; }

    /// <summary>The number of columns, d.</summary>
    public int Dimension { get; }

    /// <summary>The form of the covariances.</summary>
    public CovarianceKind Kind { get; }

    /// <summary>Whether covariances are diagonal, so that only the diagonal is stored.</summary>
    public bool IsAxisAligned => Kind is CovarianceKind.Diagonal or CovarianceKind.Spherical;

    /// <summary>Whether the steps are matrix products: with full or tied covariances of wide rows.</summary>
    public bool IsWide => !IsAxisAligned && Dimension >= MinWideDimension;

    /// <summary>The weights, k values that add up to 1.</summary>
    public double[] Weights { get; }

    /// <summary>The means, k x d.</summary>
    public double[] Means { get; }

    /// <summary>
    /// The covariances: each d x d with both triangles, or the d variances if they are axis-aligned. Tied ones share one array.
    /// </summary>
    public double[][] Covariances { get; }

    /// <summary>
    /// The inverse Cholesky factors: lower triangular, FactorStride x FactorStride with zero padding, or the d inverse standard deviations
    /// if the covariances are axis-aligned. Tied ones share one array.
    /// </summary>
    public double[][] PrecisionFactors { get; }

    /// <summary>The log weight - d/2 log 2π - ½ log det Σ of each Gaussian.</summary>
    public double[] LogFactors { get; }

    /// <summary>The row stride of a precision factor: d rounded up to an even number, because kernels process two rows at once.</summary>
    public int FactorStride => Dimension + (Dimension & 1);

    /// <summary>The number of free parameters, for information criteria.</summary>
    public long ParameterCount => CountParameters(ClusterCount, Dimension, Kind);

    /// <summary>The mean of a Gaussian.</summary>
    /// <param name="cluster">The number of the Gaussian.</param>
    public Span<double> Mean(int cluster) => Means.AsSpan(cluster * Dimension, Dimension);

    /// <summary>The covariance of a Gaussian as d x d values, for every form of covariance.</summary>
    /// <param name="cluster">The number of the Gaussian.</param>
    public ReadOnlySpan<double> FullCovariance(int cluster)
    {
        if (!IsAxisAligned)
        {
            return Covariances[cluster];
        }

        var full = new double[Dimension * Dimension];
        for (var i = 0; i < Dimension; i++)
        {
            full[(i * Dimension) + i] = Covariances[cluster][i];
        }

        return full;
    }

    /// <summary>The number of free parameters of a mixture.</summary>
    /// <param name="k">The number of Gaussians.</param>
    /// <param name="d">The number of columns.</param>
    /// <param name="kind">The form of the covariances.</param>
    public static long CountParameters(long k, long d, CovarianceKind kind)
    {
        var covariances = kind switch
        {
            CovarianceKind.Full => k * d * (d + 1) / 2,
            CovarianceKind.Tied => d * (d + 1) / 2,
            CovarianceKind.Diagonal => k * d,
            _ => k,
        };
        return covariances + (k * d) + k - 1;
    }

    /// <summary>Computes the values that the densities need from the weights and covariances.</summary>
    /// <param name="execution">Threads and cancellation.</param>
    /// <remarks>
    /// If rounding errors make a covariance indefinite, its diagonal is increased, starting with 10⁻¹² of the mean variance and ten times
    /// more each time: a slightly wider Gaussian instead of NaN.
    /// </remarks>
    public void PrepareDensities(Execution execution)
    {
        var halfLogDeterminants = new double[ClusterCount];
        ParallelRows.For(Kind == CovarianceKind.Tied ? 1 : ClusterCount, 1, execution, (cluster, _) =>
            halfLogDeterminants[cluster] = IsAxisAligned
                ? InvertVariances(cluster)
                : InvertCovariance(cluster, execution.CancellationToken));
        for (var cluster = 0; cluster < ClusterCount; cluster++)
        {
            var halfLogDeterminant = halfLogDeterminants[Kind == CovarianceKind.Tied ? 0 : cluster];
            LogFactors[cluster] = PortableMath.Log(Weights[cluster]) - (0.5 * Dimension * LogTwoPi) - halfLogDeterminant;
        }
    }

    /// <summary>Reorders the Gaussians.</summary>
    /// <param name="order">The old number of each Gaussian.</param>
    public MixtureParameters Reorder(ReadOnlySpan<int> order)
    {
        var reordered = new MixtureParameters(ClusterCount, Dimension, Kind);
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

    /// <summary>Writes the parameters to a model file.</summary>
    public void Write(ModelPartWriter part)
    {
        var ownCount = Kind == CovarianceKind.Tied ? 1 : ClusterCount;
        part.Add<double>("weights", Weights, ClusterCount);
        part.Add<double>("means", Means, ClusterCount, Dimension);
        part.Add<double>("covariances", Joined(Covariances.Take(ownCount)), SizesOf(Kind, ClusterCount, Dimension, Dimension));
        part.Add<double>("precisionFactors", Joined(PrecisionFactors.Take(ownCount)), SizesOf(Kind, ClusterCount, Dimension, FactorStride));
        part.Add<double>("logFactors", LogFactors, ClusterCount);
    }

    /// <summary>Reads parameters from a model file.</summary>
    /// <remarks>
    /// The file contains the values for densities. Computing them from invalid covariances in a damaged file could take forever.
    /// </remarks>
    public static MixtureParameters Read(ModelPartReader part, CovarianceKind kind)
    {
        var (clusterCount, dimension) = (part.SizeOf("means"), part.SizeOf("means", direction: 1));
        var weights = part.GetArray<double>("weights", clusterCount);
        var means = part.GetArray<double>("means", clusterCount, dimension);
        var covariances = part.GetArray<double>("covariances", SizesOf(kind, clusterCount, dimension, dimension));
        var factors = part.GetArray<double>("precisionFactors", SizesOf(kind, clusterCount, dimension, StrideOf(dimension)));
        var logFactors = part.GetArray<double>("logFactors", clusterCount);
        var parameters = new MixtureParameters(clusterCount, dimension, kind);
        weights.CopyTo(parameters.Weights, 0);
        means.CopyTo(parameters.Means, 0);
        logFactors.CopyTo(parameters.LogFactors, 0);
        for (var cluster = 0; cluster < (kind == CovarianceKind.Tied ? Math.Min(1, clusterCount) : clusterCount); cluster++)
        {
            Slice(covariances, cluster, parameters.Covariances[cluster]);
            Slice(factors, cluster, parameters.PrecisionFactors[cluster]);
        }

        return parameters;
    }

    /// <summary>Adds a number to each variance.</summary>
    /// <param name="covariance">A covariance of this mixture.</param>
    /// <param name="value">The number to add.</param>
    public void AddToVariances(double[] covariance, double value)
    {
        for (var i = 0; i < covariance.Length; i += VarianceStep)
        {
            covariance[i] += value;
        }
    }

    private int VarianceStep => IsAxisAligned ? 1 : Dimension + 1;

    private static double[] Joined(IEnumerable<double[]> arrays) => [.. arrays.SelectMany(array => array)];

    private static void Slice(double[] joined, int place, double[] target) =>
        joined.AsSpan(place * target.Length, target.Length).CopyTo(target);

    /// <summary>The shape of the array of covariances or factors: k matrices, one matrix if tied, or k diagonals.</summary>
    private static long[] SizesOf(CovarianceKind kind, int clusterCount, int dimension, int stride) => kind switch
    {
        CovarianceKind.Full => [clusterCount, stride, stride],
        CovarianceKind.Tied => [1, stride, stride],
        _ => [clusterCount, dimension],
    };

    private static int StrideOf(int dimension) => dimension + (dimension & 1);

    private double InvertCovariance(int cluster, CancellationToken cancellationToken)
    {
        var (covariance, factor) = (Covariances[cluster], PrecisionFactors[cluster]);
        var added = 1e-12 * Math.Max(MeanVariance(covariance), 1e-12);
        while (!Cholesky.TryFactor(covariance, Dimension, factor, FactorStride, cancellationToken))
        {
            AddToVariances(covariance, added);
            added *= 10;
        }

        var halfLogDeterminant = 0.0;
        for (var i = 0; i < Dimension; i++)
        {
            halfLogDeterminant += PortableMath.Log(factor[(i * FactorStride) + i]);
        }

        Cholesky.InvertFactor(factor, Dimension, FactorStride, cancellationToken);
        return halfLogDeterminant;
    }

    private double InvertVariances(int cluster)
    {
        var (variances, factor) = (Covariances[cluster], PrecisionFactors[cluster]);
        var added = 1e-12 * Math.Max(MeanVariance(variances), 1e-12);
        while (!variances.All(variance => variance > 0))
        {
            AddToVariances(variances, added);
            added *= 10;
        }

        var halfLogDeterminant = 0.0;
        for (var i = 0; i < Dimension; i++)
        {
            halfLogDeterminant += 0.5 * PortableMath.Log(variances[i]);
            factor[i] = 1 / Math.Sqrt(variances[i]);
        }

        return halfLogDeterminant;
    }

    private double[][] Arrays(int length)
    {
        var shared = Kind == CovarianceKind.Tied ? new double[length] : null;
        return [.. Enumerable.Range(0, ClusterCount).Select(_ => shared ?? new double[length])];
    }

    private double MeanVariance(double[] covariance)
    {
        var trace = 0.0;
        for (var i = 0; i < covariance.Length; i += VarianceStep)
        {
            trace += covariance[i];
        }

        return trace / Dimension;
    }
}
