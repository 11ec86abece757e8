using N2D.Numerics;

namespace N2D.Tests.Numerics;

public sealed unsafe class NativeVectorTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100_003)]
    public void AVector_IsZero_AndAligned(int length)
    {
        using var vector = new NativeVector(length);
        Assert.Equal(length, vector.Span.Length);
        Assert.Equal(0, (long)vector.Values % 64);
        Assert.False(vector.Span.ContainsAnyExcept(0f));
    }
}
