using System.Runtime.InteropServices;

namespace N2D.Numerics;

/// <summary>Memory for the values of a kernel, aligned to a line of the cache. It grows as it is asked to, and is kept.</summary>
internal sealed unsafe class AlignedBuffer
{
    private const int Alignment = 64;

    private float* _values;
    private int _length;

    ~AlignedBuffer() => NativeMemory.AlignedFree(_values);

    /// <summary>Room for so many values, whatever they are; valid until the next call.</summary>
    public float* Floats(int length)
    {
        if (length > _length)
        {
            // Forgotten before it is asked for more, which may fail: the thread that this belongs to goes on.
            NativeMemory.AlignedFree(_values);
            _values = null;
            _length = 0;
            _values = (float*)NativeMemory.AlignedAlloc((nuint)length * sizeof(float), Alignment);
            _length = length;
        }

        return _values;
    }
}
