using System.Management.Automation;
using N2D.Clustering;
using N2D.Devices;
using N2D.Models;
using N2D.Neighbors;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Finds clusters in the rows of a data set or embedding, and scores them.</para>
/// <para type="description">Returns one result for each embedding: the clusters, the scores (ACC, NMI and ARI if the data set has
/// labels; always the silhouette) and the seconds of each stage.</para>
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "N2DCluster")]
[OutputType(typeof(ClusterResult))]
public sealed class InvokeN2DClusterCommand : SeededCmdlet
{
    /// <summary>
    /// <para type="description">The clustering method. GaussianMixture (default): a mixture of k Gaussians, as in N2D. KMeans: k
    /// centers. Spectral: k weakly connected parts of the neighbor graph, of any shape. Hdbscan: dense regions, of any number and
    /// shape; the other rows are noise (cluster -1). Agglomerative: merging on the neighbor graph by the linkage of Ward.</para>
    /// </summary>
    [Parameter]
    public ClusterMethod Method { get; set; } = ClusterMethod.GaussianMixture;

    /// <summary>
    /// <para type="description">The number of clusters, 1 to the number of rows, or Auto. For GaussianMixture, Auto takes the
    /// number with the highest silhouette. If no clusters are well separated, it takes the number with the lowest Bayesian
    /// information criterion (BIC). For Spectral, it uses the eigengap. GetClusterCountCurve() of the result lists the scores.
    /// Default: the number of classes, if the data set has labels.</para>
    /// </summary>
    [Parameter(Position = 0)]
    [Alias("k", "n_clusters", "n_components")]
    [ArgumentCompleter(typeof(ClusterCountCompleter))]
    [DataArePiped("Invoke-N2DCluster")]
    [GoesWith(ClusterMethod.GaussianMixture, ClusterMethod.KMeans, ClusterMethod.Spectral, ClusterMethod.Agglomerative)]
    [WholeNumber]
    public ClusterCountArgument? ClusterCount { get; set; }

    /// <summary>
    /// <para type="description">The smallest number of clusters that Auto tries. Default 1 for GaussianMixture, 2 for Spectral.
    /// Range: 1 or more.</para>
    /// </summary>
    [Parameter]
    [GoesWith(ClusterMethod.GaussianMixture, ClusterMethod.Spectral)]
    [WholeNumber]
    public int? MinimumClusterCount { get; set; }

    /// <summary>
    /// <para type="description">The largest number of clusters that Auto tries. Default 20. Range: 1 or more, and not below
    /// -MinimumClusterCount.</para>
    /// </summary>
    [Parameter]
    [GoesWith(ClusterMethod.GaussianMixture, ClusterMethod.Spectral)]
    [WholeNumber]
    public int? MaximumClusterCount { get; set; }

    /// <summary>
    /// <para type="description">The criterion of -ClusterCount Auto for a mixture. Silhouette (default) prefers well-separated
    /// clusters. Stability takes the largest number for which random halves of the rows find the same clusters. Eigengap counts the
    /// weakly connected parts of the neighbor graph, as -Method Spectral always does. Bic and Aic take the lowest information
    /// criterion: they count Gaussians.</para>
    /// </summary>
    [Parameter]
    [Alias("Criterion")]
    [GoesWith(ClusterMethod.GaussianMixture, ClusterMethod.Spectral)]
    public ClusterCountCriterion ClusterCountCriterion { get; set; }

    /// <summary>
    /// <para type="description">The centers to start at: one for each cluster, in the columns of the rows that are clustered (after
    /// -Standardize and all stages). There is a single start. For a mixture, these are the initial means; the initial weights and
    /// covariances are those of the clusters that k-means finds from there. Give a data set, or an array with the numbers of each
    /// center, such as (1, 2), (5, 6). The number of clusters is the number of centers.</para>
    /// </summary>
    [Parameter]
    [Alias("init", "means_init")]
    [TakesCenters]
    [GoesWith(ClusterMethod.GaussianMixture, ClusterMethod.KMeans)]
    public Matrix? InitialCenter { get; set; }

    /// <summary>
    /// <para type="description">The preset: the module's own (Default), or the N2D study's (Paper), with a single start of the
    /// mixture. Parameters that you give override the preset. Default: the preset of the autoencoder in the pipeline.</para>
    /// </summary>
    [Parameter]
    [GoesWith(ClusterMethod.GaussianMixture)]
    public Preset? Preset { get; set; }

    /// <summary>
    /// <para type="description">The form of the covariances of the mixture. Full (default): each Gaussian has its own. Tied: all
    /// Gaussians share one. Diagonal: axes parallel to the columns. Spherical: the same variance in all directions. Forms with
    /// fewer parameters need fewer rows and less time.</para>
    /// </summary>
    [Parameter]
    [Alias("covariance_type")]
    [GoesWith(ClusterMethod.GaussianMixture)]
    public CovarianceKind CovarianceKind { get; set; }

    /// <summary>
    /// <para type="description">The number of starts. The start with the highest likelihood (mixture) or the smallest sum of
    /// squared distances (k-means) is used. More starts find better optima and take longer. Default 20 for GaussianMixture, and 10
    /// for KMeans and for the k-means in Spectral. Range: 1 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("n_init")]
    [GoesWith(ClusterMethod.GaussianMixture, ClusterMethod.KMeans, ClusterMethod.Spectral)]
    [WholeNumber]
    public int? StartCount { get; set; }

    /// <summary>
    /// <para type="description">The number of candidates that each start of a mixture draws; it starts at the most likely one.
    /// Default 10. With 1, the first one is used. With more than 5,000 rows, candidates are compared on a sample. Range: 1 or
    /// more.</para>
    /// </summary>
    [Parameter]
    [GoesWith(ClusterMethod.GaussianMixture)]
    [WholeNumber]
    public int? CandidateCount { get; set; }

    /// <summary>
    /// <para type="description">The maximum number of iterations of each start. Default 100 for GaussianMixture, 300 for KMeans.
    /// Range: 1 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("max_iter")]
    [GoesWith(ClusterMethod.GaussianMixture, ClusterMethod.KMeans)]
    [WholeNumber]
    public int? MaximumIteration { get; set; }

    /// <summary>
    /// <para type="description">The convergence threshold. GaussianMixture: the increase of the mean log-likelihood in an
    /// iteration, by default 0.001. KMeans: the sum of the squared movements of the centers, relative to the mean variance of the
    /// columns, by default 0.0001. Range: 0 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("tol")]
    [GoesWith(ClusterMethod.GaussianMixture, ClusterMethod.KMeans)]
    public double? Tolerance { get; set; }

    /// <summary>
    /// <para type="description">A value that is added to the variances of each Gaussian, so that no Gaussian shrinks to a
    /// single point. Larger values make wider clusters. Default 0.000001, or this fraction of the mean variance of the columns if
    /// that variance is below 0.001. Range: 0 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("reg_covar")]
    [GoesWith(ClusterMethod.GaussianMixture)]
    public double? CovarianceRegularization { get; set; }

    /// <summary>
    /// <para type="description">The number of nearest neighbors in the graph of Spectral and Agglomerative, the row itself
    /// included. Default 10. Range: 2 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("n_neighbors")]
    [GoesWith(ClusterMethod.Spectral, ClusterMethod.Agglomerative)]
    [WholeNumber]
    public int? NeighborCount { get; set; }

    /// <summary>
    /// <para type="description">The smallest number of rows that form a cluster of Hdbscan. Default 5. For thousands of rows, try 1
    /// % of them. Range: 2 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("min_cluster_size")]
    [GoesWith(ClusterMethod.Hdbscan)]
    [WholeNumber]
    public int? MinimumClusterSize { get; set; }

    /// <summary>
    /// <para type="description">The number of nearest neighbors, the row itself included, that define the core distance of a row in
    /// Hdbscan. Larger values give more noise. Default: -MinimumClusterSize. Range: 1 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("min_samples")]
    [GoesWith(ClusterMethod.Hdbscan)]
    [WholeNumber]
    public int? MinimumSample { get; set; }

    /// <summary>
    /// <para type="description">How Hdbscan selects clusters from its hierarchy. ExcessOfMass (default): the most persistent ones.
    /// Leaf: the ones that do not split further.</para>
    /// </summary>
    [Parameter]
    [Alias("cluster_selection_method")]
    [GoesWith(ClusterMethod.Hdbscan)]
    public ClusterSelection ClusterSelection { get; set; }

    /// <summary>
    /// <para type="description">Allows Hdbscan to return a single cluster, as in the hdbscan package. Without it, Hdbscan returns
    /// two or more clusters, or none.</para>
    /// </summary>
    [Parameter]
    [Alias("allow_single_cluster")]
    [GoesWith(ClusterMethod.Hdbscan)]
    public SwitchParameter AllowSingleCluster { get; set; }

    /// <summary>
    /// <para type="description">The distance, in units of -Metric, below which a cluster of Hdbscan is not split. Use it to keep
    /// dense regions together that would split into fragments. Default 0. Range: 0 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("cluster_selection_epsilon")]
    [GoesWith(ClusterMethod.Hdbscan)]
    public double SelectionEpsilon { get; set; }

    /// <summary>
    /// <para type="description">The distance between rows for Hdbscan, for new rows too. The names of scikit-learn, such as
    /// cityblock or l2, are accepted as well. Cosine, Correlation and Hellinger reject rows for which they are not defined.</para>
    /// </summary>
    [Parameter]
    [TakesMetric]
    [GoesWith(ClusterMethod.Hdbscan)]
    public DistanceMetric Metric { get; set; }

    /// <summary>
    /// <para type="description">The power of the Minkowski metric: 1 is Manhattan, 2 is Euclidean, infinity is Chebyshev. Other
    /// metrics do not use it. Default 2. Range: 1 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("p")]
    [GoesWith(ClusterMethod.Hdbscan)]
    public double MinkowskiPower { get; set; } = 2;

    /// <summary>
    /// <para type="description">The distance at which Agglomerative stops merging, instead of a number of clusters. Clusters at
    /// this distance or farther apart are not merged. The distance between clusters is that of Ward, as in scikit-learn, and grows
    /// with their sizes. Range: 0 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("distance_threshold")]
    [GoesWith(ClusterMethod.Agglomerative)]
    public double? DistanceThreshold { get; set; }

    /// <summary>
    /// <para type="description">The device that assigns the rows to the centers of KMeans: cpu, cuda, cuda:1 or auto. A GPU requires only
    /// its driver. The first centers of each start are drawn on the processor. With auto, a GPU is used for large work, if there is one; if
    /// it fails, a warning says why, and the processor is used. The kernels have not been measured on a GPU yet: see docs/gpu.md. Default:
    /// cpu.</para>
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(SearchDeviceCompleter))]
    [GoesWith(ClusterMethod.KMeans)]
    public ComputeDevice? Device { get; set; }

    /// <summary>
    /// <para type="description">Fits the whole pipeline again with other seeds, and reports the agreement of the clusterings as
    /// Stability, the adjusted Rand index, and as LayoutAgreement, the share of rows in the same cluster. Clusters that depend on the
    /// seed are not in the data. This takes as long again as the first fit.</para>
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
                $"-ClusterCount Auto requires -Method GaussianMixture or Spectral, not {Method}. "
                    + "Give a number, use one of these methods, or use Hdbscan, which needs no number.",
                Method);
        }

        if (ClusterCount is not { IsAuto: true } && (MinimumClusterCount ?? MaximumClusterCount) is { } limit)
        {
            throw new N2DException(
                "LimitWithoutAuto",
                ErrorKind.InvalidArgument,
                "-MinimumClusterCount and -MaximumClusterCount require -ClusterCount Auto. Use it, or remove them.",
                limit);
        }

        if (ClusterCount is not null && DistanceThreshold is { } threshold)
        {
            throw new N2DException(
                "ClusterCountAmbiguous",
                ErrorKind.InvalidArgument,
                "-ClusterCount and -DistanceThreshold both set where merging stops. Remove one of them.",
                threshold);
        }

        WarnIfPowerIsUnused(Metric);

        if (IsBound(nameof(ClusterCountCriterion)))
        {
            ClusterCountArgument.ThrowIfNotAuto(ClusterCount, nameof(ClusterCountCriterion), ClusterCountCriterion);
            if (Method == ClusterMethod.Spectral && ClusterCountCriterion != ClusterCountCriterion.Eigengap)
            {
                throw new N2DException(
                    "CriterionNotForMethod",
                    ErrorKind.InvalidArgument,
                    "-Method Spectral chooses the number of clusters by the eigengap only. Remove -ClusterCountCriterion, or use -Method "
                        + "GaussianMixture.",
                    ClusterCountCriterion);
            }
        }

        ThrowIfNotWithInitialCenter();
        Options(ClusterCount ?? CountOfCenters ?? new ClusterCountArgument(1), input: null).ThrowIfUnavailable();
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
    /// Rejects parameters that contradict given centers: there is a single start, and with another seed the stages produce another space,
    /// in which the centers have no meaning.
    /// </summary>
    private void ThrowIfNotWithInitialCenter()
    {
        if (InitialCenter is null)
        {
            return;
        }

        var (name, reason) = StartCount > 1 ? (nameof(StartCount), "all starts would be equal")
            : CandidateCount > 1 ? (nameof(CandidateCount), "no candidates are drawn")
            : Stability
                ? (nameof(Stability), "the pipeline is fitted again with other seeds, and the centers have no meaning in that space")
            : ClusterCount is { IsAuto: true } ? ($"{nameof(ClusterCount)} Auto", "there are as many clusters as centers")
            : (null, null);
        if (name is not null)
        {
            throw new N2DException(
                "NotWithInitialCenter",
                ErrorKind.InvalidArgument,
                $"-{name} cannot be used with -InitialCenter: {reason}. Remove one of them.",
                name);
        }
    }

    private ClustererOptions OptionsFor(Embedding input) => Method == ClusterMethod.Hdbscan || DistanceThreshold is not null
        ? Options(ClusterCount ?? new ClusterCountArgument(1), input)
        : Options(ClusterCountArgument.For(ClusterCount ?? CountOfCenters, input), input);

    private ClustererOptions Options(ClusterCountArgument count, Embedding? input)
    {
        // A single Gaussian can be the best model of the rows. In any graph, the first eigenvalue is followed by a gap.
        var range = count.ToRange(
            MinimumClusterCount ?? (Method == ClusterMethod.Spectral ? 2 : 1), MaximumClusterCount ?? ClusterCountRange.DefaultMost);
        return Method switch
        {
            ClusterMethod.KMeans => Options(new KMeansOptions(range.Most)),
            ClusterMethod.Spectral => Options(new SpectralOptions(range)),
            ClusterMethod.Hdbscan => Options(new HdbscanOptions()),
            ClusterMethod.Agglomerative => Options(
                DistanceThreshold is { } threshold ? AgglomerativeOptions.UpTo(threshold) : new AgglomerativeOptions(range.Most)),
            _ => Options((Preset ?? input?.GetPreset()) == Pipeline.Preset.Paper
                ? GaussianMixtureOptions.Paper(range)
                : new GaussianMixtureOptions(range)),
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
        Device = Device ?? ComputeDevice.Cpu,
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
