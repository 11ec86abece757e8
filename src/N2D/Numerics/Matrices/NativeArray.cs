using System.Runtime.InteropServices;

namespace N2D.Numerics;

/// <summary>
/// Values in native memory: zero at first, aligned to a cache line, at a fixed address. There may be more than in an array.
/// </summary>
/// <remarks>
/// Use it for large arrays of one step of a method. Its memory is free when it is disposed; that of arrays often stays in use until
/// several steps later, because the garbage collector waits for more garbage.
/// </remarks>
/// <typeparam name="T">The type of the values.</typeparam>
internal sealed unsafe class NativeArray<T> : IDisposable
    where T : unmanaged
{
    private const int Alignment = 64;

    private void* _block;

    /// <summary>Allocates zeros. The system provides the memory when it is first used.</summary>
    /// <param name="length">The number of values.</param>
    public NativeArray(long length)
    {
        Length = length;
        _block = NativeMemory.AllocZeroed(((nuint)length * (nuint)sizeof(T)) + Alignment);
        NativeMemoryMeter.Add(length * sizeof(T));
        Values = (T*)(((nuint)_block + Alignment - 1) & ~(nuint)(Alignment - 1));
    }

    ~NativeArray() => Free();

    /// <summary>The number of values.</summary>
    public long Length { get; }

    /// <summary>The first value. Kernels use this address: keep the array until they return, and dispose it after them.</summary>
    public T* Values { get; }

    /// <summary>All values. Keep the array as long as the span is used.</summary>
    /// <exception cref="OverflowException">There are more than a span can hold.</exception>
    public Span<T> Span => new(Values, checked((int)Length));

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
        NativeMemoryMeter.Add(-Length * sizeof(T));
        _block = null;
    }
}
