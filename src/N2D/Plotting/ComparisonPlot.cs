using N2D.Models;
using N2D.Pipeline;
using SkiaSharp;

namespace N2D.Plotting;

/// <summary>Two scatter plots of the same rows: on the left colored by true label, on the right by cluster.</summary>
/// <remarks>
/// A cluster has the color of the label that it is matched with in the accuracy, so differences between the two are errors.
/// </remarks>
public sealed class ComparisonPlot : PlotPicture
{
    private readonly ScatterPanel _labels;
    private readonly ScatterPanel _clusters;

    internal ComparisonPlot(ScatterPanel labels, ScatterPanel clusters) => (_labels, _clusters) = (labels, clusters);

    /// <inheritdoc/>
    public override int DefaultWidth => 1600;

    /// <summary>Compares a clustering with the labels of its rows.</summary>
    /// <param name="result">The clustering.</param>
    /// <param name="layout">The same rows in two dimensions; null for the clustered embedding, or its principal components.</param>
    /// <param name="title">The title of the clusters; null for data set, stages and scores.</param>
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
            ScatterPanel.OfLabels($"{result.Dataset}: true labels", points, labels),
            ScatterPanel.OfClusters(title ?? ClusterLegend.TitleOf(result), points, result));
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

    /// <inheritdoc/>
    private protected override void Draw(SKCanvas canvas, SKSizeI size, DrawingStyle style)
    {
        var half = new SKSize(size.Width / 2f, size.Height);
        var legendWidth = Math.Max(_labels.LegendWidth, _clusters.LegendWidth);
        var (left, right) = (PlotPanel.WrapTitle(_labels.Title, half.Width), PlotPanel.WrapTitle(_clusters.Title, half.Width));
        (_labels with { Title = Padded(left, right) }).Draw(canvas, 0, half, style, legendWidth);
        (_clusters with { Title = Padded(right, left) }).Draw(canvas, half.Width, half, style, legendWidth);
    }

    /// <summary>Pads a title to the number of lines of another, so that both panels have the same height.</summary>
    private static string Padded(string title, string other) =>
        title + new string('\n', Math.Max(0, other.Count(letter => letter == '\n') - title.Count(letter => letter == '\n')));
}
