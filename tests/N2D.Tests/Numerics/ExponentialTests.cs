using System.Numerics;
using N2D.Numerics;

namespace N2D.Tests.Numerics;

public sealed class ExponentialTests
{
    [Fact]
    public void Powers_AreThoseOfTheLibrary_ToAnUlp()
    {
        // Both are within an ulp of the truth, and so within two of each other.
        var worst = Enumerable.Range(0, 200_000).Select(place => -place * (700 / 200_000.0)).Max(x => Math.Abs((Of(x) / Math.Exp(x)) - 1));
        Assert.InRange(worst, 0, 2 * Math.BitIncrement(1) - 2);
    }

    [Fact]
    public void OfNothing_IsOne() => Assert.Equal(1, Of(0));

    [Fact]
    public void BelowTheLeast_AFloatIsZero()
    {
        Assert.Equal(0f, (float)Math.Exp(Exponential.SingleUnderflow));
        Assert.NotEqual(0f, (float)Of(Exponential.SingleUnderflow + 1));
    }

    private static double Of(double x) => Exponential.OfNonPositive(new Vector<double>(x))[0];
}
