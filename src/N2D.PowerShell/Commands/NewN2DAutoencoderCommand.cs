using System.Management.Automation;
using N2D.Autoencoders;
using N2D.Files;
using N2D.Numerics;
using N2D.Pipeline;

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
    private AutoencoderWeights? _weights;

    /// <summary>
    /// <para type="description">Whose recipe is followed: this module's own, or the N2D study's (Paper), for comparison: 1000 epochs at a constant rate, a code as wide as there are
    /// classes, and later on one start of the mixture. Parameters given beside it win.</para>
    /// </summary>
    [Parameter]
    public Preset Preset { get; set; }

    /// <summary>
    /// <para type="description">A file of weights that were trained before, which are applied and not trained further: one of Export-N2DWeight (safetensors), or of the N2D
    /// study's own program (Keras HDF5, such as mnist-1000-ae_weights.h5). The file tells the network's widths.</para>
    /// </summary>
    [Parameter]
    [Alias("ae_weights")]
    [ValidateNotNullOrEmpty]
    public string? Weights { get; set; }

    /// <summary>
    /// <para type="description">What is trained. Dense: layers that rebuild what they see. Denoising: that rebuild rows of which they see a copy with gaps.
    /// Variational: whose code is a distribution. Convolutional: convolutions, for data sets of images. Default: Dense.</para>
    /// </summary>
    [Parameter]
    public AutoencoderKind? Kind { get; set; }

    /// <summary>
    /// <para type="description">The width of the code, c. Default 10. Range: 1 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("latent_dim", "n_components")]
    [WholeNumber]
    public int? LatentDimension { get; set; }

    /// <summary>
    /// <para type="description">The widths of the encoder's hidden layers, or the channels of its convolutions; the decoder's are the same in reverse. Default: 500,
    /// 500, 2000, or 32, 64, 128 channels. Range: each 1 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("hidden_layer_sizes")]
    [ValidateNotNull]
    [WholeNumber]
    public int[]? HiddenUnit { get; set; }

    /// <summary>
    /// <para type="description">What follows each hidden layer. Default: Relu.</para>
    /// </summary>
    [Parameter]
    public Activation? Activation { get; set; }

    /// <summary>
    /// <para type="description">The share of each hidden layer's values that training leaves out at random. Default 0. Range: 0 or more and below 1.</para>
    /// </summary>
    [Parameter]
    public float? Dropout { get; set; }

    /// <summary>
    /// <para type="description">The share of a row's values that a denoising autoencoder sees zeros of. Default 0.2. Range: 0 or more and below 1.</para>
    /// </summary>
    [Parameter]
    public float? Corruption { get; set; }

    /// <summary>
    /// <para type="description">The number of passes over all rows. Default: as many as make 4096 steps, from 10 to 100. Range: 1 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("epochs", "pretrain_epochs")]
    [WholeNumber]
    public int? Epoch { get; set; }

    /// <summary>
    /// <para type="description">The number of rows a step. Default 256. Range: 1 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("batch_size")]
    [WholeNumber]
    public int? BatchSize { get; set; }

    /// <summary>
    /// <para type="description">The rule that turns gradients into steps. Default: Adam.</para>
    /// </summary>
    [Parameter]
    public OptimizerKind? Optimizer { get; set; }

    /// <summary>
    /// <para type="description">The step size of the optimiser; the first, where it falls. Default 0.001. Range: above 0.</para>
    /// </summary>
    [Parameter]
    [Alias("learning_rate")]
    public float? LearningRate { get; set; }

    /// <summary>
    /// <para type="description">How the step size goes on: Constant stays, Linear and Cosine fall to nothing. Default: Constant.</para>
    /// </summary>
    [Parameter]
    public LearningRateSchedule? LearningRateSchedule { get; set; }

    /// <summary>
    /// <para type="description">By which share of itself, times the step size, each weight shrinks a step. Default 0. Range: 0 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("weight_decay")]
    public float? WeightDecay { get; set; }

    /// <summary>
    /// <para type="description">Ends with a running average of the weights in place of the last step's, which are always a step off: how much of the average is left a step. 0.998 averages over some
    /// 500 steps. Default 0. That takes no average. Range: 0 or more and below 1.</para>
    /// </summary>
    [Parameter]
    public float? WeightAveraging { get; set; }

    /// <summary>
    /// <para type="description">The share of the rows that are not trained on: their error tells how rows never seen fare. Default 0. Range: 0 or more
    /// and below 1.</para>
    /// </summary>
    [Parameter]
    [Alias("validation_split")]
    public float? ValidationFraction { get; set; }

    /// <summary>
    /// <para type="description">Ends training when the error, of the validation rows if there are any, has not fallen for so many epochs, and keeps the best epoch's
    /// weights. Default: all epochs. Range: 1 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("patience")]
    [WholeNumber]
    public int? EarlyStopping { get; set; }

    /// <summary>
    /// <para type="description">A file to save the training in now and then, and at its end. If it is there already, the training goes on from it, to the same
    /// result as without a stop. One data set a file. While a training runs, no other one can use its file.</para>
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CheckpointPath { get; set; }

    /// <summary>
    /// <para type="description">The least number of seconds from one save of the checkpoint to the next. Default 120.</para>
    /// </summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    [WholeNumber]
    public int CheckpointIntervalSec { get; set; } = 120;

    /// <summary>
    /// <para type="description">A .npy file to write the codes to as they come, instead of keeping them in memory: with a data set that is memory-mapped as well
    /// (Import-N2DDataset -MemoryMapped), memory stays the same for any number of rows. A file that is there is replaced. One data set a file.</para>
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CodePath { get; set; }

    /// <summary>
    /// <para type="description">Where to train: auto, cpu, cuda, cuda:1, mps; Get-N2DDevice lists them. Auto takes a GPU where there is one that this build of the module can
    /// use. Default: auto.</para>
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(DeviceNameCompleter))]
    public ComputeDevice? Device { get; set; }

    /// <summary>
    /// <para type="description">How exactly products are computed: Float32; TensorFloat32, on NVIDIA GPUs since Ampere; BFloat16. The latter two are faster on a GPU, and round
    /// more. Default: Float32.</para>
    /// </summary>
    [Parameter]
    public Precision? Precision { get; set; }

    /// <summary>What concerns the training, and so has no effect on weights out of a file.</summary>
    private static readonly string[] TrainingParameters =
    [
        nameof(Dropout), nameof(Corruption), nameof(Epoch), nameof(BatchSize), nameof(Optimizer), nameof(LearningRate), nameof(LearningRateSchedule), nameof(WeightDecay),
        nameof(WeightAveraging), nameof(ValidationFraction), nameof(EarlyStopping), nameof(CheckpointPath), nameof(CheckpointIntervalSec), nameof(Device),
    ];

    /// <inheritdoc/>
    protected override void CheckParameters()
    {
        if (Weights is not null)
        {
            _weights = AutoencoderWeights.Open(ResolveFilePath(Weights));
            WarnOfUnusedParameters();
        }

        var options = Options(input: null);
        if (_weights is null)
        {
            options.ThrowIfDeviceUnavailable();
        }

        Checkpoint()?.ThrowIfNotUsable();
        if (CodePath is not null)
        {
            OutputFile.ThrowIfNotWritable(ResolveFilePath(CodePath));
        }

        if (IsBound(nameof(Corruption)) && options.Kind != AutoencoderKind.Denoising)
        {
            WriteWarning($"-Corruption counts with -Kind Denoising alone; the kind here is {options.Kind}.");
        }
    }

    /// <inheritdoc/>
    protected override void CheckInput(Embedding input)
    {
        if (_weights is null)
        {
            AutoencoderOptions.ThrowIfTooFewRows(input.RowCount);
        }

        Options(input).ThrowIfNotTrainable(input.GetImageShape(), input.Dimension);
        if (CodePath is not null && ResolveFilePath(CodePath) == input.GetDataset().Source)
        {
            throw new N2DException("OutputIsInput", ErrorKind.InvalidArgument, $"'{CodePath}' holds the rows themselves: give the codes a -CodePath of their own.", CodePath);
        }
    }

    /// <inheritdoc/>
    protected override void Fit()
    {
        var (options, weights) = (Options(InputObject), _weights);
        var (rows, image, checkpoint) = (InputObject.GetDataMatrix(), InputObject.GetImageShape(), Checkpoint());
        var codePath = CodePath is null ? null : ResolveFilePath(CodePath);
        WriteObject(RunLong(weights is null ? "Training the autoencoder" : "Encoding", ThreadCount, execution =>
        {
            (Autoencoder Autoencoder, IDataMatrix Codes) made = (weights, codePath) switch
            {
                (null, null) => Autoencoder.Fit(rows, options, execution, image, checkpoint),
                (null, _) => Autoencoder.FitToFile(rows, codePath, options, execution, image, checkpoint),
                (_, null) => Autoencoder.Load(rows, options, weights, execution, image),
                _ => Autoencoder.LoadToFile(rows, codePath, options, weights, execution, image),
            };
            return InputObject.Append(made.Autoencoder, made.Codes);
        }));
    }

    private void WarnOfUnusedParameters()
    {
        var unused = TrainingParameters.Where(IsBound).ToArray();
        if (unused.Length > 0)
        {
            WriteWarning($"-{string.Join(", -", unused)}: of no effect, as -Weights skips the training.");
        }
    }

    private CheckpointFile? Checkpoint() => CheckpointPath is null || _weights is not null
        ? null
        : new CheckpointFile(ResolveFilePath(CheckpointPath), TimeSpan.FromSeconds(CheckpointIntervalSec));

    private AutoencoderOptions Options(Embedding? input)
    {
        var recipe = _weights?.Options ?? (Preset == Preset.Paper ? AutoencoderOptions.Paper(input?.ClassCount) : new AutoencoderOptions());
        var options = recipe with
        {
            Preset = Preset,
            Kind = Kind ?? recipe.Kind,
            LatentDimension = LatentDimension ?? recipe.LatentDimension,
            Activation = Activation ?? recipe.Activation,
            Dropout = Dropout ?? recipe.Dropout,
            Corruption = Corruption ?? recipe.Corruption,
            Epochs = Epoch ?? recipe.Epochs,
            BatchSize = BatchSize ?? recipe.BatchSize,
            Optimizer = Optimizer ?? recipe.Optimizer,
            LearningRate = LearningRate ?? recipe.LearningRate,
            Schedule = LearningRateSchedule ?? recipe.Schedule,
            WeightDecay = WeightDecay ?? recipe.WeightDecay,
            WeightAveraging = WeightAveraging ?? recipe.WeightAveraging,
            ValidationFraction = ValidationFraction ?? recipe.ValidationFraction,
            Patience = EarlyStopping ?? recipe.Patience,
            Seed = Seed,
            Device = Device ?? recipe.Device,
            Precision = Precision ?? recipe.Precision,
        };
        return HiddenUnit is null ? options : options with { HiddenUnits = HiddenUnit };
    }
}
