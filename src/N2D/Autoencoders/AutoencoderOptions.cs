using N2D.Pipeline;

namespace N2D.Autoencoders;

/// <summary>
/// What to ask of the autoencoder. By default architecture and training are the N2D study's (McConville et al., 2020): d-500-500-2000-c, ReLU, mean
/// squared error, Adam at 0.001, batches of 256.
/// </summary>
public sealed record AutoencoderOptions
{
    /// <summary>About the steps of 15 epochs of MNIST and of 100 of pendigits, the trainings that bench/README.md reports on.</summary>
    private const int DefaultSteps = 4096;

    private const int PaperEpochs = 1000;
    private const int MostDefaultEpochs = 100;
    private const int FewestDefaultEpochs = 10;

    private static readonly int[] DenseUnits = [500, 500, 2000];
    private static readonly int[] ConvolutionChannels = [32, 64, 128];

    private readonly int _latentDimension = 10;
    private readonly IReadOnlyList<int>? _hiddenUnits;
    private readonly float _dropout;
    private readonly float _corruption = 0.2f;
    private readonly float _weightDecay;
    private readonly float _weightAveraging;
    private readonly float _validationFraction;
    private readonly int? _patience;
    private readonly int? _epochs;
    private readonly int _batchSize = 256;
    private readonly float _learningRate = 1e-3f;

    /// <summary>The recipe that these options began as; stages that come after take theirs from it. It has no effect here.</summary>
    public Preset Preset { get; init; }

    /// <summary>What kind is trained.</summary>
    public AutoencoderKind Kind { get; init; }

    /// <summary>c, the width of the code, 1 or more.</summary>
    public int LatentDimension
    {
        get => _latentDimension;
        init => _latentDimension = Check(value, value >= 1, nameof(LatentDimension), "1 or more");
    }

    /// <summary>
    /// The widths of the encoder's hidden layers, or the channels of its convolutions, each 1 or more; the decoder's are the same in reverse. Unless set, those of
    /// the study, or of Guo et al. (2017): 32, 64, 128.
    /// </summary>
    public IReadOnlyList<int> HiddenUnits
    {
        get => _hiddenUnits ?? (Kind == AutoencoderKind.Convolutional ? ConvolutionChannels : DenseUnits);
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

    /// <summary>What follows each hidden layer.</summary>
    public Activation Activation { get; init; }

    /// <summary>The share of a hidden layer's values that training leaves out at random, 0 to below 1.</summary>
    public float Dropout
    {
        get => _dropout;
        init => _dropout = Check(value, value is >= 0 and < 1, nameof(Dropout), "0 or more and below 1");
    }

    /// <summary>The share of a row's values that a denoising autoencoder sees zeros of, 0 to below 1.</summary>
    public float Corruption
    {
        get => _corruption;
        init => _corruption = Check(value, value is >= 0 and < 1, nameof(Corruption), "0 or more and below 1");
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

    /// <summary>The optimiser.</summary>
    public OptimizerKind Optimizer { get; init; }

    /// <summary>The optimiser's step size, above 0; the first, where it falls.</summary>
    public float LearningRate
    {
        get => _learningRate;
        init => _learningRate = Check(value, value > 0 && float.IsFinite(value), nameof(LearningRate), "above 0");
    }

    /// <summary>How the step size falls.</summary>
    public LearningRateSchedule Schedule { get; init; }

    /// <summary>By which share of itself, times the step size, each weight shrinks a step, 0 or more (Loshchilov and Hutter, 2019).</summary>
    public float WeightDecay
    {
        get => _weightDecay;
        init => _weightDecay = Check(value, value >= 0 && float.IsFinite(value), nameof(WeightDecay), "0 or more");
    }

    /// <summary>
    /// How much of a running average of the parameters is left a step, 0 to below 1: the average then is over about 1 / (1 - it) steps, and is what training ends with
    /// (Polyak and Juditsky, 1992). 0 ends with the last step's parameters. The history tells of the steps, validation of the average.
    /// </summary>
    public float WeightAveraging
    {
        get => _weightAveraging;
        init => _weightAveraging = Check(value, value is >= 0 and < 1, nameof(WeightAveraging), "0 or more and below 1");
    }

    /// <summary>The share of the rows, drawn at random, that are not trained on, so that their error tells how rows never seen fare; 0 to below 1.</summary>
    public float ValidationFraction
    {
        get => _validationFraction;
        init => _validationFraction = Check(value, value is >= 0 and < 1, nameof(ValidationFraction), "0 or more and below 1");
    }

    /// <summary>
    /// Training ends when the error (that of the validation rows, where there are any) has not fallen for so many epochs, 1 or more, and the parameters of the best epoch
    /// are kept; null to run all epochs.
    /// </summary>
    public int? Patience
    {
        get => _patience;
        init => _patience = value is null ? null : Check(value.Value, value >= 1, nameof(Patience), "1 or more");
    }

    /// <summary>The seed of the weights, of the order of the rows and of all that is drawn in training.</summary>
    public int Seed { get; init; }

    /// <summary>Where to train.</summary>
    public ComputeDevice Device { get; init; } = ComputeDevice.Auto;

    /// <summary>How exactly products are computed.</summary>
    public Precision Precision { get; init; }

    /// <summary>The study's own recipe, whatever this module's defaults are.</summary>
    /// <param name="clusterCount">The number of clusters, which is the width of the code there; null for 10.</param>
    public static AutoencoderOptions Paper(int? clusterCount) => new()
    {
        Preset = Preset.Paper,
        Kind = AutoencoderKind.Dense,
        LatentDimension = clusterCount ?? 10,
        Activation = Activation.Relu,
        Dropout = 0,
        Epochs = PaperEpochs,
        BatchSize = 256,
        Optimizer = OptimizerKind.Adam,
        LearningRate = 1e-3f,
        Schedule = LearningRateSchedule.Constant,
        WeightDecay = 0,
        WeightAveraging = 0,
        ValidationFraction = 0,
        Patience = null,
    };

    /// <summary>The epochs of a training on so many rows.</summary>
    /// <param name="rowCount">n, those for validation included.</param>
    public int EpochsFor(int rowCount)
    {
        var stepsAnEpoch = (int)(((long)rowCount - ValidationCount(rowCount) + BatchSize - 1) / BatchSize);
        return Epochs ?? Math.Clamp((DefaultSteps + stepsAnEpoch - 1) / stepsAnEpoch, FewestDefaultEpochs, MostDefaultEpochs);
    }

    /// <summary>How many of so many rows are kept for validation: one at least is trained on.</summary>
    /// <param name="rowCount">n.</param>
    public int ValidationCount(int rowCount) => ValidationFraction == 0 ? 0 : Math.Clamp((int)Math.Round(ValidationFraction * (double)rowCount), 1, rowCount - 1);

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

    /// <summary>Refuses rows that the kind cannot be trained on.</summary>
    /// <param name="image">The shape of the image that each row holds; null if they hold none.</param>
    /// <param name="dimension">The number of columns.</param>
    /// <exception cref="N2DException">Convolutions are asked for, and the rows are no images (<c>ImageShapeRequired</c>).</exception>
    public void ThrowIfNotTrainable(ImageShape? image, int dimension) => _ = new NetworkPlan(this, dimension, image);

    private static T Check<T>(T value, bool isValid, string name, string range) => OptionRange.Check("The autoencoder", name, value, isValid, range);
}
