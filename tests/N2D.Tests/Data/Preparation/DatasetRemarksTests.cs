using System.Globalization;
using N2D.Data;
using N2D.Tests.Data.Tables;

namespace N2D.Tests.Data.Preparations;

public sealed class DatasetRemarksTests
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
        Assert.Contains("is named like an id", Assert.Single(WarningsOf([name, "a"], row => [$"{row * 7919 % 1009}", $"{row % 7 * 100}"])), StringComparison.Ordinal);

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
        Assert.Contains($"LabelColumn {name}", Assert.Single(WarningsOf(["a", "b", name], row => [$"{row % 7}", $"{row % 11}", $"{row % 3}"])), StringComparison.Ordinal);

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
        Assert.Empty(WarningsOf(["bill", "mass"], row => [$"{row % 5}", $"{row * 37 % 1000}"], new PreparationOptions { Standardize = Standardization.ZScore }));
        Assert.Empty(WarningsOf(["bill", "mass"], row => [$"{row % 5}", $"{row * 37 % 1000}"], new PreparationOptions { IsScaleChosen = true }));
    }

    [Fact]
    public void ChosenColumns_AreNotQuestioned() =>
        Assert.Empty(WarningsOf(["Id", "a"], row => [$"{row}", $"{row % 50}"], new PreparationOptions { AreColumnsChosen = true }));

    [Fact]
    public void ColumnThatFloat32CannotShow_IsWarnedOf_UnlessItIsStandardized()
    {
        static string[] Row(int row) => [$"{1700000000000 + (row % 3 * 60000)}", (row % 3 * 50000).ToString(CultureInfo.InvariantCulture)];

        Assert.Contains("column 't' varies by less than float32 can show", Assert.Single(WarningsOf(["t", "a"], Row)), StringComparison.Ordinal);
        Assert.Empty(WarningsOf(["t", "a"], Row, new PreparationOptions { Standardize = Standardization.ZScore }));
    }

    private static List<string> WarningsOf(string[] names, Func<int, string[]> row, PreparationOptions? options = null) =>
        Rows.Listen(execution => Preparation.Apply(Rows.Build(names, Rows.Repeat(200, number => row(number))), options ?? new PreparationOptions(), execution)).Warnings;
}
