using N2D.Data;
using N2D.Manifolds;
using N2D.Numerics;
using N2D.Tests.Expected;

namespace N2D.Tests.Manifolds;

public sealed class PcaTests
{
    [Fact]
    public void VarianceSharesOfDigits_AreScikitLearns()
    {
        var expected = ExpectedValues.Load("pca.json").GetProperty("digitsVarianceShares");
        var shares = Fit(DatasetCatalog.Find("Digits")!.Read().GetRows(), 10).GetVarianceShares();

        // Sums are in float32.
        Assert.All(shares.Index(), share => Assert.Equal(1, share.Item / expected[share.Index].GetDouble(), 1e-4));
    }

    [Fact]
    public void Directions_AndUnseenRows_AreScikitLearns()
    {
        var expected = ExpectedValues.Load("pca.json");
        var iris = expected.GetProperty("iris").ToMatrix();
        var pca = Fit(Matrix.Own(iris.RowRange(0, 100).ToArray(), 4), 3);
        AssertNear(expected.GetProperty("irisComponents").ToMatrix(), pca.GetDirections());
        AssertNear(
            expected.GetProperty("irisUnseen").ToMatrix(), pca.Transform(Matrix.Own(iris.RowRange(100, 50).ToArray(), 4), Execution.Default));
    }

    [Fact]
    public void RowsOfTheFit_LieWhereTheyDid_WhateverTheyAreWith()
    {
        var rows = RandomRows.Uniform(700, 20);
        var pca = Fit(rows, 5);
        Assert.Equal(pca.Layout.Values, pca.Transform(rows, Execution.Default).Values);
        Assert.Equal(pca.Layout.Row(523), pca.Transform(Matrix.Own(rows.Row(523).ToArray(), 20), Execution.Default).Values);
    }

    [Fact]
    public void SameBytes_ForAnyThreadCount()
    {
        var rows = RandomRows.Uniform(3000, 40);
        var runs = new[] { 1, 2, 5 }
            .Select(threads => new PcaOptions { Dimension = 4 }.Fit(rows, new Execution { ThreadCount = threads }).Layout.Values.ToArray()).ToArray();
        Assert.Equal(runs[0], runs[1]);
        Assert.Equal(runs[0], runs[2]);
    }

    [Fact]
    public void Duplicates_VaryInNoDirection()
    {
        var pca = Fit(Matrix.Own([.. Enumerable.Repeat(3.5f, 60)], 3), 2);
        Assert.All(pca.GetVarianceShares(), share => Assert.Equal(0, share));
        Assert.All(pca.Layout.Values.ToArray(), value => Assert.Equal(0, value));
    }

    [Fact]
    public void RowsThatDoNotFit_AreRefusedByName()
    {
        var rows = RandomRows.Uniform(30, 6);
        Assert.Equal("TooFewColumns", Assert.Throws<N2DException>(() => Fit(rows, 7)).Id);
        Assert.Equal("TooFewRows", Assert.Throws<N2DException>(() => Fit(Matrix.Own(rows.RowRange(0, 4).ToArray(), 6), 5)).Id);
        Assert.Equal("TooFewRows", Assert.Throws<N2DException>(() => Fit(Matrix.Own(rows.Row(0).ToArray(), 6), 1)).Id);
        Assert.Equal("DimensionOutOfRange", Assert.Throws<N2DException>(() => Fit(rows, 0)).Id);
        Assert.Equal("DimensionMismatch", Assert.Throws<N2DException>(() => Fit(rows, 2).Transform(RandomRows.Uniform(3, 5), Execution.Default)).Id);
        Assert.Equal("NotFinite", Assert.Throws<N2DException>(() => Fit(Matrix.Own([1, 2, float.NaN, 4], 2), 1)).Id);
    }

    [Fact]
    public void Cancelled_EndsWithinASecond() =>
        Cancellation.AssertEndsWithinASecond(execution =>
        {
            while (true)
            {
                new PcaOptions { Dimension = 30 }.Fit(RandomRows.Uniform(2000, 300), execution);
            }
        });

    private static Pca Fit(Matrix rows, int dimension) => (Pca)new PcaOptions { Dimension = dimension }.Fit(rows, Execution.Default);

    private static void AssertNear(Matrix expected, Matrix actual)
    {
        Assert.Equal(expected.Values.Length, actual.Values.Length);
        for (var place = 0; place < expected.Values.Length; place++)
        {
            // Coordinates up to 4 in float32.
            Assert.Equal(expected.Values[place], actual.Values[place], 2e-4f);
        }
    }
}
