using N2D.Models;

namespace N2D.Tests.Models;

/// <summary>The alignment of two clusterings of the same rows.</summary>
public sealed class LayoutPairTests
{
    [Theory]
    [InlineData("0 0 1 1 2 2", "2 2 0 0 1 1", "2 2 0 0 1 1")]
    [InlineData("0 0 1 1 2 2", "0 0 1 1 2 2", "0 0 1 1 2 2")]
    public void RenumberedClusters_BecomeEqual(string clusters, string others, string aligned) =>
        AssertAligned(clusters, others, aligned);

    // Matched by the number of common rows: 0 with 1 (three rows) and 1 with 0 (one row), although 0 and 0 have two rows in common.
    [Theory]
    [InlineData("0 0 0 0 0 1", "1 1 1 0 0 0", "1 1 1 1 1 0")]
    public void TheLargestCommonParts_AreMatched(string clusters, string others, string aligned) =>
        AssertAligned(clusters, others, aligned);

    [Theory]
    [InlineData("0 0 0 1 1 2", "0 0 0 1 1 1", "0 0 0 1 1 -1")]
    [InlineData("0 0 0 0 1 1", "2 2 2 0 1 1", "2 2 2 2 1 1")]
    public void ClustersWithoutAMatch_BecomeNoise(string clusters, string others, string aligned) =>
        AssertAligned(clusters, others, aligned);

    [Theory]
    [InlineData("0 0 -1 1 1", "1 1 1 -1 0", "1 1 -1 0 0")]
    [InlineData("-1 -1 -1", "0 0 1", "-1 -1 -1")]
    [InlineData("0 0 1", "-1 -1 -1", "0 0 -1")]
    [InlineData("-1 -1", "-1 -1", "-1 -1")]
    public void Noise_MatchesNothing(string clusters, string others, string aligned) =>
        AssertAligned(clusters, others, aligned);

    private static void AssertAligned(string clusters, string others, string aligned) =>
        Assert.Equal(Parse(aligned), LayoutPair.Align(Parse(clusters), Parse(others)));

    private static int[] Parse(string numbers) =>
        [.. numbers.Split(' ').Select(number => int.Parse(number, System.Globalization.CultureInfo.InvariantCulture))];
}
