using N2D.Manifolds;
using N2D.Models;
using N2D.Pipeline;

namespace N2D.Study;

/// <summary>A manifold learner of the study, asked as the study asks.</summary>
/// <param name="Fit">Fits it to an embedding, and gives the embedding of one stage more.</param>
/// <param name="NeighborCountFor">How many nearest other rows it looks at among so many rows; 0 if at none.</param>
internal sealed record ManifoldFit(Func<Embedding, Execution, Embedding> Fit, Func<int, int> NeighborCountFor)
{
    /// <summary>The learner, as the options of the study ask it.</summary>
    /// <param name="method">Which.</param>
    /// <param name="study">The study.</param>
    /// <param name="seed">The seed of everything random.</param>
    /// <exception cref="N2DException">An option is out of its range.</exception>
    public static ManifoldFit Of(ManifoldMethod method, StudyOptions study, int seed)
    {
        switch (method)
        {
            case ManifoldMethod.Umap:
                var umap = study.PipelineFor(seed).Umap;
                return new ManifoldFit((input, execution) => N2DPipeline.LayOut(input, umap, execution), _ => umap.NeighborCount - 1);
            case ManifoldMethod.Tsne:
                var tsne = new TsneOptions { Seed = seed };
                return Of(_ => tsne, tsne.NeighborCountFor);
            case ManifoldMethod.Isomap:
                var isomap = new IsomapOptions { Dimension = study.Dimension, NeighborCount = study.NeighborCount, Seed = seed };
                return Of(_ => isomap, _ => isomap.NeighborCount);
            case ManifoldMethod.LocallyLinearEmbedding:
                var linear = new LocallyLinearEmbeddingOptions { Dimension = study.Dimension, NeighborCount = study.NeighborCount, Seed = seed };
                return Of(_ => linear, _ => linear.NeighborCount);
            default:
                // Rows of few columns have no more components than these.
                return Of(input => new PcaOptions { Dimension = Math.Min(study.Dimension, input.Dimension), Seed = seed }, _ => 0);
        }
    }

    private static ManifoldFit Of(Func<Embedding, ManifoldOptions> optionsFor, Func<int, int> neighborCountFor) => new(
        (input, execution) =>
        {
            var manifold = optionsFor(input).Fit(input.GetRows(execution), execution);
            return input.Append(manifold, manifold.Layout);
        },
        neighborCountFor);
}
