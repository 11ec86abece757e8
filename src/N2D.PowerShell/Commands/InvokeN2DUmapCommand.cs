using System.Management.Automation;
using N2D.Manifolds;
using N2D.Neighbors;
using N2D.Pipeline;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Finds the manifold that the rows of an embedding lie on, by UMAP.</para>
/// <para type="description">Computes a low-dimensional layout that keeps neighboring rows close together (McInnes, Healy and Melville,
/// 2018). The same seed gives the same result on any number of threads. The embedding caches the neighbors of its rows: later calls with
/// the same metric and at most as many neighbors reuse them, with any seed.</para>
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "N2DUmap")]
[OutputType(typeof(Embedding))]
public sealed class InvokeN2DUmapCommand : NeighborManifoldCmdlet
{
    private static readonly UmapOptions Defaults = new();

    private int? _dimension;

    /// <summary>
    /// <para type="description">The number of nearest neighbors, the row itself included. Larger values preserve more global structure;
    /// smaller values favor local detail. Default 20. Range: 2 or more, and fewer than there are rows.</para>
    /// </summary>
    [Parameter]
    [Alias("n_neighbors")]
    [WholeNumber]
    public int NeighborCount { get; set; } = Defaults.NeighborCount;

    /// <summary>
    /// <para type="description">The number of dimensions of the result. Default: that of -InitialEmbedding, if given; otherwise the code
    /// size of an autoencoder with -Preset Paper; otherwise 10. Range: 1 to 512.</para>
    /// </summary>
    [Parameter]
    [Alias("n_components")]
    [WholeNumber]
    public int Dimension
    {
        get => _dimension
            ?? InitialEmbedding?.Dimension
            ?? (InputObject?.GetPreset() == Preset.Paper ? InputObject.Dimension : Defaults.Dimension);
        set => _dimension = value;
    }

    /// <summary>
    /// <para type="description">The minimum distance between rows in the result. Smaller values pack clusters more tightly, which suits
    /// clustering; larger values suit plots. Default 0. Range: 0 or more, and below three times -Spread.</para>
    /// </summary>
    [Parameter]
    [Alias("min_dist")]
    public float MinimumDistance { get; set; } = Defaults.MinimumDistance;

    /// <summary>
    /// <para type="description">The scale of the result. Larger values move clusters farther apart. Default 1. Range: above 0.</para>
    /// </summary>
    [Parameter]
    public float Spread { get; set; } = Defaults.Spread;

    /// <summary>
    /// <para type="description">The distance between rows. The names of umap-learn and scikit-learn, such as cityblock or l2, are accepted
    /// as well. Cosine, Correlation and Hellinger reject rows for which they are not defined.</para>
    /// </summary>
    [Parameter]
    [TakesMetric]
    public DistanceMetric Metric { get; set; } = Defaults.Metric;

    /// <summary>
    /// <para type="description">The power of the Minkowski metric: 1 is Manhattan, 2 is Euclidean, infinity is Chebyshev. Other metrics do
    /// not use it. Range: 1 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("p")]
    public double MinkowskiPower { get; set; } = Defaults.MinkowskiPower;

    /// <summary>
    /// <para type="description">The number of optimization passes (epochs) over the neighbor graph. Default: 500 for up to 10000 rows, 200
    /// for more rows; -DensityWeight adds 200. Range: 0 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("n_epochs")]
    [WholeNumber]
    public int? Epoch { get; set; }

    /// <summary>
    /// <para type="description">The initial layout: eigenvectors of the neighbor graph (Spectral), principal components (Pca), or random
    /// positions (Random).</para>
    /// </summary>
    [Parameter]
    [Alias("init")]
    [TakesStart]
    public UmapInitialization Initialization { get; set; } = Defaults.Initialization;

    /// <summary>
    /// <para type="description">The initial coordinates of the same rows, instead of -Initialization: an embedding, such as the output of
    /// another Invoke-N2DUmap, or a list of numbers for each row. Only relative positions matter: each dimension is scaled to the range 0
    /// to 10.</para>
    /// </summary>
    [Parameter]
    [Alias("InitialLayout")]
    [RejectsCopies]
    [TakesCoordinates]
    [ValidateNotNull]
    public Embedding? InitialEmbedding { get; set; }

    /// <summary>
    /// <para type="description">Places identical rows once, at the same position. Neighbors are searched among distinct rows only, so that
    /// the neighbors of a row are not all copies of it. A group of identical rows takes the first known label in it (with -UseLabel), or
    /// the mean of its targets (with -Target).</para>
    /// </summary>
    [Parameter]
    public SwitchParameter Unique { get; set; }

    /// <summary>
    /// <para type="description">The number of nearest neighbors that each row is connected to with full weight; it can be a fraction.
    /// Larger values make the graph more connected. Default 1. Range: 0 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("local_connectivity")]
    public float LocalConnectivity { get; set; } = Defaults.LocalConnectivity;

    /// <summary>
    /// <para type="description">How the two edge weights between a pair of rows (from A to B and from B to A) are combined: 0 is the fuzzy
    /// intersection, 1 the fuzzy union. Default 1. Range: 0 to 1.</para>
    /// </summary>
    [Parameter]
    [Alias("set_op_mix_ratio")]
    public float SetOperationMixRatio { get; set; } = Defaults.SetOperationMixRatio;

    /// <summary>
    /// <para type="description">Rows at this distance or farther apart are not neighbors. Default: the largest value of the metric, which
    /// is 2 for Cosine and Correlation and 1 for Hellinger and Jaccard; no limit for other metrics. Range: above 0.</para>
    /// </summary>
    [Parameter]
    [Alias("disconnection_distance")]
    public float? DisconnectionDistance { get; set; }

    /// <summary>
    /// <para type="description">The step size of the first epoch. It decreases to 0 over the epochs. Default 1. Range: above 0.</para>
    /// </summary>
    [Parameter]
    [Alias("learning_rate")]
    public float LearningRate { get; set; } = Defaults.LearningRate;

    /// <summary>
    /// <para type="description">The number of randomly sampled rows that push a row away for each neighbor that pulls it closer. Larger
    /// values are more accurate but slower. Default 5. Range: 0 to 64.</para>
    /// </summary>
    [Parameter]
    [Alias("negative_sample_rate")]
    [WholeNumber]
    public int NegativeSampleRate { get; set; } = Defaults.NegativeSampleRate;

    /// <summary>
    /// <para type="description">The weight of repulsion relative to attraction. Larger values spread the rows more. Default 1. Range: 0 or
    /// more.</para>
    /// </summary>
    [Parameter]
    [Alias("repulsion_strength")]
    public float RepulsionStrength { get; set; } = Defaults.RepulsionStrength;

    /// <summary>
    /// <para type="description">Uses the labels: rows of one label are kept together, and rows of different labels apart. Rows with an
    /// unknown label are placed by their neighbors. The result names this stage SupervisedUmap, as a reminder that scores against the same
    /// labels are not an independent test.</para>
    /// </summary>
    [Parameter]
    public SwitchParameter UseLabel { get; set; }

    /// <summary>
    /// <para type="description">A numeric value for each row, such as a price or an age, that supervises the layout: rows with similar
    /// values are placed together. Give the values in the order of the rows, as numbers or as text. Rows without a number ($null, empty, or
    /// a mark such as NA) are placed by their neighbors. The list can also cover all rows of the source, including those dropped at import
    /// because of missing values. The stage is then called SupervisedUmap.</para>
    /// </summary>
    [Parameter]
    [TakesNumbers]
    [ValidateNotNull]
    public double[]? Target { get; set; }

    /// <summary>
    /// <para type="description">How -UseLabel compares labels: as classes (Categorical) or as numbers (Euclidean), if all labels are
    /// numbers. The names of umap-learn for numeric target metrics, such as l2, are accepted as well. Default: Categorical for labels,
    /// Euclidean for -Target.</para>
    /// </summary>
    [Parameter]
    [Alias("target_metric")]
    [TakesTargetMetric]
    public TargetMetric TargetMetric { get; set; }

    /// <summary>
    /// <para type="description">The number of neighbors in the neighbor graph of the numeric targets, the row itself included. Classes do
    /// not use it. Default: as many as -NeighborCount. Range: 2 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("target_n_neighbors")]
    [WholeNumber]
    public int? TargetNeighborCount { get; set; }

    /// <summary>
    /// <para type="description">The weight of labels or targets relative to the rows. For classes: at 0, labels have little influence; at
    /// 1, rows of different classes are never neighbors. For numbers: at 0, targets have no influence; at 1, only the targets count.
    /// Default 0.5. Range: 0 to 1.</para>
    /// </summary>
    [Parameter]
    [Alias("target_weight")]
    public float TargetWeight { get; set; } = Defaults.TargetWeight;

    /// <summary>
    /// <para type="description">The weight of preserving local densities (densMAP): sparse regions of the data stay sparse in the result.
    /// The authors of densMAP use 2. Default 0. Range: 0 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("dens_lambda")]
    public float DensityWeight { get; set; } = Defaults.DensityWeight;

    /// <summary>
    /// <para type="description">The neighbors of the rows, instead of a search: the path of an .npz file with the arrays indices and
    /// distances, n x k, as returned by kneighbors of scikit-learn; the path of a .npy file of n x n distances; objects with the properties
    /// Index, Neighbor and Distance, one for each neighbor of a row, with indices from 0; or a data set of n x n distances. Rows can be
    /// listed as their own neighbors. Distances must be in ascending order. Set -Metric to the metric of these distances: it is used later,
    /// when new rows are placed by their values.</para>
    /// </summary>
    [Parameter]
    [Alias("precomputed_knn")]
    [TakesNeighbors]
    [ValidateNotNull]
    public NeighborArgument? Neighbor { get; set; }

    /// <inheritdoc/>
    private protected override NeighborArgument? GivenNeighbors => Neighbor;

    /// <inheritdoc/>
    private protected override Embedding? GivenLayout => InitialEmbedding;

    /// <inheritdoc/>
    protected override void CheckParameters()
    {
        base.CheckParameters();
        WarnIfPowerIsUnused(Metric);
        ThrowIfContradictory(
            UseLabel && Target is not null,
            "TargetAmbiguous",
            "-UseLabel and -Target both specify what supervises the layout. Remove one of the two.");
        foreach (var name in new[] { nameof(TargetWeight), nameof(TargetMetric), nameof(TargetNeighborCount) })
        {
            ThrowIfContradictory(
                !UseLabel && Target is null && IsBound(name),
                $"{name}WithoutLabel",
                $"-{name} has no effect without labels or targets. Add -UseLabel or -Target, or remove -{name}.");
        }

        ThrowIfContradictory(
            Target is not null && IsBound(nameof(TargetMetric)) && TargetMetric == TargetMetric.Categorical,
            "TargetNotCategorical",
            "-Target takes numbers, which cannot be compared with -TargetMetric Categorical. Import classes as labels, and add -UseLabel.");
        ThrowIfContradictory(
            !AreTargetsNumbers && IsBound(nameof(TargetNeighborCount)),
            "TargetNeighborCountWithoutNumber",
            "-TargetNeighborCount has no effect on classes. Add -TargetMetric Euclidean, or remove -TargetNeighborCount.");
    }

    /// <inheritdoc/>
    private protected override ManifoldContext ContextFor(Embedding input)
    {
        if (UseLabel && input.GetLabels() is null)
        {
            throw new N2DException(
                "LabelsRequired",
                ErrorKind.InvalidArgument,
                $"-UseLabel needs labels; data set '{input.Dataset}' has none. Remove -UseLabel, or import the data set with labels "
                    + "(-LabelColumn, -LabelPath).",
                input);
        }

        return base.ContextFor(input) with
        {
            Labels = UseLabel && !AreTargetsNumbers ? input.GetLabels() : null,
            Targets = TargetsOf(input),
        };
    }

    private bool AreTargetsNumbers => Target is not null || (UseLabel && TargetMetric == TargetMetric.Euclidean);

    /// <summary>The numeric targets of the rows; null without targets.</summary>
    private NumericTarget? TargetsOf(Embedding input)
    {
        if (Target is null)
        {
            return AreTargetsNumbers ? NumericTarget.Of(input.GetLabels()!) : null;
        }

        // Targets may be those of all rows of the source, including rows that the import dropped.
        var isOfSource = input.GetDataset().DroppedCount is > 0 and var dropped && Target.Length == input.RowCount + dropped;
        return new NumericTarget(isOfSource ? input.EnumeratePlaces().Select(place => Target[place]) : Target);
    }

    private static void ThrowIfContradictory(bool isContradictory, string id, string message)
    {
        if (isContradictory)
        {
            throw new N2DException(id, ErrorKind.InvalidArgument, message);
        }
    }

    /// <inheritdoc/>
    protected override NeighborManifoldOptions NeighborOptions() => new UmapOptions
    {
        NeighborCount = NeighborCount,
        Dimension = Dimension,
        MinimumDistance = MinimumDistance,
        Spread = Spread,
        Metric = Metric,
        MinkowskiPower = MinkowskiPower,
        Epochs = Epoch,
        Initialization = Initialization,
        LocalConnectivity = LocalConnectivity,
        SetOperationMixRatio = SetOperationMixRatio,
        DisconnectionDistance = DisconnectionDistance,
        LearningRate = LearningRate,
        NegativeSampleRate = NegativeSampleRate,
        RepulsionStrength = RepulsionStrength,
        TargetWeight = TargetWeight,
        TargetNeighborCount = TargetNeighborCount,
        Unique = Unique,
        DensityWeight = DensityWeight,
        Seed = Seed,
    };
}
