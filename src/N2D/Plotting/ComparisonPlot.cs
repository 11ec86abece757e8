using N2D.Models;
using N2D.Pipeline;

namespace N2D.Plotting;

/// <summary>Two scatter plots of the same rows: on the left colored by true label, on the right by cluster.</summary>
/// <remarks>
/// A cluster has the color of the label that it is matched with in the accuracy, so differences between the two are errors.
/// </remarks>
public sealed class ComparisonPlot : ScatterPicture
{
    internal ComparisonPlot(string title, ScatterPanel labels, ScatterPanel clusters)
        : base(new ScatterFigure(
            title,
            [
                labels with { Caption = "True labels" },
                clusters with { Caption = "Clusters, colored by matched class" },
            ]))
    {
    }

    /// <inheritdoc/>
    internal override int MinLines => 24;

    /// <summary>Compares a clustering with the labels of its rows.</summary>
    /// <param name="result">The clustering.</param>
    /// <param name="layout">The same rows in two dimensions; null for the clustered embedding, or its principal components.</param>
    /// <param name="title">The title; null for data set, stages and scores.</param>
    /// <param name="execution">Threads, cancellation and explanations.</param>
    /// <exception cref="N2DException">
    /// There are no labels (<c>NoLabels</c>), or the layout has other rows (<c>LayoutMismatch</c>) or not two dimensions
    /// (<c>LayoutNotPlanar</c>).
    /// </exception>
    public static ComparisonPlot Of(ClusterResult result, Embedding? layout, string? title, Execution execution)
    {
        var labels = LabelsOf(result, PlotKind.Comparison);
        var points = PlanarRows.Of(result.GetEmbedding(), layout, execution);
        return new ComparisonPlot(
            title ?? ClusterLegend.TitleOf(result), ScatterPanel.OfLabels(points, labels), ScatterPanel.OfClusters(points, result));
    }

    /// <summary>Returns the labels of a clustering's rows.</summary>
    /// <param name="result">The clustering.</param>
    /// <param name="kind">The plot that requires them.</param>
    /// <exception cref="N2DException">No label is known (<c>NoLabels</c>).</exception>
    internal static Labels LabelsOf(ClusterResult result, PlotKind kind)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.GetEmbedding().GetLabels() is { KnownCount: > 0 } labels
            ? labels
            : throw new N2DException(
                "NoLabels",
                ErrorKind.InvalidArgument,
                $"A {kind} plot compares clusters with true labels, but no row of '{result.Dataset}' has a label. "
                    + "Set LabelColumn or LabelPath when the data is imported, or use Kind Scatter or Silhouette.",
                result)
            { Options = ["LabelColumn", "LabelPath", nameof(PlotOptions.Kind)] };
    }
}
