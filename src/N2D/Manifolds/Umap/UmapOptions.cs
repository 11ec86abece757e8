using System.Runtime.CompilerServices;
using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>
/// What to ask of UMAP. The defaults are the N2D study's: 20 neighbors, 10 dimensions, minimum distance 0; the rest as in
/// McInnes, Healy and Melville (2018).
/// </summary>
public sealed record UmapOptions
{
    /// <summary>The relative rounding of a distance of scaled rows: a hundred times what remains of a thousand columns, and an angle of a fourth of a degree at most.</summary>
    private const float ScaledRowRounding = 1e-5f;

    private readonly RowDistance _distance = new();

    /// <summary>n_neighbors: how many rows around each, itself counted, make up its neighborhood; 2 or more. Few show fine structure, many the broad one.</summary>
    [OptionRange(2)]
    public int NeighborCount
    {
        get;
        init => field = Check(value);
    } = 20;

    /// <summary>n_components: the dimensions of the layout, 1 to 512.</summary>
    [OptionRange(1, 512)]
    public int Dimension
    {
        get;
        init => field = Check(value);
    } = 10;

    /// <summary>min_dist: how close rows may lie in the layout, 0 to 3 spreads; 0 packs clusters tightly, as clustering wants.</summary>
    [OptionRange(0)]
    public float MinimumDistance
    {
        get;
        init => field = Check(value);
    }

    /// <summary>spread: the scale of the layout, above 0.</summary>
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
    [OptionRange(0)]
    public int? Epochs
    {
        get;
        init => field = Check(value);
    }

    /// <summary>learning_rate: the step of the first epoch, above 0; it falls to 0 over the epochs.</summary>
    [OptionRange(0, ExcludesLeast = true)]
    public float LearningRate
    {
        get;
        init => field = Check(value);
    } = 1;

    /// <summary>negative_sample_rate: random rows that push for each neighbor that pulls, 0 or more.</summary>
    [OptionRange(0, 64)]
    public int NegativeSampleRate
    {
        get;
        init => field = Check(value);
    } = 5;

    /// <summary>repulsion_strength: the weight of pushes against pulls, 0 or more.</summary>
    [OptionRange(0)]
    public float RepulsionStrength
    {
        get;
        init => field = Check(value);
    } = 1;

    /// <summary>
    /// local_connectivity: how many of its nearest neighbors a row is fully connected with, 0 or more; a fraction lies between two of them. More
    /// than the data's local dimension blurs its structure.
    /// </summary>
    [OptionRange(0)]
    public float LocalConnectivity
    {
        get;
        init => field = Check(value);
    } = 1;

    /// <summary>
    /// set_op_mix_ratio: how the memberships that two rows give each other are combined, from 0, their fuzzy intersection, to 1, their fuzzy union.
    /// </summary>
    [OptionRange(0, 1)]
    public float SetOperationMixRatio
    {
        get;
        init => field = Check(value);
    } = 1;

    /// <summary>
    /// disconnection_distance: rows as far apart as this, or farther, are no neighbors; above 0. Null, as in umap-learn, for 2 where the metric is
    /// an angle (rows that point in opposite directions have nothing in common), and no limit elsewhere.
    /// </summary>
    [OptionRange(0, ExcludesLeast = true, IncludesInfinity = true)]
    public float? DisconnectionDistance
    {
        get;
        init => field = Check(value);
    }

    /// <summary>
    /// target_weight: what the labels or targets count against the rows in a fit that is given them, from 0 to 1. Of labels 0 is little, and at 1 rows of different
    /// classes are never connected. Of numbers 0 is nothing, and at 1 the rows themselves count nothing. Without labels or targets it has no effect.
    /// </summary>
    [OptionRange(0, 1)]
    public float TargetWeight
    {
        get;
        init => field = Check(value);
    } = 0.5f;

    /// <summary>
    /// target_n_neighbors: how many numbers around each, itself counted, make up its neighborhood in a fit that is given numbers as targets; 2 or more. Null for as
    /// many as the rows have, or all if fewer are known.
    /// </summary>
    [OptionRange(2)]
    public int? TargetNeighborCount
    {
        get;
        init => field = Check(value);
    }

    /// <summary>
    /// dens_lambda: the weight of keeping the rows' local densities in the layout (densMAP; Narayan, Berger and Cho, 2021), 0 or more; 0 for plain UMAP,
    /// 2 is densMAP's default.
    /// </summary>
    [OptionRange(0)]
    public float DensityWeight
    {
        get;
        init => field = Check(value);
    }

    /// <summary>dens_frac: the last share of the epochs, in which densities count, 0 to 1; the first ones are plain UMAP.</summary>
    [OptionRange(0, 1)]
    public float DensityFraction
    {
        get;
        init => field = Check(value);
    } = 0.3f;

    /// <summary>dens_var_shift: added to the variance of the layout's log radii, so that nothing is divided by nearly 0; 0 or more.</summary>
    [OptionRange(0)]
    public float DensityVarianceShift
    {
        get;
        init => field = Check(value);
    } = 0.1f;

    /// <summary>unique: whether rows that are identical are laid out as one, so that they share a place. Neighbors are then looked for among the distinct rows.</summary>
    public bool Unique { get; init; }

    /// <summary>How the layout starts, unless the fit is given coordinates to start at.</summary>
    public UmapInitialization Initialization { get; init; } = UmapInitialization.Spectral;

    /// <summary>The seed of everything random in the layout: where it starts and what pushes. The neighbors are the same for every seed.</summary>
    public int Seed { get; init; }

    /// <summary>The metric, with its power.</summary>
    internal RowDistance Distance => _distance;

    /// <summary>The epochs of a layout of so many rows.</summary>
    /// <param name="rowCount">n.</param>
    public int EpochsFor(int rowCount) => Epochs ?? ((rowCount <= 10_000 ? 500 : 200) + (DensityWeight > 0 ? 200 : 0));

    /// <summary>The distance from which on rows are no neighbors; infinite if there is none.</summary>
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

    /// <summary>Refuses a number of rows that the neighborhoods cannot be found in.</summary>
    /// <param name="rowCount">n.</param>
    /// <exception cref="N2DException">There are not more rows than neighbors (<c>TooFewRows</c>).</exception>
    public void ThrowIfTooFewRows(int rowCount)
    {
        if (rowCount <= NeighborCount)
        {
            throw new N2DException(
                "TooFewRows",
                ErrorKind.InvalidArgument,
                $"UMAP with {Quantity.Of(NeighborCount, "neighbor")} needs at least {NeighborCount + 1} rows; there {Quantity.Are(rowCount)}. "
                    + "Ask for fewer neighbors (-NeighborCount), or give more rows.",
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

    private static T Check<T>(T value, [CallerMemberName] string name = "") => OptionRange.Check("UMAP", typeof(UmapOptions), name, value);
}
