using System.Text.Json.Serialization;
using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>How spectral clustering is done. Defaults are scikit-learn's of a nearest-neighbor affinity, as the N2D study used it.</summary>
public sealed record SpectralOptions : CountedClustererOptions
{

    /// <summary>Makes options.</summary>
    /// <param name="clusterCount">The number of clusters, k, 1 or more.</param>
    /// <exception cref="N2DException">The number is below 1 (<c>ClusterCountOutOfRange</c>).</exception>
    public SpectralOptions(int clusterCount)
        : this(ClusterCountRange.Exactly(clusterCount))
    {
    }

    /// <summary>Makes options.</summary>
    /// <param name="clusterCounts">
    /// The numbers of clusters to choose from: the largest after which the eigenvalues of the graph's Laplacian grow by so much that the groups lie apart
    /// (Azran and Ghahramani, 2006) is kept; where there is none, the one where they grow most.
    /// </param>
    [JsonConstructor]
    public SpectralOptions(ClusterCountRange clusterCounts)
        : base(clusterCounts)
    {
    }

    /// <summary>
    /// The number of nearest rows that each row is joined with, itself counted as scikit-learn does; 2 to n. Default 10. More join what belongs together
    /// across thin places, and blur what does not.
    /// </summary>
    /// <exception cref="N2DException">The value is below 2 (<c>NeighborCountOutOfRange</c>).</exception>
    [OptionRange(2)]
    public int NeighborCount
    {
        get;
        init => field = Check(value);
    } = 10;

    /// <summary>The number of starts of the k-means that ends it, 1 or more. Default 10.</summary>
    /// <exception cref="N2DException">The value is below 1 (<c>StartCountOutOfRange</c>).</exception>
    [OptionRange(1)]
    public int StartCount
    {
        get;
        init => field = Check(value);
    } = 10;

    /// <inheritdoc/>
    public override void ThrowIfTooFewRows(int rowCount)
    {
        base.ThrowIfTooFewRows(rowCount);
        NeighborAffinity.ThrowIfTooFewRows(NeighborCount, rowCount);
    }

    /// <inheritdoc/>
    public override FittedClusterer Fit(Matrix rows, Execution execution) => SpectralClustering.Fit(rows, this, execution);
}
