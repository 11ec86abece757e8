using System.Globalization;

namespace N2D;

/// <summary>Formats numbers with nouns for sentences.</summary>
public static class Quantity
{
    /// <summary>A number and a noun: <c>1 row</c>, <c>2 rows</c>.</summary>
    /// <param name="count">The number.</param>
    /// <param name="noun">The noun in the singular. Its plural must end in s.</param>
    public static string Of(long count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    /// <summary>A verb and a number: <c>is 1</c>, <c>are 2</c>; with a noun, <c>is 1 row</c>, <c>are 2 rows</c>.</summary>
    /// <param name="count">The number.</param>
    /// <param name="noun">The noun in the singular; null for none.</param>
    public static string Are(long count, string? noun = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{(count == 1 ? "is" : "are")} {(noun is null ? $"{count}" : Of(count, noun))}");

    /// <summary>An amount of memory: <c>310 MB</c>, <c>15.7 GB</c>.</summary>
    /// <param name="bytes">The number of bytes.</param>
    internal static string OfBytes(long bytes) => bytes >= 1L << 30
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 30):F1} GB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 20):F0} MB");
}
