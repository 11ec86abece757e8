namespace N2D.Clustering;

/// <summary>How good a number of clusters is: a point of the curve by which one is chosen.</summary>
/// <param name="ClusterCount">The number of clusters, k.</param>
/// <param name="Criterion">
/// What the score is: <c>Silhouette</c>, the mean silhouette of the clusters, the larger the better; <c>Bic</c> or <c>Aic</c>, the
/// information criterion of a
/// mixture, the smaller the better; or <c>Eigengap</c>, 0 to 1, by how much k divisions of the neighbor graph outlast the next one at the best time: 0.7 or
/// more tells of k groups that lie apart.
/// </param>
/// <param name="Score">The score.</param>
/// <param name="IsChosen">Whether it is the best.</param>
public sealed record ClusterCountScore(int ClusterCount, string Criterion, double Score, bool IsChosen)
{
    /// <summary>Makes a curve.</summary>
    /// <param name="criterion">What the scores are.</param>
    /// <param name="scores">The score of each number.</param>
    /// <param name="chosen">The number that was chosen.</param>
    internal static ClusterCountScore[] Curve(string criterion, IEnumerable<(int ClusterCount, double Score)> scores, int chosen) =>
        [.. scores.Select(point => new ClusterCountScore(point.ClusterCount, criterion, point.Score, point.ClusterCount == chosen))];

    /// <summary>Tells of a choice that the range cut off.</summary>
    /// <param name="curve">The curve.</param>
    /// <param name="range">What was to be tried.</param>
    /// <param name="execution">Whom to tell.</param>
    internal static void WarnIfAtTheEnd(IReadOnlyList<ClusterCountScore> curve, ClusterCountRange range, Execution execution)
    {
        if (curve.Count > 0 && curve[^1] is { IsChosen: true } last && last.ClusterCount == range.Most)
        {
            execution.Warn?.Invoke(
                $"The best number of clusters, {last.ClusterCount}, is the largest that was tried: more may be better. Raise -MaximumClusterCount, and look at the curve (GetClusterCountCurve()).");
        }
    }
}
