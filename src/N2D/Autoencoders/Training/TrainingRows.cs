using System.Runtime.InteropServices;
using N2D.Numerics;
using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>
/// The rows of a training: their division into training and validation rows, their order in each epoch, and their copies into batches.
/// Rows in memory are copied to a GPU once if they fit; all others are streamed batch by batch. Neither waits for the GPU. Its tensors
/// belong to the dispose scope in which it is created.
/// </summary>
internal sealed class TrainingRows
{
    private readonly IDataMatrix _rows;
    private readonly int _seed;
    private readonly int[]? _trained;
    private readonly int[] _order;
    private readonly Tensor? _onDevice;

    /// <summary>Divides the rows, and copies them to a GPU if they fit.</summary>
    /// <param name="rows">All rows.</param>
    /// <param name="options">The seed and the share of validation rows.</param>
    /// <param name="device">The device of the training.</param>
    /// <param name="isResident">Whether a GPU holds all rows. Rows in a file are always streamed.</param>
    public TrainingRows(IDataMatrix rows, AutoencoderOptions options, Device device, bool isResident)
    {
        _rows = rows;
        _seed = options.Seed;
        Validation = [];
        var validationCount = options.ValidationCount(rows.RowCount);
        if (validationCount > 0)
        {
            var order = Enumerable.Range(0, rows.RowCount).ToArray();
            new RandomSequence(_seed, RandomPurpose.Validation).Shuffle(order.AsSpan());
            _trained = order[validationCount..];
            Validation = order[..validationCount];
            Array.Sort(_trained);
            Array.Sort(Validation);
        }

        _order = new int[rows.RowCount - validationCount];
        if (device.type != TorchSharp.DeviceType.CPU && isResident && rows is Matrix matrix)
        {
            using var copy = tensor(matrix.UnsafeValues, [rows.RowCount, rows.ColumnCount]);
            _onDevice = copy.to(device);
        }
    }

    /// <summary>The number of training rows.</summary>
    public int Count => _order.Length;

    /// <summary>The indices of the validation rows, ascending.</summary>
    public int[] Validation { get; }

    /// <summary>Returns the indices of the training rows in the order of an epoch. Valid until the next call.</summary>
    public ReadOnlySpan<int> OrderOf(int epoch)
    {
        for (var place = 0; place < _order.Length; place++)
        {
            _order[place] = _trained is null ? place : _trained[place];
        }

        new RandomSequence(_seed, RandomPurpose.Shuffle, epoch: epoch).Shuffle(_order.AsSpan());
        return _order;
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
