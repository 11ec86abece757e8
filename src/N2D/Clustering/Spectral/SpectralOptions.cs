using System.Text.Json.Serialization;
using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>
/// Options of spectral clustering. Defaults are those of scikit-learn with a nearest-neighbor affinity, as in the N2D study.
/// </summary>
public sealed record SpectralOptions : CountedClustererOptions
{
    internal const int DefaultNeighborCount = 10;

    /// <summary>Creates options.</summary>
    /// <param name="clusterCount">The number of clusters, k, 1 or more.</param>
    /// <exception cref="N2DException">The number is below 1 (<c>ClusterCountOutOfRange</c>).</exception>
    public SpectralOptions(int clusterCount)
        : this(ClusterCountRange.Exactly(clusterCount))
    {
    }

    /// <summary>Creates options.</summary>
    /// <param name="clusterCounts">
    /// The numbers of clusters to choose from. The eigengaps of the graph's Laplacian determine the choice (Azran and Ghahramani, 2006):
    /// the largest number with a clear gap, or else the number with the largest gap.
    /// </param>
    [JsonConstructor]
    public SpectralOptions(ClusterCountRange clusterCounts)
        : base(clusterCounts)
    {
    }

    /// <summary>
    /// n_neighbors: the number of nearest neighbors that each row is connected to, including the row itself as in scikit-learn. Larger
    /// values connect clusters across sparse regions, but blur their boundaries. Default: 10. Range: 2 to n.
    /// </summary>
    /// <exception cref="N2DException">The value is below 2 (<c>NeighborCountOutOfRange</c>).</exception>
    [OptionRange(2)]
    public int NeighborCount
    {
        get;
        init => field = Check(value);
    } = DefaultNeighborCount;

    /// <summary>n_init: the number of k-means starts. Default: 10. Range: 1 or more.</summary>
    /// <exception cref="N2DException">The value is below 1 (<c>StartCountOutOfRange</c>).</exception>
    [OptionRange(1)]
    public int StartCount
    {
        get;
        init => field = Check(value);
    } = 10;

    /// <inheritdoc/>
    protected internal override string Method => "Spectral";

    /// <inheritdoc/>
    public override void ThrowIfTooFewRows(int rowCount)
    {
        base.ThrowIfTooFewRows(rowCount);
        NeighborAffinity.ThrowIfTooFewRows(NeighborCount, rowCount);
    }

    /// <inheritdoc/>
    public override void ThrowIfTooManyRows(int rowCount)
    {
        ArraySize.ThrowIfTooLarge(rowCount, ClusterCount, "coordinates", nameof(ClusterCounts));
        ArraySize.ThrowIfTooLarge(rowCount, NeighborCount, "neighbors", nameof(NeighborCount));
    }

    /// <inheritdoc/>
    public override FittedClusterer Fit(Matrix rows, Execution execution) => SpectralClustering.Fit(rows, this, execution);
}
