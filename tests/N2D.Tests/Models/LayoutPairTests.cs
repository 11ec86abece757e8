using N2D.Clustering;
using N2D.Manifolds;
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
    [InlineData("0 0 1", "-1 -1 -1", "-1 -1 -1")]
    [InlineData("-1 -1", "-1 -1", "-1 -1")]
    public void Noise_MatchesNothing(string clusters, string others, string aligned) =>
        AssertAligned(clusters, others, aligned);

    [Fact]
    public void TheProgressOfBothLayouts_IsOneRange()
    {
        var fractions = new List<double>();
        LayoutPair.Of(
            Pipelines.Images(), new UmapOptions { Dimension = 2, NeighborCount = 10, Epochs = 30 },
            new GaussianMixtureOptions(3) { StartCount = 2 }, new Execution { ThreadCount = 1, Progress = new Fractions(fractions) });
        Assert.InRange(fractions[^1], 0.9, 1);

        // The error of eigenvectors can grow for a round. They are 0.05 of a layout, which is 0.4 of the whole.
        Assert.All(fractions.Zip(fractions.Skip(1)), pair => Assert.True(pair.Second >= pair.First - 0.02, $"{pair}"));
    }

    [Fact]
    public void CanceledAlignment_Ends()
    {
        var canceled = new CancellationToken(canceled: true);
        Assert.Throws<OperationCanceledException>(() => LayoutPair.Align([0, 1], [1, 0], canceled));
        Assert.Throws<OperationCanceledException>(() => LayoutPair.AgreedOf([0, 1], [1, 0], canceled));
    }

    private static void AssertAligned(string clusters, string others, string aligned) =>
        Assert.Equal(Parse(aligned), LayoutPair.Align(Parse(clusters), Parse(others), default));

    private static int[] Parse(string numbers) =>
        [.. numbers.Split(' ').Select(number => int.Parse(number, System.Globalization.CultureInfo.InvariantCulture))];
}
