namespace N2D.Clustering;

/// <summary>The clustering algorithms.</summary>
public enum ClusterMethod
{
    /// <summary>A Gaussian mixture model, fitted by expectation-maximization.</summary>
    GaussianMixture,

    /// <summary>k-means: k centers that minimize the squared distances of the rows to their nearest center.</summary>
    KMeans,

    /// <summary>Spectral clustering of the neighbor graph.</summary>
    Spectral,

    /// <summary>HDBSCAN: density-based clusters and noise. Finds the number of clusters.</summary>
    Hdbscan,

    /// <summary>Agglomerative clustering with Ward's criterion on the neighbor graph.</summary>
    Agglomerative,
}
