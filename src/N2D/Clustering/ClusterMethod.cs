namespace N2D.Clustering;

/// <summary>The algorithms that find clusters.</summary>
public enum ClusterMethod
{
    /// <summary>A mixture of Gaussians, fitted by expectation-maximization.</summary>
    GaussianMixture,

    /// <summary>k-means: k centers that make the squared distances of the rows from them small.</summary>
    KMeans,

    /// <summary>Spectral clustering of the neighbor graph.</summary>
    Spectral,

    /// <summary>Density clusters of any number, and noise.</summary>
    Hdbscan,

    /// <summary>Ward's merging on the neighbor graph.</summary>
    Agglomerative,
}
