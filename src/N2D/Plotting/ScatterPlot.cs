using System.Globalization;
using N2D.Models;
using N2D.Pipeline;

namespace N2D.Plotting;

/// <summary>A scatter plot of rows, colored by category.</summary>
public sealed class ScatterPlot : ScatterPicture
{
    internal ScatterPlot(string title, ScatterPanel panel)
        : base(new ScatterFigure(title, [panel]))
    {
    }

    /// <summary>Creates the plot of an embedding, colored by labels if there are any.</summary>
    /// <param name="embedding">The embedding.</param>
    /// <param name="layout">The same rows in two dimensions; null for the embedding, or its principal components.</param>
    /// <param name="title">The title; null for data set and stages.</param>
    /// <param name="execution">Threads, cancellation and explanations.</param>
    /// <exception cref="N2DException">
    /// The layout has other rows (<c>LayoutMismatch</c>) or not two dimensions (<c>LayoutNotPlanar</c>).
    /// </exception>
    public static ScatterPlot Of(Embedding embedding, Embedding? layout, string? title, Execution execution)
    {
        var points = PlanarRows.Of(embedding, layout, execution);
        var labels = embedding.GetLabels();
        var coloring = labels is null ? "" : ", colored by label";
        var heading = title ?? string.Create(
            CultureInfo.InvariantCulture,
            $"{embedding.Dataset}: {MethodWords.Of(embedding)}\n{embedding.RowCount:N0} rows{coloring}");
        return new ScatterPlot(
            heading,
            labels is null
                ? new ScatterPanel(points.Points, [], [], [], points.AxisNames)
                : ScatterPanel.OfLabels(points, labels));
    }

    /// <summary>
    /// Creates the plot of a clustering, colored by cluster. With labels, a cluster has the color of the label that it is matched with.
    /// </summary>
    /// <param name="result">The clustering.</param>
    /// <param name="layout">The same rows in two dimensions; null for the clustered embedding, or its principal components.</param>
    /// <param name="title">The title; null for data set, stages and scores.</param>
    /// <param name="execution">Threads, cancellation and explanations.</param>
    /// <exception cref="N2DException">
    /// The layout has other rows (<c>LayoutMismatch</c>) or not two dimensions (<c>LayoutNotPlanar</c>).
    /// </exception>
    public static ScatterPlot Of(ClusterResult result, Embedding? layout, string? title, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new ScatterPlot(
            title ?? ClusterLegend.TitleOf(result),
            ScatterPanel.OfClusters(PlanarRows.Of(result.GetEmbedding(), layout, execution), result));
    }
}
