using N2D.Autoencoders;
using N2D.Clustering;
using N2D.Manifolds;
using N2D.Pipeline;

namespace N2D.Models;

/// <summary>Runs N2D (McConville et al., 2020) in one call: autoencoder, UMAP, Gaussian mixture.</summary>
public static class N2DPipeline
{
    /// <summary>The progress at the end of each stage. The training is most of the work.</summary>
    private const double AutoencoderEnd = 0.6;
    private const double UmapEnd = 0.85;

    /// <summary>
    /// Fits the three stages in order, each to the output of the previous one. The result is the same as that of fitting the stages
    /// separately with <see cref="N2DOptions.Autoencoder"/>, <see cref="N2DOptions.Umap"/> and <see cref="N2DOptions.Mixture"/>.
    /// </summary>
    /// <param name="input">The rows: a data set, scaled or not.</param>
    /// <param name="options">The settings.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <param name="checkpoint">A file to save the training to, and to resume it from if it exists; null to save nothing.</param>
    /// <returns>The clusters, their scores and the fitted pipeline.</returns>
    /// <exception cref="N2DException">The options are invalid, in general or for these rows; or a stage fails.</exception>
    public static ClusterResult Fit(Embedding input, N2DOptions options, Execution execution, CheckpointFile? checkpoint = null)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(execution);
        options.ThrowIfUnusable();
        options.ThrowIfUnfit(input);
        var clock = new StageClock(execution);
        var encoded = clock.Time("autoencoder", 0, AutoencoderEnd, part => Encode(input, options.Autoencoder, part, checkpoint));
        var layout = clock.Time("UMAP", AutoencoderEnd, UmapEnd, part => LayOut(encoded, options.Umap, part));
        return clock.Time("Gaussian mixture", UmapEnd, 1, part => Cluster(layout, options.Mixture, part));
    }

    /// <summary>Fits an autoencoder to an embedding.</summary>
    /// <returns>The embedding of the codes.</returns>
    internal static Embedding Encode(Embedding input, AutoencoderOptions options, Execution execution, CheckpointFile? checkpoint = null)
    {
        var (autoencoder, codes) = Autoencoder.Fit(input.GetDataMatrix(), options, execution, input.GetImageShape(), checkpoint);
        return input.Append(autoencoder, codes);
    }

    /// <summary>Fits a manifold learner to an embedding.</summary>
    /// <returns>The embedding of the layout.</returns>
    internal static Embedding LayOut(Embedding input, ManifoldOptions options, Execution execution)
    {
        var manifold = options.Fit(input.GetRows(execution), execution);
        return input.Append(manifold, manifold.Layout);
    }

    /// <summary>Fits a clusterer to an embedding.</summary>
    /// <returns>Its clusters and their scores.</returns>
    internal static ClusterResult Cluster(Embedding input, ClustererOptions options, Execution execution) =>
        ClusterResult.Create(input, options.Fit(input, execution), execution);
}
