using System.Globalization;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Clustering;

/// <summary>
/// Chooses the number of clusters of a mixture by their stability: the largest number whose prediction strength is 0.8 or more (Tibshirani
/// and Walther, 2005).
/// </summary>
/// <remarks>
/// <para>
/// The rows are split at random into two halves, and a mixture is fitted to each. The mixture of one half predicts the clusters of the
/// other half. The strength of a cluster is the share of its pairs of rows that are predicted to be in the same cluster; that of a number
/// of clusters is the strength of its weakest cluster, averaged over five splits in both directions. A single cluster has the strength 1,
/// so rows without stable clusters are a single group.
/// </para>
/// <para>
/// If a half has too few rows for the covariance matrices of so many Gaussians, the strength is 0. Mixtures without full rank assign most
/// other rows to a single Gaussian, which joins nearly all pairs.
/// </para>
/// <para>
/// Halves have at most 1000 rows, and mixtures at most five starts, so the time does not depend on the number of rows.
/// </para>
/// </remarks>
internal static class PredictionStrength
{
    /// <summary>
    /// The strength from which on a number of clusters is stable. Tibshirani and Walther (2005) recommend a threshold of 0.8 to 0.9.
    /// </summary>
    public const double MinStrength = 0.8;

    private const int SplitCount = 5, MaxHalfSize = 1000, MaxStartCount = 5;

    /// <summary>Computes the strength of each number of clusters, and chooses one. Warns if no number above 1 is stable.</summary>
    /// <param name="weighted">n rows, with the weights for the fits. Pairs of rows are counted without weights.</param>
    /// <param name="options">The options of the mixture.</param>
    /// <param name="counts">The numbers to choose from.</param>
    /// <param name="execution">Threads, progress, warnings and cancellation.</param>
    /// <returns>The strengths. If none of a range above 1 is 0.8 or more, the number with the highest strength is chosen.</returns>
    public static ClusterCountScore[] Choose(
        RowWeights weighted, GaussianMixtureOptions options, ClusterCountRange counts, Execution execution)
    {
        var sums = new double[counts.Most - counts.Least + 1];
        var silent = execution with { Explain = null, Warn = null, Progress = null };
        for (var split = 0; split < SplitCount; split++)
        {
            var (first, second) = Halves(weighted, options.Seed, split);
            for (var index = 0; index < sums.Length; index++)
            {
                execution.Report(
                    $"split {split + 1} of {SplitCount}, {Quantity.Of(counts.Least + index, "cluster")}",
                    (split + ((double)index / sums.Length)) / SplitCount);
                sums[index] += StrengthOf(first, second, options, counts.Least + index, silent);
            }
        }

        var strengths = sums.Select((sum, index) => (ClusterCount: counts.Least + index, Score: sum / SplitCount)).ToArray();
        var stable = strengths.LastOrDefault(point => point.Score >= MinStrength).ClusterCount;
        var curve = ClusterCountScore.Curve(
            nameof(ClusterCountCriterion.Stability),
            strengths,
            stable > 0 ? stable : strengths.MaxBy(point => point.Score).ClusterCount);
        WarnIfWeak(curve, execution);
        return curve;
    }

    private static void WarnIfWeak(ClusterCountScore[] curve, Execution execution)
    {
        if (curve.Where(point => point.ClusterCount > 1).MaxBy(point => point.Score) is { Score: < MinStrength } best)
        {
            execution.Warn?.Invoke(string.Create(
                CultureInfo.InvariantCulture,
                $"No number of clusters above 1 is stable: halves of the rows find different clusters. The highest prediction strength is "
                    + $"{best.Score:F2}, with {Quantity.Of(best.ClusterCount, "cluster")}; {MinStrength} or more is stable."));
        }
    }

    /// <summary>The strength of the weakest cluster, as predicted from the other labels: the share of its pairs that they join.</summary>
    /// <param name="clusters">The cluster of each row, 0 to <paramref name="clusterCount"/> - 1.</param>
    /// <param name="predicted">The predicted cluster of each row, in the same range but in any order.</param>
    /// <param name="clusterCount">k.</param>
    /// <returns>0 to 1; 0 if a cluster has fewer than two rows, and thus no pairs.</returns>
    internal static double OfWeakest(ReadOnlySpan<int> clusters, ReadOnlySpan<int> predicted, int clusterCount)
    {
        var shared = new long[clusterCount, clusterCount];
        for (var row = 0; row < clusters.Length; row++)
        {
            shared[clusters[row], predicted[row]]++;
        }

        var weakest = 1.0;
        for (var cluster = 0; cluster < clusterCount; cluster++)
        {
            var (size, joined) = (0L, 0L);
            for (var other = 0; other < clusterCount; other++)
            {
                var count = shared[cluster, other];
                (size, joined) = (size + count, joined + (count * (count - 1)));
            }

            weakest = Math.Min(weakest, size < 2 ? 0 : joined / ((double)size * (size - 1)));
        }

        return weakest;
    }

    private static double StrengthOf(Half first, Half second, GaussianMixtureOptions options, int clusterCount, Execution execution)
    {
        if (clusterCount == 1)
        {
            return 1;
        }

        if (clusterCount * LeastRows(options, first.Rows.ColumnCount) > first.Rows.RowCount)
        {
            return 0;
        }

        var exact = options with
        {
            ClusterCounts = ClusterCountRange.Exactly(clusterCount),
            StartCount = Math.Min(options.StartCount, MaxStartCount),
        };
        var (one, other) = (GaussianMixture.Fit(first.Rows, exact, execution, first.Weights),
            GaussianMixture.Fit(second.Rows, exact, execution, second.Weights));
        return (Of(one, other, second) + Of(other, one, first)) / 2;

        double Of(GaussianMixture training, GaussianMixture test, Half half) => OfWeakest(
            test.Predict(half.Rows, execution).Assignments, training.Predict(half.Rows, execution).Assignments, clusterCount);
    }

    /// <summary>The number of rows that a Gaussian needs so that its covariance matrix has full rank.</summary>
    private static int LeastRows(GaussianMixtureOptions options, int dimension) =>
        options.CovarianceKind == CovarianceKind.Full ? dimension + 1 : 1;

    private static (Half First, Half Second) Halves(RowWeights weighted, int seed, int split)
    {
        int[] order = [.. Enumerable.Range(0, weighted.Rows.RowCount)];
        new RandomSequence(seed, RandomPurpose.Halves, split).Shuffle(order.AsSpan());
        var size = Math.Min(order.Length / 2, MaxHalfSize);
        return (Of(order[..size]), Of(order[size..(2 * size)]));

        Half Of(int[] rows) =>
            new(weighted.Rows.Select(rows), weighted.Weights is { } weights ? Array.ConvertAll(rows, row => weights[row]) : null);
    }

    private sealed record Half(Matrix Rows, double[]? Weights);
}
