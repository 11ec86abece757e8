using System.Text.Json.Serialization;
using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>Options of a Gaussian mixture.</summary>
public sealed record GaussianMixtureOptions : CountedClustererOptions
{
    private const double DefaultRegularization = 1e-6;

    /// <summary>The mean variance from which the default regularization, a thousandth of it, hardly widens a cluster.</summary>
    private const double MinVariance = 1e-3;

    private readonly int _startCount = 20;
    private readonly int _candidateCount = 10;
    private readonly Matrix? _initialMeans;

    /// <summary>Creates options.</summary>
    /// <param name="clusterCount">The number of Gaussians, k, 1 or more. Each is a cluster.</param>
    /// <exception cref="N2DException">The number is below 1 (<c>ClusterCountOutOfRange</c>).</exception>
    public GaussianMixtureOptions(int clusterCount)
        : this(ClusterCountRange.Exactly(clusterCount))
    {
    }

    /// <summary>Creates options.</summary>
    /// <param name="clusterCounts">
    /// The numbers of Gaussians to try. A range takes as long as a fit of each number in it. <see cref="CountCriterion"/> chooses: by
    /// default, the number with the highest mean silhouette. If a single Gaussian fits best, or no silhouette is above 0.25, it is the
    /// number with the smallest Bayesian information criterion (Schwarz, 1978).
    /// </param>
    [JsonConstructor]
    public GaussianMixtureOptions(ClusterCountRange clusterCounts)
        : base(clusterCounts)
    {
    }

    /// <summary>The criterion that chooses the number of Gaussians from a range. Default: Silhouette.</summary>
    public ClusterCountCriterion CountCriterion { get; init; }

    /// <summary>
    /// means_init: the initial means of a single start, one row for each Gaussian, with the columns of the rows. The initial weights and
    /// covariances are those of the clusters that k-means finds from these means. Default: null, which draws random starts.
    /// </summary>
    /// <exception cref="N2DException">
    /// The number of means is not the number of Gaussians (<c>InitialCenterCount</c>), or a value is NaN or infinite (<c>NotFinite</c>).
    /// </exception>
    [JsonIgnore]
    public Matrix? InitialMeans
    {
        get => _initialMeans;
        init => _initialMeans = InitialCenterValidation.Check(value, ClusterCounts, "initial means");
    }

    /// <summary>covariance_type: the form of the covariance matrices. Default: Full.</summary>
    public CovarianceKind CovarianceKind { get; init; }

    /// <summary>
    /// n_init: the number of starts; the one with the highest likelihood is kept. Expectation-maximization finds local optima only: more
    /// starts take longer and miss the best optimum less often. Default: 20. Range: 1 or more.
    /// </summary>
    /// <exception cref="N2DException">The value is below 1 (<c>StartCountOutOfRange</c>).</exception>
    [OptionRange(1)]
    public int StartCount
    {
        get => InitialMeans is null ? _startCount : 1;
        init => _startCount = Check(value);
    }

    /// <summary>
    /// The number of candidates for the initial mixture of each start, of which the likeliest is used. With more than 5,000 rows (or 3 k d,
    /// if that is more), candidates are created and compared on a sample of that size. Default: 10. Range: 1 or more.
    /// </summary>
    /// <exception cref="N2DException">The value is below 1 (<c>CandidateCountOutOfRange</c>).</exception>
    [OptionRange(1)]
    public int CandidateCount
    {
        get => InitialMeans is null ? _candidateCount : 1;
        init => _candidateCount = Check(value);
    }

    /// <summary>max_iter: the largest number of iterations of a start. Default: 100. Range: 1 or more.</summary>
    /// <exception cref="N2DException">The value is below 1 (<c>MaxIterationsOutOfRange</c>).</exception>
    [OptionRange(1)]
    public int MaxIterations
    {
        get;
        init => field = Check(value);
    } = 100;

    /// <summary>
    /// tol: a start converges when an iteration increases the mean log-likelihood by less than this. Default: 1e-3. Range: 0 or more.
    /// </summary>
    /// <exception cref="N2DException">The value is negative or not finite (<c>ToleranceOutOfRange</c>).</exception>
    [OptionRange(0)]
    public double Tolerance
    {
        get;
        init => field = Check(value);
    } = 1e-3;

    /// <summary>
    /// reg_covar: the number added to the diagonal of each covariance matrix, in squared units of the columns, which keeps it positive
    /// definite. Default: 1e-6; if the mean variance of the columns is below 0.001, 1e-6 times that variance, so that clusters are not
    /// blurred. Other values are used unchanged. Range: 0 or more.
    /// </summary>
    /// <exception cref="N2DException">The value is negative or not finite (<c>CovarianceRegularizationOutOfRange</c>).</exception>
    [OptionRange(0)]
    public double CovarianceRegularization
    {
        get;
        init => field = Check(value);
    } = DefaultRegularization;

    /// <summary>The regularization for rows whose columns have a given mean variance.</summary>
    internal double RegularizationFor(double meanVariance) =>
        CovarianceRegularization == DefaultRegularization && meanVariance > 0 && meanVariance < MinVariance
            ? DefaultRegularization * meanVariance
            : CovarianceRegularization;

    /// <summary>The settings of the N2D study: scikit-learn's defaults, with a single start.</summary>
    /// <param name="clusterCounts">The numbers of Gaussians to try.</param>
    public static GaussianMixtureOptions Paper(ClusterCountRange clusterCounts) => new(clusterCounts)
    {
        CovarianceKind = CovarianceKind.Full,
        StartCount = 1,
        CandidateCount = 1,
        MaxIterations = 100,
        Tolerance = 1e-3,
        CovarianceRegularization = DefaultRegularization,
    };

    /// <inheritdoc/>
    protected internal override string Method => "GaussianMixture";

    /// <inheritdoc/>
    public override bool TakesWeights => true;

    /// <inheritdoc/>
    public override void ThrowIfTooManyRows(int rowCount) =>
        ArraySize.ThrowIfTooLarge(rowCount, ClusterCount, "probabilities", nameof(ClusterCounts));

    /// <inheritdoc/>
    public override FittedClusterer Fit(Matrix rows, Execution execution) => GaussianMixture.Fit(rows, this, execution);

    /// <inheritdoc/>
    public override FittedClusterer Fit(Matrix rows, IReadOnlyList<double>? weights, Execution execution) =>
        GaussianMixture.Fit(rows, this, execution, weights);
}
