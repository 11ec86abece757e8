namespace N2D.Tests;

public sealed class QuantityTests
{
    [Theory]
    [InlineData(0, "0 rows", "are 0", "are 0 rows")]
    [InlineData(1, "1 row", "is 1", "is 1 row")]
    [InlineData(2, "2 rows", "are 2", "are 2 rows")]
    public void OneOfAThing_HasNoS(long count, string of, string are, string areRows) =>
        Assert.Equal((of, are, areRows), (Quantity.Of(count, "row"), Quantity.Are(count), Quantity.Are(count, "row")));
}
