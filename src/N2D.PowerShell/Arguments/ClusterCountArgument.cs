using System.Globalization;
using N2D.Clustering;
using N2D.Pipeline;

namespace N2D.PowerShell;

/// <summary>The argument of -ClusterCount: a number, or Auto. PowerShell converts both to it.</summary>
public sealed class ClusterCountArgument
{
    private const string Auto = "Auto";

    private readonly int? _count;

    /// <summary>Creates a number of clusters. Its range is checked with the other parameters.</summary>
    /// <param name="count">The number.</param>
    public ClusterCountArgument(int count) => _count = count;

    private ClusterCountArgument() => _count = null;

    /// <summary>The number; null for Auto.</summary>
    public int? Count => _count;

    /// <summary>Whether the number is chosen from the rows.</summary>
    public bool IsAuto => _count is null;

    /// <summary>Reads a number or Auto.</summary>
    /// <param name="text">The text, in any case.</param>
    /// <exception cref="FormatException">The text is neither.</exception>
    public static ClusterCountArgument Parse(string text) =>
        string.Equals(text, Auto, StringComparison.OrdinalIgnoreCase) ? new ClusterCountArgument()
        : int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var count) ? new ClusterCountArgument(count)
        : throw new FormatException($"'{text}' is not a number of clusters. Give an integer, or {Auto}.");

    /// <summary>The number, or the range that Auto searches.</summary>
    /// <param name="least">The smallest number that Auto tries.</param>
    /// <param name="most">The largest number that Auto tries.</param>
    /// <exception cref="N2DException">The number is below 1, or the range is reversed (<c>ClusterCountOutOfRange</c>).</exception>
    public ClusterCountRange ToRange(int least, int most) => _count is { } count
        ? ClusterCountRange.Exactly(count)
        : new ClusterCountRange(least, most);

    /// <summary>The given argument, otherwise the number of classes.</summary>
    /// <param name="given">The argument; null if none was given.</param>
    /// <param name="input">The rows and their labels.</param>
    /// <exception cref="N2DException">There are neither an argument nor labels (<c>ClusterCountRequired</c>).</exception>
    internal static ClusterCountArgument For(ClusterCountArgument? given, Embedding input) =>
        given ?? (input.ClassCount is { } classes ? new ClusterCountArgument(classes) : throw new N2DException(
            "ClusterCountRequired",
            ErrorKind.InvalidArgument,
            $"Data set '{input.Dataset}' has no labels that give the number of clusters. Use -ClusterCount with a number or Auto, or "
                + "Invoke-N2DCluster -Method Hdbscan, which needs no number.",
            input));

    /// <summary>Rejects a parameter that only the choice of a number uses.</summary>
    /// <param name="given">The argument; null if none was given.</param>
    /// <param name="parameter">The name of the parameter.</param>
    /// <param name="value">Its value.</param>
    /// <exception cref="N2DException">The number is not chosen (<c>LimitWithoutAuto</c>).</exception>
    internal static void ThrowIfNotAuto(ClusterCountArgument? given, string parameter, object? value)
    {
        if (given is not { IsAuto: true })
        {
            throw new N2DException(
                "LimitWithoutAuto",
                ErrorKind.InvalidArgument,
                $"-{parameter} requires -ClusterCount {Auto}. Use it, or remove -{parameter}.",
                value);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => _count?.ToString(CultureInfo.InvariantCulture) ?? Auto;
}
