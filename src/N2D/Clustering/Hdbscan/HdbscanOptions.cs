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
    private readonly int _minimumClusterSize = 5;
    private readonly int? _minimumSamples;

    /// <summary>
    /// The fewest rows that make a cluster, 2 or more; what is smaller falls away from its cluster as noise. Default 5. The larger, the fewer clusters: for
    /// thousands of rows a hundredth of them is a good first try.
    /// </summary>
    /// <exception cref="N2DException">The value is below 2 (<c>MinimumClusterSizeOutOfRange</c>).</exception>
    public int MinimumClusterSize
    {
        get => _minimumClusterSize;
        init => _minimumClusterSize = OptionRange.AtLeast(value, 2, "MinimumClusterSizeOutOfRange", "smallest size of a cluster");
    }

    /// <summary>
    /// The number of nearest rows, the row itself counted as scikit-learn does, within whose distance a row has its core: 1 or more; default the smallest
    /// size of a cluster. The larger, the more rows are noise.
    /// </summary>
    /// <exception cref="N2DException">The value is below 1 (<c>MinimumSamplesOutOfRange</c>).</exception>
    public int MinimumSamples
    {
        get => _minimumSamples ?? MinimumClusterSize;
        init => _minimumSamples = OptionRange.AtLeast(value, 1, "MinimumSamplesOutOfRange", "number of rows of a core");
    }

    /// <summary>Which clusters of the hierarchy are kept. Default those of largest excess of mass.</summary>
    public ClusterSelection Selection { get; init; }

    /// <summary>
    /// Whether the root of the hierarchy may be the only cluster. Its rows are those that stay until its densest part, as in the hdbscan package: the others are noise, and they may be most.
    /// By default there are at least two clusters, or none.
    /// </summary>
    public bool AllowSingleCluster { get; init; }

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
