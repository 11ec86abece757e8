using N2D.Models;
using N2D.Pipeline;
using SkiaSharp;

namespace N2D.Plotting;

/// <summary>Rows as points in the plane twice: on the left by true label, on the right by the cluster that was found.</summary>
/// <remarks>A cluster has the color of the label that it stands for in the assignment that the accuracy counts, so that what differs between the two is wrong.</remarks>
public sealed class ComparisonPlot : PlotPicture
{
    private readonly ScatterPanel _labels;
    private readonly ScatterPanel _clusters;

    internal ComparisonPlot(ScatterPanel labels, ScatterPanel clusters) => (_labels, _clusters) = (labels, clusters);

    /// <inheritdoc/>
    public override int DefaultWidth => 1600;

    /// <summary>Compares a clustering with the labels of its rows.</summary>
    /// <param name="result">What to show.</param>
    /// <param name="layout">The same rows in two dimensions; null for the embedding that was clustered, by its principal components if it has more.</param>
    /// <param name="title">What stands above the clusters; null for data set, stages and scores.</param>
    /// <param name="execution">Threads, cancellation and explanations.</param>
    /// <exception cref="N2DException">
    /// There are no labels (<c>NoLabels</c>), the layout is of other rows (<c>LayoutMismatch</c>), or has not two dimensions (<c>LayoutNotPlanar</c>).
    /// </exception>
    public static ComparisonPlot Of(ClusterResult result, Embedding? layout, string? title, Execution execution)
    {
        var labels = LabelsOf(result, PlotKind.Comparison);
        var points = PlanarRows.Of(result.GetEmbedding(), layout, execution);
        return new ComparisonPlot(
            ScatterPanel.OfLabels($"{result.Dataset}: true labels", points, labels), ScatterPanel.OfClusters(title ?? ClusterLegend.TitleOf(result), points, result));
    }

    /// <summary>The labels of a clustering's rows.</summary>
    /// <param name="result">The clustering.</param>
    /// <param name="kind">The plot that needs them.</param>
    /// <exception cref="N2DException">None is known (<c>NoLabels</c>).</exception>
    internal static Labels LabelsOf(ClusterResult result, PlotKind kind)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.GetEmbedding().GetLabels() is { KnownCount: > 0 } labels
            ? labels
            : throw new N2DException(
                "NoLabels",
                ErrorKind.InvalidArgument,
                $"A {kind} plot sets clusters against true labels, and no row of '{result.Dataset}' has any. "
                    + "Import them with the data (-LabelColumn, -LabelPath), or draw a Scatter or Silhouette.",
                result);
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

    /// <summary>A title of at least as many lines as another has, so that what lies below them is of one height.</summary>
    private static string Padded(string title, string other) => title + new string('\n', Math.Max(0, other.Count(letter => letter == '\n') - title.Count(letter => letter == '\n')));
}
