using N2D.Classifiers;
using N2D.Clustering;
using N2D.Manifolds;
using N2D.Models;
using N2D.Pipeline;

namespace N2D.SelfTraining;

/// <summary>Lays out and clusters what the networks of a round have learned.</summary>
/// <param name="Umap">The options of the first layout.</param>
/// <param name="Clusterer">The options of its clusterer.</param>
/// <param name="Augmentation">The random transforms of the training rows.</param>
/// <param name="Seed">The seed of the self-training.</param>
internal sealed record FeatureLayouts(UmapOptions Umap, ClustererOptions Clusterer, Augmentation Augmentation, int Seed)
{
    /// <summary>The number of principal components of the features that are laid out.</summary>
    private const int ComponentCount = 50;

    /// <summary>The options of the principal components of features, or of the rows themselves.</summary>
    public static PcaOptions Components { get; } = new() { Dimension = ComponentCount };

    /// <summary>Computes two layouts of the principal components of the features.</summary>
    /// <param name="rows">The rows that the networks were trained on.</param>
    /// <param name="fit">The networks.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <returns>Both layouts. The first has a stage of the networks.</returns>
    public LayoutPair Of(Embedding rows, CrossFit fit, Execution execution)
    {
        var silent = execution with { Progress = null };
        var (stage, features) = ClassifierFeatures.Of(rows.GetRows(execution), fit, Augmentation, Seed, silent);
        var components = N2DPipeline.LayOut(rows.Append(stage, features), Components, silent with { Explain = null });
        return LayoutPair.Of(components, Umap, Clusterer, execution);
    }
}
