using ILGPU;
using ILGPU.Runtime;

namespace N2D.Devices;

/// <summary>Memory of a GPU that is released together.</summary>
/// <param name="accelerator">The GPU.</param>
internal sealed class GpuMemory(Accelerator accelerator) : IDisposable
{
    private readonly List<MemoryBuffer> _buffers = [];

    /// <summary>Allocates memory. Its values are arbitrary.</summary>
    /// <param name="length">The number of values, 0 or more.</param>
    /// <typeparam name="T">The type of a value.</typeparam>
    public ArrayView<T> Allocate<T>(long length)
        where T : unmanaged
    {
        // Memory of length 0 has no view.
        var buffer = accelerator.Allocate1D<T>(Math.Max(length, 1));
        _buffers.Add(buffer);
        return buffer.View;
    }

    /// <summary>Copies values to the GPU.</summary>
    /// <param name="values">The values.</param>
    /// <typeparam name="T">Their type.</typeparam>
    public ArrayView<T> Copy<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        var view = Allocate<T>(values.Length);
        if (values.Length > 0)
        {
            view.SubView(0, values.Length).CopyFromCPU(accelerator.DefaultStream, values);
        }

        return view;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var buffer in _buffers)
        {
            try
            {
                buffer.Dispose();
            }
            catch (AcceleratorException)
            {
                // A GPU that is lost cannot release its memory. The error that lost it counts.
            }
        }
    }
}
