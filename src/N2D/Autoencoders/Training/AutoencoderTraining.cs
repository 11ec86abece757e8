using System.Globalization;

namespace N2D.Autoencoders;

/// <summary>The training of a network on the rows of a data set.</summary>
internal sealed class AutoencoderTraining
{
    private readonly TrainingRows _rows;
    private readonly ITrainer _trainer;
    private readonly AutoencoderOptions _options;
    private readonly TrainingCheckpoint? _checkpoint;
    private readonly Execution _execution;
    private readonly TrainingState _state;
    private readonly TrainingBudget _budget;
    private readonly NeighborhoodPreservation? _preservation;

    /// <summary>Restores the checkpoint if there is one.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="trainer">The network and its optimizer.</param>
    /// <param name="options">The options of the training.</param>
    /// <param name="budget">The number of epochs.</param>
    /// <param name="checkpoint">The file that the training is saved to; null to save nothing.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    public AutoencoderTraining(
        TrainingRows rows,
        ITrainer trainer,
        AutoencoderOptions options,
        TrainingBudget budget,
        TrainingCheckpoint? checkpoint,
        Execution execution)
    {
        _rows = rows;
        _trainer = trainer;
        _options = options;
        _checkpoint = checkpoint;
        _execution = execution;
        _budget = budget;
        _preservation = budget.IsOpen ? new NeighborhoodPreservation(rows.All, options.LatentDimension, execution) : null;
        _state = new TrainingState(trainer);
        _checkpoint?.Restore(_state, execution);
    }

    /// <summary>Seconds of training so far, including those before the checkpoint.</summary>
    public double Seconds => _state.Seconds;

    /// <summary>Runs the remaining epochs, or stops early if the neighborhoods have settled or the loss no longer decreases.</summary>
    /// <returns>The loss of each epoch.</returns>
    public TrainingEpoch[] Run()
    {
        var stepsBefore = _trainer.StepCount;
        while (_state.History.Count < _budget.MaxEpochs && !IsPatienceOver() && !_budget.IsSettled(_state.PreservedNeighbors))
        {
            var loss = RunEpoch();
            EndEpoch(loss);
            _checkpoint?.SaveIfDue(_state);
        }

        ExplainEnd();
        if (_trainer.StepCount > stepsBefore)
        {
            // A file that is not written again tells a study that a task made no progress.
            _checkpoint?.Save(_state);
        }

        _trainer.SwapAverage();
        _state.RestoreBest();
        return [.. _state.History];
    }

    private bool IsPatienceOver() => _options.Patience is { } patience && _state.EpochsSinceBest >= patience;

    private void ExplainEnd()
    {
        var epochs = $"Autoencoder: stopped after {_state.History.Count} of {_budget}";
        if (IsPatienceOver())
        {
            _execution.Explain?.Invoke(
                $"{epochs}: the loss has not decreased for {Quantity.Of(_options.Patience!.Value, "epoch")}. The parameters of the best "
                    + "epoch are kept.");
        }
        else if (_state.PreservedNeighbors.Count > 0 && TrainingBudget.GainOf(_state.PreservedNeighbors) is { } gain)
        {
            var settled = _budget.IsSettled(_state.PreservedNeighbors) ? "have settled" : "have not settled yet";
            _execution.Explain?.Invoke(string.Create(
                CultureInfo.InvariantCulture,
                $"{epochs}: the neighborhoods of the codes {settled}. The codes preserve {_state.PreservedNeighbors[^1].Share:P1} of the "
                    + $"nearest neighbors, and {100 * gain:F2} points more for a doubling of the epochs (limit: "
                    + $"{100 * TrainingBudget.SettledGain:F1})."));
        }
    }

    /// <summary>Trains on all rows in a new order, or on the remaining rows of an interrupted epoch.</summary>
    /// <returns>The mean squared error. It is read once per epoch, because reading it waits for the GPU.</returns>
    private double RunEpoch()
    {
        var epoch = _state.History.Count;
        var order = _rows.OrderOf(epoch);
        while (_state.RowsDone < order.Length)
        {
            if (_execution.CancellationToken.IsCancellationRequested)
            {
                // Between two steps, the state is complete.
                _checkpoint?.Save(_state);
                _execution.CancellationToken.ThrowIfCancellationRequested();
            }

            var start = _state.RowsDone;
            var batch = order.Slice(start, Math.Min(_rows.BatchSize, order.Length - start));
            _trainer.Step(batch, epoch, _options.Schedule.Factor((epoch + ((double)start / order.Length)) / _budget.MaxEpochs));
            _state.RowsDone += batch.Length;
            Report(epoch, order.Length);
            if (_state.RowsDone < order.Length)
            {
                _checkpoint?.SaveIfDue(_state);
            }
        }

        return _trainer.SquaredErrors / ((double)order.Length * _rows.All.ColumnCount);
    }

    /// <summary>Measures the network that the training would end with, and completes the epoch.</summary>
    private void EndEpoch(double loss)
    {
        _trainer.SwapAverage();
        try
        {
            double? validationLoss = _rows.Validation.Length == 0 ? null : ValidationLoss();
            ThrowIfDiverged(validationLoss is { } checkedLoss ? loss + checkedLoss : loss);
            var preserved = _budget.IsMeasured(_state.History.Count + 1) ? _preservation!.Of(_trainer.Network) : null;
            _state.EndEpoch(loss, validationLoss, preserved, keepBest: _options.Patience is not null);
        }
        catch (OperationCanceledException)
        {
            // The state before the measurements: all rows of the epoch are done, and the parameters are not averaged.
            _trainer.SwapAverage();
            _checkpoint?.Save(_state);
            throw;
        }

        _trainer.SwapAverage();
    }

    /// <summary>Returns the mean squared error of the validation rows, without dropout and noise.</summary>
    private double ValidationLoss()
    {
        var sum = 0.0;
        for (var start = 0; start < _rows.Validation.Length; start += _rows.BatchSize)
        {
            _execution.CancellationToken.ThrowIfCancellationRequested();
            sum += _trainer.SquaredErrorsOf(_rows.Validation.AsSpan(start, Math.Min(_rows.BatchSize, _rows.Validation.Length - start)));
        }

        return sum / ((double)_rows.Validation.Length * _rows.All.ColumnCount);
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
        _execution.Report($"epoch {epoch + 1} of {_budget.Limit}, {loss}{rate}", done / ((double)_budget.MaxEpochs * rowCount));
    }
}
