namespace N2D.Clustering;

/// <summary>How many clusters are asked for: one number, or a range in which the rows themselves are to tell. Immutable.</summary>
public sealed record ClusterCountRange
{
    /// <summary>The largest number that is tried where nobody says: past it, the figures that tell good numbers from bad ones hardly differ.</summary>
    public const int DefaultMost = 20;

    /// <summary>Makes a range.</summary>
    /// <param name="least">The smallest number of clusters, 1 or more.</param>
    /// <param name="most">The largest, as small or larger.</param>
    /// <exception cref="N2DException">The smallest is below 1, or the largest below it (<c>ClusterCountOutOfRange</c>).</exception>
    public ClusterCountRange(int least, int most)
    {
        if (least < 1)
        {
            throw new N2DException(
                "ClusterCountOutOfRange",
                ErrorKind.InvalidArgument,
                $"The number of clusters is {least}; it must be 1 or more, and at most the number of rows.",
                least);
        }

        (Least, Most) = most >= least
            ? (least, most)
            : throw new N2DException(
                "ClusterCountOutOfRange",
                ErrorKind.InvalidArgument,
                $"The numbers of clusters to try run from {least} to {most}; the largest must not be below the smallest.",
                most);
    }

    /// <summary>The smallest number of clusters.</summary>
    public int Least { get; }

    /// <summary>The largest number of clusters.</summary>
    public int Most { get; }

    /// <summary>Whether there is one number alone, and nothing to choose.</summary>
    public bool IsSingle => Least == Most;

    /// <summary>One number.</summary>
    /// <param name="clusterCount">The number of clusters, 1 or more.</param>
    public static ClusterCountRange Exactly(int clusterCount) => new(clusterCount, clusterCount);

    /// <summary>Refuses a number of rows that not even the smallest number of clusters can be made of.</summary>
    /// <param name="rowCount">n.</param>
    /// <exception cref="N2DException">There are fewer rows than clusters (<c>ClusterCountOutOfRange</c>).</exception>
    public void ThrowIfTooFewRows(int rowCount)
    {
        if (Least > rowCount)
        {
            throw new N2DException(
                "ClusterCountOutOfRange",
                ErrorKind.InvalidArgument,
                $"{Quantity.Of(Least, "cluster")} cannot be made of {Quantity.Of(rowCount, "row")}; ask for {(rowCount == 1 ? "1" : $"1 to {rowCount}")}.",
                Least);
        }
    }

    /// <summary>The part of the range that rows of this number allow.</summary>
    /// <param name="rowCount">n, at least <see cref="Least"/>.</param>
    internal ClusterCountRange UpTo(int rowCount) => Most <= rowCount ? this : new ClusterCountRange(Least, rowCount);

    /// <summary>As it stands in a run's settings: <c>10</c>, or <c>Auto(1..20)</c>.</summary>
    public override string ToString() => IsSingle
        ? Least.ToString(System.Globalization.CultureInfo.InvariantCulture)
        : $"Auto({Least}..{Most})";
}
