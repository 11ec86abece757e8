namespace N2D.Manifolds;

/// <summary>Initialization of a t-SNE layout. Rows always start close to each other.</summary>
public enum TsneInitialization
{
    /// <summary>The first principal components of the rows. Preserves the global structure, and is the same for every seed.</summary>
    Pca,

    /// <summary>Random, normally distributed.</summary>
    Random,
}
