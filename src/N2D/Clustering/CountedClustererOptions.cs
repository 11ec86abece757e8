namespace N2D.Clustering;

/// <summary>Options of a clusterer that takes the number of clusters, or a range to find it in.</summary>
public abstract record CountedClustererOptions : ClustererOptions
{
    /// <summary>Makes options.</summary>
    /// <param name="clusterCounts">The number of clusters, or the range to find it in.</param>
    protected CountedClustererOptions(ClusterCountRange clusterCounts)
    {
        ArgumentNullException.ThrowIfNull(clusterCounts);
        ClusterCounts = clusterCounts;
    }

    /// <summary>The number of clusters, or the range to find it in.</summary>
    public ClusterCountRange ClusterCounts { get; internal init; }

    /// <summary>The number of clusters, k; the largest that is tried where a range is given.</summary>
    public int ClusterCount => ClusterCounts.Most;

    /// <inheritdoc/>
    public override void ThrowIfTooFewRows(int rowCount) => ClusterCounts.ThrowIfTooFewRows(rowCount);
}
