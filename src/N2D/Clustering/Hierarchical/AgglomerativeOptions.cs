using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>How clusters are merged, from single rows up.</summary>
public sealed record AgglomerativeOptions : CountedClustererOptions
{
    private readonly int _neighborCount = 10;

    /// <summary>Makes options.</summary>
    /// <param name="clusterCount">The number of clusters at which merging ends, k, 1 or more.</param>
    /// <exception cref="N2DException">The number is below 1 (<c>ClusterCountOutOfRange</c>).</exception>
    public AgglomerativeOptions(int clusterCount)
        : base(ClusterCountRange.Exactly(clusterCount))
    {
    }

    /// <summary>
    /// The number of nearest rows that each row may merge with, itself counted; 2 to n. Default 10. With n, any clusters may merge, which takes time and
    /// memory in n²; the more, the rounder the clusters.
    /// </summary>
    /// <exception cref="N2DException">The value is below 2 (<c>NeighborCountOutOfRange</c>).</exception>
    public int NeighborCount
    {
        get => _neighborCount;
        init => _neighborCount = OptionRange.AtLeast(value, 2, "NeighborCountOutOfRange", "number of neighbours");
    }

    /// <inheritdoc/>
    public override void ThrowIfTooFewRows(int rowCount)
    {
        base.ThrowIfTooFewRows(rowCount);
        NeighborAffinity.ThrowIfTooFewRows(NeighborCount, rowCount);
    }

    /// <inheritdoc/>
    public override FittedClusterer Fit(Matrix rows, Execution execution) => Agglomerative.Fit(rows, this, execution);
}
