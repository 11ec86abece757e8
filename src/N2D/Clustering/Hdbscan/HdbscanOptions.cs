using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>The method that selects clusters from the hierarchy.</summary>
public enum ClusterSelection
{
    /// <summary>The most stable clusters, by excess of mass.</summary>
    ExcessOfMass,

    /// <summary>The leaves of the hierarchy: more and smaller clusters.</summary>
    Leaf,
}

/// <summary>Options of HDBSCAN. Defaults are those of scikit-learn.</summary>
public sealed record HdbscanOptions : ClustererOptions
{
    private readonly int? _minimumSamples;
    private readonly RowDistance _distance = new();

    /// <summary>
    /// min_cluster_size: the smallest number of rows in a cluster; smaller groups are noise. Larger values give fewer clusters. For
    /// thousands of rows, start with 1 % of them. Default: 5. Range: 2 or more.
    /// </summary>
    /// <exception cref="N2DException">The value is below 2 (<c>MinimumClusterSizeOutOfRange</c>).</exception>
    [OptionRange(2)]
    public int MinimumClusterSize
    {
        get;
        init => field = Check(value);
    } = 5;

    /// <summary>
    /// min_samples: the number of nearest rows that determine a row's core distance, including the row itself as in scikit-learn. Larger
    /// values make more rows noise. Default: <see cref="MinimumClusterSize"/>. Range: 1 or more.
    /// </summary>
    /// <exception cref="N2DException">The value is below 1 (<c>MinimumSamplesOutOfRange</c>).</exception>
    [OptionRange(1)]
    public int MinimumSamples
    {
        get => _minimumSamples ?? MinimumClusterSize;
        init => _minimumSamples = Check(value);
    }

    /// <summary>cluster_selection_method: the method that selects clusters from the hierarchy. Default: ExcessOfMass.</summary>
    public ClusterSelection Selection { get; init; }

    /// <summary>
    /// allow_single_cluster: whether the root of the hierarchy can be the only cluster. As in the hdbscan package, it then contains only
    /// the rows that stay until its highest density; the others, possibly most, are noise. Default: false, which gives at least two
    /// clusters or none.
    /// </summary>
    public bool AllowSingleCluster { get; init; }

    /// <summary>
    /// cluster_selection_epsilon: the distance below which clusters do not split (Malzer and Baum, 2020). A selected cluster that appears
    /// at a smaller distance is replaced by its first ancestor that appears at a larger one. In the units of the metric. Default: 0, which
    /// allows all splits. Range: 0 or more.
    /// </summary>
    /// <exception cref="N2DException">The value is negative, infinite or not a number (<c>SelectionEpsilonOutOfRange</c>).</exception>
    [OptionRange(0)]
    public double SelectionEpsilon
    {
        get;
        init => field = Check(value);
    }

    /// <summary>metric: the distance between rows. Default: Euclidean.</summary>
    public DistanceMetric Metric
    {
        get => _distance.Metric;
        init => _distance = _distance with { Metric = value };
    }

    /// <summary>
    /// p: the power of the Minkowski metric; infinity gives the Chebyshev metric. Other metrics ignore it. Default: 2. Range: 1 or more.
    /// </summary>
    /// <exception cref="N2DException">The value is below 1 or NaN (<c>MinkowskiPowerOutOfRange</c>).</exception>
    public double MinkowskiPower
    {
        get => _distance.MinkowskiPower;
        init => _distance = _distance with { MinkowskiPower = value };
    }

    /// <summary>The metric, with its power.</summary>
    internal RowDistance Distance => _distance;

    /// <inheritdoc/>
    protected internal override string Method => "Hdbscan";

    /// <inheritdoc/>
    public override void ThrowIfTooFewRows(int rowCount)
    {
        var needed = Math.Max(MinimumClusterSize, MinimumSamples);
        if (needed > rowCount)
        {
            throw new N2DException(
                "TooFewRows",
                ErrorKind.InvalidArgument,
                $"HDBSCAN needs {needed} or more rows with {nameof(MinimumClusterSize)} {MinimumClusterSize} and "
                    + $"{nameof(MinimumSamples)} {MinimumSamples}, but there {Quantity.Are(rowCount, "row")}. Use smaller values, or add "
                    + "rows.",
                needed)
            { Options = [nameof(MinimumClusterSize), nameof(MinimumSamples)] };
        }
    }

    /// <inheritdoc/>
    public override FittedClusterer Fit(Matrix rows, Execution execution) => Hdbscan.Fit(rows, this, execution);
}
