using N2D.Numerics;

namespace N2D.Tests.Numerics;

public sealed class InterleavedRowsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(10)]
    [InlineData(17)]
    public void GatheredRows_StandInTheirLanes(int columnCount)
    {
        var rows = NumberedRows(20, columnCount);
        int[] numbers = [3, 19, 0, 7, 7, 1, 12, 5];
        var lanes = new InterleavedRows(2, columnCount);
        lanes.Gather(1, rows, numbers);
        for (var column = 0; column < columnCount; column++)
        {
            for (var lane = 0; lane < InterleavedRows.GroupSize; lane++)
            {
                Assert.Equal(Value(numbers[lane], column), lanes[1, column][lane]);
            }
        }
    }

    [Theory]
    [InlineData(1, 10)]
    [InlineData(5, 10)]
    [InlineData(8, 3)]
    public void ScatteredLanes_ReachTheirRowsAlone(int count, int columnCount)
    {
        var rows = NumberedRows(20, columnCount);
        int[] numbers = [3, 19, 0, 7, 8, 1, 12, 5];
        var lanes = new InterleavedRows(1, columnCount);
        lanes.Gather(0, rows, numbers);
        var target = new AlignedRows(20, columnCount);
        lanes.Scatter(0, target, numbers.AsSpan(0, count));
        for (var row = 0; row < 20; row++)
        {
            var expected = numbers.AsSpan(0, count).Contains(row) ? rows[row].ToArray() : new float[target.Stride];
            Assert.Equal(expected, target[row].ToArray());
        }
    }

    private static float Value(int row, int column) => (100 * row) + column + 1;

    private static AlignedRows NumberedRows(int rowCount, int columnCount)
    {
        var rows = new AlignedRows(rowCount, columnCount);
        for (var row = 0; row < rowCount; row++)
        {
            for (var column = 0; column < columnCount; column++)
            {
                rows[row][column] = Value(row, column);
            }
        }

        return rows;
    }
}
