using System.Globalization;

namespace N2D.Clustering;

/// <summary>Chooses the number of clusters from the smallest eigenvalues of a graph's normalized Laplacian.</summary>
/// <remarks>
/// The k-th eigenvalue is the rate at which heat on the graph forgets the k-th division, so that exp(-t λ) of it is left after a time t. Where k groups hardly touch there is a time at which
/// k divisions are left and the next is forgotten: the largest difference over all times is the eigengap here (Azran and Ghahramani, 2006), 1 for parts that nothing joins, however small
/// the rates themselves are. The plain difference of eigenvalues (von Luxburg, 2007, section 8.3) is of the size of the rates: it finds many groups that touch a little, whose divisions fade
/// at many rates, and among high rates, where groups are only being cut, it is large by chance (three groups that lie apart were nine or thirteen by it). So the largest plain difference
/// is believed where rates nearly triple there as well.
/// </remarks>
internal static class EigengapChoice
{
    // A single group has gaps as well, at most that of a line, whose first two rates are as 1 to 4: 0.47, and up to 0.67 of a few hundred rows of one.
    private const double Apart = 0.7;

    // Of rates that are as 1 to 2.7. Those that cut a round group in two dimensions are as 1 to 2: 0.25.
    private const double Believed = 1 / 3d;

    // A part with less than a tenth of the rows that equal parts would have is a speck: some outliers that are one another's neighbors.
    private const double SpeckShare = 0.1;

    /// <summary>
    /// Chooses a number: that of the largest difference of eigenvalues, if it is believed; else the largest whose eigengap tells of groups that lie apart; where there is none, 1 if it may be, else
    /// the one with the largest eigengap.
    /// </summary>
    /// <param name="counts">The numbers to choose from.</param>
    /// <param name="eigenvalues">The smallest eigenvalues, ascending; one more than <paramref name="counts"/>' most if there are so many.</param>
    /// <param name="partSizes">The number of rows of each part of the graph that nothing joins: as many eigenvalues as there are parts are 0 but for rounding.</param>
    /// <returns>The curve of the eigengaps.</returns>
    public static ClusterCountScore[] Choose(ClusterCountRange counts, ReadOnlySpan<double> eigenvalues, int[] partSizes)
    {
        var partCount = partSizes.Length;
        var groupsApart = partCount - TinyComponentsOf(partSizes).Length;
        var gaps = new (int ClusterCount, double Score)[counts.Most - counts.Least + 1];
        var (plain, widest) = (0, 0.0);
        for (var count = counts.Least; count <= counts.Most; count++)
        {
            // The number of rows has no next eigenvalue.
            var (rate, next) = count < eigenvalues.Length ? (eigenvalues[count - 1], eigenvalues[count]) : (0, 0);
            gaps[count - counts.Least] = (count, count < partCount || next <= 0 ? 0 : count == partCount ? (groupsApart > 1 ? 1 : 0) : GapOf(rate, next));
            if (count > 1 && next - rate > widest)
            {
                (plain, widest) = (count, next - rate);
            }
        }

        var apart = gaps.LastOrDefault(point => point.Score >= Apart).ClusterCount;
        var chosen = plain > 0 && gaps[plain - counts.Least].Score >= Believed ? plain
            : apart > 0 ? apart
            : partCount > counts.Most ? counts.Most
            : counts.Least == 1 ? 1
            : gaps.MaxBy(point => point.Score).ClusterCount;
        return ClusterCountScore.Curve("Eigengap", gaps, chosen);
    }

    /// <summary>Tells of a choice that is not to be relied on.</summary>
    /// <param name="curve">The curve of the choice; empty if none was made.</param>
    /// <param name="partSizes">As above.</param>
    /// <param name="execution">Whom to tell.</param>
    public static void WarnIfWeak(IReadOnlyList<ClusterCountScore> curve, int[] partSizes, Execution execution)
    {
        if (curve.Count > 0 && TinyComponentsOf(partSizes) is { Length: > 0 } specks)
        {
            execution.Warn?.Invoke(
                $"Of the {partSizes.Length} parts of the neighbor graph that nothing joins, {specks.Length} {(specks.Length == 1 ? "is a speck" : "are specks")}, of {string.Join(", ", specks.Take(5))}{(specks.Length > 5 ? ", ..." : "")} rows: each takes a cluster for itself. "
                + "Raise -NeighborCount to join them to the others, leave their rows out, or try Invoke-N2DCluster -Method Hdbscan, which knows noise.");
        }

        if (curve.FirstOrDefault(point => point.IsChosen) is { Score: > 0 and < Believed } chosen)
        {
            execution.Warn?.Invoke(string.Create(
                CultureInfo.InvariantCulture,
                $"The neighbor graph falls into no groups that lie clearly apart. The number of clusters, {chosen.ClusterCount}, has the largest eigengap, {chosen.Score:F2}, and is a guess: look at the rows of some numbers of them, or try Invoke-N2DCluster -Method Hdbscan."));
        }
    }

    private static int[] TinyComponentsOf(int[] partSizes)
    {
        var least = SpeckShare * partSizes.Sum() / partSizes.Length;
        return [.. partSizes.Where(size => size < least).Order()];
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
