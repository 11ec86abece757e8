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
    /// <para type="description">The algorithm. GaussianMixture (default): k Gaussians. KMeans: k centres.</para>
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
    /// <para type="description">The number of starts; the best wins, by the highest likelihood of a mixture or the smallest sum of squared distances of
    /// k-means. Default 20 for GaussianMixture, where a single start ends in a bad local optimum more often than people think, and 10 for KMeans.</para>
    /// </summary>
    [Parameter]
    [Alias("n_init")]
    [GoesWith(ClusterMethod.GaussianMixture, ClusterMethod.KMeans)]
    public int? StartCount { get; set; }

    /// <summary>
    /// <para type="description">The number of candidates that each start of a mixture draws to begin at the likeliest. Default 10; 1 takes the first
    /// as it comes. Past 5,000 rows candidates are compared on a sample.</para>
    /// </summary>
    [Parameter]
    [GoesWith(ClusterMethod.GaussianMixture)]
    public int? CandidateCount { get; set; }

    /// <summary>
    /// <para type="description">The largest number of iterations of a start. Default 100 for GaussianMixture, 300 for KMeans.</para>
    /// </summary>
    [Parameter]
    [Alias("max_iter")]
    [GoesWith(ClusterMethod.GaussianMixture, ClusterMethod.KMeans)]
    public int? MaximumIteration { get; set; }

    /// <summary>
    /// <para type="description">When a start has converged. GaussianMixture: an iteration adds less than this to the mean log-likelihood of a row,
    /// default 0.001. KMeans: the squared moves of the centres add up to no more than this share of the columns' mean variance, default 0.0001.</para>
    /// </summary>
    [Parameter]
    [Alias("tol")]
    [GoesWith(ClusterMethod.GaussianMixture, ClusterMethod.KMeans)]
    public double? Tolerance { get; set; }

    /// <summary>
    /// <para type="description">Added to the variances of each Gaussian, so that none collapses. Default 0.000001.</para>
    /// </summary>
    [Parameter]
    [Alias("reg_covar")]
    [GoesWith(ClusterMethod.GaussianMixture)]
    public double? CovarianceRegularization { get; set; }

    /// <summary>
    /// <para type="description">Fits the whole pipeline anew with other seeds, and tells how far both clusterings agree (Stability, the adjusted Rand
    /// index): what hangs on the seed is not in the data. Takes as long again as the pipeline did.</para>
    /// </summary>
    [Parameter]
    public SwitchParameter Stability { get; set; }

    /// <inheritdoc/>
    protected override void CheckParameters()
    {
        GoesWithAttribute.Check(this, Method);
        Options(_clusterCount ?? 1);
    }

    /// <inheritdoc/>
    protected override void CheckInput(Embedding input) => Options(ClusterCountFor(input)).ThrowIfTooFewRows(input.RowCount);

    /// <inheritdoc/>
    protected override void Fit()
    {
        var options = Options(ClusterCountFor(InputObject));
        WriteObject(RunLong($"Clustering {InputObject.Dataset}", ThreadCount, execution =>
            ClusterResult.Create(InputObject, options.Fit(InputObject.GetRows(), execution), execution, Stability)));
    }

    private ClustererOptions Options(int clusterCount) => Method switch
    {
        ClusterMethod.KMeans => Options(new KMeansOptions(clusterCount)),
        _ => Options(new GaussianMixtureOptions(clusterCount)),
    };

    private GaussianMixtureOptions Options(GaussianMixtureOptions defaults) => defaults with
    {
        StartCount = StartCount ?? defaults.StartCount,
        CandidateCount = CandidateCount ?? defaults.CandidateCount,
        MaxIterations = MaximumIteration ?? defaults.MaxIterations,
        Tolerance = Tolerance ?? defaults.Tolerance,
        CovarianceRegularization = CovarianceRegularization ?? defaults.CovarianceRegularization,
        Seed = Seed,
    };

    private KMeansOptions Options(KMeansOptions defaults) => defaults with
    {
        StartCount = StartCount ?? defaults.StartCount,
        MaxIterations = MaximumIteration ?? defaults.MaxIterations,
        Tolerance = Tolerance ?? defaults.Tolerance,
        Seed = Seed,
    };

    private int ClusterCountFor(Embedding input) => _clusterCount ?? input.ClassCount ?? throw new N2DException(
        "ClusterCountRequired",
        ErrorKind.InvalidArgument,
        $"Data set '{input.Dataset}' has no labels that tell the number of clusters; give -ClusterCount.",
        input);
}
