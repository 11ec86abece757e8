using N2D.Models;
using N2D.Numerics;
using N2D.Pipeline;
using ScottPlot;
using SkiaSharp;

namespace N2D.Plotting;

/// <summary>One picture of rows in the plane, colored by category.</summary>
/// <param name="Title">What stands above it; may have several lines.</param>
/// <param name="Points">n x 2.</param>
/// <param name="Categories">The category of each row, from 0, or -1 where it is not known; empty if none is.</param>
/// <param name="CategoryNames">What the legend calls each category.</param>
/// <param name="CategoryStyles">The number of each category's style, so that two panels can agree.</param>
/// <param name="AxisNames">What the axes mean.</param>
internal sealed record ScatterPanel(
    string Title,
    Matrix Points,
    int[] Categories,
    IReadOnlyList<string> CategoryNames,
    IReadOnlyList<int> CategoryStyles,
    (string Horizontal, string Vertical) AxisNames)
{
    /// <summary>What the legend calls rows of category -1; null to leave them out of it.</summary>
    public string? UncategorizedName { get; init; }

    /// <summary>Rows colored by label.</summary>
    /// <param name="title">What stands above.</param>
    /// <param name="points">The rows in the plane.</param>
    /// <param name="labels">Their labels.</param>
    public static ScatterPanel OfLabels(string title, PlanarRows points, Labels labels) =>
        new(title, points.Points, labels.Codes.ToArray(), ShortNames.Of(labels.ClassNames), [.. Enumerable.Range(0, labels.ClassCount)], points.AxisNames) { UncategorizedName = "unknown" };

    /// <summary>Rows colored by cluster.</summary>
    /// <param name="title">What stands above.</param>
    /// <param name="points">The rows in the plane.</param>
    /// <param name="result">Their clusters.</param>
    public static ScatterPanel OfClusters(string title, PlanarRows points, ClusterResult result)
    {
        var legend = new ClusterLegend(result);
        return new ScatterPanel(title, points.Points, result.GetAssignments().ToArray(), legend.Names, legend.Styles, points.AxisNames) { UncategorizedName = ClusterLegend.Noise };
    }

    /// <summary>Draws the panel.</summary>
    /// <param name="canvas">The canvas.</param>
    /// <param name="left">Where on it the panel begins, in pixels.</param>
    /// <param name="size">How large, in pixels.</param>
    /// <param name="style">How it is drawn.</param>
    /// <param name="legendWidth">The least width of the legend, in pixels, so that two panels can agree.</param>
    public void Draw(SKCanvas canvas, float left, SKSize size, DrawingStyle style, float legendWidth = 0)
    {
        using var panel = new PlotPanel(style, size, Title);
        var plot = panel.Plot;
        plot.Add.Plottable(new PointCloud(this, style));
        panel.NameAxes(AxisNames.Horizontal, AxisNames.Vertical);

        // The axes of a manifold have no scale that anybody could read anything off.
        plot.Axes.Bottom.TickGenerator = RoundTicks.None();
        plot.Axes.Left.TickGenerator = RoundTicks.None();
        plot.Grid.IsVisible = false;
        plot.Axes.Margins(0.03, 0.03);
        plot.Axes.SquareUnits();
        if (Categories.Length > 0)
        {
            panel.AddLegend([.. LegendEntries(style.Colors)], leastWidth: legendWidth);
        }

        panel.Draw(canvas, left);
    }

    /// <summary>The look of a row's point.</summary>
    /// <param name="row">Row, from 0.</param>
    /// <param name="colors">The theme.</param>
    public CategoryStyle StyleOf(int row, ThemeColors colors) => CategoryStyle.Of(Categories.Length == 0 || Categories[row] < 0 ? -1 : CategoryStyles[Categories[row]], colors);

    /// <summary>About the width of the legend, in pixels.</summary>
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
