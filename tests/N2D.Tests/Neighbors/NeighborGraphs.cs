using N2D.Neighbors;

namespace N2D.Tests.Neighbors;

/// <summary>Comparisons of two graphs over the same rows.</summary>
internal static class NeighborGraphs
{
    /// <summary>The same neighbors at the same distances, to the last bit.</summary>
    public static void AssertEqual(NeighborGraph expected, NeighborGraph found)
    {
        Assert.Equal((expected.RowCount, expected.NeighborCount), (found.RowCount, found.NeighborCount));
        for (var row = 0; row < expected.RowCount; row++)
        {
            Assert.True(expected.Neighbors(row).SequenceEqual(found.Neighbors(row)));
            Assert.True(expected.Distances(row).SequenceEqual(found.Distances(row)));
        }
    }

    /// <summary>
    /// The recall: the fraction of found neighbors that are no farther than the last exact one. Ties for the last place count as found.
    /// </summary>
    public static double ShareOfNearest(NeighborGraph found, NeighborGraph exact) =>
        Enumerable.Range(0, exact.RowCount).Average(row =>
        {
            // The two searches add up in different orders.
            var farthest = exact.Distances(row)[^1] * (1 + 1e-5f);
            return found.Distances(row).ToArray().Count(distance => distance <= farthest) / (double)exact.NeighborCount;
        });
}
