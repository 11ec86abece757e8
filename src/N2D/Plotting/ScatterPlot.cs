using N2D.Models;
using N2D.Pipeline;
using SkiaSharp;

namespace N2D.Plotting;

/// <summary>Rows as points in the plane, colored by category.</summary>
public sealed class ScatterPlot : PlotPicture
{
    private readonly ScatterPanel _panel;

    internal ScatterPlot(ScatterPanel panel) => _panel = panel;

    /// <summary>An embedding, colored by the labels of its rows where they are known.</summary>
    /// <param name="embedding">What to show.</param>
    /// <param name="layout">The same rows in two dimensions; null for the embedding itself, by its principal components if it has more.</param>
    /// <param name="title">What stands above; null for data set and stages.</param>
    /// <param name="execution">Threads, cancellation and explanations.</param>
    /// <exception cref="N2DException">
    /// The layout is of other rows (<c>LayoutMismatch</c>), or has not two dimensions (<c>LayoutNotPlanar</c>).
    /// </exception>
    public static ScatterPlot Of(Embedding embedding, Embedding? layout, string? title, Execution execution)
    {
        var points = PlanarRows.Of(embedding, layout, execution);
        var heading = title ?? $"{embedding.Dataset}: {embedding.Stages}";
        return new ScatterPlot(embedding.GetLabels() is { } labels
            ? ScatterPanel.OfLabels(heading, points, labels)
            : new ScatterPanel(heading, points.Points, [], [], [], points.AxisNames));
    }

    /// <summary>A clustering, colored by cluster; with labels, a cluster has the color of the label that it stands for.</summary>
    /// <param name="result">What to show.</param>
    /// <param name="layout">The same rows in two dimensions; null for the embedding that was clustered, by its principal components if it has more.</param>
    /// <param name="title">What stands above; null for data set, stages and scores.</param>
    /// <param name="execution">Threads, cancellation and explanations.</param>
    /// <exception cref="N2DException">
    /// The layout is of other rows (<c>LayoutMismatch</c>), or has not two dimensions (<c>LayoutNotPlanar</c>).
    /// </exception>
    public static ScatterPlot Of(ClusterResult result, Embedding? layout, string? title, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new ScatterPlot(ScatterPanel.OfClusters(title ?? ClusterLegend.TitleOf(result), PlanarRows.Of(result.GetEmbedding(), layout, execution), result));
    }

    /// <inheritdoc/>
    private protected override void Draw(SKCanvas canvas, SKSizeI size, DrawingStyle style) => _panel.Draw(canvas, 0, size, style);
}
