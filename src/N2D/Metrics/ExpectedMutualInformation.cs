using N2D.Numerics;

namespace N2D.Metrics;

/// <summary>
/// The mean mutual information of two random labelings with given cluster sizes (Vinh, Epps and Bailey, 2010, equation 24a).
/// </summary>
/// <remarks>
/// The number of rows that two clusters of sizes a and b share has a hypergeometric distribution. Its probabilities are computed from the
/// most likely number outward, each from its neighbor, and divided by their sum. So no large factorials cancel, and numbers far from the
/// most likely one are never visited: about 20 standard deviations remain.
/// </remarks>
internal static class ExpectedMutualInformation
{
    // Relative to the most likely number. The tail beyond is below the rounding of the sum.
    private const double Negligible = 1e-20;

    /// <summary>Computes the expected mutual information.</summary>
    /// <param name="first">The cluster sizes of one labeling.</param>
    /// <param name="second">The cluster sizes of the other one.</param>
    /// <param name="rowCount">n, the sum of the sizes of each labeling.</param>
    /// <param name="token">Cancels the work.</param>
    /// <returns>Natural units (nats), 0 or more.</returns>
    public static double Compute(ReadOnlySpan<int> first, ReadOnlySpan<int> second, int rowCount, CancellationToken token)
    {
        var sum = 0.0;
        foreach (var a in first)
        {
            token.ThrowIfCancellationRequested();
            foreach (var b in second)
            {
                sum += OfPair(a, b, rowCount);
            }
        }

        return sum;
    }

    /// <summary>The part of two clusters with <paramref name="a"/> and <paramref name="b"/> of <paramref name="n"/> rows.</summary>
    private static double OfPair(long a, long b, long n)
    {
        var (least, most) = (Math.Max(0, a + b - n), Math.Min(a, b));
        var mode = Math.Clamp((long)((double)(a + 1) * (b + 1) / (n + 2)), least, most);
        var logChance = PortableMath.Log((double)a * b) - PortableMath.Log(n);
        var (weights, terms) = (1.0, Term(mode));

        // P(k + 1) / P(k) = (a - k)(b - k) / ((k + 1)(n - a - b + k + 1))
        var weight = 1.0;
        for (var k = mode; k < most && weight > Negligible; k++)
        {
            weight *= (double)(a - k) * (b - k) / ((double)(k + 1) * (n - a - b + k + 1));
            weights += weight;
            terms += weight * Term(k + 1);
        }

        weight = 1.0;
        for (var k = mode; k > least && weight > Negligible; k--)
        {
            weight *= (double)k * (n - a - b + k) / ((double)(a - k + 1) * (b - k + 1));
            weights += weight;
            terms += weight * Term(k - 1);
        }

        return terms / weights;

        double Term(long k) => k == 0 ? 0 : (double)k / n * (PortableMath.Log(k) - logChance);
    }
}
