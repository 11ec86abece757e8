using System.Text.Json.Serialization;
using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>How a mixture of Gaussians is fitted.</summary>
public sealed record GaussianMixtureOptions : CountedClustererOptions
{
    private const double DefaultRegularization = 1e-6;

    /// <summary>A thousand times the default regularization: from this mean variance on it hardly widens a cluster.</summary>
    private const double LeastVariance = 1e-3;

    private readonly int _startCount = 20;
    private readonly int _candidateCount = 10;
    private readonly Matrix? _initialMeans;

    /// <summary>Makes options.</summary>
    /// <param name="clusterCount">The number of Gaussians, k, each a cluster; 1 or more.</param>
    /// <exception cref="N2DException">The number is below 1 (<c>ClusterCountOutOfRange</c>).</exception>
    public GaussianMixtureOptions(int clusterCount)
        : this(ClusterCountRange.Exactly(clusterCount))
    {
    }

    /// <summary>Makes options.</summary>
    /// <param name="clusterCounts">
    /// The numbers of Gaussians to try. The one whose clusters have the highest mean silhouette is kept; or, where a single Gaussian accounts for the rows best or no number makes clusters that lie
    /// apart (a silhouette above 0.25), the one with the smallest Bayesian information criterion (Schwarz, 1978). A range takes as long as a fit of each number in it.
    /// </param>
    [JsonConstructor]
    public GaussianMixtureOptions(ClusterCountRange clusterCounts)
        : base(clusterCounts)
    {
    }

    /// <summary>What chooses among several numbers of Gaussians. Default the silhouette.</summary>
    public ClusterCountCriterion CountCriterion { get; init; }

    /// <summary>
    /// The means that the only start begins at, one row for each Gaussian, in the columns of the rows. Its weights and covariances begin as
    /// those of the clusters that k-means finds from there.
    /// Default null: starts that are drawn.
    /// </summary>
    /// <exception cref="N2DException">
    /// There is not one for each Gaussian (<c>InitialCenterCount</c>), or a value is NaN or infinite (<c>NotFinite</c>).
    /// </exception>
    [JsonIgnore]
    public Matrix? InitialMeans
    {
        get => _initialMeans;
        init => _initialMeans = InitialPlaces.Check(value, ClusterCounts, "initial means");
    }

    /// <summary>What the covariances may be. Default full.</summary>
    public CovarianceKind CovarianceKind { get; init; }

    /// <summary>
    /// The number of starts, 1 or more; the one that ends at the highest likelihood wins. Default 20: expectation-maximization
    /// finds local optima only, and the likelihood alone, without labels, tells the bad ones.
    /// </summary>
    /// <exception cref="N2DException">The value is below 1 (<c>StartCountOutOfRange</c>).</exception>
    [OptionRange(1)]
    public int StartCount
    {
        get => InitialMeans is null ? _startCount : 1;
        init => _startCount = Check(value);
    }

    /// <summary>
    /// The number of candidates that each start draws to begin at the likeliest, 1 or more; 1 takes the first as it comes. Default 10.
    /// Past 5,000 rows (3 k d, if that is more) they are made and compared on a sample of that size.
    /// </summary>
    /// <exception cref="N2DException">The value is below 1 (<c>CandidateCountOutOfRange</c>).</exception>
    [OptionRange(1)]
    public int CandidateCount
    {
        get => InitialMeans is null ? _candidateCount : 1;
        init => _candidateCount = Check(value);
    }

    /// <summary>The largest number of iterations of a start, 1 or more. Default 100.</summary>
    /// <exception cref="N2DException">The value is below 1 (<c>MaxIterationsOutOfRange</c>).</exception>
    [OptionRange(1)]
    public int MaxIterations
    {
        get;
        init => field = Check(value);
    } = 100;

    /// <summary>
    /// A start has converged when an iteration adds less than this to the mean log-likelihood of a row. 0 or more; default 1e-3.
    /// </summary>
    /// <exception cref="N2DException">The value is negative or not finite (<c>ToleranceOutOfRange</c>).</exception>
    [OptionRange(0)]
    public double Tolerance
    {
        get;
        init => field = Check(value);
    } = 1e-3;

    /// <summary>
    /// Added to the diagonal of each covariance, in squared units of the columns, so that rows on a plane or on one point leave it
    /// positive definite. 0 or more; default 1e-6. Where the columns' mean variance is below 0.001, so that the default would blur the clusters, it is that share
    /// of the variance instead, and clusters do not depend on the unit of the columns. Any other value is taken as it is.
    /// </summary>
    /// <exception cref="N2DException">The value is negative or not finite (<c>CovarianceRegularizationOutOfRange</c>).</exception>
    [OptionRange(0)]
    public double CovarianceRegularization
    {
        get;
        init => field = Check(value);
    } = DefaultRegularization;

    /// <summary>What is added to the covariances of rows with a mean variance of their columns.</summary>
    internal double RegularizationFor(double meanVariance) =>
        CovarianceRegularization == DefaultRegularization && meanVariance > 0 && meanVariance < LeastVariance
            ? DefaultRegularization * meanVariance
            : CovarianceRegularization;

    /// <summary>The N2D study's own recipe: scikit-learn's mixture as it comes, which begins once, at the first start it draws.</summary>
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
    public override bool TakesWeights => true;

    /// <inheritdoc/>
    public override FittedClusterer Fit(Matrix rows, Execution execution) => GaussianMixture.Fit(rows, this, execution);

    /// <inheritdoc/>
    public override FittedClusterer Fit(Matrix rows, IReadOnlyList<double>? weights, Execution execution) => GaussianMixture.Fit(rows, this, execution, weights);
}
