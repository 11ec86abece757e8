using N2D.Devices;
using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>
/// Options of UMAP. Neighbors, dimensions and minimum distance default to the N2D study's 20, 10 and 0, the others to those of
/// McInnes, Healy and Melville (2018).
/// </summary>
public sealed record UmapOptions : NeighborManifoldOptions
{
    /// <summary>
    /// The relative rounding error of the distance of scaled rows: a hundred times that of a thousand columns. It corresponds to an angle
    /// of at most a quarter of a degree.
    /// </summary>
    private const float ScaledRowRounding = 1e-5f;

    private readonly RowDistance _distance = new();

    /// <summary>Creates the default options.</summary>
    public UmapOptions()
        : base(dimension: 10)
    {
    }

    /// <summary>
    /// n_neighbors: the size of each row's neighborhood, including the row itself. Larger values preserve more global structure; smaller
    /// values favor local detail. Range: 2 or more, and less than n.
    /// </summary>
    [OptionRange(2)]
    public int NeighborCount
    {
        get;
        init => field = Check(value);
    } = 20;

    /// <summary>
    /// min_dist: the least distance of rows in the layout. 0 packs clusters tightly, which suits clustering. Range: 0 or more, and below
    /// three times the spread.
    /// </summary>
    [OptionRange(0)]
    public float MinimumDistance
    {
        get;
        init => field = Check(value);
    }

    /// <summary>spread: the scale of the layout. Range: above 0.</summary>
    [OptionRange(0, ExcludesLeast = true)]
    public float Spread
    {
        get;
        init => field = Check(value);
    } = 1;

    /// <summary>metric: the distance between rows.</summary>
    public DistanceMetric Metric
    {
        get => _distance.Metric;
        init => _distance = _distance with { Metric = value };
    }

    /// <summary>
    /// p: the power of the Minkowski metric. Infinity is the Chebyshev metric. Other metrics do not use it. Range: 1 or more.
    /// </summary>
    public double MinkowskiPower
    {
        get => _distance.MinkowskiPower;
        init => _distance = _distance with { MinkowskiPower = value };
    }

    /// <summary>
    /// n_epochs: the number of passes of the layout over the graph. Null for 500 up to 10000 rows and 200 above, plus 200 if densities are
    /// kept. Range: 0 or more.
    /// </summary>
    [OptionRange(0)]
    public int? Epochs
    {
        get;
        init => field = Check(value);
    }

    /// <summary>learning_rate: the step size of the first epoch. It decreases to 0 over the epochs. Range: above 0.</summary>
    [OptionRange(0, ExcludesLeast = true)]
    public float LearningRate
    {
        get;
        init => field = Check(value);
    } = 1;

    /// <summary>
    /// negative_sample_rate: the number of random rows that repel a row for each neighbor that attracts it. More are more exact and slower.
    /// Range: 0 to 64.
    /// </summary>
    [OptionRange(0, 64)]
    public int NegativeSampleRate
    {
        get;
        init => field = Check(value);
    } = 5;

    /// <summary>repulsion_strength: the weight of repulsion relative to attraction. Range: 0 or more.</summary>
    [OptionRange(0)]
    public float RepulsionStrength
    {
        get;
        init => field = Check(value);
    } = 1;

    /// <summary>
    /// local_connectivity: the number of nearest neighbors that a row is fully connected with. A fraction interpolates between two of them.
    /// Values above the local dimension of the data blur its structure. Range: 0 or more.
    /// </summary>
    [OptionRange(0)]
    public float LocalConnectivity
    {
        get;
        init => field = Check(value);
    } = 1;

    /// <summary>
    /// set_op_mix_ratio: how the memberships that two rows give each other are combined. 0 is their fuzzy intersection, 1 their fuzzy
    /// union. Range: 0 to 1.
    /// </summary>
    [OptionRange(0, 1)]
    public float SetOperationMixRatio
    {
        get;
        init => field = Check(value);
    } = 1;

    /// <summary>
    /// disconnection_distance: rows at this distance or farther are not neighbors. Null for the largest distance of the metric, as in
    /// umap-learn: 2 for Cosine and Correlation, 1 for Hellinger and Jaccard, no limit for others. Range: above 0.
    /// </summary>
    [OptionRange(0, ExcludesLeast = true, IncludesInfinity = true)]
    public float? DisconnectionDistance
    {
        get;
        init => field = Check(value);
    }

    /// <summary>
    /// target_weight: the weight of labels or targets relative to the rows. It has no effect without labels or targets. For labels, 0 is
    /// a small effect, and at 1 rows of different classes are never connected. For targets, 0 is no effect, and at 1 the rows themselves
    /// have none. Range: 0 to 1.
    /// </summary>
    [OptionRange(0, 1)]
    public float TargetWeight
    {
        get;
        init => field = Check(value);
    } = 0.5f;

    /// <summary>
    /// target_n_neighbors: the size of each target's neighborhood among the targets, including the target itself. Null for the
    /// <see cref="NeighborCount"/>, or all known targets if they are fewer. Range: 2 or more.
    /// </summary>
    [OptionRange(2)]
    public int? TargetNeighborCount
    {
        get;
        init => field = Check(value);
    }

    /// <summary>
    /// dens_lambda: the weight of the rows' local densities (densMAP; Narayan, Berger and Cho, 2021). Larger values preserve densities
    /// better. 0 is plain UMAP; 2 is the default of densMAP. Range: 0 or more.
    /// </summary>
    [OptionRange(0)]
    public float DensityWeight
    {
        get;
        init => field = Check(value);
    }

    /// <summary>dens_frac: the last fraction of the epochs, in which densities have an effect. Range: 0 to 1.</summary>
    [OptionRange(0, 1)]
    public float DensityFraction
    {
        get;
        init => field = Check(value);
    } = 0.3f;

    /// <summary>
    /// dens_var_shift: a number that is added to the variance of the layout's log radii, to avoid a division by nearly 0. Range: 0 or
    /// more.
    /// </summary>
    [OptionRange(0)]
    public float DensityVarianceShift
    {
        get;
        init => field = Check(value);
    } = 0.1f;

    /// <summary>
    /// unique: whether identical rows are laid out as one and share a position. Neighbors are then searched among the distinct rows.
    /// </summary>
    public bool Unique { get; init; }

    /// <summary>init: how the layout is initialized, unless the fit is given an initial layout.</summary>
    public UmapInitialization Initialization { get; init; } = UmapInitialization.Spectral;

    /// <inheritdoc/>
    protected internal override string Method => "UMAP";

    /// <inheritdoc/>
    internal override RowDistance Distance => _distance;

    /// <summary>The distance at which rows stop being neighbors; infinite if there is none.</summary>
    internal float DisconnectionLimit =>
        DisconnectionDistance ?? Metric switch
        {
            DistanceMetric.Cosine or DistanceMetric.Correlation => 2,
            DistanceMetric.Hellinger or DistanceMetric.Jaccard => 1,
            _ => float.PositiveInfinity,
        };

    /// <summary>
    /// The distance at which rows are disconnected in computations. Cosine, correlation and Hellinger distances are sums over scaled rows,
    /// which are rounded: for rows that have nothing in common, the distance is a little below the limit as often as above.
    /// </summary>
    internal float DisconnectionCut => DisconnectionLimit * Metric switch
    {
        DistanceMetric.Cosine or DistanceMetric.Correlation or DistanceMetric.Hellinger => 1 - ScaledRowRounding,
        _ => 1,
    };

    /// <summary>
    /// The device for work after the fit, maybe on another machine: the processor, or for the fit of a GPU the best that is there.
    /// </summary>
    internal ComputeDevice LaterDevice => Device == ComputeDevice.Cpu ? ComputeDevice.Cpu : ComputeDevice.Auto;

    /// <inheritdoc/>
    /// <remarks>Densities have no kernel.</remarks>
    private protected override bool UsesDeviceAfterSearch => DensityWeight == 0;

    /// <inheritdoc/>
    private protected override IReadOnlyList<string> UsedInputs =>
    [
        nameof(ManifoldContext.Neighbors), nameof(ManifoldContext.InitialLayout), nameof(ManifoldContext.Labels),
        nameof(ManifoldContext.Targets),
    ];

    /// <summary>The number of epochs of a layout.</summary>
    /// <param name="rowCount">n.</param>
    public int EpochsFor(int rowCount) => Epochs ?? ((rowCount <= 10_000 ? 500 : 200) + (DensityWeight > 0 ? 200 : 0));

    /// <summary>Throws if the minimum distance is impossible at the spread.</summary>
    /// <exception cref="N2DException">It is three times the spread or more (<c>MinimumDistanceOutOfRange</c>).</exception>
    public override void ThrowIfInconsistent() => MembershipCurve.Fit(Spread, MinimumDistance);

    /// <inheritdoc/>
    public override void ThrowIfTooFewRows(int rowCount) => ThrowIfFewer(
        rowCount, (int)Math.Min(NeighborCount + 1L, int.MaxValue), $"with {Quantity.Of(NeighborCount, "neighbor")}", nameof(NeighborCount));

    /// <inheritdoc/>
    /// <exception cref="N2DException">
    /// As for every learner; or the rows have fewer columns than the principal components that the layout starts at
    /// (<c>TooFewColumns</c>), there are too few distinct rows (<c>TooFewRows</c>), both labels and targets are given
    /// (<c>LabelsAndTargets</c>), given neighbors are combined with <see cref="Unique"/> (<c>UniqueWithNeighbors</c>), the device is
    /// not available (<c>DeviceUnavailable</c>), has too little memory (<c>OutOfDeviceMemory</c>) or failed (<c>DeviceFailed</c>), the
    /// metric is not defined for a row (<c>UndefinedDistance</c>), no two rows are neighbors (<c>NoNeighbors</c>), or a coordinate of the
    /// layout is not finite (<c>LayoutDiverged</c>).
    /// </exception>
    public override Umap Fit(Matrix rows, Execution execution, ManifoldContext? context = null) =>
        (Umap)base.Fit(rows, execution, context);

    /// <inheritdoc/>
    internal override int NeighborCountFor(int rowCount) => NeighborCount - 1;

    /// <inheritdoc/>
    private protected override void ThrowIfUnfitContext(int rowCount, ManifoldContext context)
    {
        base.ThrowIfUnfitContext(rowCount, context);
        if (context.Targets is not null && context.Labels is not null)
        {
            throw new N2DException(
                "LabelsAndTargets",
                ErrorKind.InvalidArgument,
                $"Use either {nameof(context.Labels)} or {nameof(context.Targets)}.",
                context.Targets)
            {
                Options = [nameof(context.Labels), nameof(context.Targets)],
            };
        }

        context.Targets?.ThrowIfUnfit(rowCount, TargetNeighborCount);
        if (Unique && context.Neighbors is not null)
        {
            throw new N2DException(
                "UniqueWithNeighbors",
                ErrorKind.InvalidArgument,
                $"{nameof(context.Neighbors)} and {nameof(Unique)} cannot be combined: given neighbors are those of all rows, not of the "
                    + "distinct rows. Remove one of the two.",
                context.Neighbors)
            {
                Options = [nameof(context.Neighbors), nameof(Unique)],
            };
        }
    }

    /// <inheritdoc/>
    private protected override FittedManifold FitChecked(Matrix rows, Execution execution, ManifoldContext context)
    {
        if (Initialization == UmapInitialization.Pca && context.InitialLayout is null)
        {
            LayoutInitialization.ThrowIfTooFewColumns(rows.ColumnCount, Dimension);
        }

        return UmapFit.Run(rows, this, execution, context);
    }
}
