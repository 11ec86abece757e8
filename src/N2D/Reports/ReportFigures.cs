using N2D.Models;

namespace N2D.Reports;

/// <summary>A size or score of a clustering.</summary>
/// <param name="Name">The name, such as <c>Silhouette</c>.</param>
/// <param name="Value">The value as text.</param>
/// <param name="Meaning">What it measures, with its range.</param>
/// <param name="Note">Which rows it counts, in a few words; null for all.</param>
internal sealed record ReportFigure(string Name, string Value, string Meaning, string? Note = null);

/// <summary>The sizes and scores of clusterings.</summary>
internal static class ReportFigures
{
    /// <summary>Returns the figures that a clustering has, in the order of the page.</summary>
    /// <param name="result">The clustering.</param>
    public static IReadOnlyList<ReportFigure> Of(ClusterResult result)
    {
        // Scores that leave out noise stand beside others that do not.
        FigureNote? without = null, noisy = null, wrong = null, another = null;
        if (result.NoiseCount > 0)
        {
            without = new("without noise", "Rows in no cluster are left out");
            noisy = new("with noise", "Rows in no cluster count as 0");
            wrong = new("with noise", "Rows in no cluster count as wrong");
            another = new("with noise", "Rows in no cluster count as one more cluster");
        }

        return
        [
            .. new[]
            {
                Count("Rows", result.RowCount, "Rows that were clustered"),
                Count("Dimensions", result.Dimension, "Columns of the clustered rows, after all stages"),
                Count("Clusters", result.ClusterCount, "Number of clusters"),
                result.NoiseCount == 0 ? null : Count("Noise", result.NoiseCount, "Rows in no cluster"),
                result.DroppedCount == 0 ? null : Count("Dropped", result.DroppedCount, "Rows with missing values, left out"),
                Score("Silhouette", result.Silhouette, "How well rows fit their cluster, -1 to 1", without),
                Score("DBCV", result.Dbcv, "How much denser clusters are than the gaps between them, -1 to 1", noisy),
                Score("Stability", result.Stability, "Adjusted Rand index with the same pipeline and the next seed, at most 1"),
                Score("Layout agreement", result.LayoutAgreement, "Share of rows in the same cluster in a second layout, 0 to 1"),
                Score("Accuracy", result.Acc, "Share of rows in the cluster matched with their class, 0 to 1", wrong),
                Score("NMI", result.Nmi, "Normalized mutual information of clusters and classes, 0 to 1", another),
                Score("ARI", result.Ari, "Adjusted Rand index of clusters and classes, at most 1", another),
                Score("Novel rows", result.NovelShare, "Share of rows unlike the training rows; 0.01 is normal"),
            }.OfType<ReportFigure>(),
        ];
    }

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

    private static ReportFigure? Score(string name, double? value, string meaning, FigureNote? note = null) => value is { } score
        ? new ReportFigure(name, Text($"{score:F3}"), note is null ? meaning : $"{meaning}. {note.Meaning}", note?.Text)
        : null;

    private static string Text(InvariantText text) => text.ToStringAndClear();

    private sealed record FigureNote(string Text, string Meaning);
}
