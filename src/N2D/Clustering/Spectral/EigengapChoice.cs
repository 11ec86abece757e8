using System.Globalization;
using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>Chooses the number of clusters from the smallest eigenvalues of a graph's normalized Laplacian.</summary>
/// <remarks>
/// <para>
/// In a diffusion on the graph, the k-th eigenvector decays as exp(-λ t), where λ is its eigenvalue. If k groups are nearly separate,
/// there is a time at which k eigenvectors remain and the next one has decayed. The eigengap here is the largest difference between the
/// two over all times (Azran and Ghahramani, 2006). It depends only on the ratio of the eigenvalues, and is 1 for disconnected components.
/// </para>
/// <para>
/// The plain difference of eigenvalues (von Luxburg, 2007, section 8.3) depends on their size. It finds many weakly connected groups, but
/// can be large by chance among large eigenvalues, where groups are only being cut (three separate groups counted as nine or thirteen).
/// The number with the largest plain difference is therefore used only if the eigenvalues nearly triple there.
/// </para>
/// </remarks>
internal static class EigengapChoice
{
    /// <summary>The relative gap from which on groups lie apart.</summary>
    /// <remarks>
    /// A single group has gaps too: at most 0.47, that of a line, whose first two eigenvalues have a ratio of 1 to 4; up to 0.67 with a few
    /// hundred rows.
    /// </remarks>
    public const double ClearGap = 0.7;

    private const string Name = nameof(ClusterCountCriterion.Eigengap);

    // The gap of a ratio of 1 to 2.7. A round group in two dimensions has 1 to 2, a gap of 0.25.
    private const double MinPlainGap = 1 / 3d;

    // Components with less than a tenth of the mean size are tiny: usually outliers that are each other's neighbors.
    private const double TinyShare = 0.1;

    /// <summary>
    /// Chooses the number with the largest plain difference of eigenvalues, if its eigengap supports it; otherwise, the largest number with
    /// a clear eigengap; otherwise 1, if the range includes it; otherwise, the number with the largest eigengap.
    /// </summary>
    /// <param name="counts">The numbers to choose from.</param>
    /// <param name="eigenvalues">The smallest eigenvalues, ascending: one more than the largest number, if there are that many.</param>
    /// <param name="componentSizes">
    /// The number of rows in each connected component of the graph. As many eigenvalues are 0, except for rounding.
    /// </param>
    /// <returns>The eigengap of each number.</returns>
    public static ClusterCountScore[] Choose(ClusterCountRange counts, ReadOnlySpan<double> eigenvalues, int[] componentSizes)
    {
        var componentCount = componentSizes.Length;
        var largeComponentCount = componentCount - TinyComponentsOf(componentSizes).Length;
        var gaps = new (int ClusterCount, double Score)[counts.Most - counts.Least + 1];
        var (plain, widest) = (0, 0.0);
        for (var count = counts.Least; count <= counts.Most; count++)
        {
            // There is no next eigenvalue if the number of clusters is the number of rows.
            var (rate, next) = count < eigenvalues.Length ? (eigenvalues[count - 1], eigenvalues[count]) : (0, 0);
            gaps[count - counts.Least] = (
                count,
                count < componentCount || next <= 0 ? 0 : count == componentCount ? (largeComponentCount > 1 ? 1 : 0) : GapOf(rate, next));
            if (count > 1 && next - rate > widest)
            {
                (plain, widest) = (count, next - rate);
            }
        }

        var apart = gaps.LastOrDefault(point => point.Score >= ClearGap).ClusterCount;
        var chosen = plain > 0 && gaps[plain - counts.Least].Score >= MinPlainGap ? plain
            : apart > 0 ? apart
            : componentCount > counts.Most ? counts.Most
            : counts.Least == 1 ? 1
            : gaps.MaxBy(point => point.Score).ClusterCount;
        return ClusterCountScore.Curve(Name, gaps, chosen);
    }

    /// <summary>Chooses the number from the neighbor graph of rows. Warns if the choice is uncertain.</summary>
    /// <param name="rows">n rows.</param>
    /// <param name="counts">The numbers to choose from, at most n.</param>
    /// <param name="seed">The random seed of the solver.</param>
    /// <param name="execution">Threads, progress, warnings and cancellation.</param>
    /// <returns>The eigengap of each number.</returns>
    public static ClusterCountScore[] Choose(Matrix rows, ClusterCountRange counts, int seed, Execution execution)
    {
        if (rows.RowCount == 1)
        {
            return ClusterCountScore.Curve(Name, [(1, 0)], 1);
        }

        var spectrum = NeighborSpectrum.Of(
            rows,
            Math.Min(SpectralOptions.DefaultNeighborCount, rows.RowCount),
            Math.Min(counts.Most + 1, rows.RowCount),
            seed,
            new StageClock(execution),
            end: 1);
        var curve = Choose(counts, spectrum.Eigenvalues, spectrum.ComponentSizes);
        WarnIfWeak(curve, execution);
        return curve;
    }

    /// <summary>Warns if clusters are tiny components of the graph.</summary>
    /// <param name="curve">The eigengaps; empty if the number was given.</param>
    /// <param name="componentSizes">The number of rows in each connected component.</param>
    /// <param name="execution">Receives the warning.</param>
    public static void WarnIfTiny(IReadOnlyList<ClusterCountScore> curve, int[] componentSizes, Execution execution)
    {
        if (curve.Count > 0 && TinyComponentsOf(componentSizes) is { Length: > 0 } tiny)
        {
            execution.Advise(
                $"The neighbor graph has {componentSizes.Length} connected components, of which {tiny.Length} "
                + $"{(tiny.Length == 1 ? "is" : "are")} tiny ({string.Join(", ", tiny.Take(5))}{(tiny.Length > 5 ? ", ..." : "")} rows): "
                + $"each becomes a cluster of its own. Use a larger {nameof(SpectralOptions.NeighborCount)} to connect them, "
                + "leave their rows out, or try HDBSCAN, which finds noise.",
                nameof(SpectralOptions.NeighborCount));
        }
    }

    /// <summary>Warns if the choice is uncertain.</summary>
    /// <param name="curve">The eigengaps; empty if the number was given.</param>
    /// <param name="execution">Receives the warning.</param>
    public static void WarnIfWeak(IReadOnlyList<ClusterCountScore> curve, Execution execution)
    {
        if (curve.FirstOrDefault(point => point.IsChosen) is { Score: > 0 and < MinPlainGap } chosen)
        {
            execution.Warn?.Invoke(string.Create(
                CultureInfo.InvariantCulture,
                $"The neighbor graph has no clearly separated groups. The number of clusters, {chosen.ClusterCount}, has the largest "
                    + $"eigengap ({chosen.Score:F2}), but is uncertain. Inspect the clusters for several numbers, or try HDBSCAN."));
        }
    }

    private static int[] TinyComponentsOf(int[] componentSizes)
    {
        var least = TinyShare * componentSizes.Sum() / componentSizes.Length;
        return [.. componentSizes.Where(size => size < least).Order()];
    }

    /// <summary>
    /// The largest difference between exp(-t <paramref name="rate"/>) and exp(-t <paramref name="next"/>) over all times t, 0 to 1. It
    /// depends only on the ratio of the rates.
    /// </summary>
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
        return PortableMath.Pow(ratio, -1 / (ratio - 1)) * (1 - (1 / ratio));
    }
}
