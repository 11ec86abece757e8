using N2D.Numerics;

namespace N2D.Profiles;

/// <summary>Standardized differences between a group and the others (Cohen 1988, Statistical Power Analysis).</summary>
internal static class EffectSize
{
    /// <summary>
    /// Cohen's d: the difference of the means, divided by the pooled standard deviation (Cohen 1988, eqs. 2.5.1 and 2.5.2).
    /// </summary>
    /// <param name="group">The moments of the group.</param>
    /// <param name="others">The moments of the others.</param>
    /// <returns>d; null if a side has no values, there are fewer than three values, or neither side varies.</returns>
    public static double? CohenD(Moments group, Moments others)
    {
        if (group.Count == 0 || others.Count == 0 || group.Count + others.Count < 3)
        {
            return null;
        }

        var pooled = Math.Sqrt((group.SquaredDeviations + others.SquaredDeviations) / (group.Count + others.Count - 2));
        return pooled > 0 ? (group.Mean - others.Mean) / pooled : null;
    }

    /// <summary>
    /// Cohen's h: the difference of two proportions on the scale 2 arcsin √p, on which it is as hard to detect at 1 % as at 50 % (Cohen
    /// 1988, eq. 6.2.1). It ranges from -π to π.
    /// </summary>
    /// <param name="share">The proportion in the group, 0 to 1.</param>
    /// <param name="otherShare">The proportion in the others, 0 to 1.</param>
    public static double CohenH(double share, double otherShare)
    {
        // 2 arcsin √p = arccos(1 - 2p).
        return PortableMath.Acos(1 - (2 * share)) - PortableMath.Acos(1 - (2 * otherShare));
    }
}
