using N2D.Models;

namespace N2D.Reports;

/// <summary>A size or score of a clustering.</summary>
/// <param name="Name">The name, such as <c>Silhouette</c>.</param>
/// <param name="Value">The value as text.</param>
/// <param name="Meaning">What it measures, with its range.</param>
internal sealed record ReportFigure(string Name, string Value, string Meaning);

/// <summary>The sizes and scores of clusterings.</summary>
internal static class ReportFigures
{
    /// <summary>Returns the figures that a clustering has, in the order of the page.</summary>
    /// <param name="result">The clustering.</param>
    public static IReadOnlyList<ReportFigure> Of(ClusterResult result) =>
    [
        .. new[]
        {
            Count("Rows", result.RowCount, "Rows that were clustered"),
            Count("Dimensions", result.Dimension, "Columns of the clustered rows, after all stages"),
            Count("Clusters", result.ClusterCount, "Number of clusters"),
            result.NoiseCount == 0 ? null : Count("Noise", result.NoiseCount, "Rows in no cluster"),
            result.DroppedCount == 0 ? null : Count("Dropped", result.DroppedCount, "Rows with missing values, left out"),
            Score("Silhouette", result.Silhouette, "How well rows fit their cluster, -1 to 1"),
            Score("Stability", result.Stability, "Adjusted Rand index with the same pipeline and the next seed, at most 1"),
            Score("Layout agreement", result.LayoutAgreement, "Share of rows in the same cluster in a second layout, 0 to 1"),
            Score("Accuracy", result.Acc, "Share of rows in the cluster matched with their class, 0 to 1"),
            Score("NMI", result.Nmi, "Normalized mutual information of clusters and classes, 0 to 1"),
            Score("ARI", result.Ari, "Adjusted Rand index of clusters and classes, at most 1"),
            Score("Novel rows", result.NovelShare, "Share of rows unlike the training rows; 0.01 is normal"),
        }.OfType<ReportFigure>(),
    ];

    /// <summary>Returns what was found, in a sentence.</summary>
    /// <param name="result">The clustering.</param>
    public static string FindingOf(ClusterResult result)
    {
        var sizes = new int[result.ClusterCount];
        foreach (var cluster in result.Assignments)
        {
            if (cluster >= 0)
            {
                sizes[cluster]++;
            }
        }

        var range = sizes.Length < 2 ? "" : Text($", from {sizes.Min():N0} to {sizes.Max():N0} rows");
        var noise = result.NoiseCount == 0 ? "" : Text($", and {result.NoiseCount:N0} rows in no cluster");
        return Text($"{result.RowCount:N0} rows in {Quantity.Of(result.ClusterCount, "cluster")}{range}{noise}.");
    }

    private static ReportFigure Count(string name, int value, string meaning) => new(name, Text($"{value:N0}"), meaning);

    private static ReportFigure? Score(string name, double? value, string meaning) =>
        value is { } score ? new ReportFigure(name, Text($"{score:F3}"), meaning) : null;

    private static string Text(InvariantText text) => text.ToStringAndClear();
}
