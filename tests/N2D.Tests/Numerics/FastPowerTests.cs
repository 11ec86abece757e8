using System.Runtime.Intrinsics;
using N2D.Numerics;

namespace N2D.Tests.Numerics;

public sealed class FastPowerTests
{
    [Theory]
    [InlineData(0.3f)]
    [InlineData(0.790495f)]
    [InlineData(1.3f)]
    [InlineData(2f)]
    public void RelativeError_IsBelowItsBound(float exponent)
    {
        // The bound that FastPower states, over the squared distances of a layout.
        for (var x = 1e-6f; x < 1e5f; x *= 1.0003f)
        {
            var exact = Math.Pow(x, exponent);
            var fast = FastPower.Pow(Vector256.Create(x), Vector256.Create(exponent)).ToScalar();
            Assert.InRange(Math.Abs(fast - exact) / exact, 0, 2e-6);
        }
    }

    [Theory]
    [InlineData(1e3f, 13.3f)]
    [InlineData(1e10f, 20f)]
    [InlineData(float.MaxValue, 1.5f)]
    public void PowersPastTheRange_AreItsLargest(float x, float exponent) =>
        Assert.Equal(MathF.ScaleB(1, 126), FastPower.Pow(Vector256.Create(x), Vector256.Create(exponent)).ToScalar());

    [Fact]
    public void PowersOfTwo_AreExact()
    {
        for (var exponent = -20; exponent <= 20; exponent++)
        {
            var power = MathF.ScaleB(1, exponent);
            Assert.Equal(exponent, FastPower.Log2<Width256<float>, Vector256<float>>(Vector256.Create(power)).ToScalar());
            Assert.Equal(power, FastPower.Exp2<Width256<float>, Vector256<float>>(Vector256.Create((float)exponent)).ToScalar());
        }
    }
}
