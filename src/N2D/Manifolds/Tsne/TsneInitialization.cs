namespace N2D.Manifolds;

/// <summary>Where the rows of a t-SNE start; wherever it is, they start close to each other.</summary>
public enum TsneInitialization
{
    /// <summary>At their first principal components: keeps the broad structure, and is the same for every seed.</summary>
    Pca,

    /// <summary>Anywhere, normally distributed.</summary>
    Random,
}
