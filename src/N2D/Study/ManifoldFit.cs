using N2D.Manifolds;

namespace N2D.Study;

/// <summary>The options of the manifold learners in a study.</summary>
internal static class ManifoldFit
{
    /// <summary>The options of a learner.</summary>
    /// <param name="method">The learner.</param>
    /// <param name="study">The options of the study.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="columnCount">The number of columns of the rows: PCA has no more components.</param>
    /// <exception cref="N2DException">An option is out of its range.</exception>
    public static ManifoldOptions Options(ManifoldMethod method, StudyOptions study, int seed, int columnCount) => method switch
    {
        ManifoldMethod.Umap => study.PipelineFor(seed).Umap,
        ManifoldMethod.Tsne => new TsneOptions { Seed = seed },
        ManifoldMethod.Isomap => new IsomapOptions { Dimension = study.Dimension, NeighborCount = study.NeighborCount, Seed = seed },
        ManifoldMethod.LocallyLinearEmbedding =>
            new LocallyLinearEmbeddingOptions { Dimension = study.Dimension, NeighborCount = study.NeighborCount, Seed = seed },
        _ => new PcaOptions { Dimension = Math.Min(study.Dimension, columnCount), Seed = seed },
    };
}
