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
    public void ExplainedVarianceOfIris_IsScikitLearns()
    {
        var iris = ExpectedValues.Load("pca.json").GetProperty("iris").ToMatrix();

        // sklearn.decomposition.PCA().fit(load_iris().data): explained_variance_ and explained_variance_ratio_.
        double[] variances = [4.22824171, 0.24267075, 0.0782095, 0.02383509], ratios = [0.92461872, 0.05306648, 0.01710261, 0.00521218];
        var pca = Fit(iris, 4);
        var components = pca.GetExplainedVariance();
        Assert.Equal([1, 2, 3, 4], components.Select(component => component.Component));

        // Sums are in float32.
        Assert.All(components.Zip(variances), pair => Assert.Equal(1, pair.First.Variance / pair.Second, 2e-5));
        Assert.All(components.Zip(ratios), pair => Assert.Equal(1, pair.First.Ratio / pair.Second, 2e-5));
        Assert.Equal(variances.Sum(), pca.TotalVariance, 1e-4);
        Assert.Equal(1, components[3].CumulativeRatio, 1e-6);
        Assert.Equal(ratios[0] + ratios[1], components[1].CumulativeRatio, 1e-5);

        // With some of the components, the variances are unchanged, and the total is that of all columns.
        var two = Fit(iris, 2);
        Assert.Equal(variances.Sum(), two.TotalVariance, 1e-4);
        Assert.Equal(variances[1], two.GetExplainedVariance()[1].Variance, 1e-5);
    }

    [Theory]
    [InlineData(0.5, 1)]
    [InlineData(0.93, 2)]
    [InlineData(0.98, 3)]
    [InlineData(0.999, 4)]
    public void ExplainedVariance_KeepsAsManyComponentsOfIris_AsScikitLearn(double share, int count)
    {
        // PCA(n_components=share, svd_solver="full").fit(load_iris().data).n_components_
        var pca = new PcaOptions
        { ExplainedVariance = share }.Fit(ExpectedValues.Load("pca.json").GetProperty("iris").ToMatrix(), Execution.Default);
        Assert.Equal(count, pca.OutputDimension);
        Assert.Equal(count, pca.Layout.ColumnCount);
        Assert.StartsWith("ExplainedVariance=0.", pca.Settings, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.5, 5)]
    [InlineData(0.9, 21)]
    [InlineData(0.95, 29)]
    [InlineData(0.99, 41)]
    public void ExplainedVariance_KeepsAsManyComponentsOfDigits_AsScikitLearn(double share, int count)
    {
        // PCA(n_components=share, svd_solver="full").fit(load_digits().data).n_components_
        var rows = DatasetCatalog.Find("Digits")!.Read().GetRows();
        var pca = new PcaOptions { ExplainedVariance = share }.Fit(rows, Execution.Default);
        Assert.Equal(count, pca.OutputDimension);
        var components = pca.GetExplainedVariance();
        Assert.True(components[^1].CumulativeRatio > share);
        Assert.True(count == 1 || components[^2].CumulativeRatio <= share);

        // The components are those of a fit to that dimension, within what sums in float32 allow.
        Assert.All(
            components.Zip(Fit(rows, count).GetExplainedVariance()),
            pair => Assert.Equal(1, pair.First.Variance / pair.Second.Variance, 1e-3));
    }

    [Fact]
    public void ExplainedVariance_OfFewOrEqualRows_KeepsWhatThereIs()
    {
        var few = RandomRows.Uniform(3, 20);
        Assert.Equal(2, (new PcaOptions { ExplainedVariance = 0.9999 }.Fit(few, Execution.Default)).OutputDimension);
        var equal = new PcaOptions { ExplainedVariance = 0.5 }.Fit(Matrix.Own([.. Enumerable.Repeat(3.5f, 60)], 3), Execution.Default);
        Assert.Equal(new ComponentVariance(1, 0, 0, 0), Assert.Single(equal.GetExplainedVariance()));
        Assert.Equal(
            "TooFewRows",
            Assert.Throws<N2DException>(() => new PcaOptions
            { ExplainedVariance = 0.5 }.Fit(RandomRows.Uniform(1, 3), Execution.Default)).Id);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-0.5)]
    [InlineData(double.NaN)]
    public void ExplainedVariance_OutOfRange_IsRefused(double share) =>
        Assert.Equal("ExplainedVarianceOutOfRange", Assert.Throws<N2DException>(() => new PcaOptions { ExplainedVariance = share }).Id);

    [Fact]
    public void ExplainedVariance_OfColumnsOfAnyUnit_ScalesWithItsSquare()
    {
        var rows = RandomRows.Uniform(200, 6);
        var (plain, large) = (Fit(rows, 3), Fit(Matrix.Own([.. rows.Values.ToArray().Select(value => value * 1024)], 6), 3));
        Assert.Equal(plain.TotalVariance * 1024 * 1024, large.TotalVariance, plain.TotalVariance);
        Assert.Equal(plain.GetVarianceShares(), large.GetVarianceShares());
    }

    [Fact]
    public void Directions_AndUnseenRows_AreScikitLearns()
    {
        var expected = ExpectedValues.Load("pca.json");
        var iris = expected.GetProperty("iris").ToMatrix();
        var pca = Fit(Matrix.Own(iris.RowRange(0, 100).ToArray(), 4), 3);
        AssertNear(expected.GetProperty("irisComponents").ToMatrix(), pca.GetDirections());
        AssertNear(
            expected.GetProperty("irisUnseen").ToMatrix(),
            pca.Transform(Matrix.Own(iris.RowRange(100, 50).ToArray(), 4), Execution.Default));
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
            .Select(threads => new PcaOptions { Dimension = 4 }.Fit(rows, new Execution { ThreadCount = threads }).Layout.Values.ToArray())
            .ToArray();
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

    /// <summary>
    /// Rows in a subspace of five dimensions, with constant columns, by the scatter matrix (many rows) and without it (few rows).
    /// </summary>
    [Theory]
    [InlineData(3000, 300, 0)]
    [InlineData(3000, 300, 1000)]
    [InlineData(200, 3000, 0)]
    public void RowsOfLowRank_HaveNoVarianceInOtherDirections(int rowCount, int columnCount, float offset)
    {
        const int Rank = 5;
        var values = new float[rowCount * columnCount];
        var (points, directions) = (RandomRows.Uniform(rowCount, Rank, seed: 1), RandomRows.Uniform(Rank, columnCount, seed: 2));
        for (var row = 0; row < rowCount; row++)
        {
            for (var column = 0; column < columnCount; column++)
            {
                var isConstant = column % 10 == 0;
                for (var direction = 0; direction < Rank && !isConstant; direction++)
                {
                    values[(row * columnCount) + column] += points[row, direction] * directions[direction, column];
                }

                values[(row * columnCount) + column] += offset;
            }
        }

        var rows = Matrix.Own(values, columnCount);
        var pca = Fit(rows, 8);
        var shares = pca.GetVarianceShares();
        var reconstructed = pca.InverseTransform(pca.Layout, Execution.Default);

        Assert.Equal(1, shares.Take(Rank).Sum(), 1e-5);
        Assert.All(shares.Skip(Rank), share => Assert.InRange(share, 0, 1e-7));
        Assert.All(Enumerable.Range(0, 20), row => Assert.Equal(rows[row * 7, 33], reconstructed[row * 7, 33], 1e-3));
        Assert.All(Enumerable.Range(0, 20), row => Assert.Equal(offset, reconstructed[row * 7, 30], 1e-3));
    }

    [Fact]
    public void RowsThatDoNotFit_AreRefusedByName()
    {
        var rows = RandomRows.Uniform(30, 6);
        Assert.Equal("TooFewColumns", Assert.Throws<N2DException>(() => Fit(rows, 7)).Id);
        Assert.Equal("TooFewRows", Assert.Throws<N2DException>(() => Fit(Matrix.Own(rows.RowRange(0, 4).ToArray(), 6), 5)).Id);
        Assert.Equal("TooFewRows", Assert.Throws<N2DException>(() => Fit(Matrix.Own(rows.Row(0).ToArray(), 6), 1)).Id);
        Assert.Equal("DimensionOutOfRange", Assert.Throws<N2DException>(() => Fit(rows, 0)).Id);
        Assert.Equal(
            "DimensionMismatch", Assert.Throws<N2DException>(() => Fit(rows, 2).Transform(RandomRows.Uniform(3, 5), Execution.Default)).Id);
        Assert.Equal("NotFinite", Assert.Throws<N2DException>(() => Fit(Matrix.Own([1, 2, float.NaN, 4], 2), 1)).Id);
    }

    [Fact]
    public void Canceled_EndsBeforeTheNextReport() =>
        Cancellation.AssertEndsAt("round 2", execution => new PcaOptions { Dimension = 30 }.Fit(RandomRows.Uniform(2000, 300), execution));

    private static Pca Fit(Matrix rows, int dimension) => new PcaOptions { Dimension = dimension }.Fit(rows, Execution.Default);

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
