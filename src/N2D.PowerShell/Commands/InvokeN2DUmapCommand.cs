using System.Management.Automation;
using N2D.Manifolds;
using N2D.Neighbors;
using N2D.Pipeline;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Embeds rows by UMAP.</para>
/// <para type="description">Computes a layout of the rows in few dimensions in which neighbors stay neighbors (McInnes, Healy and
/// Melville, 2018). The same seed gives the same result on any number of threads. The neighbors of the rows do not depend on the seed
/// and are cached with the embedding: later calls with the same metric and no more neighbors reuse them.</para>
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "N2DUmap")]
[OutputType(typeof(Embedding))]
public sealed class InvokeN2DUmapCommand : ManifoldCmdlet
{
    private static readonly UmapOptions Defaults = new();

    private int? _dimension;

    /// <summary>
    /// <para type="description">The number of rows in the neighborhood of each row, including the row itself. Larger values preserve
    /// more global structure; smaller values favor local detail. Default 20. Range: 2 or more, and fewer than there are rows.</para>
    /// </summary>
    [Parameter]
    [Alias("n_neighbors")]
    [WholeNumber]
    public int NeighborCount { get; set; } = Defaults.NeighborCount;

    /// <summary>
    /// <para type="description">The number of dimensions of the result. Default: that of -InitialEmbedding; after an autoencoder with
    /// -Preset Paper, the dimension of its code; otherwise 10. Range: 1 to 512.</para>
    /// </summary>
    [Parameter]
    [Alias("n_components")]
    [WholeNumber]
    public int Dimension
    {
        get => _dimension ?? InitialEmbedding?.Dimension ?? (InputObject?.GetPreset() == Preset.Paper ? InputObject.Dimension : Defaults.Dimension);
        set => _dimension = value;
    }

    /// <summary>
    /// <para type="description">The least distance of rows in the result. 0 packs clusters tightly. Default 0. Range: 0 or more, and
    /// below three times -Spread.</para>
    /// </summary>
    [Parameter]
    [Alias("min_dist")]
    public float MinimumDistance { get; set; } = Defaults.MinimumDistance;

    /// <summary>
    /// <para type="description">The scale of the result. Default 1. Range: above 0.</para>
    /// </summary>
    [Parameter]
    public float Spread { get; set; } = Defaults.Spread;

    /// <summary>
    /// <para type="description">The distance between rows. Cosine, Correlation and Hellinger are not defined for some rows, and refuse
    /// them. The names of umap-learn and scikit-learn, such as cityblock or l2, are accepted as well.</para>
    /// </summary>
    [Parameter]
    [TakesMetric]
    public DistanceMetric Metric { get; set; } = Defaults.Metric;

    /// <summary>
    /// <para type="description">The power of the Minkowski metric: 1 is Manhattan, 2 is Euclidean, infinity is Chebyshev. Other metrics
    /// do not use it. Range: 1 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("p")]
    public double MinkowskiPower { get; set; } = Defaults.MinkowskiPower;

    /// <summary>
    /// <para type="description">The number of passes of the layout over the neighbor graph. Default: 500 up to 10000 rows, 200 above;
    /// 200 more with -DensityWeight. Range: 0 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("n_epochs")]
    [WholeNumber]
    public int? Epoch { get; set; }

    /// <summary>
    /// <para type="description">The initial coordinates: eigenvectors of the neighbor graph (Spectral), principal components (Pca), or
    /// random numbers (Random).</para>
    /// </summary>
    [Parameter]
    [Alias("init")]
    [TakesStart]
    public UmapInitialization Initialization { get; set; } = Defaults.Initialization;

    /// <summary>
    /// <para type="description">Initial coordinates of the same rows, used instead of -Initialization: an embedding, such as that of
    /// another Invoke-N2DUmap, or a list of numbers for each row. Their offset and scale have no effect: each dimension is scaled to 0
    /// to 10.</para>
    /// </summary>
    [Parameter]
    [Alias("InitialLayout")]
    [TakesCoordinates]
    [ValidateNotNull]
    public Embedding? InitialEmbedding { get; set; }

    /// <summary>
    /// <para type="description">Lays out identical rows as one, so that they share a position. Neighbors are searched among the
    /// distinct rows, so a row with many duplicates also has other rows as neighbors. A group of identical rows uses the first known
    /// label, or the mean target.</para>
    /// </summary>
    [Parameter]
    public SwitchParameter Unique { get; set; }

    /// <summary>
    /// <para type="description">The number of nearest neighbors that each row is fully connected with. Default 1. A fraction is
    /// allowed. Range: 0 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("local_connectivity")]
    public float LocalConnectivity { get; set; } = Defaults.LocalConnectivity;

    /// <summary>
    /// <para type="description">How the memberships that two rows give each other are combined: 0 is their intersection (both must be
    /// near), 1 is their union (one is enough). Default 1. Range: 0 to 1.</para>
    /// </summary>
    [Parameter]
    [Alias("set_op_mix_ratio")]
    public float SetOperationMixRatio { get; set; } = Defaults.SetOperationMixRatio;

    /// <summary>
    /// <para type="description">Rows at this distance or farther are not neighbors. Default: the largest distance of the metric, 2 for
    /// Cosine and Correlation and 1 for Hellinger and Jaccard; no limit for others. Range: above 0.</para>
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
    /// <para type="description">The number of random rows that repel a row for each neighbor that attracts it. More are more exact and
    /// slower. Default 5. Range: 0 to 64.</para>
    /// </summary>
    [Parameter]
    [Alias("negative_sample_rate")]
    [WholeNumber]
    public int NegativeSampleRate { get; set; } = Defaults.NegativeSampleRate;

    /// <summary>
    /// <para type="description">The weight of repulsion relative to attraction. Default 1. Range: 0 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("repulsion_strength")]
    public float RepulsionStrength { get; set; } = Defaults.RepulsionStrength;

    /// <summary>
    /// <para type="description">Supervises the layout by labels: rows with the same label are placed together, and rows with different
    /// labels apart. Rows with an unknown label are placed by their neighbors. The stage is then named SupervisedUmap, because scores
    /// against labels that it has used are not a test.</para>
    /// </summary>
    [Parameter]
    public SwitchParameter UseLabel { get; set; }

    /// <summary>
    /// <para type="description">A number for each row that supervises the layout, such as a price or an age: numbers or text, in the
    /// order of the rows. Rows with a missing number ($null, empty or a mark such as NA) are placed by their neighbors. Numbers of rows
    /// that the import dropped may be included. The stage is then named SupervisedUmap.</para>
    /// </summary>
    [Parameter]
    [TakesNumbers]
    [ValidateNotNull]
    public double[]? Target { get; set; }

    /// <summary>
    /// <para type="description">How labels are compared with -UseLabel: as classes (Categorical), or as numbers (Euclidean) if all
    /// labels are numbers. Default: Categorical for labels, Euclidean for -Target. umap-learn's names for metrics of numbers, such as
    /// l2, are accepted as well.</para>
    /// </summary>
    [Parameter]
    [Alias("target_metric")]
    [TakesTargetMetric]
    public TargetMetric TargetMetric { get; set; }

    /// <summary>
    /// <para type="description">The number of targets in the neighborhood of each target, including itself. Default: as many as
    /// -NeighborCount. Range: 2 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("target_n_neighbors")]
    [WholeNumber]
    public int? TargetNeighborCount { get; set; }

    /// <summary>
    /// <para type="description">The weight of labels or targets relative to the rows. For classes, 0 has little effect, and at 1 rows
    /// of different classes are never neighbors. For numbers, 0 has no effect, and at 1 the rows themselves have none. Default 0.5.
    /// Range: 0 to 1.</para>
    /// </summary>
    [Parameter]
    [Alias("target_weight")]
    public float TargetWeight { get; set; } = Defaults.TargetWeight;

    /// <summary>
    /// <para type="description">The weight of local densities (densMAP). Larger values preserve them better: sparse regions of the data
    /// are sparse in the result. Default 0. The authors of densMAP use 2. Range: 0 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("dens_lambda")]
    public float DensityWeight { get; set; } = Defaults.DensityWeight;

    /// <summary>
    /// <para type="description">The neighbors of the rows, used instead of a search. Give one of these: the path of an .npz file with the
    /// arrays indices and distances, n x k, as scikit-learn's kneighbors returns them; the path of a .npy file of n x n distances; objects with
    /// Index, Neighbor and Distance, one for each neighbor of a row, numbered from 0; or a data set of n x n distances. A row may list itself.
    /// The distances of each row must be ascending. -Metric states how they were measured; new rows are
    /// placed by it.</para>
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
                $"-UseLabel needs labels; data set '{input.Dataset}' has none. Remove -UseLabel, or import the data set with labels (-LabelColumn, "
                    + "-LabelPath).",
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
    protected override ManifoldOptions Options() => new UmapOptions
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
