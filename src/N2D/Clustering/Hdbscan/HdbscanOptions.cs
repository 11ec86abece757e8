using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>Which clusters of the hierarchy are kept.</summary>
public enum ClusterSelection
{
    /// <summary>Those that last longest as the density rises, measured by excess of mass.</summary>
    ExcessOfMass,

    /// <summary>Those that fall into no smaller ones: more and finer clusters.</summary>
    Leaf,
}

/// <summary>How HDBSCAN finds clusters. Defaults are scikit-learn's.</summary>
public sealed record HdbscanOptions : ClustererOptions
{
    private readonly int? _minimumSamples;
    private readonly RowDistance _distance = new();

    /// <summary>
    /// The fewest rows that make a cluster, 2 or more; what is smaller falls away from its cluster as noise. Default 5. The larger, the fewer clusters: for
    /// thousands of rows a hundredth of them is a good first try.
    /// </summary>
    /// <exception cref="N2DException">The value is below 2 (<c>MinimumClusterSizeOutOfRange</c>).</exception>
    [OptionRange(2)]
    public int MinimumClusterSize
    {
        get;
        init => field = Check(value);
    } = 5;

    /// <summary>
    /// The number of nearest rows, the row itself counted as scikit-learn does, within whose distance a row has its core: 1 or more; default the smallest
    /// size of a cluster. The larger, the more rows are noise.
    /// </summary>
    /// <exception cref="N2DException">The value is below 1 (<c>MinimumSamplesOutOfRange</c>).</exception>
    [OptionRange(1)]
    public int MinimumSamples
    {
        get => _minimumSamples ?? MinimumClusterSize;
        init => _minimumSamples = Check(value);
    }

    /// <summary>Which clusters of the hierarchy are kept. Default those of largest excess of mass.</summary>
    public ClusterSelection Selection { get; init; }

    /// <summary>
    /// Whether the root of the hierarchy may be the only cluster. Its rows are those that stay until its densest part, as in the hdbscan package: the others are noise, and they may be most.
    /// By default there are at least two clusters, or none.
    /// </summary>
    public bool AllowSingleCluster { get; init; }

    /// <summary>
    /// cluster_selection_epsilon: the length below which no cluster falls into smaller ones (Malzer and Baum, 2020): of each selected cluster that begins at a smaller length, the first
    /// cluster above it that begins at a larger one is taken. 0 or more, in the units of the distance; default 0, at which every cluster may fall apart.
    /// </summary>
    /// <exception cref="N2DException">The value is negative, infinite or not a number (<c>SelectionEpsilonOutOfRange</c>).</exception>
    [OptionRange(0)]
    public double SelectionEpsilon
    {
        get;
        init => field = Check(value);
    }

    /// <summary>metric: the distance between rows. Default Euclidean.</summary>
    public DistanceMetric Metric
    {
        get => _distance.Metric;
        init => _distance = _distance with { Metric = value };
    }

    /// <summary>p: the power of the Minkowski metric, 1 or more; infinity makes it Chebyshev's. The other metrics have no use for it.</summary>
    /// <exception cref="N2DException">The value is below 1, or not a number (<c>MinkowskiPowerOutOfRange</c>).</exception>
    public double MinkowskiPower
    {
        get => _distance.MinkowskiPower;
        init => _distance = _distance with { MinkowskiPower = value };
    }

    /// <summary>The metric, with its power.</summary>
    internal RowDistance Distance => _distance;

    /// <inheritdoc/>
    public override void ThrowIfTooFewRows(int rowCount)
    {
        var needed = Math.Max(MinimumClusterSize, MinimumSamples);
        if (needed > rowCount)
        {
            throw new N2DException(
                "TooFewRows",
                ErrorKind.InvalidArgument,
                $"Clusters of {Quantity.Of(MinimumClusterSize, "row")} or more, with cores of {MinimumSamples}, cannot be made of {Quantity.Of(rowCount, "row")}.",
                needed);
        }
    }

    /// <inheritdoc/>
    public override FittedClusterer Fit(Matrix rows, Execution execution) => Hdbscan.Fit(rows, this, execution);
}
