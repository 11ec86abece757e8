using System.Management.Automation;
using N2D.Clustering;
using N2D.Models;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Finds clusters in the rows of a data set or embedding, and scores them.</para>
/// <para type="description">Fits a clusterer to the rows that come down the pipeline and emits one result for each embedding: the
/// clusters, the scores (ACC, NMI, ARI if labels are known; silhouette always) and the seconds of each stage.</para>
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "N2DCluster")]
[OutputType(typeof(ClusterResult))]
public sealed class InvokeN2DClusterCommand : FittingCmdlet
{
    private int? _clusterCount;

    /// <summary>
    /// <para type="description">The algorithm. GaussianMixture: k Gaussians with full covariances.</para>
    /// </summary>
    [Parameter]
    public ClusterMethod Method { get; set; } = ClusterMethod.GaussianMixture;

    /// <summary>
    /// <para type="description">The number of clusters, 1 to the number of rows. Default: the number of classes, where labels are known.</para>
    /// </summary>
    [Parameter(Position = 0)]
    [Alias("k", "n_clusters")]
    public int ClusterCount
    {
        get => _clusterCount ?? 0;
        set => _clusterCount = value;
    }

    /// <summary>
    /// <para type="description">The number of starts; the one that ends at the highest likelihood wins. Default 20: a single start
    /// ends in a bad local optimum more often than people think.</para>
    /// </summary>
    [Parameter]
    [Alias("n_init")]
    public int StartCount { get; set; } = 20;

    /// <summary>
    /// <para type="description">The number of candidates that each start draws to begin at the likeliest. Default 10; 1 takes the first
    /// as it comes. Past 5,000 rows candidates are compared on a sample.</para>
    /// </summary>
    [Parameter]
    public int CandidateCount { get; set; } = 10;

    /// <summary>
    /// <para type="description">The largest number of iterations of a start. Default 100.</para>
    /// </summary>
    [Parameter]
    [Alias("max_iter")]
    public int MaximumIteration { get; set; } = 100;

    /// <summary>
    /// <para type="description">A start has converged when an iteration adds less than this to the mean log-likelihood of a row. Default 0.001.</para>
    /// </summary>
    [Parameter]
    [Alias("tol")]
    public double Tolerance { get; set; } = 1e-3;

    /// <summary>
    /// <para type="description">Added to the variances of each Gaussian, so that none collapses. Default 0.000001.</para>
    /// </summary>
    [Parameter]
    [Alias("reg_covar")]
    public double CovarianceRegularization { get; set; } = 1e-6;

    /// <summary>
    /// <para type="description">Fits the whole pipeline anew with other seeds, and tells how far both clusterings agree (Stability, the adjusted Rand
    /// index): what hangs on the seed is not in the data. Takes as long again as the pipeline did.</para>
    /// </summary>
    [Parameter]
    public SwitchParameter Stability { get; set; }

    /// <inheritdoc/>
    protected override void CheckParameters() => Options(_clusterCount ?? 1);

    /// <inheritdoc/>
    protected override void CheckInput(Embedding input) => Options(ClusterCountFor(input)).ThrowIfTooFewRows(input.RowCount);

    /// <inheritdoc/>
    protected override void Fit()
    {
        var options = Options(ClusterCountFor(InputObject));
        WriteObject(RunLong($"Clustering {InputObject.Dataset}", ThreadCount, execution =>
            ClusterResult.Create(InputObject, GaussianMixture.Fit(InputObject.GetRows(execution), options, execution), execution, Stability)));
    }

    private GaussianMixtureOptions Options(int clusterCount) => new(clusterCount)
    {
        StartCount = StartCount,
        CandidateCount = CandidateCount,
        MaxIterations = MaximumIteration,
        Tolerance = Tolerance,
        CovarianceRegularization = CovarianceRegularization,
        Seed = Seed,
    };

    private int ClusterCountFor(Embedding input) => _clusterCount ?? input.ClassCount ?? throw new N2DException(
        "ClusterCountRequired",
        ErrorKind.InvalidArgument,
        $"Data set '{input.Dataset}' has no labels that tell the number of clusters; give -ClusterCount.",
        input);
}
