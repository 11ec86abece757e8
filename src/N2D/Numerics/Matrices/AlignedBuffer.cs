using System.Diagnostics;
using System.Runtime.InteropServices;

namespace N2D.Numerics;

/// <summary>Native memory for the values of a kernel, aligned to a cache line. It grows on demand and is reused.</summary>
/// <remarks>
/// Dispose it after the kernels. The finalizer is for the buffers of threads, which end without notice: the garbage collector does not see
/// native memory, so it can come late.
/// </remarks>
internal sealed unsafe class AlignedBuffer : IDisposable
{
    private const int Alignment = 64;

    private float* _values;
    private int _length;
    private bool _isDisposed;

    ~AlignedBuffer() => Free();

    /// <summary>Returns memory for some values, uninitialized. It is valid until the next call.</summary>
    /// <param name="length">The number of values.</param>
    public float* Floats(int length)
    {
        Debug.Assert(length >= 0, "The length must be 0 or more.");
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (length > _length)
        {
            // Free the memory before the allocation, which can fail: the thread that owns this buffer continues.
            Free();
            _values = (float*)NativeMemory.AlignedAlloc((nuint)length * sizeof(float), Alignment);
            _length = length;
            NativeMemoryMeter.Add((long)length * sizeof(float));
        }

        return _values;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isDisposed = true;
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (_values is null)
        {
            return;
        }

        NativeMemory.AlignedFree(_values);
        NativeMemoryMeter.Add(-(long)_length * sizeof(float));
        _values = null;
        _length = 0;
    }
}
