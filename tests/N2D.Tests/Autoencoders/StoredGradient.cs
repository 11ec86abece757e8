using N2D.Autoencoders;
using N2D.Numerics;

namespace N2D.Tests.Autoencoders;

/// <summary>Stores a gradient, whose parts must arrive once each.</summary>
internal sealed unsafe class StoredGradient : IGradientTarget, IDisposable
{
    private readonly NativeVector _values;

    public StoredGradient(int length)
    {
        _values = new NativeVector(length);
        _values.Span.Fill(float.NaN);
    }

    public Span<float> Values => _values.Span;

    public void Receive(long first, float* values, int count)
    {
        var part = Values.Slice((int)first, count);
        Assert.All(part.ToArray(), value => Assert.Equal(float.NaN, value));
        new ReadOnlySpan<float>(values, count).CopyTo(part);
    }

    public void Prefetch(long first, int count) => Assert.InRange(first + count, 1, _values.Length);

    public void Dispose() => _values.Dispose();
}
