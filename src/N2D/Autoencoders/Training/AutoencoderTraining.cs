using System.Globalization;
using N2D.Numerics;
using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>The training of a network on the rows of a data set. Its tensors belong to the dispose scope in which it is created.</summary>
internal sealed class AutoencoderTraining
{
    private readonly IDataMatrix _allRows;
    private readonly AutoencoderOptions _options;
    private readonly Execution _execution;
    private readonly TrainingState _state;
    private readonly TrainingRows _rows;
    private readonly INetwork _network;
    private readonly Device _device;
    private readonly int _epochCount;
    private readonly int _batchSize;
    private readonly Tensor _batch;
    private readonly Tensor _lastBatch;
    private readonly TrainingCheckpoint? _checkpoint;

    /// <summary>
    /// Creates the network on a device, copies the rows to a GPU if they fit, and restores the checkpoint if there is one.
    /// </summary>
    public AutoencoderTraining(
        IDataMatrix rows, NetworkPlan plan, AutoencoderOptions options, TrainingCheckpoint? checkpoint, Device device, bool isResident,
        Execution execution)
    {
        _allRows = rows;
        _options = options;
        _execution = execution;
        _device = device;
        _checkpoint = checkpoint;
        _rows = new TrainingRows(rows, options, device, isResident);
        _epochCount = options.EpochsFor(rows.RowCount);
        _batchSize = Math.Min(options.BatchSize, _rows.Count);
        var leftOver = _rows.Count % _batchSize;
        _network =
            plan.Create(plan.Layout.InitialValues(options.Seed), device, execution, leftOver == 0 ? [_batchSize] : [_batchSize, leftOver]);
        _batch = zeros(_batchSize, rows.ColumnCount, device: device);
        _lastBatch = leftOver == 0 ? _batch : zeros(leftOver, rows.ColumnCount, device: device);
        _state = new TrainingState(_network, Optimizer.Create(_network.Parameters, _network.Gradient, options), options.WeightAveraging);
        _checkpoint?.Restore(_state, execution);
    }

    /// <summary>Seconds of training so far, including those before the checkpoint.</summary>
    public double Seconds => _state.Seconds;

    /// <summary>Runs the remaining epochs, or stops early if the loss no longer decreases.</summary>
    /// <returns>The loss of each epoch.</returns>
    public TrainingEpoch[] Run()
    {
        while (_state.History.Count < _epochCount && !IsPatienceOver())
        {
            var loss = RunEpoch();
            _state.SwapAverage();
            double? validationLoss = _rows.Validation.Length == 0 ? null : ValidationLoss();
            ThrowIfDiverged(validationLoss is { } checkedLoss ? loss + checkedLoss : loss);
            _state.EndEpoch(loss, validationLoss, keepBest: _options.Patience is not null);
            _state.SwapAverage();
            _checkpoint?.SaveIfDue(_state);
        }

        if (IsPatienceOver())
        {
            _execution.Explain?.Invoke(
                $"Autoencoder: stopped after {_state.History.Count} of {Quantity.Of(_epochCount, "epoch")}: the loss has not decreased for "
                    + $"{Quantity.Of(_options.Patience!.Value, "epoch")}. The parameters of the best epoch are kept.");
        }

        _checkpoint?.Save(_state);
        _state.SwapAverage();
        _state.RestoreBest();
        return [.. _state.History];
    }

    /// <summary>Returns the current weights and biases.</summary>
    public float[] Parameters()
    {
        using var scope = NewDisposeScope();
        return _network.Parameters.cpu().data<float>().ToArray();
    }

    /// <summary>Encodes all rows.</summary>
    /// <param name="output">Where the codes go.</param>
    /// <typeparam name="TCodes">The matrix of codes.</typeparam>
    public TCodes Encode<TCodes>(ICodeOutput<TCodes> output)
        where TCodes : IDataMatrix => output.Encode(_network.Encode, _device, _allRows, _options.LatentDimension, _execution);

    private bool IsPatienceOver() => _options.Patience is { } patience && _state.EpochsSinceBest >= patience;

    /// <summary>Trains on all rows in a new order, or on the remaining rows of an interrupted epoch.</summary>
    /// <returns>The mean squared error. It is read once per epoch, because reading it waits for the GPU.</returns>
    private double RunEpoch()
    {
        using var scope = NewDisposeScope();
        var epoch = _state.History.Count;
        var order = _rows.OrderOf(epoch);
        while (_state.RowsDone < order.Length)
        {
            _execution.CancellationToken.ThrowIfCancellationRequested();
            var start = _state.RowsDone;
            var batch = start + _batchSize <= order.Length ? _batch : _lastBatch;
            Step(order.Slice(start, (int)batch.shape[0]), batch, epoch, (double)start / order.Length);
            _state.RowsDone += (int)batch.shape[0];
            Report(epoch, order.Length);
            if (_state.RowsDone < order.Length)
            {
                _checkpoint?.SaveIfDue(_state);
            }
        }

        return _state.SquaredErrors.cpu().item<float>() / ((double)order.Length * _allRows.ColumnCount);
    }

    private void Step(ReadOnlySpan<int> numbers, Tensor batch, int epoch, double epochProgress)
    {
        using var scope = NewDisposeScope();
        _rows.Load(numbers, batch);
        var randomSeed = (long)(new RandomSequence(_options.Seed, RandomPurpose.Training, _state.Optimizer.StepCount).NextUInt64() >> 1);
        _network.ComputeGradient(batch, InputOf(batch, randomSeed), _state.SquaredErrors, randomSeed);
        _state.Optimizer.Step(_options.Schedule.Factor((epoch + epochProgress) / _epochCount), _execution);
        _state.Average();
    }

    /// <summary>Returns the network's input: the rows, or for a denoising autoencoder, the rows with some values set to zero.</summary>
    private Tensor InputOf(Tensor rows, long randomSeed)
    {
        if (_options.Kind != AutoencoderKind.Denoising || _options.Corruption == 0)
        {
            return rows;
        }

        // A random sequence other than the network's own.
        using var generator = new Generator((ulong)~randomSeed, rows.device);
        return rows * (rand(rows.shape, device: rows.device, generator: generator) >= _options.Corruption).to(ScalarType.Float32);
    }

    /// <summary>Returns the mean squared error of the validation rows, without dropout and noise.</summary>
    private double ValidationLoss()
    {
        using var noGradient = no_grad();
        var sum = 0.0;
        for (var start = 0; start < _rows.Validation.Length; start += _batchSize)
        {
            _execution.CancellationToken.ThrowIfCancellationRequested();
            using var pass = NewDisposeScope();
            var numbers = _rows.Validation.AsSpan(start, Math.Min(_batchSize, _rows.Validation.Length - start));
            var rows = zeros(numbers.Length, _allRows.ColumnCount, device: _device);
            _rows.Load(numbers, rows);
            sum += ReconstructionError.SumOf(_network, rows);
        }

        return sum / ((double)_rows.Validation.Length * _allRows.ColumnCount);
    }

    private void ThrowIfDiverged(double loss)
    {
        if (!double.IsFinite(loss))
        {
            throw new N2DException(
                "TrainingDiverged",
                ErrorKind.InvalidData,
                $"The training diverged in epoch {_state.History.Count + 1}: the reconstruction error is no longer finite. "
                    + "Scale the data to about 0 to 1, or use a smaller LearningRate.",
                _options.LearningRate)
            { Options = [nameof(AutoencoderOptions.LearningRate)] };
        }
    }

    private void Report(int epoch, int rowCount)
    {
        var done = ((double)epoch * rowCount) + _state.RowsDone;
        var loss = _state.History.Count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"loss {_state.History[^1].Loss:G4}, ");
        var rate = string.Create(CultureInfo.InvariantCulture, $"{_state.RowsPerSecond(done):F0} rows/s");
        _execution.Report($"epoch {epoch + 1} of {_epochCount}, {loss}{rate}", done / ((double)_epochCount * rowCount));
    }
}
