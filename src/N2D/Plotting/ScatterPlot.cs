using N2D.Models;
using N2D.Pipeline;
using SkiaSharp;

namespace N2D.Plotting;

/// <summary>A scatter plot of rows, colored by category.</summary>
public sealed class ScatterPlot : PlotPicture
{
    private readonly ScatterPanel _panel;

    internal ScatterPlot(ScatterPanel panel) => _panel = panel;

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
        var heading = title ?? $"{embedding.Dataset}: {embedding.Stages}";
        return new ScatterPlot(embedding.GetLabels() is { } labels
            ? ScatterPanel.OfLabels(heading, points, labels)
            : new ScatterPanel(heading, points.Points, [], [], [], points.AxisNames));
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
            ScatterPanel.OfClusters(
                title ?? ClusterLegend.TitleOf(result), PlanarRows.Of(result.GetEmbedding(), layout, execution), result));
    }

    /// <inheritdoc/>
    private protected override void Draw(SKCanvas canvas, SKSizeI size, DrawingStyle style) => _panel.Draw(canvas, 0, size, style);
}
