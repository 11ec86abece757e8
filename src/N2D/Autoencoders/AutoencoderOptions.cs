using System.Runtime.CompilerServices;
using N2D.Devices;
using N2D.Pipeline;

namespace N2D.Autoencoders;

/// <summary>
/// The options of an autoencoder and its training. The defaults are those of the N2D study (McConville et al., 2020): layers
/// d-500-500-2000-c, ReLU, mean squared error, Adam with learning rate 0.001, batches of 256 rows.
/// </summary>
public sealed record AutoencoderOptions
{
    /// <summary>About the steps of 15 epochs of MNIST or 100 epochs of pendigits, the trainings in bench/README.md.</summary>
    private const int DefaultSteps = 4096;

    private const int PaperEpochs = 1000;
    private const int MaxDefaultEpochs = 100;
    private const int MinDefaultEpochs = 10;

    private static readonly int[] DenseUnits = [500, 500, 2000];
    private static readonly int[] ConvolutionChannels = [32, 64, 128];

    private readonly IReadOnlyList<int>? _hiddenUnits;

    /// <summary>The preset that these options started from. Later stages use the same preset. It has no effect on the training.</summary>
    public Preset Preset { get; init; }

    /// <summary>The kind of autoencoder.</summary>
    public AutoencoderKind Kind { get; init; }

    /// <summary>The number of columns of the code, c. Default: 10. Range: 1 or more.</summary>
    [OptionRange(1)]
    public int LatentDimension
    {
        get;
        init => field = Check(value);
    } = 10;

    /// <summary>
    /// The widths of the encoder's hidden layers, or the channels of its convolutions. The decoder has the same in reverse. Default: 500,
    /// 500, 2000, as in the study; for convolutions 32, 64, 128, as in Guo et al. (2017). Range of each: 1 or more.
    /// </summary>
    [OptionRange(1)]
    public IReadOnlyList<int> HiddenUnits
    {
        get => _hiddenUnits ?? (Kind == AutoencoderKind.Convolutional ? ConvolutionChannels : DenseUnits);
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            foreach (var width in value)
            {
                Check(width);
            }

            _hiddenUnits = [.. value];
        }
    }

    /// <summary>The activation function of each hidden layer.</summary>
    public Activation Activation { get; init; }

    /// <summary>The share of a hidden layer's outputs that training sets to zero at random. Default: 0. Range: 0 to below 1.</summary>
    [OptionRange(0, 1, ExcludesMost = true)]
    public float Dropout
    {
        get;
        init => field = Check(value);
    }

    /// <summary>The share of a row's values that a denoising autoencoder gets as zeros. Default: 0.2. Range: 0 to below 1.</summary>
    [OptionRange(0, 1, ExcludesMost = true)]
    public float Corruption
    {
        get;
        init => field = Check(value);
    } = 0.2f;

    /// <summary>
    /// The number of passes over all rows, 1 or more. Default: null, for enough to make 4096 steps, but at least 10 and at most 100.
    /// </summary>
    [OptionRange(1)]
    public int? Epochs
    {
        get;
        init => field = Check(value);
    }

    /// <summary>The number of rows in each step, 1 or more. The last step of an epoch uses the remaining rows. Default: 256.</summary>
    [OptionRange(1)]
    public int BatchSize
    {
        get;
        init => field = Check(value);
    } = 256;

    /// <summary>The optimizer.</summary>
    public OptimizerKind Optimizer { get; init; }

    /// <summary>The step size of the optimizer; with a schedule, the first step size. Default: 0.001. Range: above 0.</summary>
    [OptionRange(0, ExcludesLeast = true)]
    public float LearningRate
    {
        get;
        init => field = Check(value);
    } = 1e-3f;

    /// <summary>How the learning rate decreases during the training.</summary>
    public LearningRateSchedule Schedule { get; init; }

    /// <summary>Decoupled weight decay (AdamW; Loshchilov and Hutter, 2019). Default: 0. Range: 0 or more.</summary>
    [OptionRange(0)]
    public float WeightDecay
    {
        get;
        init => field = Check(value);
    }

    /// <summary>
    /// The decay of an exponential moving average of the parameters, over about 1 / (1 - WeightAveraging) steps. The training ends with the
    /// average (Polyak and Juditsky, 1992); with 0, with the parameters of the last step. In the history, the loss is that of the steps,
    /// and the validation loss that of the average. Default: 0. Range: 0 to below 1.
    /// </summary>
    [OptionRange(0, 1, ExcludesMost = true)]
    public float WeightAveraging
    {
        get;
        init => field = Check(value);
    }

    /// <summary>
    /// The share of the rows, drawn at random, that are left out of the training. Their loss estimates that of unseen rows. Default: 0.
    /// Range: 0 to below 1.
    /// </summary>
    [OptionRange(0, 1, ExcludesMost = true)]
    public float ValidationFraction
    {
        get;
        init => field = Check(value);
    }

    /// <summary>
    /// The number of epochs without a lower loss after which the training stops and returns the parameters of the best epoch, 1 or more.
    /// The loss is that of the validation rows if there are any. Default: null, to run all epochs.
    /// </summary>
    [OptionRange(1)]
    public int? Patience
    {
        get;
        init => field = Check(value);
    }

    /// <summary>
    /// Whether the training stops once twice as many epochs would hardly improve the neighborhoods of the codes.
    /// <see cref="Epochs"/> is then the largest number of epochs. Excludes <see cref="Patience"/> and a <see cref="Schedule"/> that
    /// decreases. Default: false.
    /// </summary>
    public bool StopsWhenSettled { get; init; }

    /// <summary>The seed of the weights, of the order of the rows and of all random numbers of the training.</summary>
    public int Seed { get; init; }

    /// <summary>The device to train on.</summary>
    public ComputeDevice Device { get; init; } = ComputeDevice.Auto;

    /// <summary>The precision of matrix products.</summary>
    public Precision Precision { get; init; }

    /// <summary>Returns the options of the N2D study, whatever the defaults are.</summary>
    /// <param name="clusterCount">The number of clusters, which is also the number of columns of the code; null for 10.</param>
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
        StopsWhenSettled = false,
    };

    /// <summary>Returns the number of epochs for a number of rows.</summary>
    /// <param name="rowCount">n, including the validation rows.</param>
    public int EpochsFor(int rowCount)
    {
        var stepsPerEpoch = StepsPerEpoch(rowCount);
        return Epochs ?? Math.Clamp((DefaultSteps + stepsPerEpoch - 1) / stepsPerEpoch, MinDefaultEpochs, MaxDefaultEpochs);
    }

    /// <summary>Returns the number of steps in each epoch.</summary>
    /// <param name="rowCount">n, including the validation rows.</param>
    internal int StepsPerEpoch(int rowCount) => (int)(((long)rowCount - ValidationCount(rowCount) + BatchSize - 1) / BatchSize);

    /// <summary>Returns the number of validation rows among n rows. At least one row is left to train on.</summary>
    /// <param name="rowCount">n.</param>
    public int ValidationCount(int rowCount) => ValidationFraction == 0
        ? 0
        : Math.Clamp((int)Math.Round(ValidationFraction * (double)rowCount), 1, rowCount - 1);

    /// <summary>
    /// Rejects a device that is not available, options that require libtorch if it is not installed, and <see cref="StopsWhenSettled"/>
    /// with options that it excludes.
    /// </summary>
    /// <exception cref="N2DException">
    /// The device is not available (<c>DeviceUnavailable</c>), libtorch cannot be loaded (<c>TorchUnavailable</c>), or options exclude each
    /// other (<c>ConflictingStops</c>).
    /// </exception>
    public void ThrowIfUnusable()
    {
        ThrowIfStopsConflict();
        LibtorchNeed.Of(this, TrainingDevice.Resolve(Device))?.Load();
    }

    /// <summary>Rejects <see cref="StopsWhenSettled"/> with another option that depends on the last epoch or decides which it is.</summary>
    /// <exception cref="N2DException">Options exclude each other (<c>ConflictingStops</c>).</exception>
    internal void ThrowIfStopsConflict()
    {
        if (!StopsWhenSettled || this is { Patience: null, Schedule: LearningRateSchedule.Constant })
        {
            return;
        }

        var (other, reason) = Patience is not null
            ? (nameof(Patience), "each of them decides when the training ends")
            : (nameof(Schedule), "a learning rate that decreases to zero at the last epoch must know which epoch that is");
        throw new N2DException(
            "ConflictingStops",
            ErrorKind.InvalidArgument,
            $"{nameof(StopsWhenSettled)} and {other} cannot be combined: {reason}. Omit one of them.",
            other)
        { Options = [nameof(StopsWhenSettled), other] };
    }

    /// <summary>Rejects too few rows.</summary>
    /// <param name="rowCount">n.</param>
    /// <exception cref="N2DException">There is only one row (<c>TooFewRows</c>).</exception>
    public static void ThrowIfTooFewRows(int rowCount)
    {
        if (rowCount < 2)
        {
            throw new N2DException(
                "TooFewRows", ErrorKind.InvalidData, $"An autoencoder needs at least 2 rows; the data set has {rowCount}.", rowCount);
        }
    }

    /// <summary>Rejects rows that this kind of autoencoder cannot be trained on.</summary>
    /// <param name="image">The shape of the image in each row; null if the rows are not images.</param>
    /// <param name="dimension">The number of columns.</param>
    /// <exception cref="N2DException">The network is convolutional, but the rows are not images (<c>ImageShapeRequired</c>).</exception>
    public void ThrowIfNotTrainable(ImageShape? image, int dimension) => _ = new NetworkPlan(this, dimension, image);

    private static T Check<T>(T value, [CallerMemberName] string name = "") =>
        OptionRange.Check("The autoencoder", typeof(AutoencoderOptions), name, value);
}
