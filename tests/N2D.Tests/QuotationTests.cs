namespace N2D.Tests;

public sealed class QuotationTests
{
    private const string Long = "a name of a column that is longer than forty characters";

    [Theory]
    [InlineData("temp_1", "temp_1")]
    [InlineData("", "''")]
    [InlineData("it's", "'it''s'")]
    [InlineData("x\u2019; calc #", "'x\u2019\u2019; calc #'")]
    [InlineData("\u2018\u2019\u201a\u201b", "'\u2018\u2018\u2019\u2019\u201a\u201a\u201b\u201b'")]
    [InlineData("a\nb", "'a\u240ab'")]
    public void AnArgument_DoublesEveryQuotationMarkOfPowerShell(string name, string argument)
    {
        Assert.Equal(argument, Quotation.ArgumentOf(name));
        Assert.Equal(argument, Quotation.WholeArgumentOf(name));
    }

    [Fact]
    public void OnlyTheArgumentOfAMessage_IsShortened()
    {
        Assert.Equal($"'{Long}'", Quotation.WholeArgumentOf(Long));
        Assert.Equal($"'{Long[..40]}...'", Quotation.ArgumentOf(Long));
        Assert.Equal(new string('x', 90), Quotation.WholeArgumentOf(new string('x', 90)));
    }
}
