using System.Runtime.InteropServices;

namespace N2D.Numerics;

/// <summary>
/// A vector of float32 in native memory: zero at first, aligned to a cache line, at a fixed address. It may be longer than an array.
/// </summary>
/// <remarks>Kernels use its address. Keep the vector until they return; dispose it after them.</remarks>
internal sealed unsafe class NativeVector : IDisposable
{
    private const int Alignment = 64;

    private void* _block;

    /// <summary>Allocates zeros. The system provides the memory when it is first used.</summary>
    /// <param name="length">The number of values.</param>
    public NativeVector(long length)
    {
        Length = length;
        _block = NativeMemory.AllocZeroed(((nuint)length * sizeof(float)) + Alignment);
        NativeMemoryMeter.Add(length * sizeof(float));
        Values = (float*)(((nuint)_block + Alignment - 1) & ~(nuint)(Alignment - 1));
    }

    ~NativeVector() => Free();

    /// <summary>The number of values.</summary>
    public long Length { get; }

    /// <summary>The first value.</summary>
    public float* Values { get; }

    /// <summary>All values.</summary>
    /// <exception cref="OverflowException">There are more than a span can hold.</exception>
    public Span<float> Span => new(Values, checked((int)Length));

    /// <inheritdoc/>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (_block is null)
        {
            return;
        }

        NativeMemory.Free(_block);
        NativeMemoryMeter.Add(-Length * sizeof(float));
        _block = null;
    }
}
