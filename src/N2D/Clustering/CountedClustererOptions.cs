namespace N2D.Clustering;

/// <summary>Options of a clusterer that needs the number of clusters, or a range to choose it from.</summary>
public abstract record CountedClustererOptions : ClustererOptions
{
    /// <summary>Creates options.</summary>
    /// <param name="clusterCounts">The number of clusters, or the range to choose it from.</param>
    protected CountedClustererOptions(ClusterCountRange clusterCounts)
    {
        ArgumentNullException.ThrowIfNull(clusterCounts);
        ClusterCounts = clusterCounts;
    }

    /// <summary>The number of clusters, or the range to choose it from.</summary>
    public ClusterCountRange ClusterCounts { get; internal init; }

    /// <summary>The number of clusters, k; with a range, the largest number to try.</summary>
    public int ClusterCount => ClusterCounts.Most;

    /// <inheritdoc/>
    public override void ThrowIfTooFewRows(int rowCount) => ClusterCounts.ThrowIfTooFewRows(rowCount);
}
