using N2D.Models;
using N2D.Numerics;
using N2D.Pipeline;
using ScottPlot;
using SkiaSharp;

namespace N2D.Plotting;

/// <summary>A scatter plot of rows, colored by category.</summary>
/// <param name="Title">The title; may have several lines.</param>
/// <param name="Points">n x 2.</param>
/// <param name="Categories">The category of each row, from 0, or -1 for unknown; empty without categories.</param>
/// <param name="CategoryNames">The name of each category in the legend.</param>
/// <param name="CategoryStyles">The index of each category's style, so that two panels can use the same styles.</param>
/// <param name="AxisNames">The names of the axes.</param>
internal sealed record ScatterPanel(
    string Title,
    Matrix Points,
    int[] Categories,
    IReadOnlyList<string> CategoryNames,
    IReadOnlyList<int> CategoryStyles,
    (string Horizontal, string Vertical) AxisNames)
{
    /// <summary>The name of category -1 in the legend; null to omit it.</summary>
    public string? UncategorizedName { get; init; }

    /// <summary>Creates a panel of rows that are colored by label.</summary>
    /// <param name="title">The title.</param>
    /// <param name="points">The rows in two dimensions.</param>
    /// <param name="labels">The labels of the rows.</param>
    public static ScatterPanel OfLabels(string title, PlanarRows points, Labels labels) =>
        new(title, points.Points, labels.Codes.ToArray(), ShortNames.Of(
            labels.ClassNames), [.. Enumerable.Range(0, labels.ClassCount)], points.AxisNames)
        { UncategorizedName = "unknown" };

    /// <summary>Creates a panel of rows that are colored by cluster.</summary>
    /// <param name="title">The title.</param>
    /// <param name="points">The rows in two dimensions.</param>
    /// <param name="result">The clusters of the rows.</param>
    public static ScatterPanel OfClusters(string title, PlanarRows points, ClusterResult result)
    {
        var legend = new ClusterLegend(result);
        return new ScatterPanel(title, points.Points, result.Assignments.ToArray(), legend.Names, legend.Styles, points.AxisNames)
        { UncategorizedName = ClusterLegend.Noise };
    }

    /// <summary>Draws the panel.</summary>
    /// <param name="canvas">The canvas.</param>
    /// <param name="left">The left edge of the panel on the canvas, in pixels.</param>
    /// <param name="size">The size, in pixels.</param>
    /// <param name="style">The style.</param>
    /// <param name="legendWidth">The minimum width of the legend, in pixels, so that two panels can use the same width.</param>
    public void Draw(SKCanvas canvas, float left, SKSize size, DrawingStyle style, float legendWidth = 0)
    {
        using var panel = new PlotPanel(style, size, Title);
        var plot = panel.Plot;
        plot.Add.Plottable(new PointCloud(this, style));
        panel.NameAxes(AxisNames.Horizontal, AxisNames.Vertical);

        // The scale of a manifold's axes has no meaning.
        plot.Axes.Bottom.TickGenerator = RoundTicks.None();
        plot.Axes.Left.TickGenerator = RoundTicks.None();
        plot.Grid.IsVisible = false;
        plot.Axes.Margins(0.03, 0.03);
        plot.Axes.SquareUnits();
        if (Categories.Length > 0)
        {
            panel.AddLegend([.. LegendEntries(style.Colors)], minWidth: legendWidth);
        }

        panel.Draw(canvas, left);
    }

    /// <summary>Returns the style of a row's point.</summary>
    /// <param name="row">The index of the row.</param>
    /// <param name="colors">The theme.</param>
    public CategoryStyle StyleOf(int row, ThemeColors colors) =>
        CategoryStyle.Of(Categories.Length == 0 || Categories[row] < 0 ? -1 : CategoryStyles[Categories[row]], colors);

    /// <summary>The approximate width of the legend, in pixels.</summary>
    public float LegendWidth => PlotPanel.LegendWidth([.. CategoryNames, UncategorizedName ?? ""]);

    private IEnumerable<LegendItem> LegendEntries(ThemeColors colors)
    {
        var present = Categories.ToHashSet();
        for (var category = 0; category < CategoryNames.Count; category++)
        {
            if (present.Contains(category))
            {
                yield return PlotPanel.PointEntry(CategoryNames[category], CategoryStyle.Of(CategoryStyles[category], colors));
            }
        }

        if (UncategorizedName is { } name && present.Contains(-1))
        {
            yield return PlotPanel.PointEntry(name, CategoryStyle.Of(-1, colors));
        }
    }
}
