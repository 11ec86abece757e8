using N2D.Manifolds;

namespace N2D.Ablation;

/// <summary>The options of the manifold learners in a comparison.</summary>
internal static class ManifoldFit
{
    /// <summary>The options of a learner.</summary>
    /// <param name="method">The learner.</param>
    /// <param name="ablation">The options of the comparison.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="columnCount">The number of columns of the rows: PCA has no more components.</param>
    /// <exception cref="N2DException">An option is out of its range.</exception>
    public static ManifoldOptions Options(ManifoldMethod method, AblationOptions ablation, int seed, int columnCount) => method switch
    {
        ManifoldMethod.Umap => ablation.PipelineFor(seed).Umap,
        ManifoldMethod.Tsne => new TsneOptions { Seed = seed },
        ManifoldMethod.Isomap => new IsomapOptions { Dimension = ablation.Dimension, NeighborCount = ablation.NeighborCount, Seed = seed },
        ManifoldMethod.LocallyLinearEmbedding =>
            new LocallyLinearEmbeddingOptions { Dimension = ablation.Dimension, NeighborCount = ablation.NeighborCount, Seed = seed },
        _ => new PcaOptions { Dimension = Math.Min(ablation.Dimension, columnCount), Seed = seed },
    };
}
