using System.Globalization;
using N2D.Pipeline;

namespace N2D.Reports;

/// <summary>The names of rows in a report: their ids, or their numbers in the source, from 0.</summary>
internal static class RowNames
{
    /// <summary>Returns the name of each row.</summary>
    /// <param name="embedding">The rows.</param>
    public static IReadOnlyList<string> Of(Embedding embedding) => embedding.GetIds() ??
        [.. embedding.EnumeratePlaces().Select(place => place.ToString(CultureInfo.InvariantCulture))];

    /// <summary>Whether the name of each row is its position, so that a page does not need to list the names.</summary>
    /// <param name="embedding">The rows.</param>
    public static bool ArePositions(Embedding embedding) => embedding.GetIds() is null && embedding.GetDataset().DroppedCount == 0;
}
