using System.Management.Automation;
using N2D.Clustering;
using N2D.Models;
using N2D.Neighbors;
using N2D.Numerics;
using N2D.Pipeline;

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
    /// <summary>
    /// <para type="description">The algorithm. GaussianMixture (default): k Gaussians, as N2D. KMeans: k centres. Spectral: k parts of the neighbour graph
    /// that little joins, of any shape. Hdbscan: where rows are dense, whatever the number and shape, and the rest noise (cluster -1). Agglomerative: Ward's
    /// merging on the neighbour graph.</para>
    /// </summary>
    [Parameter]
    public ClusterMethod Method { get; set; } = ClusterMethod.GaussianMixture;

    /// <summary>
    /// <para type="description">The number of clusters, 1 to the number of rows; or Auto: the number of the highest silhouette (GaussianMixture; where nothing
    /// lies apart, of the smallest Bayesian information criterion) or that of the eigengap (Spectral), whose curve the result's GetClusterCountCurve() lists.
    /// Default: the number of classes, where labels are known.</para>
    /// </summary>
    [Parameter(Position = 0)]
    [Alias("k", "n_clusters", "n_components")]
    [ArgumentCompleter(typeof(ClusterCountCompleter))]
    [DataArePiped("Invoke-N2DCluster")]
    [GoesWith(ClusterMethod.GaussianMixture, ClusterMethod.KMeans, ClusterMethod.Spectral, ClusterMethod.Agglomerative)]
    [WholeNumber]
    public ClusterCountArgument? ClusterCount { get; set; }

    /// <summary>
    /// <para type="description">The smallest number of clusters that -ClusterCount Auto tries. Default 1 for GaussianMixture, 2 for Spectral. Range: 1 or more.</para>
    /// </summary>
    [Parameter]
    [GoesWith(ClusterMethod.GaussianMixture, ClusterMethod.Spectral)]
    [WholeNumber]
    public int? MinimumClusterCount { get; set; }

    /// <summary>
    /// <para type="description">The largest number of clusters that -ClusterCount Auto tries. Default 20. Range: 1 or more, and not below -MinimumClusterCount.</para>
    /// </summary>
    [Parameter]
    [GoesWith(ClusterMethod.GaussianMixture, ClusterMethod.Spectral)]
    [WholeNumber]
    public int? MaximumClusterCount { get; set; }

    /// <summary>
    /// <para type="description">What chooses the number that -ClusterCount Auto takes for a mixture. Silhouette (default): the clusters
    /// that lie farthest apart for their size. Bic, Aic: the
    /// smallest information criterion, which counts Gaussians and saves the time of the silhouettes.</para>
    /// </summary>
    [Parameter]
    [GoesWith(ClusterMethod.GaussianMixture)]
    public ClusterCountCriterion ClusterCountCriterion { get; set; }

    /// <summary>
    /// <para type="description">Where the only start begins, in place of drawn starts: one center for each cluster, in the columns of the
    /// rows as they are clustered (after
    /// -Standardize and all stages). For a mixture these are the means; weights and covariances begin as those of the clusters that k-means
    /// finds from there. A data set, or an array with
    /// the numbers of each center, such as (1, 2), (5, 6). Default number of clusters: the number of centers.</para>
    /// </summary>
    [Parameter]
    [Alias("init", "means_init")]
    [TakesCenters]
    [GoesWith(ClusterMethod.GaussianMixture, ClusterMethod.KMeans)]
    public Matrix? InitialCenter { get; set; }

    /// <summary>
    /// <para type="description">Whose recipe is followed: this module's own, or the N2D study's (Paper), which starts the mixture once, at the first start it draws. Parameters given beside
    /// it win. Default: the recipe of the autoencoder in the pipeline.</para>
    /// </summary>
    [Parameter]
    [GoesWith(ClusterMethod.GaussianMixture)]
    public Preset? Preset { get; set; }

    /// <summary>
    /// <para type="description">What the Gaussians' covariances may be. Full (default): each its own. Tied: all the same. Diagonal: axes along the columns.
    /// Spherical: as wide in every direction. The fewer parameters, the fewer rows and seconds it takes.</para>
    /// </summary>
    [Parameter]
    [Alias("covariance_type")]
    [GoesWith(ClusterMethod.GaussianMixture)]
    public CovarianceKind CovarianceKind { get; set; }

    /// <summary>
    /// <para type="description">The number of starts; the best wins, by the highest likelihood of a mixture or the smallest sum of squared distances of k-means.
    /// Default 20 for GaussianMixture, where a single start ends in a bad local optimum more often than people think, and 10 for KMeans and for the k-means that
    /// ends Spectral. Range: 1 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("n_init")]
    [GoesWith(ClusterMethod.GaussianMixture, ClusterMethod.KMeans, ClusterMethod.Spectral)]
    [WholeNumber]
    public int? StartCount { get; set; }

    /// <summary>
    /// <para type="description">The number of candidates that each start of a mixture draws to begin at the likeliest. Default 10. With 1, the first one is used.
    /// Past 5,000 rows candidates are compared on a sample. Range: 1 or more.</para>
    /// </summary>
    [Parameter]
    [GoesWith(ClusterMethod.GaussianMixture)]
    [WholeNumber]
    public int? CandidateCount { get; set; }

    /// <summary>
    /// <para type="description">The largest number of iterations of a start. Default 100 for GaussianMixture, 300 for KMeans. Range: 1 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("max_iter")]
    [GoesWith(ClusterMethod.GaussianMixture, ClusterMethod.KMeans)]
    [WholeNumber]
    public int? MaximumIteration { get; set; }

    /// <summary>
    /// <para type="description">When a start has converged. GaussianMixture: an iteration adds less than this to the mean log-likelihood of a row, default 0.001.
    /// KMeans: the squared moves of the centres add up to no more than this share of the columns' mean variance, default 0.0001. Range: 0 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("tol")]
    [GoesWith(ClusterMethod.GaussianMixture, ClusterMethod.KMeans)]
    public double? Tolerance { get; set; }

    /// <summary>
    /// <para type="description">Added to the variances of each Gaussian, so that none collapses. Larger values make wider clusters. Default 0.000001; where the mean variance
    /// of the columns is below 0.001, this share of it. Range: 0 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("reg_covar")]
    [GoesWith(ClusterMethod.GaussianMixture)]
    public double? CovarianceRegularization { get; set; }

    /// <summary>
    /// <para type="description">The number of nearest rows that each row is joined with in the graph of Spectral and Agglomerative, itself counted. Default 10.
    /// Range: 2 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("n_neighbors")]
    [GoesWith(ClusterMethod.Spectral, ClusterMethod.Agglomerative)]
    [WholeNumber]
    public int? NeighborCount { get; set; }

    /// <summary>
    /// <para type="description">The fewest rows that make a cluster of Hdbscan. Default 5. For thousands of rows, try a hundredth of them. Range: 2 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("min_cluster_size")]
    [GoesWith(ClusterMethod.Hdbscan)]
    [WholeNumber]
    public int? MinimumClusterSize { get; set; }

    /// <summary>
    /// <para type="description">The number of nearest rows, itself counted, within whose distance a row of Hdbscan has its core: the more, the more noise. Default:
    /// the fewest rows of a cluster. Range: 1 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("min_samples")]
    [GoesWith(ClusterMethod.Hdbscan)]
    [WholeNumber]
    public int? MinimumSample { get; set; }

    /// <summary>
    /// <para type="description">Which clusters of its hierarchy Hdbscan keeps. ExcessOfMass (default): those that last longest as the density rises. Leaf:
    /// those that fall into no smaller ones.</para>
    /// </summary>
    [Parameter]
    [Alias("cluster_selection_method")]
    [GoesWith(ClusterMethod.Hdbscan)]
    public ClusterSelection ClusterSelection { get; set; }

    /// <summary>
    /// <para type="description">Allows Hdbscan to find a single cluster. Its rows are those that stay until its densest part, as in the hdbscan package; all others are noise.
    /// Without it, Hdbscan finds at least two clusters, or none.</para>
    /// </summary>
    [Parameter]
    [Alias("allow_single_cluster")]
    [GoesWith(ClusterMethod.Hdbscan)]
    public SwitchParameter AllowSingleCluster { get; set; }

    /// <summary>
    /// <para type="description">The length below which no cluster of Hdbscan falls into smaller ones, in the units of -Metric: keeps dense regions whole that would fall into fragments. Default 0, at which
    /// every cluster may fall apart. Range: 0 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("cluster_selection_epsilon")]
    [GoesWith(ClusterMethod.Hdbscan)]
    public double SelectionEpsilon { get; set; }

    /// <summary>
    /// <para type="description">The distance between rows that Hdbscan goes by, of unseen rows too. Cosine, Correlation and Hellinger refuse rows that they are not defined for. The names of
    /// scikit-learn, such as cityblock or l2, are known as well.</para>
    /// </summary>
    [Parameter]
    [TakesMetric]
    [GoesWith(ClusterMethod.Hdbscan)]
    public DistanceMetric Metric { get; set; }

    /// <summary>
    /// <para type="description">The power of the Minkowski metric: 1 makes it Manhattan, 2 Euclidean, infinity Chebyshev. The other metrics have no use for it. Default 2.
    /// Range: 1 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("p")]
    [GoesWith(ClusterMethod.Hdbscan)]
    public double MinkowskiPower { get; set; } = 2;

    /// <summary>
    /// <para type="description">Ends Agglomerative at a distance, in place of a number of clusters: those that lie so far apart, or farther, are not merged. The distance of two rows is their own, that
    /// of clusters Ward's, which grows with their sizes, as in scikit-learn. Range: 0 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("distance_threshold")]
    [GoesWith(ClusterMethod.Agglomerative)]
    public double? DistanceThreshold { get; set; }

    /// <summary>
    /// <para type="description">Fits the whole pipeline anew with other seeds, and tells how far both clusterings agree (Stability, the adjusted Rand
    /// index): what hangs on the seed is not in the data. Takes as long again as the pipeline did.</para>
    /// </summary>
    [Parameter]
    public SwitchParameter Stability { get; set; }

    /// <inheritdoc/>
    private protected override bool MindsWeights => true;

    /// <inheritdoc/>
    protected override void CheckParameters()
    {
        GoesWithAttribute.Check(this, Method);
        if (ClusterCount is { IsAuto: true } && Method is not (ClusterMethod.GaussianMixture or ClusterMethod.Spectral))
        {
            throw new N2DException(
                "AutoNotForMethod",
                ErrorKind.InvalidArgument,
                $"-ClusterCount Auto is of GaussianMixture and Spectral, and not of {Method}: give a number, or choose one of these. Hdbscan needs no number at all.",
                Method);
        }

        if (ClusterCount is not { IsAuto: true } && (MinimumClusterCount ?? MaximumClusterCount) is { } limit)
        {
            throw new N2DException(
                "LimitWithoutAuto",
                ErrorKind.InvalidArgument,
                "-MinimumClusterCount and -MaximumClusterCount limit what -ClusterCount Auto tries; give that too, or leave them out.",
                limit);
        }

        if (ClusterCount is not null && DistanceThreshold is { } threshold)
        {
            throw new N2DException(
                "ClusterCountAmbiguous",
                ErrorKind.InvalidArgument,
                "-ClusterCount and -DistanceThreshold both say where merging ends: leave one out.",
                threshold);
        }

        if (IsBound(nameof(MinkowskiPower)) && Metric != DistanceMetric.Minkowski)
        {
            WriteWarning($"-MinkowskiPower counts with -Metric Minkowski alone; the metric here is {Metric}.");
        }

        if (ClusterCount is not { IsAuto: true } && IsBound(nameof(ClusterCountCriterion)))
        {
            throw new N2DException(
                "LimitWithoutAuto",
                ErrorKind.InvalidArgument,
                "-ClusterCountCriterion says what -ClusterCount Auto goes by; give that too, or leave it out.",
                ClusterCountCriterion);
        }

        ThrowIfBesideInitialCenter();
        Options(ClusterCount ?? CountOfCenters ?? new ClusterCountArgument(1), input: null);
    }

    /// <inheritdoc/>
    protected override void CheckInput(Embedding input) => OptionsFor(input).ThrowIfTooFewRows(input.RowCount);

    /// <inheritdoc/>
    protected override void Fit()
    {
        var options = OptionsFor(InputObject);
        WriteObject(RunLong($"Clustering {InputObject.Dataset}", ThreadCount, execution =>
            ClusterResult.Create(InputObject, options.Fit(InputObject, execution), execution, Stability)));
    }

    private ClusterCountArgument? CountOfCenters => InitialCenter is null ? null : new ClusterCountArgument(InitialCenter.RowCount);

    /// <summary>
    /// One start begins at given centers, and those of one space mean nothing in another that the same stages make with another seed.
    /// </summary>
    private void ThrowIfBesideInitialCenter()
    {
        if (InitialCenter is null)
        {
            return;
        }

        var (name, reason) = StartCount > 1 ? (nameof(StartCount), "all starts would be the same one")
            : CandidateCount > 1 ? (nameof(CandidateCount), "no candidates are drawn")
            : Stability ? (nameof(Stability), "the pipeline is fitted anew with other seeds, where these centers mean nothing")
            : ClusterCount is { IsAuto: true } ? ($"{nameof(ClusterCount)} Auto", "there are as many clusters as centers")
            : (null, null);
        if (name is not null)
        {
            throw new N2DException("NotWithInitialCenter", ErrorKind.InvalidArgument, $"-{name} does not go with -InitialCenter: {reason}. Leave one of them out.", name);
        }
    }

    private ClustererOptions OptionsFor(Embedding input) => Method == ClusterMethod.Hdbscan || DistanceThreshold is not null
        ? Options(ClusterCount ?? new ClusterCountArgument(1), input)
        : Options(ClusterCountArgument.For(ClusterCount ?? CountOfCenters, input), input);

    private ClustererOptions Options(ClusterCountArgument count, Embedding? input)
    {
        // One Gaussian may be the best account of rows; one eigenvalue has a gap behind it in any graph.
        var range = count.ToRange(MinimumClusterCount ?? (Method == ClusterMethod.Spectral ? 2 : 1), MaximumClusterCount ?? ClusterCountRange.DefaultMost);
        return Method switch
        {
            ClusterMethod.KMeans => Options(new KMeansOptions(range.Most)),
            ClusterMethod.Spectral => Options(new SpectralOptions(range)),
            ClusterMethod.Hdbscan => Options(new HdbscanOptions()),
            ClusterMethod.Agglomerative => Options(
                DistanceThreshold is { } threshold ? AgglomerativeOptions.UpTo(threshold) : new AgglomerativeOptions(range.Most)),
            _ => Options((Preset ?? input?.GetPreset()) == Pipeline.Preset.Paper ? GaussianMixtureOptions.Paper(range) : new GaussianMixtureOptions(range)),
        };
    }

    private GaussianMixtureOptions Options(GaussianMixtureOptions defaults) => defaults with
    {
        CovarianceKind = CovarianceKind,
        CountCriterion = ClusterCountCriterion,
        InitialMeans = InitialCenter,
        StartCount = StartCount ?? defaults.StartCount,
        CandidateCount = CandidateCount ?? defaults.CandidateCount,
        MaxIterations = MaximumIteration ?? defaults.MaxIterations,
        Tolerance = Tolerance ?? defaults.Tolerance,
        CovarianceRegularization = CovarianceRegularization ?? defaults.CovarianceRegularization,
        Seed = Seed,
    };

    private KMeansOptions Options(KMeansOptions defaults) => defaults with
    {
        InitialCenters = InitialCenter,
        StartCount = StartCount ?? defaults.StartCount,
        MaxIterations = MaximumIteration ?? defaults.MaxIterations,
        Tolerance = Tolerance ?? defaults.Tolerance,
        Seed = Seed,
    };

    private SpectralOptions Options(SpectralOptions defaults) => defaults with
    {
        NeighborCount = NeighborCount ?? defaults.NeighborCount,
        StartCount = StartCount ?? defaults.StartCount,
        Seed = Seed,
    };

    private HdbscanOptions Options(HdbscanOptions defaults)
    {
        var sized = defaults with { MinimumClusterSize = MinimumClusterSize ?? defaults.MinimumClusterSize };
        return sized with
        {
            MinimumSamples = MinimumSample ?? sized.MinimumSamples,
            Selection = ClusterSelection,
            AllowSingleCluster = AllowSingleCluster,
            SelectionEpsilon = SelectionEpsilon,
            Metric = Metric,
            MinkowskiPower = MinkowskiPower,
            Seed = Seed,
        };
    }

    private AgglomerativeOptions Options(AgglomerativeOptions defaults) => defaults with
    {
        NeighborCount = NeighborCount ?? defaults.NeighborCount,
        Seed = Seed,
    };
}
