namespace N2D.Profiles;

/// <summary>The number, the mean and the spread of values. Moments of parts can be added.</summary>
/// <param name="Count">The number of values.</param>
/// <param name="Mean">The mean; 0 without values.</param>
/// <param name="SquaredDeviations">The sum of the squared differences from the mean.</param>
internal readonly record struct Moments(int Count, double Mean, double SquaredDeviations)
{
    /// <summary>The standard deviation of a sample (divided by n - 1); null for fewer than two values.</summary>
    public double? StandardDeviation => Count > 1 ? Math.Sqrt(SquaredDeviations / (Count - 1)) : null;

    /// <summary>Adds a value (Welford 1962), which avoids the cancellation of sums of squares.</summary>
    /// <param name="value">The value.</param>
    public Moments With(double value)
    {
        var difference = value - Mean;
        var mean = Mean + (difference / (Count + 1));
        return new(Count + 1, mean, SquaredDeviations + (difference * (value - mean)));
    }

    /// <summary>The moments of the values of both parts (Chan, Golub and LeVeque 1983).</summary>
    public static Moments operator +(Moments left, Moments right)
    {
        if (left.Count == 0 || right.Count == 0)
        {
            return left.Count == 0 ? right : left;
        }

        var count = left.Count + right.Count;
        var difference = right.Mean - left.Mean;
        var weight = (double)right.Count / count;
        return new(
            count,
            left.Mean + (difference * weight),
            left.SquaredDeviations + right.SquaredDeviations + (difference * difference * left.Count * weight));
    }

    /// <summary>The moments of the values times a factor, plus an offset.</summary>
    /// <param name="factor">The factor.</param>
    /// <param name="offset">The offset.</param>
    public Moments Scaled(double factor, double offset) => this with
    {
        Mean = (Mean * factor) + offset,
        SquaredDeviations = SquaredDeviations * factor * factor,
    };
}
