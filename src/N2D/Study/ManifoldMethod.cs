namespace N2D.Study;

/// <summary>The manifold learners that the study compares.</summary>
public enum ManifoldMethod
{
    /// <summary>Uniform manifold approximation and projection.</summary>
    Umap,

    /// <summary>t-distributed stochastic neighbor embedding.</summary>
    Tsne,

    /// <summary>Distances along the manifold.</summary>
    Isomap,

    /// <summary>Rows as combinations of their neighbors.</summary>
    LocallyLinearEmbedding,

    /// <summary>Principal components, which bend nothing.</summary>
    Pca,
}
