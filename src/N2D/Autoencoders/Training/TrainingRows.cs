using System.Runtime.InteropServices;
using N2D.Numerics;
using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>
/// The rows of a training: which of them are trained on and which validate, in which order they come, and how they get into a batch. On a GPU those in
/// memory are put there once if it has the room; all others are streamed a batch at a time. Nothing waits for the GPU in either case. Its tensors belong to
/// the dispose scope that it is made in.
/// </summary>
internal sealed class TrainingRows
{
    private readonly IDataMatrix _rows;
    private readonly int _seed;
    private readonly int[]? _trained;
    private readonly int[] _order;
    private readonly Tensor? _onDevice;

    /// <summary>Divides the rows, and puts them on a GPU.</summary>
    /// <param name="rows">All rows.</param>
    /// <param name="options">The seed, and the share that validates.</param>
    /// <param name="device">The device that is trained on.</param>
    /// <param name="isResident">Whether a device with a memory of its own is to hold them all; those in a file are not put there.</param>
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

    /// <summary>The number of rows that are trained on.</summary>
    public int Count => _order.Length;

    /// <summary>The rows that validate, in their order.</summary>
    public int[] Validation { get; }

    /// <summary>The rows that are trained on, in an epoch's order; valid until the next call.</summary>
    public ReadOnlySpan<int> OrderOf(int epoch)
    {
        for (var place = 0; place < _order.Length; place++)
        {
            _order[place] = _trained is null ? place : _trained[place];
        }

        new RandomSequence(_seed, RandomPurpose.Shuffle, epoch: epoch).Shuffle(_order.AsSpan());
        return _order;
    }

    /// <summary>Copies some rows into a batch.</summary>
    /// <param name="numbers">The rows, as many as the batch has.</param>
    /// <param name="batch">Takes them, on the device.</param>
    public void Load(ReadOnlySpan<int> numbers, Tensor batch)
    {
        if (_onDevice is not null)
        {
            using var places = Upload(tensor(numbers.ToArray()), _onDevice.device);
            using var chosen = _onDevice.index_select(0, places);
            batch.copy_(chosen);
            return;
        }

        if (batch.device_type == TorchSharp.DeviceType.CPU)
        {
            _rows.CopyRows(numbers, MemoryMarshal.Cast<byte, float>(batch.bytes));
            return;
        }

        var read = empty(batch.shape);
        _rows.CopyRows(numbers, MemoryMarshal.Cast<byte, float>(read.bytes));
        using var uploaded = Upload(read, batch.device);
        batch.copy_(uploaded);
    }

    /// <summary>Copies a tensor to a device, and disposes of it.</summary>
    /// <remarks>
    /// Out of pinned memory the copy is queued and not waited for; out of any other, CUDA would first finish all that was queued before. libtorch hands a pinned block out
    /// again only when the copies out of it are done.
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
