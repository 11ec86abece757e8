using System.Globalization;
using N2D.Numerics;

namespace N2D.Autoencoders;

/// <summary>
/// The number of epochs of a training. With <see cref="AutoencoderOptions.StopsWhenSettled"/>, it is only the largest number: the training
/// stops once the neighborhoods of the codes have settled, which is when the share of preserved neighbors
/// (<see cref="NeighborhoodPreservation"/>) increases by less than a limit for each doubling of the epochs.
/// </summary>
/// <remarks>
/// The loss is no such criterion: it decreases by a similar factor for each doubling, long after the neighborhoods have settled. The rule
/// depends only on measurements of the training, so the same seed stops after the same epoch. bench/README.md shows when that is.
/// </remarks>
internal sealed class TrainingBudget
{
    /// <summary>
    /// The increase for each doubling of the epochs below which neighborhoods have settled. Smaller values train longer. This is the noise
    /// between epochs.
    /// </summary>
    public const double SettledGain = 0.005;

    /// <summary>The least number of steps. In the first ones, a network may learn nothing, and preserve the same share.</summary>
    private const int MinSteps = 256;

    /// <summary>A moving average must forget the first steps, before the network learned anything.</summary>
    private const int AveragedSpans = 4;

    private readonly int _minEpochs;

    /// <summary>Creates the budget of a training.</summary>
    /// <param name="options">The options of the training.</param>
    /// <param name="rowCount">n, including the validation rows.</param>
    public TrainingBudget(AutoencoderOptions options, int rowCount)
    {
        MaxEpochs = options.EpochsFor(rowCount);
        IsOpen = options.StopsWhenSettled;
        var minSteps = Math.Max(MinSteps, AveragedSpans / (1 - (double)options.WeightAveraging));
        _minEpochs = (int)Math.Min(Math.Ceiling(minSteps / options.StepsPerEpoch(rowCount)), int.MaxValue);
    }

    /// <summary>Whether the training may stop before the last epoch because the neighborhoods have settled.</summary>
    public bool IsOpen { get; }

    /// <summary>The number of epochs if nothing stops the training before.</summary>
    public int MaxEpochs { get; }

    private string Qualifier => IsOpen ? "at most " : "";

    /// <summary>The limit of the epochs, such as <c>50</c> or <c>at most 96</c>.</summary>
    public string Limit => string.Create(CultureInfo.InvariantCulture, $"{Qualifier}{MaxEpochs}");

    /// <summary>The same with a noun, such as <c>at most 96 epochs</c>.</summary>
    public override string ToString() => Qualifier + Quantity.Of(MaxEpochs, "epoch");

    /// <summary>Whether to measure the neighborhoods after an epoch: each time the number of epochs grew by a quarter, or by one.</summary>
    /// <param name="epoch">The number of completed epochs.</param>
    public bool IsMeasured(int epoch)
    {
        if (!IsOpen || epoch < _minEpochs / 3)
        {
            return false;
        }

        var measured = 1;
        while (measured < epoch)
        {
            measured += Math.Max(measured / 4, 1);
        }

        return measured == epoch;
    }

    /// <summary>Whether the neighborhoods have settled at the last measurement.</summary>
    /// <param name="measured">All measurements of the training, by epoch.</param>
    public bool IsSettled(IReadOnlyList<PreservedNeighbors> measured) =>
        measured.Count > 0 && measured[^1].Epoch >= _minEpochs && GainOf(measured) < SettledGain;

    /// <summary>
    /// Returns the increase of the preserved share for a doubling of the epochs, measured since two thirds of the epochs; null if nothing
    /// was measured by then. A shorter span would measure noise, and a longer one the past.
    /// </summary>
    /// <param name="measured">All measurements of the training, by epoch.</param>
    public static double? GainOf(IReadOnlyList<PreservedNeighbors> measured)
    {
        var last = measured[^1];
        var first = measured.LastOrDefault(earlier => 3L * earlier.Epoch <= 2L * last.Epoch);
        return first is null ? null : (last.Share - first.Share) / PortableMath.Log2((double)last.Epoch / first.Epoch);
    }
}

/// <summary>The share of the nearest neighbors of the rows that their codes preserve.</summary>
/// <param name="Epoch">The number of completed epochs.</param>
/// <param name="Share">0 to 1.</param>
internal sealed record PreservedNeighbors(int Epoch, double Share);
