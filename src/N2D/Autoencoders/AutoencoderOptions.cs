using System.Globalization;

namespace N2D.Autoencoders;

/// <summary>
/// What to ask of the autoencoder. Architecture and training are the N2D study's (McConville et al., 2020): d-500-500-2000-c, ReLU, mean squared
/// error, Adam at 0.001, batches of 256.
/// </summary>
public sealed record AutoencoderOptions
{
    /// <summary>About the steps of 15 epochs of MNIST and of 100 of pendigits, the trainings that bench/README.md reports on.</summary>
    private const int DefaultSteps = 4096;

    private const int MostDefaultEpochs = 100;
    private const int FewestDefaultEpochs = 10;

    private readonly int _latentDimension = 10;
    private readonly IReadOnlyList<int> _hiddenUnits = [500, 500, 2000];
    private readonly int? _epochs;
    private readonly int _batchSize = 256;
    private readonly float _learningRate = 1e-3f;

    /// <summary>c, the width of the code, 1 or more.</summary>
    public int LatentDimension
    {
        get => _latentDimension;
        init => _latentDimension = Check(value, value >= 1, nameof(LatentDimension), "1 or more");
    }

    /// <summary>The widths of the encoder's hidden layers, each 1 or more; the decoder's are the same in reverse.</summary>
    public IReadOnlyList<int> HiddenUnits
    {
        get => _hiddenUnits;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            foreach (var width in value)
            {
                Check(width, width >= 1, nameof(HiddenUnits), "1 or more in each layer");
            }

            _hiddenUnits = [.. value];
        }
    }

    /// <summary>Passes over all rows, 1 or more; null for as many as make 4096 steps, from 10 to 100.</summary>
    public int? Epochs
    {
        get => _epochs;
        init => _epochs = value is null ? null : Check(value.Value, value >= 1, nameof(Epochs), "1 or more");
    }

    /// <summary>Rows a step, 1 or more. The last step of an epoch takes what is left.</summary>
    public int BatchSize
    {
        get => _batchSize;
        init => _batchSize = Check(value, value >= 1, nameof(BatchSize), "1 or more");
    }

    /// <summary>Adam's step size, above 0.</summary>
    public float LearningRate
    {
        get => _learningRate;
        init => _learningRate = Check(value, value > 0 && float.IsFinite(value), nameof(LearningRate), "above 0");
    }

    /// <summary>The seed of the weights and of the order of the rows.</summary>
    public int Seed { get; init; }

    /// <summary>Where to train.</summary>
    public ComputeDevice Device { get; init; } = ComputeDevice.Auto;

    /// <summary>The epochs of a training on so many rows.</summary>
    /// <param name="rowCount">n.</param>
    public int EpochsFor(int rowCount)
    {
        var stepsAnEpoch = (int)(((long)rowCount + BatchSize - 1) / BatchSize);
        return Epochs ?? Math.Clamp((DefaultSteps + stepsAnEpoch - 1) / stepsAnEpoch, FewestDefaultEpochs, MostDefaultEpochs);
    }

    /// <summary>Refuses a device that this machine or this build has not.</summary>
    /// <exception cref="N2DException">
    /// There is no such device (<c>DeviceUnavailable</c>), or libtorch cannot be loaded (<c>TorchUnavailable</c>).
    /// </exception>
    public void ThrowIfDeviceUnavailable() => TrainingDevice.Resolve(Device);

    /// <summary>Refuses a number of rows that nothing can be learnt from.</summary>
    /// <param name="rowCount">n.</param>
    /// <exception cref="N2DException">There is but one row (<c>TooFewRows</c>).</exception>
    public static void ThrowIfTooFewRows(int rowCount)
    {
        if (rowCount < 2)
        {
            throw new N2DException(
                "TooFewRows", ErrorKind.InvalidData, $"An autoencoder needs at least 2 rows to learn from; there is {rowCount}.", rowCount);
        }
    }

    private static T Check<T>(T value, bool isValid, string name, string range) => isValid
        ? value
        : throw new N2DException(
            $"{name}OutOfRange",
            ErrorKind.InvalidArgument,
            string.Create(CultureInfo.InvariantCulture, $"The autoencoder's {name} is {value}; it must be {range}."),
            value);
}
