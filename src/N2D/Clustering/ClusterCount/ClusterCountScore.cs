using System.Globalization;

namespace N2D.Clustering;

/// <summary>The score of a number of clusters: a point of the curve from which the number is chosen.</summary>
/// <param name="ClusterCount">The number of clusters, k.</param>
/// <param name="Criterion">
/// The criterion: <c>Silhouette</c>, the mean silhouette of the clusters (larger is better); <c>Bic</c> or <c>Aic</c>, the information
/// criterion of a mixture (smaller is better); <c>Stability</c>, the prediction strength, 0 to 1 (0.8 or more means that halves of the
/// rows find the same clusters); or <c>Eigengap</c>, the relative eigengap of the neighbor graph, 0 to 1 (0.7 or more means k separate
/// groups).
/// </param>
/// <param name="Score">The score.</param>
/// <param name="IsChosen">Whether this number is chosen.</param>
public sealed record ClusterCountScore(int ClusterCount, string Criterion, double Score, bool IsChosen)
{
    /// <summary>Creates a curve.</summary>
    /// <param name="criterion">The criterion.</param>
    /// <param name="scores">The score of each number.</param>
    /// <param name="chosen">The chosen number.</param>
    internal static ClusterCountScore[] Curve(string criterion, IEnumerable<(int ClusterCount, double Score)> scores, int chosen) =>
        [.. scores.Select(point => new ClusterCountScore(point.ClusterCount, criterion, point.Score, point.ClusterCount == chosen))];

    /// <summary>Explains the score of each number.</summary>
    /// <param name="curve">The curve.</param>
    /// <param name="measure">The name of the score, such as <c>prediction strength</c>.</param>
    /// <param name="execution">Receives a line for each number.</param>
    internal static void Explain(IReadOnlyList<ClusterCountScore> curve, string measure, Execution execution)
    {
        foreach (var point in curve)
        {
            execution.Explain?.Invoke(string.Create(
                CultureInfo.InvariantCulture,
                $"{Quantity.Of(point.ClusterCount, "cluster")}: {measure} {point.Score:F4}{(point.IsChosen ? " (chosen)" : "")}."));
        }
    }

    /// <summary>Warns if the choice is at the upper end of the range.</summary>
    /// <param name="curve">The curve.</param>
    /// <param name="range">The range.</param>
    /// <param name="execution">Receives the warning.</param>
    internal static void WarnIfAtTheEnd(IReadOnlyList<ClusterCountScore> curve, ClusterCountRange range, Execution execution)
    {
        if (curve.Count > 0 && curve[^1] is { IsChosen: true } last && last.ClusterCount == range.Most)
        {
            execution.Advise(
                $"The best number of clusters, {last.ClusterCount}, is the largest that was tried. A larger number may be better: use "
                    + $"a larger {ClusterCountRange.MostOption}, and inspect the scores (GetClusterCountCurve()).",
                ClusterCountRange.MostOption);
        }
    }
}
