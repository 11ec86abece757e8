using System.Globalization;

namespace N2D;

/// <summary>Numbers of things, as a sentence has them.</summary>
internal static class Quantity
{
    /// <summary>A number and what it counts: <c>1 row</c>, <c>2 rows</c>.</summary>
    /// <param name="count">The number.</param>
    /// <param name="noun">What it counts, one of it; of a noun that takes an s for several.</param>
    public static string Of(long count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");
}
