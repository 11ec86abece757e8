using System.Globalization;
using N2D.Data;
using N2D.Tests.Data.Tables;

namespace N2D.Tests.Data.Preparations;

public sealed class DatasetWarningsTests
{
    [Theory]
    [InlineData("Id", 1)]
    [InlineData("value", 0)]
    [InlineData("CustomerID", 10001)]
    [InlineData("n", 20000001)]
    public void ColumnThatCountsTheRows_IsWarnedOf_ByName(string name, int first)
    {
        var warnings = WarningsOf([name, "a"], row => [$"{first + row}", $"{row % 7 * 50}"]);

        var warning = Assert.Single(warnings, warning => warning.Contains($"column '{name}' counts the rows", StringComparison.Ordinal));
        Assert.Contains($"IdColumn {name}", warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CustomerID")]
    [InlineData("user_id")]
    [InlineData("Order No")]
    [InlineData("key")]
    [InlineData("patientKey")]
    public void UniqueWholeNumbersNamedLikeAnId_AreWarnedOf(string name) =>
        Assert.Contains(
            "is named like an id",
            Assert.Single(WarningsOf([name, "a"], row => [$"{row * 7919 % 1009}", $"{row % 7 * 100}"])),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("humid")]
    [InlineData("paid")]
    [InlineData("grid")]
    [InlineData("turnkey")]
    [InlineData("value")]
    public void OtherNames_AreNot(string name) =>
        Assert.Empty(WarningsOf([name, "a"], row => [$"{row * 7919 % 1009}", $"{row % 7 * 100}"]));

    [Fact]
    public void IdsThatRecur_AreNot() => Assert.Empty(WarningsOf(["machine_id", "a"], row => [$"{row % 5}", $"{row % 7}"]));

    [Theory]
    [InlineData("y")]
    [InlineData("Class")]
    [InlineData("target")]
    public void FewWholeNumbersNamedLikeALabel_AreWarnedOf(string name) =>
        Assert.Contains(
            $"LabelColumn {name}",
            Assert.Single(WarningsOf(["a", "b", name], row => [$"{row % 7}", $"{row % 11}", $"{row % 3}"])),
            StringComparison.Ordinal);

    [Fact]
    public void ColumnWithNearlyAllOfTheVariance_IsWarnedOf_WithItsShare()
    {
        var warning = Assert.Single(WarningsOf(["bill", "mass"], row => [$"{row % 5}", $"{row * 37 % 1000}"]));

        Assert.Contains("column 'mass' has 99.9 % of the variance", warning, StringComparison.Ordinal);
        Assert.Contains("Standardize ZScore", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void StandardizedOrChosenScale_IsNotQuestioned()
    {
        Assert.Empty(
            WarningsOf(
                ["bill", "mass"],
                row => [$"{row % 5}", $"{row * 37 % 1000}"],
                new PreparationOptions { Standardize = Standardization.ZScore }));
        Assert.Empty(
            WarningsOf(["bill", "mass"], row => [$"{row % 5}", $"{row * 37 % 1000}"], new PreparationOptions { IsScaleChosen = true }));
    }

    [Fact]
    public void ChosenColumns_AreNotQuestioned() =>
        Assert.Empty(WarningsOf(["Id", "a"], row => [$"{row}", $"{row % 50}"], new PreparationOptions { AreColumnsChosen = true }));

    [Fact]
    public void ColumnThatFloat32CannotShow_IsWarnedOf_UnlessItIsStandardized()
    {
        static string[] Row(int row) => [$"{1700000000000 + (row % 3 * 60000)}", (row % 3 * 50000).ToString(CultureInfo.InvariantCulture)];

        Assert.Contains(
            "column 't' varies too little for the precision of float32",
            Assert.Single(WarningsOf(["t", "a"], Row)),
            StringComparison.Ordinal);
        Assert.Empty(WarningsOf(["t", "a"], Row, new PreparationOptions { Standardize = Standardization.ZScore }));
    }

    [Theory]
    [InlineData("1e9", "1000000000")]
    [InlineData("-3e6", "-3000000")]
    public void OneValueFarBeyondAllOthers_IsWarnedOf_WithItsPlace(string outlier, string shown)
    {
        var warning = Assert.Single(WarningsOf(["a", "b"], row => [row == 16 ? outlier : $"{row * 37 % 101}", $"{row % 7}"]));

        Assert.Contains($"column 'a' holds {shown} in row 17 of 200", warning, StringComparison.Ordinal);
        Assert.Contains($"MissingMarks {shown}", warning, StringComparison.Ordinal);
        Assert.Contains("ExcludedColumns a", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void FewValuesFarBeyondAllOthers_AreCounted_AlsoBesideGaps() =>
        Assert.Contains(
            "column 'a' holds 3 values such as 999999999 in row 11 of 200",
            Assert.Single(
                WarningsOf(
                    ["a", "b"],
                    row => [row == 5 ? "" : row is 10 or 20 or 30 ? "999999999" : $"{row * 37 % 101}", $"{row % 7}"],
                    new PreparationOptions { MissingValue = MissingValuePolicy.Mean })).Replace(
                        "1000000000", "999999999", StringComparison.Ordinal),
            StringComparison.Ordinal);

    [Fact]
    public void OutlierIsWarnedOf_OfStandardizedColumnsToo() =>
        Assert.Contains(
            "row 17 of 200",
            Assert.Single(
                WarningsOf(
                    ["a", "b"],
                    row => [row == 16 ? "1e9" : $"{row * 37 % 101}", $"{row % 7}"],
                    new PreparationOptions { Standardize = Standardization.ZScore })),
            StringComparison.Ordinal);

    [Theory]
    [InlineData(0.5)]
    [InlineData(1.5)]
    [InlineData(3)]
    public void HeavyTails_AreNoOutliers(double spread)
    {
        // Incomes and counts are lognormal, at most of such a spread.
        for (var seed = 1; seed <= 20; seed++)
        {
            var random = new Random(seed);
            Assert.DoesNotContain(
                WarningsOf(["a", "b"], row => [$"{Math.Exp(spread * Gaussian(random)):R}", $"{row % 7}"]),
                warning => warning.Contains("in row", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void RareValuesAmongZeros_AreNoOutliers() =>
        Assert.DoesNotContain(
            WarningsOf(["a", "b"], row => [row == 3 ? "5000" : row % 50 == 0 ? "1" : "0", $"{row % 7}"]),
            warning => warning.Contains("in row", StringComparison.Ordinal));

    private static double Gaussian(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static List<string> WarningsOf(string[] names, Func<int, string[]> row, PreparationOptions? options = null) =>
        Rows.Listen(
            execution => Preparation.Apply(
                Rows.Build(names, Rows.Repeat(200, number => row(number))), options ?? new PreparationOptions(), execution)).Warnings;
}
