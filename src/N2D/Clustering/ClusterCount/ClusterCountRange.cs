namespace N2D.Clustering;

/// <summary>The number of clusters, or a range from which the data determine it. Immutable.</summary>
public sealed record ClusterCountRange
{
    /// <summary>The default of the largest number to try. For larger numbers, the scores hardly differ.</summary>
    public const int DefaultMost = 20;

    /// <summary>The name of the option for the largest number, for errors and warnings.</summary>
    internal const string MostOption = $"{nameof(CountedClustererOptions.ClusterCounts)}.{nameof(Most)}";

    /// <summary>The name of the option for the smallest number of clusters.</summary>
    private const string LeastOption = $"{nameof(CountedClustererOptions.ClusterCounts)}.{nameof(Least)}";

    /// <summary>Creates a range.</summary>
    /// <param name="least">The smallest number of clusters, 1 or more.</param>
    /// <param name="most">The largest number of clusters, not below the smallest.</param>
    /// <exception cref="N2DException">
    /// The smallest is below 1, or the largest is below the smallest (<c>ClusterCountOutOfRange</c>).
    /// </exception>
    public ClusterCountRange(int least, int most)
    {
        if (least < 1)
        {
            var option = least == most ? nameof(CountedClustererOptions.ClusterCounts) : LeastOption;
            throw new N2DException(
                "ClusterCountOutOfRange",
                ErrorKind.InvalidArgument,
                $"{option} is {least}; it must be from 1 to the number of rows.",
                least)
            {
                Options = [option],
            };
        }

        (Least, Most) = most >= least
            ? (least, most)
            : throw new N2DException(
                "ClusterCountOutOfRange",
                ErrorKind.InvalidArgument,
                $"{MostOption} ({most}) is below {LeastOption} ({least}).",
                most)
            { Options = [MostOption, LeastOption] };
    }

    /// <summary>The smallest number of clusters.</summary>
    public int Least { get; }

    /// <summary>The largest number of clusters.</summary>
    public int Most { get; }

    /// <summary>Whether the range is a single number.</summary>
    public bool IsSingle => Least == Most;

    /// <summary>A single number.</summary>
    /// <param name="clusterCount">The number of clusters, 1 or more.</param>
    public static ClusterCountRange Exactly(int clusterCount) => new(clusterCount, clusterCount);

    /// <summary>Throws if there are fewer rows than the smallest number of clusters.</summary>
    /// <param name="rowCount">n.</param>
    /// <exception cref="N2DException">There are fewer rows than clusters (<c>ClusterCountOutOfRange</c>).</exception>
    public void ThrowIfTooFewRows(int rowCount)
    {
        if (Least > rowCount)
        {
            throw new N2DException(
                "ClusterCountOutOfRange",
                ErrorKind.InvalidArgument,
                $"The number of clusters is {Least}, but there {Quantity.Are(rowCount, "row")}. Use a "
                    + $"smaller {nameof(CountedClustererOptions.ClusterCounts)}, or add rows.",
                Least)
            { Options = [nameof(CountedClustererOptions.ClusterCounts)] };
        }
    }

    /// <summary>The part of the range that does not exceed the number of rows.</summary>
    /// <param name="rowCount">n, at least <see cref="Least"/>.</param>
    internal ClusterCountRange UpTo(int rowCount) => Most <= rowCount ? this : new ClusterCountRange(Least, rowCount);

    /// <summary>The text in a run's settings: <c>10</c>, or <c>Auto(1..20)</c>.</summary>
    public override string ToString() => IsSingle
        ? Least.ToString(System.Globalization.CultureInfo.InvariantCulture)
        : $"Auto({Least}..{Most})";
}
