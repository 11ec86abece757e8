namespace N2D.Profiles;

/// <summary>Which rows show what clusters are like.</summary>
public sealed record ExemplarOptions
{
    /// <summary>The kinds of rows. Default: both.</summary>
    public IReadOnlyList<ExemplarKind> Kinds { get; init; } = [ExemplarKind.Central, ExemplarKind.Boundary];

    /// <summary>
    /// Whether exemplars know the columns that set their cluster apart, which takes another pass over all columns. Default: true.
    /// </summary>
    public bool RanksColumns { get; init; } = true;

    /// <summary>The number of rows of each kind in a cluster. Smaller clusters have fewer. Default: 5. Range: 1 to 1000.</summary>
    /// <exception cref="N2DException">The value is out of range (<c>CountOutOfRange</c>).</exception>
    [OptionRange(1, 1000)]
    public int Count
    {
        get;
        init => field = OptionRange.Check("The exemplars", typeof(ExemplarOptions), nameof(Count), value);
    } = 5;
}
