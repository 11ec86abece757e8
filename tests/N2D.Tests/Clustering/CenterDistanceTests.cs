using System.Runtime.Intrinsics;
using N2D.Clustering;
using N2D.Numerics;

namespace N2D.Tests.Clustering;

/// <summary>Distances to centers by vectors of each width; those that the processor lacks are emulated.</summary>
public sealed class CenterDistanceTests
{
    private const int BlockSize = 96;

    public static TheoryData<int, int> Shapes => new()
    {
        { 1, 1 }, { 2, 1 }, { 1, 2 }, { 3, 3 }, { 4, 5 }, { 5, 16 }, { 6, 10 }, { 7, 17 }, { 10, 31 }, { 33, 50 }, { 64, 2 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Block_HasTheSameCentersForEveryWidth(int dimension, int centerCount)
    {
        var (rows, centers) = RowsAndCenters(dimension, centerCount);
        var block = ColumnBlocks.Of(rows, BlockSize, Execution.Default).Block(0);
        var nearest = new int[3][];
        for (var width = 0; width < 3; width++)
        {
            nearest[width] = new int[BlockSize];
        }

        SquaredDistances.Nearest<Width128<float>, Vector128<float>>(block, centers.Values, dimension, nearest[0]);
        SquaredDistances.Nearest<Width256<float>, Vector256<float>>(block, centers.Values, dimension, nearest[1]);
        SquaredDistances.Nearest<Width512<float>, Vector512<float>>(block, centers.Values, dimension, nearest[2]);

        Assert.Equal(nearest[0], nearest[1]);
        Assert.Equal(nearest[0], nearest[2]);
        for (var row = 0; row < rows.RowCount; row++)
        {
            Assert.Equal(Expected(rows.Row(row), centers).Center, nearest[0][row]);
        }
    }

    [Theory]
    [InlineData(32)]
    [InlineData(64)]
    [InlineData(96)]
    public void Block_HasTheSameDistancesForEveryWidth(int rowCount)
    {
        var (rows, centers) = RowsAndCenters(dimension: 7, centerCount: 1);
        var block = ColumnBlocks.Of(rows, BlockSize, Execution.Default).Block(0);
        float[] narrow = new float[rowCount], middle = new float[rowCount], wide = new float[rowCount];
        SquaredDistances.From<Width128<float>, Vector128<float>>(block, centers.Row(0), narrow);
        SquaredDistances.From<Width256<float>, Vector256<float>>(block, centers.Row(0), middle);
        SquaredDistances.From<Width512<float>, Vector512<float>>(block, centers.Row(0), wide);

        Assert.Equal(narrow, middle);
        Assert.Equal(narrow, wide);
        for (var row = 0; row < rowCount; row++)
        {
            Assert.Equal(SquaredDistance(rows.Row(row), centers.Row(0)), narrow[row], 1e-5);
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Rows_HaveTheSameCentersAndDistancesForEveryWidth(int dimension, int centerCount)
    {
        var (rows, values) = RowsAndCenters(dimension, centerCount);
        var centers = new NearestCenters(centerCount, dimension);
        centers.Set(values.Values);
        int[] numbers = [5, 90, 0, 1, 2, 44, 95];
        var found = new CenterDistances[3][];
        for (var width = 0; width < 3; width++)
        {
            found[width] = new CenterDistances[numbers.Length];
        }

        var scratch = new float[centers.ScratchLength];
        centers.Find<Width128<float>, Vector128<float>>(rows, numbers, found[0], scratch);
        centers.Find<Width256<float>, Vector256<float>>(rows, numbers, found[1], scratch);
        centers.Find<Width512<float>, Vector512<float>>(rows, numbers, found[2], scratch);

        Assert.Equal(found[0], found[1]);
        Assert.Equal(found[0], found[2]);
        for (var place = 0; place < numbers.Length; place++)
        {
            var expected = Expected(rows.Row(numbers[place]), values);
            Assert.Equal(expected.Center, found[0][place].Center);
            Assert.Equal(expected.Nearest, found[0][place].Nearest, 1e-5);
            Assert.Equal(expected.Next, found[0][place].Next, 1e-5);
        }
    }

    /// <summary>Lanes without a center must not be nearest, however far away all centers are.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1e30f)]
    public void Rows_FarFromAllCenters_HaveACenter(float value)
    {
        var centers = new NearestCenters(clusterCount: 3, dimension: 2);
        centers.Set([3e30f, 3e30f, 2e30f, 3e30f, 3e30f, 2e30f]);
        var found = new CenterDistances[1];
        centers.Find(Matrix.Own([value, value], 2), [0], found, new float[centers.ScratchLength]);

        Assert.InRange(found[0].Center, 0, 2);
        Assert.Equal(float.PositiveInfinity, found[0].Nearest);
    }

    private static (Matrix Rows, Matrix Centers) RowsAndCenters(int dimension, int centerCount)
    {
        var rows = RandomRows.Uniform(BlockSize, dimension, seed: dimension);
        var centers = RandomRows.Uniform(centerCount, dimension, seed: 100 + centerCount).Values.ToArray();
        if (centerCount > 2)
        {
            // The first of equal centers counts.
            Array.Copy(centers, (centerCount - 2) * dimension, centers, (centerCount - 1) * dimension, dimension);
        }

        return (rows, Matrix.Own(centers, dimension));
    }

    private static (int Center, double Nearest, double Next) Expected(ReadOnlySpan<float> row, Matrix centers)
    {
        var (center, nearest, next) = (0, double.PositiveInfinity, double.PositiveInfinity);
        for (var other = 0; other < centers.RowCount; other++)
        {
            var distance = SquaredDistance(row, centers.Row(other));
            (center, nearest, next) = distance < nearest
                ? (other, distance, nearest)
                : (center, nearest, Math.Min(next, distance));
        }

        return (center, nearest, next);
    }

    private static double SquaredDistance(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        var sum = 0.0;
        for (var column = 0; column < x.Length; column++)
        {
            sum += ((double)x[column] - y[column]) * ((double)x[column] - y[column]);
        }

        return sum;
    }
}
