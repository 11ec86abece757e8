using System.Diagnostics;
using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>All that a training has come to: with it, and what was asked for, it goes on as if it had never stopped.</summary>
/// <remarks>Its tensors belong to the dispose scope that it is made in.</remarks>
internal sealed class TrainingState
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Tensor _bestParameters;
    private readonly float _averaging;
    private readonly Tensor? _average;
    private double _rowsBefore;
    private double _secondsBefore;
    private double? _bestLoss;

    /// <summary>Begins with a network that nothing was done to.</summary>
    /// <param name="network">The network.</param>
    /// <param name="optimizer">What moves its parameters.</param>
    /// <param name="averaging">How much of their running average is left a step; 0 for no average.</param>
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

    /// <summary>What the epochs that ended came to.</summary>
    public List<TrainingEpoch> History { get; } = [];

    /// <summary>The rows of the epoch at hand that were trained on.</summary>
    public int RowsDone { get; set; }

    /// <summary>The sum of their squared errors.</summary>
    public Tensor SquaredErrors { get; }

    /// <summary>Epochs since the one with the least error; 0 as long as none is kept.</summary>
    public int EpochsSinceBest { get; private set; }

    /// <summary>Seconds of training, those before a stop included.</summary>
    public double Seconds => _secondsBefore + _clock.Elapsed.TotalSeconds;

    /// <summary>Ends the epoch at hand.</summary>
    /// <param name="loss">Its mean squared error.</param>
    /// <param name="validationLoss">That of the validation rows after it.</param>
    /// <param name="keepBest">Whether to keep its parameters if it is the best so far.</param>
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

    /// <summary>Takes a step's parameters into their average: as long as it is over few, each of them counts the same.</summary>
    public void Average() => _average?.lerp_(Network.Parameters, Math.Max(1 - _averaging, 1f / Optimizer.StepCount));

    /// <summary>Has the network's parameters and their average change places, so that the network is what training would end with; the next call changes them back.</summary>
    public void SwapAverage()
    {
        if (_average is not null)
        {
            using var parameters = Network.Parameters.clone();
            Network.Parameters.copy_(_average);
            _average.copy_(parameters);
        }
    }

    /// <summary>Goes back to the parameters of the best epoch, if they were kept.</summary>
    public void TakeBest()
    {
        if (_bestLoss is not null)
        {
            Network.Parameters.copy_(_bestParameters);
        }
    }

    /// <summary>How fast this process trains.</summary>
    /// <param name="rowsDone">Rows trained on in all epochs.</param>
    public double RowsASecond(double rowsDone) => (rowsDone - _rowsBefore) / _clock.Elapsed.TotalSeconds;

    /// <summary>The tensors, by name.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> Tensors() =>
    [
        new("parameters", Network.Parameters),
        new("squared_errors", SquaredErrors),
        new("best_parameters", _bestParameters),
        .. _average is null ? [] : new KeyValuePair<string, Tensor>[] { new("average", _average) },
        .. Optimizer.State,
    ];

    /// <summary>The figures beside the tensors and the history.</summary>
    public TrainingFigures Figures => new(Optimizer.StepCount, RowsDone, EpochsSinceBest, _bestLoss, Seconds, [.. History]);

    /// <summary>Takes up figures that were saved; the tensors have been filled already.</summary>
    /// <param name="figures">The figures.</param>
    /// <param name="rowsAnEpoch">Rows that each epoch trains on.</param>
    public void Resume(TrainingFigures figures, int rowsAnEpoch)
    {
        Optimizer.StepCount = figures.StepCount;
        RowsDone = figures.RowsDone;
        EpochsSinceBest = figures.EpochsSinceBest;
        _bestLoss = figures.BestLoss;
        _secondsBefore = figures.Seconds;
        History.Clear();
        History.AddRange(figures.History);
        _rowsBefore = ((double)History.Count * rowsAnEpoch) + RowsDone;
    }
}

/// <summary>What a checkpoint tells in numbers.</summary>
/// <param name="StepCount">Steps taken.</param>
/// <param name="RowsDone">Rows done of the epoch at hand.</param>
/// <param name="EpochsSinceBest">Epochs since the best.</param>
/// <param name="BestLoss">Its loss; null if none is kept.</param>
/// <param name="Seconds">Seconds of training.</param>
/// <param name="History">The epochs that ended.</param>
internal sealed record TrainingFigures(int StepCount, int RowsDone, int EpochsSinceBest, double? BestLoss, double Seconds, TrainingEpoch[] History);
