using System.Management.Automation;
using N2D.Autoencoders;
using N2D.Models;
using N2D.Numerics;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Trains an autoencoder on a data set and encodes its rows.</para>
/// <para type="description">The network is dense, d-500-500-2000-c and its mirror image, as in the N2D study. What comes out is the embedding of the
/// rows in c dimensions; the trained autoencoder is its last stage.</para>
/// </summary>
[Cmdlet(VerbsCommon.New, "N2DAutoencoder")]
[OutputType(typeof(Embedding))]
public sealed class NewN2DAutoencoderCommand : FittingCmdlet
{
    private static readonly AutoencoderOptions Defaults = new();

    /// <summary>
    /// <para type="description">What is trained. Dense: layers that rebuild what they see. Denoising: that rebuild rows of which they see a copy with gaps.
    /// Variational: whose code is a distribution. Convolutional: convolutions, for data sets of images.</para>
    /// </summary>
    [Parameter]
    public AutoencoderKind Kind { get; set; } = Defaults.Kind;

    /// <summary>
    /// <para type="description">The width of the code, c.</para>
    /// </summary>
    [Parameter]
    public int LatentDimension { get; set; } = Defaults.LatentDimension;

    /// <summary>
    /// <para type="description">The widths of the encoder's hidden layers, or the channels of its convolutions; the decoder's are the same in reverse. Default:
    /// 500, 500, 2000, or 32, 64, 128 channels.</para>
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public int[]? HiddenUnit { get; set; }

    /// <summary>
    /// <para type="description">What follows each hidden layer.</para>
    /// </summary>
    [Parameter]
    public Activation Activation { get; set; } = Defaults.Activation;

    /// <summary>
    /// <para type="description">The share of each hidden layer's values that training leaves out at random, 0 to below 1. Default 0.</para>
    /// </summary>
    [Parameter]
    public float Dropout { get; set; } = Defaults.Dropout;

    /// <summary>
    /// <para type="description">The share of a row's values that a denoising autoencoder sees zeros of, 0 to below 1. Default 0.2.</para>
    /// </summary>
    [Parameter]
    public float Corruption { get; set; } = Defaults.Corruption;

    /// <summary>
    /// <para type="description">The number of passes over all rows. Default: as many as make 4096 steps, from 10 to 100.</para>
    /// </summary>
    [Parameter]
    public int? Epoch { get; set; }

    /// <summary>
    /// <para type="description">The number of rows a step.</para>
    /// </summary>
    [Parameter]
    [Alias("batch_size")]
    public int BatchSize { get; set; } = Defaults.BatchSize;

    /// <summary>
    /// <para type="description">The rule that turns gradients into steps.</para>
    /// </summary>
    [Parameter]
    public OptimizerKind Optimizer { get; set; } = Defaults.Optimizer;

    /// <summary>
    /// <para type="description">The step size of the optimiser; the first, where it falls.</para>
    /// </summary>
    [Parameter]
    [Alias("learning_rate")]
    public float LearningRate { get; set; } = Defaults.LearningRate;

    /// <summary>
    /// <para type="description">How the step size goes on: Constant stays, Linear and Cosine fall to nothing.</para>
    /// </summary>
    [Parameter]
    public LearningRateSchedule LearningRateSchedule { get; set; } = Defaults.Schedule;

    /// <summary>
    /// <para type="description">By which share of itself, times the step size, each weight shrinks a step. Default 0.</para>
    /// </summary>
    [Parameter]
    [Alias("weight_decay")]
    public float WeightDecay { get; set; } = Defaults.WeightDecay;

    /// <summary>
    /// <para type="description">The share of the rows that are not trained on, 0 to below 1: their error tells how rows never seen fare. Default 0.</para>
    /// </summary>
    [Parameter]
    [Alias("validation_split")]
    public float ValidationFraction { get; set; } = Defaults.ValidationFraction;

    /// <summary>
    /// <para type="description">Ends training when the error, of the validation rows if there are any, has not fallen for so many epochs, and keeps the best
    /// epoch's weights. Default: all epochs.</para>
    /// </summary>
    [Parameter]
    [Alias("patience")]
    public int? EarlyStopping { get; set; }

    /// <summary>
    /// <para type="description">A file to save the training in now and then, and at its end. If it is there already, the training goes on from it, to the same
    /// result as without a stop. One data set a file.</para>
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CheckpointPath { get; set; }

    /// <summary>
    /// <para type="description">The least number of seconds from one save of the checkpoint to the next. Default 120.</para>
    /// </summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int CheckpointIntervalSec { get; set; } = 120;

    /// <summary>
    /// <para type="description">A .npy file to write the codes to as they come, instead of keeping them in memory: with a data set that is memory-mapped as well
    /// (Import-N2DDataset -MemoryMapped), memory stays the same for any number of rows. A file that is there is replaced. One data set a file.</para>
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CodePath { get; set; }

    /// <summary>
    /// <para type="description">Where to train. Auto takes a GPU where there is one that this build of the module can use.</para>
    /// </summary>
    [Parameter]
    public ComputeDevice Device { get; set; } = Defaults.Device;

    /// <inheritdoc/>
    protected override void CheckParameters()
    {
        Options().ThrowIfDeviceUnavailable();
        if (Checkpoint() is { } checkpoint)
        {
            OutputFile.ThrowIfNoFolder(checkpoint.Path);
        }

        if (CodePath is not null)
        {
            OutputFile.ThrowIfNoFolder(ResolveFilePath(CodePath));
        }

        if (IsBound(nameof(Corruption)) && Kind != AutoencoderKind.Denoising)
        {
            WriteWarning($"-Corruption counts with -Kind Denoising alone; the kind here is {Kind}.");
        }
    }

    /// <inheritdoc/>
    protected override void CheckInput(Embedding input)
    {
        AutoencoderOptions.ThrowIfTooFewRows(input.RowCount);
        Options().ThrowIfNotTrainable(input.GetImageShape(), input.Dimension);
        if (CodePath is not null && ResolveFilePath(CodePath) == input.GetDataset().Source)
        {
            throw new N2DException("OutputIsInput", ErrorKind.InvalidArgument, $"'{CodePath}' holds the rows themselves: give the codes a -CodePath of their own.", CodePath);
        }
    }

    /// <inheritdoc/>
    protected override void Fit()
    {
        var options = Options();
        var checkpoint = Checkpoint();
        var (rows, image) = (InputObject.GetDataMatrix(), InputObject.GetImageShape());
        WriteObject(RunLong("Training the autoencoder", ThreadCount, execution =>
        {
            (Autoencoder Autoencoder, IDataMatrix Codes) fit = CodePath is null
                ? Autoencoder.Fit(rows, options, execution, image, checkpoint)
                : Autoencoder.FitToFile(rows, ResolveFilePath(CodePath), options, execution, image, checkpoint);
            return InputObject.Append(fit.Autoencoder, fit.Codes);
        }));
    }

    private CheckpointFile? Checkpoint() =>
        CheckpointPath is null ? null : new CheckpointFile(ResolveFilePath(CheckpointPath), TimeSpan.FromSeconds(CheckpointIntervalSec));

    private AutoencoderOptions Options() => HiddenUnit is null ? WithoutWidths() : WithoutWidths() with { HiddenUnits = HiddenUnit };

    private AutoencoderOptions WithoutWidths() => new()
    {
        Kind = Kind,
        LatentDimension = LatentDimension,
        Activation = Activation,
        Dropout = Dropout,
        Corruption = Corruption,
        Epochs = Epoch,
        BatchSize = BatchSize,
        Optimizer = Optimizer,
        LearningRate = LearningRate,
        Schedule = LearningRateSchedule,
        WeightDecay = WeightDecay,
        ValidationFraction = ValidationFraction,
        Patience = EarlyStopping,
        Seed = Seed,
        Device = Device,
    };
}
