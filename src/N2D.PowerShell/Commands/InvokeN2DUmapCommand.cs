using System.Management.Automation;
using N2D.Manifolds;
using N2D.Neighbors;
using N2D.Pipeline;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Finds the manifold that the rows of an embedding lie on, by UMAP.</para>
/// <para type="description">Lays the rows out in few dimensions so that neighbors stay neighbors (McInnes, Healy and Melville, 2018). The same
/// seed gives the same result on any number of threads. The neighbors of the rows, the same for every seed, are kept with the embedding:
/// later calls on it with the same metric and no more neighbors reuse them.</para>
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "N2DUmap")]
[OutputType(typeof(Embedding))]
public sealed class InvokeN2DUmapCommand : ManifoldCmdlet
{
    private static readonly UmapOptions Defaults = new();

    private int? _dimension;

    /// <summary>
    /// <para type="description">How many rows around each, itself counted, make up its neighborhood. Default 20. Range: 2 or more, and fewer than there are rows.</para>
    /// </summary>
    [Parameter]
    [Alias("n_neighbors")]
    [WholeNumber]
    public int NeighborCount { get; set; } = Defaults.NeighborCount;

    /// <summary>
    /// <para type="description">The number of dimensions of the result. Default: that of -InitialEmbedding; after an autoencoder by the study's recipe (-Preset Paper) as many as
    /// its code has, which is one a class; else 10. Range: 1 to 512.</para>
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
    /// <para type="description">How close rows may lie in the result; 0, the default, packs clusters tightly. Range: 0 or more, and below three spreads.</para>
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
    /// <para type="description">The distance between rows. Cosine, Correlation and Hellinger refuse rows that they are not defined for. The names of umap-learn and scikit-learn, such as cityblock
    /// or l2, are known as well.</para>
    /// </summary>
    [Parameter]
    [TakesMetric]
    public DistanceMetric Metric { get; set; } = Defaults.Metric;

    /// <summary>
    /// <para type="description">The power of the Minkowski metric: 1 makes it Manhattan, 2 Euclidean, infinity Chebyshev. The other metrics have no use for it.
    /// Range: 1 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("p")]
    public double MinkowskiPower { get; set; } = Defaults.MinkowskiPower;

    /// <summary>
    /// <para type="description">The number of passes of the layout over the neighbors. Default: 500 up to 10000 rows, 200 above; 200 more with -DensityWeight.
    /// Range: 0 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("n_epochs")]
    [WholeNumber]
    public int? Epoch { get; set; }

    /// <summary>
    /// <para type="description">Where the rows start: at the eigenvectors of their neighborhood graph (Spectral), their principal components (Pca), or
    /// anywhere (Random).</para>
    /// </summary>
    [Parameter]
    [Alias("init")]
    [TakesStart]
    public UmapInitialization Initialization { get; set; } = Defaults.Initialization;

    /// <summary>
    /// <para type="description">Coordinates of the same rows to start at instead: an embedding, such as that of another Invoke-N2DUmap, or a list of numbers for each row. Where
    /// they lie and how large they are do not count: each dimension is stretched to 0 to 10.</para>
    /// </summary>
    [Parameter]
    [Alias("InitialLayout")]
    [TakesCoordinates]
    [ValidateNotNull]
    public Embedding? InitialEmbedding { get; set; }

    /// <summary>
    /// <para type="description">Lays identical rows out as one, so that they share a place. Neighbors are looked for among the distinct rows, so that a row with many duplicates has
    /// others as neighbors too. Of identical rows, the first known label counts, or the mean of their numbers.</para>
    /// </summary>
    [Parameter]
    public SwitchParameter Unique { get; set; }

    /// <summary>
    /// <para type="description">How many of its nearest neighbors each row is fully connected with. Default 1. It may be a fraction. Range: 0 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("local_connectivity")]
    public float LocalConnectivity { get; set; } = Defaults.LocalConnectivity;

    /// <summary>
    /// <para type="description">How two rows' views of their nearness are combined: from 0, both must hold them near (intersection), to 1, the default, either is
    /// enough (union). Range: 0 to 1.</para>
    /// </summary>
    [Parameter]
    [Alias("set_op_mix_ratio")]
    public float SetOperationMixRatio { get; set; } = Defaults.SetOperationMixRatio;

    /// <summary>
    /// <para type="description">Rows as far apart as this, or farther, are no neighbors. Default: where the metric has a largest value that one, 2 for Cosine and
    /// Correlation and 1 for Hellinger and Jaccard; else no limit. Range: above 0.</para>
    /// </summary>
    [Parameter]
    [Alias("disconnection_distance")]
    public float? DisconnectionDistance { get; set; }

    /// <summary>
    /// <para type="description">The step of the first epoch; it falls to 0 over the epochs. Default 1. Range: above 0.</para>
    /// </summary>
    [Parameter]
    [Alias("learning_rate")]
    public float LearningRate { get; set; } = Defaults.LearningRate;

    /// <summary>
    /// <para type="description">Random rows that push for each neighbor that pulls. Default 5. More are more exact and slower. Range: 0 to 64.</para>
    /// </summary>
    [Parameter]
    [Alias("negative_sample_rate")]
    [WholeNumber]
    public int NegativeSampleRate { get; set; } = Defaults.NegativeSampleRate;

    /// <summary>
    /// <para type="description">The weight of pushes against pulls. Default 1. Range: 0 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("repulsion_strength")]
    public float RepulsionStrength { get; set; } = Defaults.RepulsionStrength;

    /// <summary>
    /// <para type="description">Keeps rows of one label together as well, and those of different labels apart; rows of unknown label go where their
    /// neighbors are. The stage is then called SupervisedUmap, as scores against labels that it was shown are no test of it.</para>
    /// </summary>
    [Parameter]
    public SwitchParameter UseLabel { get; set; }

    /// <summary>
    /// <para type="description">A number for each row that the layout is to be ordered by as well, such as a price or an age: numbers or text, in the order of the rows. Rows where it is
    /// missing ($null, empty or a mark such as NA) go where their neighbors are. Rows that were left out for their missing values may be among them. The stage is then called SupervisedUmap.</para>
    /// </summary>
    [Parameter]
    [TakesNumbers]
    [ValidateNotNull]
    public double[]? Target { get; set; }

    /// <summary>
    /// <para type="description">How labels are compared with -UseLabel: as classes, or as numbers, for labels that are all numbers. Default: Categorical for labels, Euclidean for -Target.
    /// umap-learn's names for metrics of numbers, such as l2, are known as well.</para>
    /// </summary>
    [Parameter]
    [Alias("target_metric")]
    [TakesTargetMetric]
    public TargetMetric TargetMetric { get; set; }

    /// <summary>
    /// <para type="description">How many numbers around each, itself counted, make up its neighborhood among the targets. Default: as many as -NeighborCount. Range: 2 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("target_n_neighbors")]
    [WholeNumber]
    public int? TargetNeighborCount { get; set; }

    /// <summary>
    /// <para type="description">What labels or targets count against the rows. Of classes, 0 is little, and at 1 rows of different classes are never neighbors; of numbers, 0 is nothing,
    /// and at 1 the rows themselves count nothing. Default 0.5. Range: 0 to 1.</para>
    /// </summary>
    [Parameter]
    [Alias("target_weight")]
    public float TargetWeight { get; set; } = Defaults.TargetWeight;

    /// <summary>
    /// <para type="description">The weight of keeping local densities, so that what is loose in the data is loose in the result (densMAP). Default 0.
    /// The authors of densMAP use 2. Range: 0 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("dens_lambda")]
    public float DensityWeight { get; set; } = Defaults.DensityWeight;

    /// <summary>
    /// <para type="description">The neighbors of the rows, in place of a search: the path of an .npz file with the arrays indices and
    /// distances, n x k, as scikit-learn's
    /// kneighbors returns them; the path of a .npy file of n x n distances; objects with Index, Neighbor and Distance, one for each
    /// neighbor of a row, from 0; or a
    /// data set of n x n distances. It does not matter whether a row counts itself, but distances must ascend. -Metric says by which
    /// distance they were measured: it
    /// places rows that come later, by their values.</para>
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
