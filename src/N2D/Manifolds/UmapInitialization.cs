namespace N2D.Manifolds;

/// <summary>Where the rows of a layout start.</summary>
public enum UmapInitialization
{
    /// <summary>At the first eigenvectors of the graph's normalised Laplacian: keeps the broad structure.</summary>
    Spectral,

    /// <summary>Anywhere, uniformly in a box from -10 to 10.</summary>
    Random,
}
