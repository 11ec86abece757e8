using System.Diagnostics;
using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>The state of a training: with it and the options, the training resumes as if it was never interrupted.</summary>
/// <remarks>Its tensors belong to the dispose scope in which it is created.</remarks>
internal sealed class TrainingState
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Tensor _bestParameters;
    private readonly float _averaging;
    private readonly Tensor? _average;
    private double _rowsBefore;
    private double _secondsBefore;
    private double? _bestLoss;

    /// <summary>Creates the state before the first step.</summary>
    /// <param name="network">The network.</param>
    /// <param name="optimizer">The optimizer of its parameters.</param>
    /// <param name="averaging">The decay of the moving average of the parameters; 0 for no average.</param>
    public TrainingState(INetwork network, Optimizer optimizer, float averaging)
    {
        _averaging = averaging;
        _average = averaging > 0 ? zeros_like(network.Parameters) : null;
        Network = network;
        Optimizer = optimizer;
        SquaredErrors = zeros(Array.Empty<long>(), device: network.Parameters.device);
        _bestParameters = zeros_like(network.Parameters);
    }

    /// <summary>The network.</summary>
    public INetwork Network { get; }

    /// <summary>The optimizer.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>The loss of each completed epoch.</summary>
    public List<TrainingEpoch> History { get; } = [];

    /// <summary>The number of rows of the current epoch that were trained on.</summary>
    public int RowsDone { get; set; }

    /// <summary>The sum of the squared errors of these rows.</summary>
    public Tensor SquaredErrors { get; }

    /// <summary>The number of epochs since the best one; 0 if no best epoch is kept.</summary>
    public int EpochsSinceBest { get; private set; }

    /// <summary>Seconds of training, including those before the checkpoint.</summary>
    public double Seconds => _secondsBefore + _clock.Elapsed.TotalSeconds;

    /// <summary>Completes the current epoch.</summary>
    /// <param name="loss">The mean squared error of the epoch.</param>
    /// <param name="validationLoss">The mean squared error of the validation rows after it; null if there are none.</param>
    /// <param name="keepBest">Whether to keep the parameters of the best epoch.</param>
    public void EndEpoch(double loss, double? validationLoss, bool keepBest)
    {
        History.Add(new TrainingEpoch(History.Count + 1, loss, validationLoss, Seconds));
        RowsDone = 0;
        SquaredErrors.zero_();
        if (keepBest)
        {
            EpochsSinceBest++;
            if (_bestLoss is null || (validationLoss ?? loss) < _bestLoss)
            {
                (_bestLoss, EpochsSinceBest) = (validationLoss ?? loss, 0);
                _bestParameters.copy_(Network.Parameters);
            }
        }
    }

    /// <summary>Adds the current parameters to their moving average. The first steps have equal weights.</summary>
    public void Average()
    {
        // The tensor must outlive libtorch's call.
        using Tensor weight = Math.Max(1 - _averaging, 1f / Optimizer.StepCount);
        _average?.lerp_(Network.Parameters, weight);
    }

    /// <summary>
    /// Swaps the network's parameters and their average, so that the network is the one that the training would end with. The next call
    /// swaps them back.
    /// </summary>
    public void SwapAverage()
    {
        if (_average is not null)
        {
            using var parameters = Network.Parameters.clone();
            Network.Parameters.copy_(_average);
            _average.copy_(parameters);
        }
    }

    /// <summary>Restores the parameters of the best epoch if they were kept.</summary>
    public void RestoreBest()
    {
        if (_bestLoss is not null)
        {
            Network.Parameters.copy_(_bestParameters);
        }
    }

    /// <summary>Returns the speed of the training in this process.</summary>
    /// <param name="rowsDone">The number of rows trained on in all epochs.</param>
    public double RowsPerSecond(double rowsDone) => (rowsDone - _rowsBefore) / _clock.Elapsed.TotalSeconds;

    /// <summary>Returns the tensors by name.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> Tensors() =>
    [
        new("parameters", Network.Parameters),
        new("squared_errors", SquaredErrors),
        new("best_parameters", _bestParameters),
        .. _average is null ? [] : new KeyValuePair<string, Tensor>[] { new("average", _average) },
        .. Optimizer.State,
    ];

    /// <summary>The counters and the history.</summary>
    public TrainingFigures Figures => new(Optimizer.StepCount, RowsDone, EpochsSinceBest, _bestLoss, Seconds, [.. History]);

    /// <summary>Restores the counters and the history. The tensors are restored separately.</summary>
    /// <param name="figures">The saved values.</param>
    /// <param name="rowsPerEpoch">The number of rows that each epoch trains on.</param>
    public void Resume(TrainingFigures figures, int rowsPerEpoch)
    {
        Optimizer.StepCount = figures.StepCount;
        RowsDone = figures.RowsDone;
        EpochsSinceBest = figures.EpochsSinceBest;
        _bestLoss = figures.BestLoss;
        _secondsBefore = figures.Seconds;
        History.Clear();
        History.AddRange(figures.History);
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
internal sealed record TrainingFigures(
    int StepCount, int RowsDone, int EpochsSinceBest, double? BestLoss, double Seconds, TrainingEpoch[] History);
