using System.Runtime.InteropServices;
using N2D.Numerics;
using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>
/// The rows of a training on a device, and their copies into batches. Rows in memory are copied to a GPU once if they fit; all others are
/// streamed batch by batch. Neither waits for the GPU. Its tensors belong to the dispose scope in which it is created.
/// </summary>
internal sealed class DeviceRows
{
    private readonly IDataMatrix _rows;
    private readonly Tensor? _onDevice;

    /// <summary>Copies the rows to a GPU if they fit.</summary>
    /// <param name="rows">All rows.</param>
    /// <param name="device">The device of the training.</param>
    /// <param name="isResident">Whether a GPU holds all rows. Rows in a file are always streamed.</param>
    public DeviceRows(IDataMatrix rows, Device device, bool isResident)
    {
        _rows = rows;
        if (device.type != TorchSharp.DeviceType.CPU && isResident && rows is Matrix matrix)
        {
            using var copy = tensor(matrix.UnsafeValues, [rows.RowCount, rows.ColumnCount]);
            _onDevice = copy.to(device);
        }
    }

    /// <summary>Copies rows into a batch.</summary>
    /// <param name="indices">The indices of the rows, as many as the batch has.</param>
    /// <param name="batch">The batch, on the device.</param>
    public void Load(ReadOnlySpan<int> indices, Tensor batch)
    {
        if (_onDevice is not null)
        {
            using var places = Upload(tensor(indices.ToArray()), _onDevice.device);
            using var chosen = _onDevice.index_select(0, places);
            batch.copy_(chosen);
            return;
        }

        if (batch.device_type == TorchSharp.DeviceType.CPU)
        {
            _rows.CopyRows(indices, MemoryMarshal.Cast<byte, float>(batch.bytes));
            return;
        }

        var read = empty(batch.shape);
        _rows.CopyRows(indices, MemoryMarshal.Cast<byte, float>(read.bytes));
        using var uploaded = Upload(read, batch.device);
        batch.copy_(uploaded);
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
