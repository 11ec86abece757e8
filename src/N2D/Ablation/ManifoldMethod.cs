namespace N2D.Ablation;

/// <summary>The manifold learners of the compared methods.</summary>
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
