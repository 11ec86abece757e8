using System.Diagnostics;
using System.Runtime.InteropServices;

namespace N2D.Numerics;

/// <summary>Native memory for the values of a kernel, aligned to a cache line. It grows on demand and is reused.</summary>
internal sealed unsafe class AlignedBuffer
{
    private const int Alignment = 64;

    private float* _values;
    private int _length;

    ~AlignedBuffer() => NativeMemory.AlignedFree(_values);

    /// <summary>Returns memory for some values, uninitialized. It is valid until the next call.</summary>
    /// <param name="length">The number of values.</param>
    public float* Floats(int length)
    {
        Debug.Assert(length >= 0, "The length must be 0 or more.");
        if (length > _length)
        {
            // Reset the fields before the allocation, which can fail: the thread that owns this buffer continues.
            NativeMemory.AlignedFree(_values);
            _values = null;
            _length = 0;
            _values = (float*)NativeMemory.AlignedAlloc((nuint)length * sizeof(float), Alignment);
            _length = length;
        }

        return _values;
    }
}
