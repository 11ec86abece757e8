namespace N2D.Numerics;

/// <summary>The native memory of a computation, which is freed as a whole. Several threads can allocate.</summary>
internal sealed unsafe class AlignedBuffers : IDisposable
{
    private readonly List<AlignedBuffer> _buffers = [];

    /// <summary>Returns memory for some zeros, aligned to a cache line. It is valid until these buffers are disposed.</summary>
    /// <param name="length">The number of values.</param>
    public float* Zeros(int length)
    {
        var buffer = new AlignedBuffer();
        lock (_buffers)
        {
            _buffers.Add(buffer);
        }

        var values = buffer.Floats(length);
        new Span<float>(values, length).Clear();
        return values;
    }

    /// <inheritdoc/>
    public void Dispose() => _buffers.ForEach(buffer => buffer.Dispose());
}
