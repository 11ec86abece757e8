using System.Runtime.InteropServices;
using N2D.Numerics;
using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>
/// The rows of a training: which of them are trained on and which validate, in which order they come, and how they get into a batch. On a GPU they are
/// put there once. Its tensors belong to the dispose scope that it is made in.
/// </summary>
internal sealed class TrainingRows
{
    private readonly Matrix _rows;
    private readonly int _seed;
    private readonly int[] _trained;
    private readonly Tensor? _onDevice;

    /// <summary>Divides the rows, and puts them on a GPU.</summary>
    public TrainingRows(Matrix rows, AutoencoderOptions options, Device device)
    {
        _rows = rows;
        _seed = options.Seed;
        var order = Enumerable.Range(0, rows.RowCount).ToArray();
        var validationCount = options.ValidationCount(rows.RowCount);
        if (validationCount > 0)
        {
            new RandomSequence(_seed, RandomPurpose.Validation).Shuffle(order.AsSpan());
        }

        _trained = order[validationCount..];
        Validation = order[..validationCount];
        Array.Sort(_trained);
        Array.Sort(Validation);
        if (device.type != TorchSharp.DeviceType.CPU)
        {
            using var copy = tensor(rows.UnsafeValues, [rows.RowCount, rows.ColumnCount]);
            _onDevice = copy.to(device);
        }
    }

    /// <summary>The number of rows that are trained on.</summary>
    public int Count => _trained.Length;

    /// <summary>The rows that validate, in their order.</summary>
    public int[] Validation { get; }

    /// <summary>The rows that are trained on, in an epoch's order.</summary>
    public int[] OrderOf(int epoch)
    {
        var order = _trained.ToArray();
        new RandomSequence(_seed, RandomPurpose.Shuffle, epoch: epoch).Shuffle(order.AsSpan());
        return order;
    }

    /// <summary>Copies some rows into a batch.</summary>
    /// <param name="numbers">The rows, as many as the batch has.</param>
    /// <param name="batch">Takes them, on the device.</param>
    public void Load(ReadOnlySpan<int> numbers, Tensor batch)
    {
        if (_onDevice is not null)
        {
            using var places = tensor(numbers.ToArray(), device: _onDevice.device);
            using var chosen = _onDevice.index_select(0, places);
            batch.copy_(chosen);
            return;
        }

        var target = MemoryMarshal.Cast<byte, float>(batch.bytes);
        for (var place = 0; place < numbers.Length; place++)
        {
            _rows.Row(numbers[place]).CopyTo(target[(place * _rows.ColumnCount)..]);
        }
    }
}
