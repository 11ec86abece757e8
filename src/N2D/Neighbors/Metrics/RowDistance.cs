namespace N2D.Neighbors;

/// <summary>A distance between rows: a metric with what it needs to be told.</summary>
public sealed record RowDistance
{
    /// <summary>The metric.</summary>
    public DistanceMetric Metric { get; init; }

    /// <summary>The power p of <see cref="DistanceMetric.Minkowski"/>, 1 or more, 2 unless told; the other metrics have no use for it.</summary>
    /// <exception cref="N2DException">It is below 1, where the triangle inequality fails, or not a number (<c>MinkowskiPowerOutOfRange</c>).</exception>
    [OptionRange(1, IncludesInfinity = true)]
    public double MinkowskiPower
    {
        get;
        init => field = OptionRange.Check("The Minkowski distance", typeof(RowDistance), nameof(MinkowskiPower), value);
    } = 2;

    /// <summary>The one way to write this distance: of equal distances the simplest metric, and no power where none is needed.</summary>
    public RowDistance Simplified() => (Metric, MinkowskiPower) switch
    {
        (DistanceMetric.Minkowski, 1) => new() { Metric = DistanceMetric.Manhattan },
        (DistanceMetric.Minkowski, 2) => new() { Metric = DistanceMetric.Euclidean },
        (DistanceMetric.Minkowski, double.PositiveInfinity) => new() { Metric = DistanceMetric.Chebyshev },
        (DistanceMetric.Minkowski, _) => this,
        _ => new() { Metric = Metric },
    };

    /// <summary>The metric's name, with the power if it counts.</summary>
    public override string ToString() => Metric == DistanceMetric.Minkowski
        ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Metric} (p = {MinkowskiPower})")
        : $"{Metric}";
}
