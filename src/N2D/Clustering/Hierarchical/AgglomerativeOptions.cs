using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>How clusters are merged, from single rows up.</summary>
public sealed record AgglomerativeOptions : CountedClustererOptions
{

    /// <summary>Makes options.</summary>
    /// <param name="clusterCount">The number of clusters at which merging ends, k, 1 or more.</param>
    /// <exception cref="N2DException">The number is below 1 (<c>ClusterCountOutOfRange</c>).</exception>
    public AgglomerativeOptions(int clusterCount)
        : base(ClusterCountRange.Exactly(clusterCount))
    {
    }

    /// <summary>
    /// distance_threshold: the distance at or above which clusters are not merged; null, the default, where the number of clusters is given. 0 or more, in the units of the columns. The distance of
    /// two clusters a and b is Ward's as scikit-learn and SciPy have it, the root of 2 |a| |b| / (|a| + |b|) times that of their means: that of two rows is their own.
    /// </summary>
    /// <exception cref="N2DException">The value is negative, infinite or not a number (<c>DistanceThresholdOutOfRange</c>).</exception>
    [OptionRange(0)]
    public double? DistanceThreshold
    {
        get;
        init => field = Check(value);
    }

    /// <summary>Options by which merging ends at a distance, whatever the number of clusters that are left.</summary>
    /// <param name="distanceThreshold">The distance, 0 or more.</param>
    /// <exception cref="N2DException">The value is negative, infinite or not a number (<c>DistanceThresholdOutOfRange</c>).</exception>
    public static AgglomerativeOptions UpTo(double distanceThreshold) => new(1) { DistanceThreshold = distanceThreshold };

    /// <summary>
    /// The number of nearest rows that each row may merge with, itself counted; 2 to n. Default 10. With n, any clusters may merge, which takes time and
    /// memory in n²; the more, the rounder the clusters.
    /// </summary>
    /// <exception cref="N2DException">The value is below 2 (<c>NeighborCountOutOfRange</c>).</exception>
    [OptionRange(2)]
    public int NeighborCount
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
    public override FittedClusterer Fit(Matrix rows, Execution execution) => Agglomerative.Fit(rows, this, execution);
}
