using System.Globalization;
using N2D.Data;

namespace N2D.Tests.Data.Tables;

public sealed class NumberNotationTests
{
    [Theory]
    [InlineData("1.5", 1.5)]
    [InlineData(" -3e-2 ", -0.03)]
    [InlineData("+7", 7)]
    [InlineData("True", 1)]
    [InlineData("FALSE", 0)]
    public void Point_ReadsNumbersAndTruthValues(string text, double expected)
    {
        Assert.True(NumberNotation.Point.TryParse(text, out var value));
        Assert.Equal(expected, value);
    }

    [Fact]
    public void Numbers_AreTheNearestDoubles_WhateverTheirLength()
    {
        var random = new Random(1);
        for (var number = 0; number < 20_000; number++)
        {
            var digits = string.Concat(Enumerable.Range(0, 1 + random.Next(18)).Select(_ => (char)('0' + random.Next(10))));
            var point = random.Next(digits.Length + 2) - 1;
            var text = (random.Next(2) == 0 ? "-" : "") + (point < 0 ? digits : $"{digits[..point]}.{digits[point..]}");

            Assert.True(NumberNotation.Point.TryParse(text, out var value));
            Assert.Equal(
                BitConverter.DoubleToInt64Bits(double.Parse(text, CultureInfo.InvariantCulture)), BitConverter.DoubleToInt64Bits(value));
        }
    }

    [Theory]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("-.")]
    [InlineData("1.2.3")]
    [InlineData("1-2")]
    [InlineData("1,5")]
    [InlineData("1,000")]
    [InlineData("abc")]
    [InlineData("")]
    [InlineData("1 000")]
    public void Point_ReadsNeitherCommasNorGroups(string text) => Assert.False(NumberNotation.Point.TryParse(text, out _));

    [Theory]
    [InlineData("de-DE", "1.234,5", 1234.5)]
    [InlineData("de-DE", "1,000", 1)]
    [InlineData("de-DE", "-0,25", -0.25)]
    [InlineData("en-US", "1,234.5", 1234.5)]
    [InlineData("en-US", "1,000", 1000)]
    [InlineData("en-US", "-12,345,678", -12345678)]
    [InlineData("fr-FR", "1 234,5", 1234.5)]
    [InlineData("fr-FR", "1\u202f234,5", 1234.5)]
    [InlineData("de-CH", "1\u2019234.5", 1234.5)]
    [InlineData("", "1.5", 1.5)]
    public void Cultures_HaveTheirOwnSeparators_WithOrWithoutDataOfTheSystem(string culture, string text, double expected)
    {
        Assert.True(NumberNotation.Of(culture).TryParse(text, out var value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("en-US", "1,5")]
    [InlineData("en-US", "1,2345")]
    [InlineData("en-US", "0,123")]
    [InlineData("de-DE", "1.5")]
    [InlineData("de-DE", "1.2.3")]
    [InlineData("de-DE", "1,000,000")]
    public void Groups_HaveThreeDigits_SoThatNoSeparatorIsTakenForAnother(string culture, string text) =>
        Assert.False(NumberNotation.Of(culture).TryParse(text, out _));

    [Fact]
    public void CultureObject_GivesItsSeparators_ThoughTheSystemHasNoDataOfCultures()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";

        Assert.True(NumberNotation.Of(culture).TryParse("-4,1486425", out var value));
        Assert.Equal(-4.1486425, value);
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData("12345")]
    public void UnknownCulture_IsRefused(string name) =>
        Assert.Equal("CultureNotFound", Assert.Throws<N2DException>(() => NumberNotation.Of(name)).Id);

    [Theory]
    [InlineData("1,5", true, false)]
    [InlineData("0,125", true, false)]
    [InlineData("1,000", false, true)]
    [InlineData("12,345.6", false, true)]
    [InlineData("1.5", false, false)]
    [InlineData("12", false, false)]
    public void Commas_AreToldApart_WhereTheyLeaveNoDoubt(string text, bool isDecimal, bool isGroup)
    {
        Assert.Equal(isDecimal, NumberNotation.HasDecimalComma(text));
        Assert.Equal(isGroup, NumberNotation.HasGroups(text));
    }
}
