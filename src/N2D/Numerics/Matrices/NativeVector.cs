namespace N2D.Numerics;

/// <summary>A vector of float32 in native memory (<see cref="NativeArray{T}"/>).</summary>
/// <param name="length">The number of values. They are 0 at first.</param>
internal sealed unsafe class NativeVector(long length) : IDisposable
{
    private readonly NativeArray<float> _array = new(length);

    /// <summary>The number of values.</summary>
    public long Length => _array.Length;

    /// <summary>The first value. Kernels use this address: keep the vector until they return, and dispose it after them.</summary>
    public float* Values => _array.Values;

    /// <summary>All values.</summary>
    /// <exception cref="OverflowException">There are more than a span can hold.</exception>
    public Span<float> Span => _array.Span;

    /// <inheritdoc/>
    public void Dispose() => _array.Dispose();
}
