namespace N2D.Profiles;

/// <summary>The values of a cluster and of all other rows in one column, or the shares of one category of a column.</summary>
/// <remarks>
/// The other rows are those of the other clusters and noise. Numbers are in the units of the data set. Missing values are left out.
/// </remarks>
public sealed record ColumnProfile
{
    /// <summary>The number of the cluster, from 0; -1 for noise.</summary>
    public required int Cluster { get; init; }

    /// <summary>The name of the cluster; null if it has none.</summary>
    public string? Name { get; init; }

    /// <summary>The place in the order of the absolute effect size among all entries of the cluster, from 1.</summary>
    public int Rank { get; init; }

    /// <summary>The name of the column.</summary>
    public required string Column { get; init; }

    /// <summary>The category; null for a column of numbers.</summary>
    public string? Category { get; init; }

    /// <summary>The number of the cluster's rows with a value.</summary>
    public required int RowCount { get; init; }

    /// <summary>The number of other rows with a value.</summary>
    public required int OtherRowCount { get; init; }

    /// <summary>The mean of the cluster; null for categories, and without values.</summary>
    public double? Mean { get; init; }

    /// <summary>The mean of the other rows; null for categories, and without values.</summary>
    public double? OtherMean { get; init; }

    /// <summary>The standard deviation of the cluster (divided by n - 1); null for categories, and below two values.</summary>
    public double? StandardDeviation { get; init; }

    /// <summary>The standard deviation of the other rows (divided by n - 1); null for categories, and below two values.</summary>
    public double? OtherStandardDeviation { get; init; }

    /// <summary>The share of the category in the cluster, 0 to 1; null for numbers, and without values.</summary>
    public double? Share { get; init; }

    /// <summary>The share of the category in the other rows, 0 to 1; null for numbers, and without values.</summary>
    public double? OtherShare { get; init; }

    /// <summary>
    /// The share of the category in the cluster divided by its share in all rows (Brin et al. 1997, who call it interest): 2 means twice as
    /// often as usual. Null for numbers, and without values.
    /// </summary>
    public double? Lift { get; init; }

    /// <summary>The standardized difference. Positive if the cluster has larger numbers, or the category more often. Null if it is not
    /// defined: a side has no values, or neither side varies.</summary>
    public double? EffectSize { get; init; }

    /// <summary>The measure of the effect size.</summary>
    public EffectMeasure Measure { get; init; }

    /// <summary>The difference in words, such as <c>power high (2.1 sd)</c>; null if the values do not differ.</summary>
    public string? Text => ProfileText.OfColumn(this);

    /// <summary>
    /// The absolute effect size, to order by. Infinite if both sides are constant and differ: the column alone separates the cluster.
    /// </summary>
    internal double Strength => EffectSize is { } size ? Math.Abs(size)
        : RowCount + OtherRowCount > 2 && Mean is { } mean && OtherMean is { } other && mean != other ? double.PositiveInfinity
        : 0;

    /// <inheritdoc/>
    public override string ToString() => Text ?? Column;
}
