using System.Globalization;

namespace N2D.Autoencoders;

/// <summary>The course of the training of one network: its rows, its losses, its checkpoint, and when it is over.</summary>
internal sealed class TrainingCourse
{
    /// <summary>The id of the error of a loss that is not finite.</summary>
    public const string Diverged = "TrainingDiverged";

    private readonly TrainingRows _rows;
    private readonly ITrainedNetwork _network;
    private readonly AutoencoderOptions _options;
    private readonly TrainingCheckpoint? _checkpoint;
    private readonly Execution _execution;
    private readonly TrainingState _state;
    private readonly TrainingBudget _budget;
    private readonly NeighborhoodPreservation? _preservation;
    private readonly int _stepsBefore;

    /// <summary>Restores the checkpoint if there is one.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="network">The network and its optimizer.</param>
    /// <param name="options">The options of the training.</param>
    /// <param name="budget">The number of epochs.</param>
    /// <param name="checkpoint">The file that the training is saved to; null to save nothing.</param>
    /// <param name="execution">Threads and cancellation of measurements, and explanations.</param>
    /// <param name="share">The share of the time that counts for this network.</param>
    public TrainingCourse(
        TrainingRows rows,
        ITrainedNetwork network,
        AutoencoderOptions options,
        TrainingBudget budget,
        TrainingCheckpoint? checkpoint,
        Execution execution,
        double share = 1)
    {
        _rows = rows;
        _network = network;
        _options = options;
        _checkpoint = checkpoint;
        _execution = execution;
        _budget = budget;
        _preservation = budget.IsOpen ? new NeighborhoodPreservation(rows.All, options.LatentDimension, execution) : null;
        _state = new TrainingState(network, share);
        _checkpoint?.Restore(_state, execution);
        _stepsBefore = network.StepCount;
    }

    /// <summary>The network.</summary>
    public ITrainedNetwork Network => _network;

    /// <summary>The rows that the network is trained on.</summary>
    public TrainingRows Rows => _rows;

    /// <summary>The options, with the seed of this network.</summary>
    public AutoencoderOptions Options => _options;

    /// <summary>The loss of each completed epoch.</summary>
    public IReadOnlyList<TrainingEpoch> History => _state.History;

    /// <summary>The number of rows of the current epoch that were trained on.</summary>
    public int RowsDone => _state.RowsDone;

    /// <summary>Seconds of training so far, including those before the checkpoint; of joint trainings, the share of this network.</summary>
    public double Seconds => _state.Seconds;

    /// <summary>Whether all epochs are done, the neighborhoods have settled, or the loss no longer decreases.</summary>
    public bool IsOver =>
        _state.History.Count >= _budget.MaxEpochs || IsPatienceOver() || _budget.IsSettled(_state.PreservedNeighbors);

    /// <summary>Returns the speed in this process, in rows per second.</summary>
    public double RowsPerSecond => _state.RowsPerSecond(((double)_state.History.Count * _rows.Count) + _state.RowsDone);

    /// <summary>Completes a step.</summary>
    /// <param name="rowCount">The number of rows in its batch.</param>
    public void EndStep(int rowCount)
    {
        _state.RowsDone += rowCount;
        if (_state.RowsDone < _rows.Count)
        {
            _checkpoint?.SaveIfDue(_state);
        }
    }

    /// <summary>Saves the training between two steps, when its state is complete.</summary>
    public void Save() => _checkpoint?.Save(_state);

    /// <summary>
    /// Measures the network that the training would end with, and completes the epoch. Reads the loss only here, because reading it waits
    /// for the GPU.
    /// </summary>
    /// <exception cref="N2DException">The loss is not finite (<c>TrainingDiverged</c>).</exception>
    public void EndEpoch()
    {
        var loss = _network.SquaredErrors / ((double)_rows.Count * _rows.All.ColumnCount);
        _network.SwapAverage();
        try
        {
            double? validationLoss = _rows.Validation.Length == 0 ? null : ValidationLoss();
            ThrowIfDiverged(validationLoss is { } checkedLoss ? loss + checkedLoss : loss);
            var preserved = _budget.IsMeasured(_state.History.Count + 1) ? _preservation!.Of(_network.Network) : null;
            _state.EndEpoch(loss, validationLoss, preserved, keepBest: _options.Patience is not null);
        }
        catch (OperationCanceledException)
        {
            // The state before the measurements: all rows of the epoch are done, and the parameters are not averaged.
            _network.SwapAverage();
            _checkpoint?.Save(_state);
            throw;
        }

        _network.SwapAverage();
        _checkpoint?.SaveIfDue(_state);
    }

    /// <summary>Returns the mean squared error of the validation rows, without dropout and noise.</summary>
    private double ValidationLoss()
    {
        var sum = 0.0;
        for (var start = 0; start < _rows.Validation.Length; start += _rows.BatchSize)
        {
            _execution.CancellationToken.ThrowIfCancellationRequested();
            sum += _network.SquaredErrorsOf(_rows.Validation.AsSpan(start, Math.Min(_rows.BatchSize, _rows.Validation.Length - start)));
        }

        return sum / ((double)_rows.Validation.Length * _rows.All.ColumnCount);
    }

    private void ThrowIfDiverged(double loss)
    {
        if (!double.IsFinite(loss))
        {
            throw new N2DException(
                Diverged,
                ErrorKind.InvalidData,
                $"The training diverged in epoch {_state.History.Count + 1}: the reconstruction error is no longer finite. "
                    + "Scale the data to about 0 to 1, or use a smaller LearningRate.",
                _options.LearningRate)
            { Options = [nameof(AutoencoderOptions.LearningRate)] };
        }
    }

    /// <summary>Ends the training: the network gets the average of its parameters, or those of the best epoch.</summary>
    public void End()
    {
        ExplainEnd();
        if (_network.StepCount > _stepsBefore)
        {
            // A file that is not written again tells a study that a task made no progress.
            _checkpoint?.Save(_state);
        }

        _network.SwapAverage();
        _state.RestoreBest();
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
}
