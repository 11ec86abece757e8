using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>Options of agglomerative clustering.</summary>
public sealed record AgglomerativeOptions : CountedClustererOptions
{
    /// <summary>Creates options.</summary>
    /// <param name="clusterCount">The number of clusters at which merging stops, k, 1 or more.</param>
    /// <exception cref="N2DException">The number is below 1 (<c>ClusterCountOutOfRange</c>).</exception>
    public AgglomerativeOptions(int clusterCount)
        : base(ClusterCountRange.Exactly(clusterCount))
    {
    }

    /// <summary>
    /// distance_threshold: the Ward distance at or above which clusters are not merged, in the units of the columns. Default: null, which
    /// uses the number of clusters. Range: 0 or more. The Ward distance of two clusters a and b is defined as in scikit-learn and SciPy:
    /// sqrt(2 |a| |b| / (|a| + |b|)) times the distance of their means. For single rows, it is their Euclidean distance.
    /// </summary>
    /// <exception cref="N2DException">The value is negative, infinite or not a number (<c>DistanceThresholdOutOfRange</c>).</exception>
    [OptionRange(0)]
    public double? DistanceThreshold
    {
        get;
        init => field = Check(value);
    }

    /// <summary>Creates options that stop merging at a distance, whatever the number of clusters.</summary>
    /// <param name="distanceThreshold">The distance, 0 or more.</param>
    /// <exception cref="N2DException">The value is negative, infinite or not a number (<c>DistanceThresholdOutOfRange</c>).</exception>
    public static AgglomerativeOptions UpTo(double distanceThreshold) => new(1) { DistanceThreshold = distanceThreshold };

    /// <summary>
    /// The number of nearest neighbors in the graph, including the row itself. Larger values give rounder clusters. With n, any two
    /// clusters can merge, which takes O(n²) time and memory. Default: 10. Range: 2 to n.
    /// </summary>
    /// <exception cref="N2DException">The value is below 2 (<c>NeighborCountOutOfRange</c>).</exception>
    [OptionRange(2)]
    public int NeighborCount
    {
        get;
        init => field = Check(value);
    } = 10;

    /// <inheritdoc/>
    protected internal override string Method => "Agglomerative";

    /// <inheritdoc/>
    public override void ThrowIfTooFewRows(int rowCount)
    {
        base.ThrowIfTooFewRows(rowCount);
        NeighborAffinity.ThrowIfTooFewRows(NeighborCount, rowCount);
    }

    /// <inheritdoc/>
    public override FittedClusterer Fit(Matrix rows, Execution execution) => Agglomerative.Fit(rows, this, execution);
}
