namespace N2D.Manifolds;

/// <summary>Initialization of a UMAP layout. Each dimension is then scaled to 0 to 10, to which the learning rate is tuned.</summary>
public enum UmapInitialization
{
    /// <summary>The first eigenvectors of the graph's normalized Laplacian. Preserves the global structure.</summary>
    Spectral,

    /// <summary>Random, uniformly distributed.</summary>
    Random,

    /// <summary>The first principal components of the rows. Needs at least as many columns as dimensions.</summary>
    Pca,
}
