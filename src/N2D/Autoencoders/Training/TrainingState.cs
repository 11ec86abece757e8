using System.Diagnostics;

namespace N2D.Autoencoders;

/// <summary>The state of a training: with it and the options, the training resumes as if it was never interrupted.</summary>
/// <param name="network">The network and its optimizer.</param>
/// <param name="share">The share of the time that counts for this network: 1 divided by the number of networks that train together.</param>
internal sealed class TrainingState(ITrainedNetwork network, double share = 1)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private double _rowsBefore;
    private double _secondsBefore;
    private double? _bestLoss;

    /// <summary>Everything but the counters and the history.</summary>
    public IReadOnlyList<TrainingArray> Arrays => network.Arrays;

    /// <summary>The loss of each completed epoch.</summary>
    public List<TrainingEpoch> History { get; } = [];

    /// <summary>The neighbors that the codes preserve, after the epochs in which that was measured.</summary>
    public List<PreservedNeighbors> PreservedNeighbors { get; } = [];

    /// <summary>The number of rows of the current epoch that were trained on.</summary>
    public int RowsDone { get; set; }

    /// <summary>The number of epochs since the best one; 0 if no best epoch is kept.</summary>
    public int EpochsSinceBest { get; private set; }

    /// <summary>Seconds of training, including those before the checkpoint; of networks that train together, the share of each.</summary>
    public double Seconds => _secondsBefore + (share * _clock.Elapsed.TotalSeconds);

    /// <summary>Completes the current epoch.</summary>
    /// <param name="loss">The mean squared error of the epoch.</param>
    /// <param name="validationLoss">The mean squared error of the validation rows after it; null if there are none.</param>
    /// <param name="preservedShare">The share of neighbors that its codes preserve; null if that was not measured.</param>
    /// <param name="keepBest">Whether to keep the parameters of the best epoch.</param>
    public void EndEpoch(double loss, double? validationLoss, double? preservedShare, bool keepBest)
    {
        History.Add(new TrainingEpoch(History.Count + 1, loss, validationLoss, Seconds));
        if (preservedShare is { } share)
        {
            PreservedNeighbors.Add(new PreservedNeighbors(History.Count, share));
        }

        RowsDone = 0;
        network.ResetSquaredErrors();
        if (keepBest)
        {
            EpochsSinceBest++;
            if (_bestLoss is null || (validationLoss ?? loss) < _bestLoss)
            {
                (_bestLoss, EpochsSinceBest) = (validationLoss ?? loss, 0);
                network.KeepBest();
            }
        }
    }

    /// <summary>Restores the parameters of the best epoch if they were kept.</summary>
    public void RestoreBest()
    {
        if (_bestLoss is not null)
        {
            network.RestoreBest();
        }
    }

    /// <summary>Returns the speed of the training in this process.</summary>
    /// <param name="rowsDone">The number of rows trained on in all epochs.</param>
    public double RowsPerSecond(double rowsDone) => (rowsDone - _rowsBefore) / _clock.Elapsed.TotalSeconds;

    /// <summary>The counters and the history.</summary>
    public TrainingFigures Figures =>
        new(network.StepCount, RowsDone, EpochsSinceBest, _bestLoss, Seconds, [.. History], [.. PreservedNeighbors]);

    /// <summary>Restores the counters and the history. The arrays are restored separately.</summary>
    /// <param name="figures">The saved values.</param>
    /// <param name="rowsPerEpoch">The number of rows that each epoch trains on.</param>
    public void Resume(TrainingFigures figures, int rowsPerEpoch)
    {
        network.StepCount = figures.StepCount;
        RowsDone = figures.RowsDone;
        EpochsSinceBest = figures.EpochsSinceBest;
        _bestLoss = figures.BestLoss;
        _secondsBefore = figures.Seconds;
        History.Clear();
        History.AddRange(figures.History);
        PreservedNeighbors.Clear();
        PreservedNeighbors.AddRange(figures.PreservedNeighbors ?? []);
        _rowsBefore = ((double)History.Count * rowsPerEpoch) + RowsDone;
    }
}

/// <summary>The counters and the history in a checkpoint.</summary>
/// <param name="StepCount">The number of steps.</param>
/// <param name="RowsDone">The number of rows of the current epoch that were trained on.</param>
/// <param name="EpochsSinceBest">The number of epochs since the best one.</param>
/// <param name="BestLoss">The loss of the best epoch; null if none is kept.</param>
/// <param name="Seconds">Seconds of training.</param>
/// <param name="History">The loss of each completed epoch.</param>
/// <param name="PreservedNeighbors">The measurements of the neighborhoods; null in files from versions that never measured.</param>
internal sealed record TrainingFigures(
    int StepCount,
    int RowsDone,
    int EpochsSinceBest,
    double? BestLoss,
    double Seconds,
    TrainingEpoch[] History,
    PreservedNeighbors[]? PreservedNeighbors);
