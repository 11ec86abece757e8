using N2D.Autoencoders;
using N2D.Clustering;
using N2D.Models;
using N2D.Pipeline;

namespace N2D.Plotting;

/// <summary>Creates plots of any input.</summary>
public static class Plots
{
    /// <summary>Creates a plot.</summary>
    /// <param name="input">
    /// A <see cref="ClusterResult"/>, an <see cref="Embedding"/>, a list of <see cref="TrainingEpoch"/> or one of
    /// <see cref="ClusterCountScore"/>.
    /// </param>
    /// <param name="options">The options.</param>
    /// <param name="execution">Threads, cancellation and explanations.</param>
    /// <exception cref="N2DException">
    /// The input cannot be plotted (<c>NotPlottable</c>), or not by this kind (<c>KindNotForInput</c>); it does not have the data of the
    /// kind (<c>NoLabels</c>, <c>NoImages</c>, <c>NoClusterCountCurve</c>, <c>SilhouetteUndefined</c>, <c>NothingToPlot</c>); or an option
    /// is invalid (<c>ParameterNotForKind</c>, <c>LayoutMismatch</c>, <c>LayoutNotPlanar</c>).
    /// </exception>
    public static PlotPicture Of(object input, PlotOptions options, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(options);
        ThrowIfNotPlottable(input);
        var kind = options.Kind ?? DefaultKindOf(input);
        options.ThrowIfNotFor(kind);
        return (kind, input) switch
        {
            (PlotKind.Scatter, ClusterResult result) => ScatterPlot.Of(result, options.Layout, options.Title, execution),
            (PlotKind.Scatter, Embedding embedding) => ScatterPlot.Of(embedding, options.Layout, options.Title, execution),
            (PlotKind.Comparison, ClusterResult result) => ComparisonPlot.Of(result, options.Layout, options.Title, execution),
            (PlotKind.Confusion, ClusterResult result) => ConfusionPlot.Of(result, options.Title),
            (PlotKind.Silhouette, ClusterResult result) => SilhouettePlot.Of(result, options.Title, execution),
            (PlotKind.ClusterCount, ClusterResult result) => ClusterCountPlot.Of(result, options.Title),
            (PlotKind.ClusterCount, IReadOnlyList<ClusterCountScore> curve) => ClusterCountPlot.Of(curve, options.Title),
            (PlotKind.Exemplar, ClusterResult result) =>
                ClusterImages.Exemplars(result, options.ExemplarCount, options.Title, execution),
            (PlotKind.Mismatch, ClusterResult result) =>
                ClusterImages.Mismatches(result, options.ExemplarCount, options.Title, execution),
            (PlotKind.Loss, IReadOnlyList<TrainingEpoch> epochs) => LossPlot.Of(epochs, options.Title),
            _ => throw new N2DException(
                "KindNotForInput", ErrorKind.InvalidArgument, $"The input is {NameOf(input)}, but {RequirementOf(kind)}.", input),
        };
    }

    private static PlotKind DefaultKindOf(object input) => input switch
    {
        ClusterResult result => result.GetEmbedding().GetLabels() is { KnownCount: > 0 } ? PlotKind.Comparison : PlotKind.Scatter,
        Embedding => PlotKind.Scatter,
        IReadOnlyList<TrainingEpoch> => PlotKind.Loss,
        _ => PlotKind.ClusterCount,
    };

    private static void ThrowIfNotPlottable(object input)
    {
        if (input is not (ClusterResult or Embedding or IReadOnlyList<TrainingEpoch> or IReadOnlyList<ClusterCountScore>))
        {
            throw new N2DException(
                "NotPlottable",
                ErrorKind.InvalidType,
                $"A {input.GetType().Name} cannot be plotted. Use an embedding, a clustering, the training history of an autoencoder, or "
                    + "the scores of numbers of clusters.",
                input);
        }
    }

    private static string NameOf(object input) => input switch
    {
        ClusterResult => "a clustering",
        Embedding => "an embedding",
        IReadOnlyList<TrainingEpoch> => "the epochs of a training",
        _ => "the scores of numbers of clusters",
    };

    private static string RequirementOf(PlotKind kind) => kind switch
    {
        PlotKind.Loss => "a Loss plot requires the training history of an autoencoder, or an embedding with an autoencoder",
        PlotKind.Scatter => "a Scatter plot requires an embedding or a clustering",
        PlotKind.ClusterCount => "a ClusterCount plot requires a clustering whose number of clusters was chosen automatically",
        _ => $"a plot of kind {kind} requires a clustering",
    };
}
