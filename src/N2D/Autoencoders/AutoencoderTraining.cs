using System.Diagnostics;
using System.Globalization;
using N2D.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>One training of a network on the rows of a data set. Its tensors belong to the dispose scope that it is made in.</summary>
internal sealed class AutoencoderTraining
{
    private readonly Matrix _rows;
    private readonly AutoencoderOptions _options;
    private readonly Execution _execution;
    private readonly int _epochCount;
    private readonly DenseNetwork _network;
    private readonly NetworkShape _shape;
    private readonly AdamOptimizer _optimizer;
    private readonly BatchWorkspace _batch;
    private readonly BatchWorkspace _lastBatch;
    private readonly Tensor _squaredErrors;
    private readonly Tensor? _rowsOnDevice;
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    /// <summary>Puts the network, and on a GPU the rows as well, on a device.</summary>
    public AutoencoderTraining(Matrix rows, NetworkShape shape, AutoencoderOptions options, Device device, Execution execution)
    {
        _rows = rows;
        _shape = shape;
        _options = options;
        _execution = execution;
        _epochCount = options.EpochsFor(rows.RowCount);
        var batchSize = Math.Min(options.BatchSize, rows.RowCount);
        var lastSize = rows.RowCount % batchSize;
        _network = new DenseNetwork(shape, shape.InitialParameters(options.Seed), device);
        _optimizer = new AdamOptimizer(_network.Parameters, _network.Gradient, options.LearningRate);
        _batch = BatchWorkspace.ForTraining(shape, batchSize, device);
        _lastBatch = lastSize == 0 ? _batch : BatchWorkspace.ForTraining(shape, lastSize, device);
        _squaredErrors = zeros(Array.Empty<long>(), device: device);
        if (device.type != DeviceType.CPU)
        {
            using var copy = tensor(rows.UnsafeValues, [rows.RowCount, rows.ColumnCount]);
            _rowsOnDevice = copy.to(device);
        }
    }

    /// <summary>Runs all epochs.</summary>
    /// <returns>What each came to.</returns>
    public TrainingEpoch[] Run()
    {
        var history = new TrainingEpoch[_epochCount];
        for (var epoch = 0; epoch < _epochCount; epoch++)
        {
            var loss = RunEpoch(epoch, epoch == 0 ? null : history[epoch - 1].Loss);
            history[epoch] = new TrainingEpoch(epoch + 1, loss, _clock.Elapsed.TotalSeconds);
            if (!double.IsFinite(loss))
            {
                throw new N2DException(
                    "TrainingDiverged",
                    ErrorKind.InvalidData,
                    $"Training diverged in epoch {epoch + 1}: the reconstruction error is no longer finite. "
                        + "Scale the data to about 0..1, or lower the learning rate.",
                    _options.LearningRate);
            }
        }

        return history;
    }

    /// <summary>All weights and biases as they are now.</summary>
    public float[] Parameters()
    {
        using var scope = NewDisposeScope();
        return _network.Parameters.cpu().data<float>().ToArray();
    }

    /// <summary>The code of each row, n x c.</summary>
    public Matrix Encode() => NetworkPass.Run(_network, _shape, _shape.EncoderLayerCount, _rows, _execution);

    /// <summary>One pass over the rows in a fresh order.</summary>
    /// <returns>The mean squared error. It is read back once an epoch, as a GPU has to finish everything before it can tell.</returns>
    private double RunEpoch(int epoch, double? lastLoss)
    {
        using var scope = NewDisposeScope();
        var order = Order(epoch);
        using var orderOnDevice = _rowsOnDevice is null ? null : tensor(order, device: _rowsOnDevice.device);
        _squaredErrors.zero_();
        for (var start = 0; start < order.Length; start += _batch.RowCount)
        {
            _execution.CancellationToken.ThrowIfCancellationRequested();
            var workspace = start + _batch.RowCount <= order.Length ? _batch : _lastBatch;
            using var step = NewDisposeScope();
            Load(workspace, order, orderOnDevice, start);
            _network.Forward(workspace, _shape.LayerCount);
            _network.Backward(workspace, _squaredErrors);
            _optimizer.Step(_execution);
            Report(epoch, start + workspace.RowCount, lastLoss);
        }

        return _squaredErrors.cpu().item<float>() / ((double)_rows.RowCount * _rows.ColumnCount);
    }

    private int[] Order(int epoch)
    {
        var order = new int[_rows.RowCount];
        for (var row = 0; row < order.Length; row++)
        {
            order[row] = row;
        }

        new RandomSequence(_options.Seed, RandomPurpose.Shuffle, epoch: epoch).Shuffle(order.AsSpan());
        return order;
    }

    private void Load(BatchWorkspace workspace, int[] order, Tensor? orderOnDevice, int start)
    {
        if (orderOnDevice is not null)
        {
            workspace.Activations[0].copy_(_rowsOnDevice!.index_select(0, orderOnDevice.narrow(0, start, workspace.RowCount)));
            return;
        }

        var target = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(workspace.Activations[0].bytes);
        for (var place = 0; place < workspace.RowCount; place++)
        {
            _rows.Row(order[start + place]).CopyTo(target[(place * _rows.ColumnCount)..]);
        }
    }

    private void Report(int epoch, int rowsDone, double? lastLoss)
    {
        var done = ((double)epoch * _rows.RowCount) + rowsDone;
        var loss = lastLoss is null ? "" : string.Create(CultureInfo.InvariantCulture, $"loss {lastLoss:G4}, ");
        var rate = string.Create(CultureInfo.InvariantCulture, $"{done / _clock.Elapsed.TotalSeconds:F0} rows/s");
        _execution.Report($"epoch {epoch + 1} of {_epochCount}, {loss}{rate}", done / ((double)_epochCount * _rows.RowCount));
    }
}
