namespace N2D.Neighbors;

/// <summary>A distance between rows: a metric and its parameters.</summary>
public sealed record RowDistance
{
    /// <summary>The metric.</summary>
    public DistanceMetric Metric { get; init; }

    /// <summary>
    /// The power p of <see cref="DistanceMetric.Minkowski"/>. Other metrics do not use it. Default: 2. Range: 1 or more, including
    /// infinity.
    /// </summary>
    /// <exception cref="N2DException">
    /// The power is below 1, where the triangle inequality fails, or NaN (<c>MinkowskiPowerOutOfRange</c>).
    /// </exception>
    [OptionRange(1, IncludesInfinity = true)]
    public double MinkowskiPower
    {
        get;
        init => field = OptionRange.Check("The Minkowski distance", typeof(RowDistance), nameof(MinkowskiPower), value);
    } = 2;

    /// <summary>The canonical form of this distance: the simplest metric that is equal, and no power where none is needed.</summary>
    public RowDistance Simplified() => (Metric, MinkowskiPower) switch
    {
        (DistanceMetric.Minkowski, 1) => new() { Metric = DistanceMetric.Manhattan },
        (DistanceMetric.Minkowski, 2) => new() { Metric = DistanceMetric.Euclidean },
        (DistanceMetric.Minkowski, double.PositiveInfinity) => new() { Metric = DistanceMetric.Chebyshev },
        (DistanceMetric.Minkowski, _) => this,
        _ => new() { Metric = Metric },
    };

    /// <summary>The metric's name, with the power if it uses one.</summary>
    public override string ToString() => Metric == DistanceMetric.Minkowski
        ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Metric} (p = {MinkowskiPower})")
        : $"{Metric}";
}
