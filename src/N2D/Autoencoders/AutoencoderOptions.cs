using System.Runtime.CompilerServices;
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

    private readonly IReadOnlyList<int>? _hiddenUnits;

    /// <summary>The recipe that these options began as; stages that come after take theirs from it. It has no effect here.</summary>
    public Preset Preset { get; init; }

    /// <summary>What kind is trained.</summary>
    public AutoencoderKind Kind { get; init; }

    /// <summary>c, the width of the code, 1 or more.</summary>
    [OptionRange(1)]
    public int LatentDimension
    {
        get;
        init => field = Check(value);
    } = 10;

    /// <summary>
    /// The widths of the encoder's hidden layers, or the channels of its convolutions, each 1 or more; the decoder's are the same in reverse. Unless set, those of
    /// the study, or of Guo et al. (2017): 32, 64, 128.
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

    /// <summary>What follows each hidden layer.</summary>
    public Activation Activation { get; init; }

    /// <summary>The share of a hidden layer's values that training leaves out at random, 0 to below 1.</summary>
    [OptionRange(0, 1, ExcludesMost = true)]
    public float Dropout
    {
        get;
        init => field = Check(value);
    }

    /// <summary>The share of a row's values that a denoising autoencoder sees zeros of, 0 to below 1.</summary>
    [OptionRange(0, 1, ExcludesMost = true)]
    public float Corruption
    {
        get;
        init => field = Check(value);
    } = 0.2f;

    /// <summary>Passes over all rows, 1 or more; null for as many as make 4096 steps, from 10 to 100.</summary>
    [OptionRange(1)]
    public int? Epochs
    {
        get;
        init => field = Check(value);
    }

    /// <summary>Rows a step, 1 or more. The last step of an epoch takes what is left.</summary>
    [OptionRange(1)]
    public int BatchSize
    {
        get;
        init => field = Check(value);
    } = 256;

    /// <summary>The optimizer.</summary>
    public OptimizerKind Optimizer { get; init; }

    /// <summary>The optimizer's step size, above 0; the first, where it falls.</summary>
    [OptionRange(0, ExcludesLeast = true)]
    public float LearningRate
    {
        get;
        init => field = Check(value);
    } = 1e-3f;

    /// <summary>How the step size falls.</summary>
    public LearningRateSchedule Schedule { get; init; }

    /// <summary>By which share of itself, times the step size, each weight shrinks a step, 0 or more (Loshchilov and Hutter, 2019).</summary>
    [OptionRange(0)]
    public float WeightDecay
    {
        get;
        init => field = Check(value);
    }

    /// <summary>
    /// How much of a running average of the parameters is left a step, 0 to below 1: the average then is over about 1 / (1 - it) steps, and is what training ends with
    /// (Polyak and Juditsky, 1992). 0 ends with the last step's parameters. The history tells of the steps, validation of the average.
    /// </summary>
    [OptionRange(0, 1, ExcludesMost = true)]
    public float WeightAveraging
    {
        get;
        init => field = Check(value);
    }

    /// <summary>The share of the rows, drawn at random, that are not trained on, so that their error tells how rows never seen fare; 0 to below 1.</summary>
    [OptionRange(0, 1, ExcludesMost = true)]
    public float ValidationFraction
    {
        get;
        init => field = Check(value);
    }

    /// <summary>
    /// Training ends when the error (that of the validation rows, where there are any) has not fallen for so many epochs, 1 or more, and the parameters of the best epoch
    /// are kept; null to run all epochs.
    /// </summary>
    [OptionRange(1)]
    public int? Patience
    {
        get;
        init => field = Check(value);
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

    /// <summary>Refuses a number of rows that nothing can be learned from.</summary>
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

    private static T Check<T>(T value, [CallerMemberName] string name = "") => OptionRange.Check("The autoencoder", typeof(AutoencoderOptions), name, value);
}
