namespace N2D.Manifolds;

/// <summary>Where the rows of a layout start. Wherever it is, each dimension is then stretched to 0 to 10, to which the learning rate is tuned.</summary>
public enum UmapInitialization
{
    /// <summary>At the first eigenvectors of the graph's normalized Laplacian: keeps the broad structure.</summary>
    Spectral,

    /// <summary>Anywhere, uniformly.</summary>
    Random,

    /// <summary>At the first principal components of the rows, of which there must be no fewer columns than the layout has dimensions.</summary>
    Pca,
}
