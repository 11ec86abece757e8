using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>
/// What to ask of UMAP. The defaults are the N2D study's: 20 neighbours, 10 dimensions, minimum distance 0; the rest as in
/// McInnes, Healy and Melville (2018).
/// </summary>
public sealed record UmapOptions
{
    /// <summary>The relative rounding of a distance of scaled rows: a hundred times what remains of a thousand columns, and an angle of a fourth of a degree at most.</summary>
    private const float ScaledRowRounding = 1e-5f;

    private readonly int _neighborCount = 20;
    private readonly int _dimension = 10;
    private readonly float _minimumDistance;
    private readonly float _spread = 1;
    private readonly RowDistance _distance = new();
    private readonly int? _epochs;
    private readonly float _learningRate = 1;
    private readonly int _negativeSampleRate = 5;
    private readonly float _repulsionStrength = 1;
    private readonly float _localConnectivity = 1;
    private readonly float _setOperationMixRatio = 1;
    private readonly float? _disconnectionDistance;
    private readonly float _targetWeight = 0.5f;
    private readonly int? _targetNeighborCount;
    private readonly float _densityWeight;
    private readonly float _densityFraction = 0.3f;
    private readonly float _densityVarianceShift = 0.1f;

    /// <summary>n_neighbors: how many rows around each, itself counted, make up its neighbourhood; 2 or more. Few show fine structure, many the broad one.</summary>
    public int NeighborCount
    {
        get => _neighborCount;
        init => _neighborCount = Check(value, value >= 2, nameof(NeighborCount), "2 or more");
    }

    /// <summary>n_components: the dimensions of the layout, 1 to 512.</summary>
    public int Dimension
    {
        get => _dimension;
        init => _dimension = Check(value, value is >= 1 and <= 512, nameof(Dimension), "1 to 512");
    }

    /// <summary>min_dist: how close rows may lie in the layout, 0 to 3 spreads; 0 packs clusters tightly, as clustering wants.</summary>
    public float MinimumDistance
    {
        get => _minimumDistance;
        init => _minimumDistance = Check(value, value >= 0 && float.IsFinite(value), nameof(MinimumDistance), "0 or more");
    }

    /// <summary>spread: the scale of the layout, above 0.</summary>
    public float Spread
    {
        get => _spread;
        init => _spread = Check(value, value > 0 && float.IsFinite(value), nameof(Spread), "above 0");
    }

    /// <summary>metric: the distance between rows.</summary>
    public DistanceMetric Metric
    {
        get => _distance.Metric;
        init => _distance = _distance with { Metric = value };
    }

    /// <summary>p: the power of the Minkowski metric, 1 or more; infinity makes it Chebyshev's. The other metrics have no use for it.</summary>
    public double MinkowskiPower
    {
        get => _distance.MinkowskiPower;
        init => _distance = _distance with { MinkowskiPower = value };
    }

    /// <summary>
    /// n_epochs: passes of the layout over the graph, 0 or more; null for 500 up to 10000 rows and 200 above, and 200 more where densities are
    /// to be kept.
    /// </summary>
    public int? Epochs
    {
        get => _epochs;
        init => _epochs = value is null ? null : Check(value.Value, value >= 0, nameof(Epochs), "0 or more");
    }

    /// <summary>learning_rate: the step of the first epoch, above 0; it falls to 0 over the epochs.</summary>
    public float LearningRate
    {
        get => _learningRate;
        init => _learningRate = Check(value, value > 0 && float.IsFinite(value), nameof(LearningRate), "above 0");
    }

    /// <summary>negative_sample_rate: random rows that push for each neighbour that pulls, 0 or more.</summary>
    public int NegativeSampleRate
    {
        get => _negativeSampleRate;
        init => _negativeSampleRate = Check(value, value is >= 0 and <= 64, nameof(NegativeSampleRate), "0 to 64");
    }

    /// <summary>repulsion_strength: the weight of pushes against pulls, 0 or more.</summary>
    public float RepulsionStrength
    {
        get => _repulsionStrength;
        init => _repulsionStrength = Check(value, value >= 0 && float.IsFinite(value), nameof(RepulsionStrength), "0 or more");
    }

    /// <summary>
    /// local_connectivity: how many of its nearest neighbours a row is fully connected with, 0 or more; a fraction lies between two of them. More
    /// than the data's local dimension blurs its structure.
    /// </summary>
    public float LocalConnectivity
    {
        get => _localConnectivity;
        init => _localConnectivity = Check(value, value >= 0 && float.IsFinite(value), nameof(LocalConnectivity), "0 or more");
    }

    /// <summary>
    /// set_op_mix_ratio: how the memberships that two rows give each other are combined, from 0, their fuzzy intersection, to 1, their fuzzy union.
    /// </summary>
    public float SetOperationMixRatio
    {
        get => _setOperationMixRatio;
        init => _setOperationMixRatio = Check(value, value is >= 0 and <= 1, nameof(SetOperationMixRatio), "0 to 1");
    }

    /// <summary>
    /// disconnection_distance: rows as far apart as this, or farther, are no neighbours; above 0. Null, as in umap-learn, for 2 where the metric is
    /// an angle (rows that point in opposite directions have nothing in common), and no limit elsewhere.
    /// </summary>
    public float? DisconnectionDistance
    {
        get => _disconnectionDistance;
        init => _disconnectionDistance = value is null ? null : Check(value.Value, value > 0, nameof(DisconnectionDistance), "above 0");
    }

    /// <summary>
    /// target_weight: what the labels or targets count against the rows in a fit that is given them, from 0 to 1. Of labels 0 is little, and at 1 rows of different
    /// classes are never connected. Of numbers 0 is nothing, and at 1 the rows themselves count nothing. Without labels or targets it has no effect.
    /// </summary>
    public float TargetWeight
    {
        get => _targetWeight;
        init => _targetWeight = Check(value, value is >= 0 and <= 1, nameof(TargetWeight), "0 to 1");
    }

    /// <summary>
    /// target_n_neighbors: how many numbers around each, itself counted, make up its neighborhood in a fit that is given numbers as targets; 2 or more. Null for as
    /// many as the rows have, or all if fewer are known.
    /// </summary>
    public int? TargetNeighborCount
    {
        get => _targetNeighborCount;
        init => _targetNeighborCount = value is null ? null : Check(value.Value, value >= 2, nameof(TargetNeighborCount), "2 or more");
    }

    /// <summary>
    /// dens_lambda: the weight of keeping the rows' local densities in the layout (densMAP; Narayan, Berger and Cho, 2021), 0 or more; 0 for plain UMAP,
    /// 2 is densMAP's default.
    /// </summary>
    public float DensityWeight
    {
        get => _densityWeight;
        init => _densityWeight = Check(value, value >= 0 && float.IsFinite(value), nameof(DensityWeight), "0 or more");
    }

    /// <summary>dens_frac: the last share of the epochs, in which densities count, 0 to 1; the first ones are plain UMAP.</summary>
    public float DensityFraction
    {
        get => _densityFraction;
        init => _densityFraction = Check(value, value is >= 0 and <= 1, nameof(DensityFraction), "0 to 1");
    }

    /// <summary>dens_var_shift: added to the variance of the layout's log radii, so that nothing is divided by nearly 0; 0 or more.</summary>
    public float DensityVarianceShift
    {
        get => _densityVarianceShift;
        init => _densityVarianceShift = Check(value, value >= 0 && float.IsFinite(value), nameof(DensityVarianceShift), "0 or more");
    }

    /// <summary>unique: whether rows that are identical are laid out as one, so that they share a place. Neighbors are then looked for among the distinct rows.</summary>
    public bool Unique { get; init; }

    /// <summary>How the layout starts, unless the fit is given coordinates to start at.</summary>
    public UmapInitialization Initialization { get; init; } = UmapInitialization.Spectral;

    /// <summary>The seed of everything random in the layout: where it starts and what pushes. The neighbours are the same for every seed.</summary>
    public int Seed { get; init; }

    /// <summary>The metric, with its power.</summary>
    internal RowDistance Distance => _distance;

    /// <summary>The epochs of a layout of so many rows.</summary>
    /// <param name="rowCount">n.</param>
    public int EpochsFor(int rowCount) => Epochs ?? ((rowCount <= 10_000 ? 500 : 200) + (DensityWeight > 0 ? 200 : 0));

    /// <summary>The distance from which on rows are no neighbours; infinite if there is none.</summary>
    internal float DisconnectionLimit =>
        DisconnectionDistance ?? Metric switch
        {
            DistanceMetric.Cosine or DistanceMetric.Correlation => 2,
            DistanceMetric.Hellinger or DistanceMetric.Jaccard => 1,
            _ => float.PositiveInfinity,
        };

    /// <summary>
    /// The distance from which on rows are cut apart. Cosine, correlation and Hellinger distances are sums over rows that are rounded once they are scaled: of rows with nothing in
    /// common, the distance comes out a little below the limit as often as above.
    /// </summary>
    internal float DisconnectionCut => DisconnectionLimit * Metric switch
    {
        DistanceMetric.Cosine or DistanceMetric.Correlation or DistanceMetric.Hellinger => 1 - ScaledRowRounding,
        _ => 1,
    };

    /// <summary>Refuses a minimum distance that no layout of the spread can have.</summary>
    /// <exception cref="N2DException">It is three spreads or more (<c>MinimumDistanceOutOfRange</c>).</exception>
    public void ThrowIfNoCurveFits() => LayoutCurve.Fit(Spread, MinimumDistance);

    /// <summary>Refuses a number of rows that the neighbourhoods cannot be found in.</summary>
    /// <param name="rowCount">n.</param>
    /// <exception cref="N2DException">There are not more rows than neighbours (<c>TooFewRows</c>).</exception>
    public void ThrowIfTooFewRows(int rowCount)
    {
        if (rowCount <= NeighborCount)
        {
            throw new N2DException(
                "TooFewRows",
                ErrorKind.InvalidArgument,
                $"UMAP with {Quantity.Of(NeighborCount, "neighbour")} needs at least {NeighborCount + 1} rows; there {Quantity.Are(rowCount)}. "
                    + "Ask for fewer neighbours (-NeighborCount), or give more rows.",
                rowCount);
        }
    }

    /// <summary>Refuses neighbors that are not those of the rows, or too few.</summary>
    /// <param name="neighbors">The neighbors.</param>
    /// <param name="rowCount">n.</param>
    /// <exception cref="N2DException">They are those of other rows (<c>NeighborRowMismatch</c>), or too few
    /// (<c>TooFewNeighbors</c>).</exception>
    public void ThrowIfNotNeighbors(GivenNeighbors neighbors, int rowCount)
    {
        ArgumentNullException.ThrowIfNull(neighbors);
        neighbors.ThrowIfNotFor(rowCount, NeighborCount - 1, "UMAP");
    }

    /// <summary>Refuses starting coordinates that a layout cannot start at.</summary>
    /// <param name="layout">The coordinates, to be n x c.</param>
    /// <param name="rowCount">n.</param>
    /// <exception cref="N2DException">
    /// They are of other rows or dimensions (<c>InitialLayoutMismatch</c>), or not finite (<c>NotFinite</c>).
    /// </exception>
    public void ThrowIfNotInitialLayout(Matrix layout, int rowCount)
    {
        ArgumentNullException.ThrowIfNull(layout);
        StartingLayout.ThrowIfMismatched(layout, rowCount, Dimension);
    }

    /// <summary>Refuses targets that no layout can be ordered by.</summary>
    /// <param name="target">The targets, to be n.</param>
    /// <param name="rowCount">n.</param>
    /// <exception cref="N2DException">They are of other rows (<c>TargetCountMismatch</c>), or too few are known (<c>TooFewTargets</c>).</exception>
    public void ThrowIfNotTarget(NumericTarget target, int rowCount)
    {
        ArgumentNullException.ThrowIfNull(target);
        target.ThrowIfUnfit(rowCount, TargetNeighborCount);
    }

    private static T Check<T>(T value, bool isValid, string name, string range) => OptionRange.Check("UMAP", name, value, isValid, range);
}
