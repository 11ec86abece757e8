using System.Globalization;

namespace N2D;

/// <summary>Numbers of things, as a sentence has them.</summary>
public static class Quantity
{
    /// <summary>A number and what it counts: <c>1 row</c>, <c>2 rows</c>.</summary>
    /// <param name="count">The number.</param>
    /// <param name="noun">What it counts, one of it; of a noun that takes an s for several.</param>
    public static string Of(long count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    /// <summary>That so many are there: <c>is 1</c>, <c>are 2</c>; of a noun, <c>is 1 row</c>, <c>are 2 rows</c>.</summary>
    /// <param name="count">The number.</param>
    /// <param name="noun">What it counts, one of it; null to leave that out.</param>
    public static string Are(long count, string? noun = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{(count == 1 ? "is" : "are")} {(noun is null ? $"{count}" : Of(count, noun))}");
}
