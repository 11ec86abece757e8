namespace N2D.Clustering;

/// <summary>How a mixture of Gaussians is fitted.</summary>
public sealed record GaussianMixtureOptions
{
    private readonly int _startCount = 20;
    private readonly int _candidateCount = 10;
    private readonly int _maxIterations = 100;
    private readonly double _tolerance = 1e-3;
    private readonly double _covarianceRegularization = 1e-6;

    /// <summary>Makes options.</summary>
    /// <param name="clusterCount">The number of Gaussians, k, 1 or more.</param>
    /// <exception cref="N2DException">The number is below 1 (<c>ClusterCountOutOfRange</c>).</exception>
    public GaussianMixtureOptions(int clusterCount)
    {
        ClusterCount = clusterCount >= 1
            ? clusterCount
            : throw new N2DException(
                "ClusterCountOutOfRange",
                ErrorKind.InvalidArgument,
                $"The number of clusters is {clusterCount}; it must be 1 or more, and at most the number of rows.",
                clusterCount);
    }

    /// <summary>The number of Gaussians, k, each a cluster.</summary>
    public int ClusterCount { get; }

    /// <summary>
    /// The number of starts, 1 or more; the one that ends at the highest likelihood wins. Default 20: expectation-maximisation
    /// finds local optima only, and the likelihood alone, without labels, tells the bad ones.
    /// </summary>
    /// <exception cref="N2DException">The value is below 1 (<c>StartCountOutOfRange</c>).</exception>
    public int StartCount
    {
        get => _startCount;
        init => _startCount = value >= 1
            ? value
            : throw new N2DException("StartCountOutOfRange", ErrorKind.InvalidArgument, $"The number of starts is {value}; it must be 1 or more.", value);
    }

    /// <summary>
    /// The number of candidates that each start draws to begin at the likeliest, 1 or more; 1 takes the first as it comes. Default 10.
    /// Past 5,000 rows (3 k d, if that is more) they are made and compared on a sample of that size.
    /// </summary>
    /// <exception cref="N2DException">The value is below 1 (<c>CandidateCountOutOfRange</c>).</exception>
    public int CandidateCount
    {
        get => _candidateCount;
        init => _candidateCount = value >= 1
            ? value
            : throw new N2DException("CandidateCountOutOfRange", ErrorKind.InvalidArgument, $"The number of candidates is {value}; it must be 1 or more.", value);
    }

    /// <summary>The largest number of iterations of a start, 1 or more. Default 100.</summary>
    /// <exception cref="N2DException">The value is below 1 (<c>MaxIterationsOutOfRange</c>).</exception>
    public int MaxIterations
    {
        get => _maxIterations;
        init => _maxIterations = value >= 1
            ? value
            : throw new N2DException("MaxIterationsOutOfRange", ErrorKind.InvalidArgument, $"The largest number of iterations is {value}; it must be 1 or more.", value);
    }

    /// <summary>
    /// A start has converged when an iteration adds less than this to the mean log-likelihood of a row. 0 or more; default 1e-3.
    /// </summary>
    /// <exception cref="N2DException">The value is negative or not finite (<c>ToleranceOutOfRange</c>).</exception>
    public double Tolerance
    {
        get => _tolerance;
        init => _tolerance = value >= 0 && double.IsFinite(value)
            ? value
            : throw new N2DException("ToleranceOutOfRange", ErrorKind.InvalidArgument, $"The tolerance is {value}; it must be 0 or more.", value);
    }

    /// <summary>
    /// Added to the diagonal of each covariance, in squared units of the columns, so that rows on a plane or on one point leave it
    /// positive definite. 0 or more; default 1e-6. Columns whose spread is far below its root (0.001) want a smaller one, or scaling.
    /// </summary>
    /// <exception cref="N2DException">The value is negative or not finite (<c>CovarianceRegularizationOutOfRange</c>).</exception>
    public double CovarianceRegularization
    {
        get => _covarianceRegularization;
        init => _covarianceRegularization = value >= 0 && double.IsFinite(value)
            ? value
            : throw new N2DException(
                "CovarianceRegularizationOutOfRange",
                ErrorKind.InvalidArgument,
                $"The regularisation of the covariances is {value}; it must be 0 or more.",
                value);
    }

    /// <summary>The seed of the starts. The same seed gives the same mixture.</summary>
    public int Seed { get; init; }

    /// <summary>Refuses a number of rows that so many clusters cannot be made of.</summary>
    /// <param name="rowCount">n.</param>
    /// <exception cref="N2DException">There are fewer rows than clusters (<c>ClusterCountOutOfRange</c>).</exception>
    public void ThrowIfTooFewRows(int rowCount)
    {
        if (ClusterCount > rowCount)
        {
            throw new N2DException(
                "ClusterCountOutOfRange",
                ErrorKind.InvalidArgument,
                $"{ClusterCount} clusters cannot be made of {rowCount} rows; ask for 1 to {rowCount}.",
                ClusterCount);
        }
    }
}
