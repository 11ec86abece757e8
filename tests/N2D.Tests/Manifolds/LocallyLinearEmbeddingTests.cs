using N2D.Manifolds;
using N2D.Numerics;
using N2D.Tests.Expected;

namespace N2D.Tests.Manifolds;

public sealed class LocallyLinearEmbeddingTests
{
    [Theory]
    [InlineData(LocallyLinearVariant.Standard, "standard")]
    [InlineData(LocallyLinearVariant.Modified, "modified")]
    public void SwissRoll_IsFlattenedAsByScikitLearn_SeenRowsAndUnseen(LocallyLinearVariant variant, string name)
    {
        var expected = ExpectedValues.Load("lle.json").GetProperty(name);
        var roll = ExpectedValues.Load("isomap.json");
        var embedding = Fit(
            roll.GetProperty("rows").ToMatrix(),
            new LocallyLinearEmbeddingOptions { NeighborCount = 12, Dimension = 2, Variant = variant });
        Assert.Equal(1, embedding.ReconstructionError / expected.GetProperty("reconstructionError").GetDouble(), 1e-3);

        // Coordinates of variance 1; eigenvectors to 1e-6, by forms whose eigenvalues of 1e-7 are told from rounding.
        AssertNear(expected.GetProperty("layout").ToMatrix(), embedding.Layout, 2e-3f);
        AssertNear(
            expected.GetProperty("unseenLayout").ToMatrix(), embedding.Transform(roll.GetProperty("unseen").ToMatrix(), Execution.Default),
            2e-3f);
    }

    [Theory]
    [InlineData(LocallyLinearVariant.Standard, "standard")]
    [InlineData(LocallyLinearVariant.Modified, "modified")]
    public void ReconstructionErrorInManyColumns_IsScikitLearns(LocallyLinearVariant variant, string name)
    {
        var expected = ExpectedValues.Load("lle.json");
        var embedding = Fit(
            expected.GetProperty("wide").ToMatrix(), new LocallyLinearEmbeddingOptions
            { NeighborCount = 8, Dimension = 3, Variant = variant });
        Assert.Equal(
            1, embedding.ReconstructionError / expected.GetProperty(name).GetProperty("wideReconstructionError").GetDouble(), 1e-3);
    }

    [Fact]
    public void RowsOfTheFit_LieWhereTheyDid()
    {
        var embedding = Fit(RandomRows.Uniform(300, 4), new LocallyLinearEmbeddingOptions { NeighborCount = 10, Dimension = 2 });
        Assert.Equal(embedding.Layout.Values, embedding.Transform(embedding.Rows, Execution.Default).Values);
    }

    [Fact]
    public void EachDimension_HasMean0AndVariance1()
    {
        var layout = Fit(RandomRows.Uniform(400, 4), new LocallyLinearEmbeddingOptions { NeighborCount = 10, Dimension = 3 }).Layout;
        for (var axis = 0; axis < 3; axis++)
        {
            Assert.Equal(0, Enumerable.Range(0, 400).Average(row => (double)layout[row, axis]), 1e-6);
            Assert.Equal(1, Enumerable.Range(0, 400).Average(row => (double)layout[row, axis] * layout[row, axis]), 1e-5);
        }
    }

    [Theory]
    [InlineData(LocallyLinearVariant.Standard)]
    [InlineData(LocallyLinearVariant.Modified)]
    public void SameSeed_SameBytes_ForAnyThreadCount(LocallyLinearVariant variant)
    {
        var rows = RandomRows.Uniform(700, 3);
        var options = new LocallyLinearEmbeddingOptions { NeighborCount = 8, Dimension = 2, Variant = variant, Seed = 5 };
        var layouts = new[] { 1, 2, 5 }.Select(threads =>
            options.Fit(Matrix.Own(rows.Values.ToArray(), 3), new Execution { ThreadCount = threads }).Layout.Values.ToArray()).ToArray();
        Assert.Equal(layouts[0], layouts[1]);
        Assert.Equal(layouts[0], layouts[2]);
    }

    [Fact]
    public void PartsThatNoNeighborJoins_AreRefused_WithTheAlternative()
    {
        var (rows, _) = RandomRows.Blobs(120, 4, 2, scale: 500);
        var error = Assert.Throws<N2DException>(() => Fit(rows, new LocallyLinearEmbeddingOptions { NeighborCount = 8, Dimension = 2 }));
        Assert.Equal("DisconnectedRows", error.Id);
        Assert.Contains("2 separate parts, the smallest of 60 rows", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GroupsOfDuplicates_AreToldOf()
    {
        // The copies of two rows have only each other as neighbors. One dimension separates them.
        var some = RandomRows.Uniform(100, 2);
        var rows = Matrix.Own([.. some.Values, .. Enumerable.Repeat(some.RowRange(3, 2).ToArray(), 9).SelectMany(row => row)], 2);
        var warnings = new List<string>();
        var layout = new LocallyLinearEmbeddingOptions
        { NeighborCount = 8, Dimension = 2 }.Fit(rows, new Execution { Warn = warnings.Add }).Layout;
        Assert.All(layout.Values.ToArray(), value => Assert.True(float.IsFinite(value)));
        Assert.Contains("duplicates", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatDoesNotFit_IsRefusedByName()
    {
        var rows = RandomRows.Uniform(20, 2);
        Assert.Equal("TooFewRows", Assert.Throws<N2DException>(() => Fit(rows, new LocallyLinearEmbeddingOptions())).Id);
        Assert.Equal(
            "TooFewRows",
            Assert.Throws<N2DException>(() => Fit(rows, new LocallyLinearEmbeddingOptions { NeighborCount = 3, Dimension = 19 })).Id);
        Assert.Equal(
            "TooFewNeighbors",
            Assert.Throws<N2DException>(
                () => Fit(
                    rows,
                    new LocallyLinearEmbeddingOptions { NeighborCount = 3, Dimension = 5, Variant = LocallyLinearVariant.Modified })).Id);
        Assert.Equal(
            "NeighborCountOutOfRange", Assert.Throws<N2DException>(() => new LocallyLinearEmbeddingOptions { NeighborCount = 0 }).Id);
        Assert.Equal(
            "RegularizationOutOfRange", Assert.Throws<N2DException>(() => new LocallyLinearEmbeddingOptions { Regularization = 0 }).Id);
    }

    [Fact]
    public void Canceled_EndsBeforeTheNextReport() =>
        Cancellation.AssertEndsAt(
            "factorization",
            execution => new LocallyLinearEmbeddingOptions { NeighborCount = 12 }.Fit(RandomRows.Uniform(6000, 10), execution));

    private static LocallyLinearEmbedding Fit(Matrix rows, LocallyLinearEmbeddingOptions options) =>
        options.Fit(rows, Execution.Default);

    private static void AssertNear(Matrix expected, Matrix actual, float tolerance)
    {
        Assert.Equal(expected.Values.Length, actual.Values.Length);
        for (var place = 0; place < expected.Values.Length; place++)
        {
            Assert.Equal(expected.Values[place], actual.Values[place], tolerance);
        }
    }
}
