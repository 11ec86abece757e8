using N2D.Comparison;
using N2D.Tests.Profiles;

namespace N2D.Tests.Comparison;

/// <summary>Comparison of two clusterings: the pairs of clusters, the rows that moved, and how rows are matched.</summary>
public sealed class PartitionComparisonTests
{
    [Fact]
    public void ARenamedClustering_Agrees()
    {
        var comparison = Compare("a a b b c c", "2 2 0 0 1 1");
        Assert.Equal((1, 1, 1, 1.0, 0), (comparison.Ari, comparison.Ami, comparison.Nmi, comparison.AgreedShare, comparison.MovedCount));
        Assert.Equal(["a=2", "b=0", "c=1"], Pairs(comparison));
        Assert.Empty(comparison.EnumerateMovedRows());
    }

    [Fact]
    public void PairedClusters_AreOnTheDiagonal_ThoughAnotherClusterHasNoPartner()
    {
        var comparison = Compare("a a a b c c c", "0 0 0 0 1 1 1");
        Assert.Equal(["a=0", "b=", "c=1"], Pairs(comparison));
        var table = comparison.GetContingencyTable();
        Assert.Equal((3, 0, 0, 3, 1), (table[0, 0], table[0, 1], table[1, 0], table[1, 1], table[2, 0]));
        Assert.Equal(["a", "c", "b"], table.ClassNames);
        var moved = Assert.Single(comparison.EnumerateMovedRows());
        Assert.Equal((3, "b", "0", "a"), (moved.Index, moved.Reference, moved.Difference, moved.Aligned));
    }

    [Fact]
    public void GivenNames_AreShownWithTheirClusters()
    {
        var before = Clusterings.Of([0, 0, 0, 1, 1, 1]).WithClusterNames(["login", "disk"]);
        var after = Clusterings.Of([0, 0, 0, 0, 1, 1]).WithClusterNames(["in", null]);
        var comparison = PartitionComparison.Compute(Partition.Of(before), Partition.Of(after), Execution.Default);
        Assert.Equal(
            [("login", "in"), ("disk", null)],
            comparison.GetClusterMatches().Select(match => (match.ReferenceClusterName, match.DifferenceClusterName)));
        var moved = Assert.Single(comparison.EnumerateMovedRows());
        Assert.Equal(("disk", "in", "login"), (moved.ReferenceClusterName, moved.DifferenceClusterName, moved.AlignedClusterName));
        Assert.Equal(["0: login", "1: disk"], comparison.GetContingencyTable().ClassNames);
        Assert.Equal(["0: in", "1"], comparison.GetContingencyTable().ClusterNames);
    }

    [Fact]
    public void Noise_IsPairedWithNoise_EvenWithoutACommonRow()
    {
        var comparison = Compare("a a a -1 -1", "-1 -1 -1 0 0");
        Assert.Equal(["a=", "-1=-1", "=0"], Pairs(comparison));
        Assert.Equal(5, comparison.MovedCount);
    }

    [Theory]
    [InlineData("10 9 -1 2", "2 9 10 -1")]
    [InlineData("b 10 -1 9", "10 9 b -1")]
    public void Clusters_AreInTheOrderOfTheirNumbers_OrOfTheirNames_WithNoiseLast(string clusters, string order) =>
        Assert.Equal(order.Split(' '), Compare(clusters, clusters).GetClusterMatches().Select(match => match.Reference));

    [Fact]
    public void Rows_AreMatchedByIdIfBothHaveIds_AndElseByIndex()
    {
        string[] clusters = ["a", "b", "c"], reversed = ["c", "b", "a"];
        string[] ids = ["x", "y", "z"], reversedIds = ["z", "y", "x"];
        int[] places = [0, 1, 2], reversedPlaces = [2, 1, 0];
        Assert.Equal(0, MovedCount(Partition.FromNames("1", clusters, ids), Partition.FromNames("2", reversed, reversedIds, places)));
        Assert.Equal(0, MovedCount(Partition.FromNames("1", clusters), Partition.FromNames("2", reversed, reversedIds, reversedPlaces)));
        Assert.Equal(
            0, MovedCount(Partition.FromNames("1", clusters, ids, places), Partition.FromNames("2", reversed, null, reversedPlaces)));
        Assert.Equal(1, MovedCount(Partition.FromNames("1", ["a", "a", "b"]), Partition.FromNames("2", ["a", "b", "a"])));

        static int MovedCount(Partition reference, Partition difference) =>
            PartitionComparison.Compute(reference, difference, Execution.Default).EnumerateMovedRows().Count();
    }

    [Fact]
    public void AMovedRow_HasTheIndexOfItsSource_NotItsPosition()
    {
        var reference = Partition.FromNames("1", ["a", "a", "b", "b"], ["x", "y", "z", "w"], [7, 8, 3, 4]);
        var difference = Partition.FromNames("2", ["a", "a", "b", "a"], ["x", "y", "z", "w"]);
        var moved = Assert.Single(PartitionComparison.Compute(reference, difference, Execution.Default).EnumerateMovedRows());
        Assert.Equal((4, "w"), (moved.Index, moved.Id));
    }

    [Theory]
    [InlineData("x y", "y z", null)]
    [InlineData("x x", "x y", "DuplicateRow")]
    [InlineData("x y", "y y y", "DuplicateRow")]
    [InlineData("x x", "x x", null)]
    [InlineData("x y", "z w", "NoCommonRows")]
    public void Ids_AreUniqueUnlessBothClusteringsHaveTheSame(string ids, string otherIds, string? error)
    {
        var (reference, difference) = (OfIds(ids), OfIds(otherIds));
        var thrown = Record.Exception(() => PartitionComparison.Compute(reference, difference, Execution.Default));
        Assert.Equal(error, (thrown as N2DException)?.Id);

        static Partition OfIds(string ids) => Partition.FromNames(ids, [.. ids.Split(' ').Select(_ => "a")], ids.Split(' '));
    }

    [Fact]
    public void ADuplicateRow_IsNamedByItsPositionsFrom1_AndItsClustering()
    {
        var reference = Partition.FromNames("before", ["a", "a"], ["x", "y"]);
        var difference = Partition.FromNames("after", ["a", "a", "a"], ["x", "y", "y"]);
        var error = Assert.Throws<N2DException>(() => PartitionComparison.Compute(reference, difference, Execution.Default));
        Assert.StartsWith("Rows 2 and 3 of the clustering 'after' have the same id, 'y'.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ACanceledComparison_Stops()
    {
        string[] clusters = [.. Enumerable.Range(0, 100).Select(row => $"{row % 10}")];
        var execution = Execution.Default with { CancellationToken = new CancellationToken(canceled: true) };
        Assert.Throws<OperationCanceledException>(() => PartitionComparison.Compute(
            Partition.FromNames("1", clusters), Partition.FromNames("2", clusters.Reverse().ToArray()), execution));
    }

    private static PartitionComparison Compare(string reference, string difference) => PartitionComparison.Compute(
        Partition.FromNames("1", reference.Split(' ')), Partition.FromNames("2", difference.Split(' ')), Execution.Default);

    private static IEnumerable<string> Pairs(PartitionComparison comparison) =>
        comparison.GetClusterMatches().Select(match => $"{match.Reference}={match.Difference}");
}
