using N2D.Numerics;

namespace N2D.Tests.Numerics;

public sealed class FixedOrderTests
{
    /// <summary>Lengths on both sides of one vector, of two, and of whole rows of pixels.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(31)]
    [InlineData(784)]
    public void Sums_AreThoseOfAPlainLoop(int length)
    {
        var x = Enumerable.Range(0, length).Select(i => MathF.Sin(i)).ToArray();
        var y = Enumerable.Range(0, length).Select(i => MathF.Cos(3 * i)).ToArray();
        double[] left = [.. x.Select(value => (double)value)];
        double[] right = [.. y.Select(value => (double)value)];

        var dot = left.Zip(right, (a, b) => a * b).Sum();
        var distance = Math.Sqrt(left.Zip(right, (a, b) => (a - b) * (a - b)).Sum());
        var norm = Math.Sqrt(left.Sum(a => a * a));

        // A thousand roundings of values up to 1: 1e-13 in double precision, 1e-4 in single.
        Assert.Equal(dot, FixedOrder.Dot<double>(left, right), 1e-12);
        Assert.Equal(distance, FixedOrder.Distance<double>(left, right), 1e-12);
        Assert.Equal(norm, FixedOrder.Norm<double>(left), 1e-12);
        Assert.Equal(left.Sum(), FixedOrder.Sum<double>(left), 1e-12);
        Assert.Equal(dot, FixedOrder.Dot<float>(x, y), 1e-4);
        Assert.Equal(distance, FixedOrder.Distance<float>(x, y), 1e-4);
    }

    [Fact]
    public void SpansOfTwoLengths_AreRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => FixedOrder.Dot<float>(new float[3], new float[4]));
}
