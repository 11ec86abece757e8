using N2D.Pipeline;

namespace N2D.Tests.Data;

public sealed class DroppedRowsTests
{
    [Theory]
    [InlineData]
    [InlineData(0)]
    [InlineData(0, 1, 2)]
    [InlineData(3, 4, 9)]
    [InlineData(1, 3, 5, 7, 20, 21)]
    public void ThePlaceOfARow_IsThatOfTheList(params int[] places)
    {
        var dropped = new DroppedRows(places, null, null);
        Assert.Equal(dropped.PlacesOfKept(20), Enumerable.Range(0, 20).Select(dropped.PlaceOf));
    }
}
