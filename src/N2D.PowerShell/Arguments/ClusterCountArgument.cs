using System.Globalization;
using N2D.Clustering;
using N2D.Pipeline;

namespace N2D.PowerShell;

/// <summary>What -ClusterCount takes: a number, or Auto. PowerShell makes it of either.</summary>
public sealed class ClusterCountArgument
{
    private const string Auto = "Auto";

    private readonly int? _count;

    /// <summary>A number of clusters; whether it is in range is looked at with the other parameters.</summary>
    /// <param name="count">The number.</param>
    public ClusterCountArgument(int count) => _count = count;

    private ClusterCountArgument() => _count = null;

    /// <summary>The number; null where the rows are to tell.</summary>
    public int? Count => _count;

    /// <summary>Whether the rows are to tell.</summary>
    public bool IsAuto => _count is null;

    /// <summary>Reads a number or Auto.</summary>
    /// <param name="text">The text, in any case.</param>
    /// <exception cref="FormatException">It is neither.</exception>
    public static ClusterCountArgument Parse(string text) =>
        string.Equals(text, Auto, StringComparison.OrdinalIgnoreCase) ? new ClusterCountArgument()
        : int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var count) ? new ClusterCountArgument(count)
        : throw new FormatException($"'{text}' is no number of clusters: give a whole number, or {Auto}.");

    /// <summary>The number, or the range that Auto looks in.</summary>
    /// <param name="least">The smallest number that Auto tries.</param>
    /// <param name="most">The largest number that Auto tries.</param>
    /// <exception cref="N2DException">The number is below 1, or the range upside down (<c>ClusterCountOutOfRange</c>).</exception>
    public ClusterCountRange ToRange(int least, int most) => _count is { } count ? ClusterCountRange.Exactly(count) : new ClusterCountRange(least, most);

    /// <summary>What the user gave, or else the number of classes.</summary>
    /// <param name="given">What the user gave; null if nothing.</param>
    /// <param name="input">The rows, whose labels tell the number of classes.</param>
    /// <exception cref="N2DException">Neither is known (<c>ClusterCountRequired</c>).</exception>
    internal static ClusterCountArgument For(ClusterCountArgument? given, Embedding input) =>
        given ?? (input.ClassCount is { } classes ? new ClusterCountArgument(classes) : throw new N2DException(
            "ClusterCountRequired",
            ErrorKind.InvalidArgument,
            $"Data set '{input.Dataset}' has no labels that give the number of clusters. Use -ClusterCount with a number or Auto, or Invoke-N2DCluster "
                + "-Method Hdbscan, which needs no number.",
            input));

    /// <inheritdoc/>
    public override string ToString() => _count?.ToString(CultureInfo.InvariantCulture) ?? Auto;
}
