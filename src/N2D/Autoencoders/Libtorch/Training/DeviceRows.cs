using System.Runtime.InteropServices;
using N2D.Numerics;
using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>
/// The rows of a training on a device, and their batches. Rows in memory are copied to a GPU once if they fit; all others are
/// streamed batch by batch. Neither waits for the GPU. Its tensors belong to the dispose scope in which it is created.
/// </summary>
internal sealed class DeviceRows
{
    private readonly IDataMatrix _rows;
    private readonly Device _device;
    private readonly Tensor? _onDevice;

    /// <summary>Copies the rows to a GPU if they fit.</summary>
    /// <param name="rows">All rows.</param>
    /// <param name="device">The device of the training.</param>
    /// <param name="isResident">Whether a GPU holds all rows. Rows in a file are always streamed.</param>
    public DeviceRows(IDataMatrix rows, Device device, bool isResident)
    {
        _rows = rows;
        _device = device;
        if (device.type != TorchSharp.DeviceType.CPU && isResident && rows is Matrix matrix)
        {
            using var copy = tensor(matrix.UnsafeValues, [rows.RowCount, rows.ColumnCount]);
            _onDevice = copy.to(device);
        }
    }

    /// <summary>Returns rows on the device, as a tensor of the caller's dispose scope.</summary>
    /// <param name="indices">The indices of the rows.</param>
    /// <param name="sizes">The sizes of the tensor: m x d, or members x m x d.</param>
    public Tensor Load(ReadOnlySpan<int> indices, params long[] sizes)
    {
        if (_onDevice is not null)
        {
            using var places = Upload(tensor(indices.ToArray()), _device);
            return _onDevice.index_select(0, places).view(sizes);
        }

        var read = empty(sizes);
        _rows.CopyRows(indices, MemoryMarshal.Cast<byte, float>(read.bytes));
        return _device.type == TorchSharp.DeviceType.CPU ? read : Upload(read, _device);
    }

    /// <summary>Copies a tensor to a device, and disposes it.</summary>
    /// <remarks>
    /// A copy from pinned memory is asynchronous; for other memory, CUDA first waits for all queued work. libtorch reuses a pinned block
    /// only when the copies from it are complete.
    /// </remarks>
    private static Tensor Upload(Tensor values, Device device)
    {
        using (values)
        {
            if (device.type != TorchSharp.DeviceType.CUDA)
            {
                return values.to(device);
            }

            using var pinned = values.pin_memory();
            return pinned.to(device, non_blocking: true);
        }
    }
}
