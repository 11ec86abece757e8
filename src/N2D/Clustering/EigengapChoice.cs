using System.Globalization;

namespace N2D.Clustering;

/// <summary>Chooses the number of clusters from the smallest eigenvalues of a graph's normalised Laplacian.</summary>
/// <remarks>
/// The k-th eigenvalue is the rate at which heat on the graph forgets the k-th division, so that exp(-t λ) of it is left after a time t. Where k groups hardly touch there is a time at which
/// k divisions are left and the next is forgotten: the largest difference over all times is the eigengap here (Azran and Ghahramani, 2006), 1 for parts that nothing joins, however small
/// the rates themselves are. The plain difference of eigenvalues (von Luxburg, 2007, section 8.3) is of the size of the rates, and among the high ones, where groups are only being cut, it is
/// the noise that is large: three groups that lie apart were nine or thirteen by it.
/// </remarks>
internal static class EigengapChoice
{
    // A single group has gaps as well, at most that of a line, whose first two rates are as 1 to 4: 0.47.
    private const double Apart = 0.5;

    /// <summary>Chooses a number: the largest whose eigengap tells of groups that lie apart; where there is none, the one with the largest.</summary>
    /// <param name="counts">The numbers to choose from.</param>
    /// <param name="eigenvalues">The smallest eigenvalues, ascending; one more than <paramref name="counts"/>' most if there are so many.</param>
    /// <param name="partCount">The number of parts of the graph that nothing joins: so many eigenvalues are 0 but for rounding.</param>
    /// <returns>The curve of the eigengaps.</returns>
    public static ClusterCountScore[] Choose(ClusterCountRange counts, ReadOnlySpan<double> eigenvalues, int partCount)
    {
        var gaps = new (int ClusterCount, double Score)[counts.Most - counts.Least + 1];
        for (var count = counts.Least; count <= counts.Most; count++)
        {
            // The number of rows has no next eigenvalue.
            var gap = count < partCount || count >= eigenvalues.Length ? 0 : count == partCount ? 1 : GapOf(eigenvalues[count - 1], eigenvalues[count]);
            gaps[count - counts.Least] = (count, gap);
        }

        var apart = gaps.LastOrDefault(point => point.Score >= Apart).ClusterCount;
        var chosen = apart > 0 ? apart : partCount > counts.Most ? counts.Most : gaps.MaxBy(point => point.Score).ClusterCount;
        return ClusterCountScore.Curve("Eigengap", gaps, chosen);
    }

    /// <summary>Tells of a choice that is not to be relied on.</summary>
    /// <param name="curve">The curve of the choice.</param>
    /// <param name="execution">Whom to tell.</param>
    public static void WarnIfWeak(IReadOnlyList<ClusterCountScore> curve, Execution execution)
    {
        if (curve.FirstOrDefault(point => point.IsChosen) is { Score: > 0 and < Apart } chosen)
        {
            execution.Warn?.Invoke(string.Create(
                CultureInfo.InvariantCulture,
                $"The neighbour graph falls into no groups that lie clearly apart. The number of clusters, {chosen.ClusterCount}, has the largest eigengap, {chosen.Score:F2}, and is a guess: look at the rows of some numbers of them, or try Invoke-N2DCluster -Method Hdbscan."));
        }
    }

    /// <summary>The largest difference, over all times t, of exp(-t <paramref name="rate"/>) and exp(-t <paramref name="next"/>): 0 to 1, by the ratio of the rates alone.</summary>
    private static double GapOf(double rate, double next)
    {
        if (next <= rate || next <= 0)
        {
            return 0;
        }

        if (rate <= 0)
        {
            return 1;
        }

        var ratio = next / rate;
        return Math.Pow(ratio, -1 / (ratio - 1)) * (1 - (1 / ratio));
    }
}
