namespace N2D.Study;

/// <summary>The manifold learners that the study compares.</summary>
public enum ManifoldMethod
{
    /// <summary>Uniform manifold approximation and projection.</summary>
    Umap,

    /// <summary>t-distributed stochastic neighbor embedding.</summary>
    Tsne,

    /// <summary>Isomap, which preserves distances along the manifold.</summary>
    Isomap,

    /// <summary>Locally linear embedding, which preserves each row's weights as a combination of its neighbors.</summary>
    LocallyLinearEmbedding,

    /// <summary>Principal components, a linear projection.</summary>
    Pca,
}
