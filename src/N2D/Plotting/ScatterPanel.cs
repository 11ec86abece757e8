using System.Globalization;
using N2D.Models;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Plotting;

/// <summary>The content of a scatter plot: rows, and their categories.</summary>
/// <param name="Points">n x 2.</param>
/// <param name="Categories">The category of each row, from 0, or -1 for unknown; empty without categories.</param>
/// <param name="CategoryNames">The name of each category.</param>
/// <param name="CategoryStyles">The index of each category's style, so that two panels can use the same styles.</param>
/// <param name="AxisNames">The names of the axes.</param>
internal sealed record ScatterPanel(
    Matrix Points,
    int[] Categories,
    IReadOnlyList<string> CategoryNames,
    IReadOnlyList<int> CategoryStyles,
    (string Horizontal, string Vertical) AxisNames)
{
    /// <summary>The maximum length of a short name, in characters.</summary>
    private const int LongestKey = 8;

    private readonly Lazy<int[]> _sizes = new(() => SizesOf(Categories, CategoryNames.Count));

    /// <summary>What the panel shows, if there are two; null for one.</summary>
    public string? Caption { get; init; }

    /// <summary>The name of category -1 in the legend.</summary>
    public string UncategorizedName { get; init; } = "unknown";

    /// <summary>The names of the categories for the cells of a terminal, where long names would hide the rows.</summary>
    public IReadOnlyList<string> Keys { get; init; } = ShortNames.Of(CategoryNames, LongestKey);

    /// <summary>The number of rows of each category.</summary>
    public IReadOnlyList<int> Sizes => _sizes.Value;

    /// <summary>The number of rows without a category, if others have one.</summary>
    public int UncategorizedCount => Categories.Count(category => category < 0);

    /// <summary>The categories with rows, the largest first.</summary>
    public int[] BySize => [.. Enumerable.Range(0, CategoryNames.Count).Where(category => Sizes[category] > 0)
        .OrderByDescending(category => Sizes[category]).ThenBy(category => category)];

    /// <summary>Creates a panel of rows that are colored by label.</summary>
    /// <param name="points">The rows in two dimensions.</param>
    /// <param name="labels">The labels of the rows.</param>
    public static ScatterPanel OfLabels(PlanarRows points, Labels labels) => new(
        points.Points, labels.Codes.ToArray(), ShortNames.Of(labels.ClassNames), [.. Enumerable.Range(0, labels.ClassCount)],
        points.AxisNames);

    /// <summary>Creates a panel of rows that are colored by cluster.</summary>
    /// <param name="points">The rows in two dimensions.</param>
    /// <param name="result">The clusters of the rows.</param>
    public static ScatterPanel OfClusters(PlanarRows points, ClusterResult result)
    {
        var legend = new ClusterLegend(result);
        return new ScatterPanel(points.Points, result.Assignments.ToArray(), legend.Names, legend.Styles, points.AxisNames)
        {
            UncategorizedName = ClusterLegend.Noise,
            Keys = [.. Enumerable.Range(0, result.ClusterCount).Select(cluster => cluster.ToString(CultureInfo.InvariantCulture))],
        };
    }

    /// <summary>Returns the style of a row's point.</summary>
    /// <param name="row">The index of the row.</param>
    /// <param name="colors">The theme.</param>
    public CategoryStyle StyleOf(int row, ThemeColors colors) =>
        Categories.Length == 0 ? CategoryStyle.Of(0, colors) : StyleOfCategory(Categories[row], colors);

    /// <summary>Returns the style of a category's points.</summary>
    /// <param name="category">The category, or -1 for unknown.</param>
    /// <param name="colors">The theme.</param>
    public CategoryStyle StyleOfCategory(int category, ThemeColors colors) =>
        CategoryStyle.Of(category < 0 ? -1 : CategoryStyles[category], colors);

    /// <summary>Returns the name of a category with its number of rows, such as <c>3: login failures · 178</c>.</summary>
    /// <param name="category">The category, or -1 for unknown.</param>
    public string TextOf(int category) =>
        TextOf(category < 0 ? UncategorizedName : CategoryNames[category], category < 0 ? UncategorizedCount : Sizes[category]);

    /// <summary>Returns a name with a number of rows.</summary>
    /// <param name="name">The name.</param>
    /// <param name="count">The number of rows.</param>
    public static string TextOf(string name, int count) => string.Create(CultureInfo.InvariantCulture, $"{name} · {count:N0}");

    private static int[] SizesOf(int[] categories, int count)
    {
        var sizes = new int[count];
        foreach (var category in categories)
        {
            if (category >= 0)
            {
                sizes[category]++;
            }
        }

        return sizes;
    }
}
