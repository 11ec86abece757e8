using System.Management.Automation;
using N2D.Autoencoders;
using N2D.Devices;
using N2D.Files;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Trains an autoencoder on a data set and encodes its rows.</para>
/// <para type="description">By default the network is dense, d-500-500-2000-c with a mirrored decoder, as in the N2D study. The output
/// is the embedding of the rows in c dimensions. The trained autoencoder is the last stage of the embedding.</para>
/// </summary>
[Cmdlet(VerbsCommon.New, "N2DAutoencoder", SupportsShouldProcess = true)]
[OutputType(typeof(Embedding))]
public sealed class NewN2DAutoencoderCommand : FittingCmdlet
{
    private AutoencoderWeights? _weights;
    private FileExport? _codes;

    /// <summary>
    /// <para type="description">The preset that supplies the defaults of the other parameters: the module's own (Default), or the
    /// N2D study's (Paper), for comparison with published figures. Paper means 1000 epochs at a constant learning rate, a code as
    /// wide as there are classes, and a single start of the mixture later in the pipeline. Parameters that you give override the
    /// preset.</para>
    /// </summary>
    [Parameter]
    public Preset Preset { get; set; }

    /// <summary>
    /// <para type="description">A file of trained weights to apply instead of training: from Export-N2DWeight (safetensors), or
    /// from the N2D study's own program (Keras HDF5, such as mnist-1000-ae_weights.h5). The widths of the network come from the
    /// file.</para>
    /// </summary>
    [Parameter]
    [Alias("ae_weights")]
    [ValidateNotNullOrEmpty]
    public string? Weights { get; set; }

    /// <summary>
    /// <para type="description">The kind of autoencoder. Dense: fully connected layers. Denoising: reconstructs rows from copies in
    /// which some values are set to zero. Variational: the code is a distribution. Convolutional: convolutions, for data sets of
    /// images. Default: Dense.</para>
    /// </summary>
    [Parameter]
    public AutoencoderKind? Kind { get; set; }

    /// <summary>
    /// <para type="description">The number of dimensions of the code, c. Default 10. Range: 1 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("latent_dim", "n_components")]
    [WholeNumber]
    public int? LatentDimension { get; set; }

    /// <summary>
    /// <para type="description">The widths of the encoder's hidden layers, or the channels of its convolutions. The decoder mirrors
    /// them. Default: 500, 500, 2000, or 32, 64, 128 channels. Range: each 1 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("hidden_layer_sizes")]
    [ValidateNotNull]
    [WholeNumber]
    public int[]? HiddenUnit { get; set; }

    /// <summary>
    /// <para type="description">The activation function of the hidden layers. Default: Relu.</para>
    /// </summary>
    [Parameter]
    public Activation? Activation { get; set; }

    /// <summary>
    /// <para type="description">The fraction of the values of each hidden layer that is set to zero at random in training. Default
    /// 0. Range: 0 or more and below 1.</para>
    /// </summary>
    [Parameter]
    public float? Dropout { get; set; }

    /// <summary>
    /// <para type="description">The fraction of the values of a row that a denoising autoencoder sees as zero. Default 0.2. Range:
    /// 0 or more and below 1.</para>
    /// </summary>
    [Parameter]
    public float? Corruption { get; set; }

    /// <summary>
    /// <para type="description">The number of passes over all rows in training. Default: as many as give 4096 steps, from 10 to
    /// 100. Range: 1 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("epochs", "pretrain_epochs")]
    [WholeNumber]
    public int? Epoch { get; set; }

    /// <summary>
    /// <para type="description">The number of rows in each step. Default 256. Range: 1 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("batch_size")]
    [WholeNumber]
    public int? BatchSize { get; set; }

    /// <summary>
    /// <para type="description">The optimizer. Default: Adam.</para>
    /// </summary>
    [Parameter]
    public OptimizerKind? Optimizer { get; set; }

    /// <summary>
    /// <para type="description">The step size of the optimizer. If it follows a schedule, this is the initial value. Default 0.001.
    /// Range: above 0.</para>
    /// </summary>
    [Parameter]
    [Alias("learning_rate")]
    public float? LearningRate { get; set; }

    /// <summary>
    /// <para type="description">How the learning rate changes during training. Constant: not at all. Linear and Cosine: it
    /// decreases to zero. Default: Constant.</para>
    /// </summary>
    [Parameter]
    public LearningRateSchedule? LearningRateSchedule { get; set; }

    /// <summary>
    /// <para type="description">The decoupled weight decay, as in AdamW. Default 0. Range: 0 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("weight_decay")]
    public float? WeightDecay { get; set; }

    /// <summary>
    /// <para type="description">The decay of an exponential moving average of the weights, which replaces the weights of the last
    /// step at the end. For example, 0.998 averages over about 500 steps. Default 0. With 0, there is no average. Range: 0 or more
    /// and below 1.</para>
    /// </summary>
    [Parameter]
    public float? WeightAveraging { get; set; }

    /// <summary>
    /// <para type="description">The fraction of the rows to hold out from training. Their error shows how well the network
    /// generalizes. Default 0. Range: 0 or more and below 1.</para>
    /// </summary>
    [Parameter]
    [Alias("validation_split")]
    public float? ValidationFraction { get; set; }

    /// <summary>
    /// <para type="description">Stops training when the error has not improved for this number of epochs, and keeps the weights of
    /// the best epoch. The error is that of the validation rows, if there are any. Default: all epochs are run. Range: 1 or
    /// more.</para>
    /// </summary>
    [Parameter]
    [Alias("patience")]
    [WholeNumber]
    public int? EarlyStopping { get; set; }

    /// <summary>
    /// <para type="description">Stops training once the neighborhoods of the codes have settled: the share of nearest neighbors that
    /// the codes preserve increases by less than 0.5 points for a doubling of the epochs. -Epoch, or its default, is then the maximum.
    /// Use it to find out how many epochs a data set needs. It cannot be combined with -EarlyStopping, nor with a
    /// -LearningRateSchedule that decreases.</para>
    /// </summary>
    [Parameter]
    public SwitchParameter StopWhenSettled { get; set; }

    /// <summary>
    /// <para type="description">The seeds of the weights, of the order of the rows and of all other random numbers. The same seed gives the
    /// same codes. Each seed trains an autoencoder, and the output is an embedding for each, in order. Later stages use the seed of their
    /// embedding by default. On an NVIDIA GPU, dense and denoising networks of several seeds train together. Otherwise, they train one
    /// after another. Repeated seeds count once. Default: the seed of the previous stage, otherwise 0. Range: 0 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("random_state")]
    [ValidateNotNullOrEmpty]
    [ValidateRange(0, int.MaxValue)]
    [TakesRanges]
    [WholeNumber]
    public int[]? Seed { get; set; }

    /// <summary>
    /// <para type="description">A file to save the training in, at intervals and at the end. If the file exists, the training
    /// resumes from it and gives the same result as without an interruption. Each file holds one training. Other sessions cannot
    /// use the file while the training runs.
    /// -WhatIf skips the training only if this parameter is given, because nothing else is written.</para>
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CheckpointPath { get; set; }

    /// <summary>
    /// <para type="description">The minimum number of seconds between two saves of the checkpoint. Default 120. Range: 0 or more.</para>
    /// </summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    [WholeNumber]
    public int CheckpointIntervalSec { get; set; } = 120;

    /// <summary>
    /// <para type="description">A .npy file to write the codes to, instead of keeping them in memory. With a memory-mapped data set
    /// (Import-N2DDataset -MemoryMapped), the memory in use does not depend on the number of rows. An existing file is replaced.
    /// The file takes the codes of one data set; a second one is an error.</para>
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CodePath { get; set; }

    /// <summary>
    /// <para type="description">Does not replace an existing file of -CodePath.</para>
    /// </summary>
    [Parameter]
    [Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>
    /// <para type="description">Replaces a read-only file of -CodePath. If the file has several hard links, replaces it under this
    /// name only.</para>
    /// </summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>
    /// <para type="description">The device to train on: auto, cpu, cuda, cuda:1, mps. Get-N2DDevice lists the devices of this
    /// machine. With auto, the best device that this build can use is taken. Default: auto.</para>
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(DeviceNameCompleter))]
    public ComputeDevice? Device { get; set; }

    /// <summary>
    /// <para type="description">The precision of matrix products: Float32, TensorFloat32 (NVIDIA GPUs since Ampere) or BFloat16.
    /// The latter two are faster on a GPU and less exact. Default: Float32.</para>
    /// </summary>
    [Parameter]
    public Precision? Precision { get; set; }

    /// <summary>The parameters of the training, which have no effect with weights from a file.</summary>
    private static readonly string[] TrainingParameters =
    [
        nameof(Dropout), nameof(Corruption), nameof(Epoch), nameof(BatchSize), nameof(Optimizer), nameof(LearningRate),
        nameof(LearningRateSchedule), nameof(WeightDecay),
        nameof(WeightAveraging), nameof(ValidationFraction), nameof(EarlyStopping), nameof(StopWhenSettled),
        nameof(CheckpointPath), nameof(CheckpointIntervalSec), nameof(Device),
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
            options.ThrowIfUnusable();
        }

        ThrowIfFileOfSeveralSeeds(nameof(CheckpointPath), _weights is null ? CheckpointPath : null);
        ThrowIfFileOfSeveralSeeds(nameof(CodePath), CodePath);
        Checkpoint()?.ThrowIfNotUsable();
        if (CodePath is not null)
        {
            _codes = new FileExport(this, ResolveFilePath(CodePath)) { Replacement = Replacement, Parameter = nameof(CodePath) };
            _codes.Check();
        }

        if (IsBound(nameof(Corruption)) && options.Kind != AutoencoderKind.Denoising)
        {
            WriteWarning($"-Corruption has no effect: it requires -Kind Denoising, and the kind is {options.Kind}.");
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
        if (CodePath is not null && FilePaths.Comparer.Equals(ResolveFilePath(CodePath), input.GetDataset().Source))
        {
            throw new N2DException("OutputIsInput", ErrorKind.InvalidArgument, $"'{CodePath}' is the file of the rows. "
                + "Give another file for the codes (-CodePath).", CodePath);
        }
    }

    /// <inheritdoc/>
    protected override void Fit()
    {
        var checkpoint = Checkpoint();
        if (checkpoint is not null && !ShouldProcess(checkpoint.Path, "Save training"))
        {
            return;
        }

        if (Seeds.Length > 1 && _weights is null)
        {
            TrainSeeds();
        }
        else if (_codes is null)
        {
            foreach (var seed in Seeds)
            {
                Fit(Options(InputObject) with { Seed = seed }, codePath: null, checkpoint);
            }
        }
        else
        {
            _codes.Write("Write codes", path => Fit(Options(InputObject), path, checkpoint));
        }
    }

    private int[] Seeds => Seed is null ? [InputObject?.Seed ?? 0] : [.. Seed.Distinct()];

    /// <summary>Trains the seeds in groups that train together. A group has its outputs before the next one starts.</summary>
    private void TrainSeeds()
    {
        const string Activity = "Training the autoencoder";
        var (rows, image, options) = (InputObject.GetDataMatrix(), InputObject.GetImageShape(), Options(InputObject));
        var groups = RunLong(Activity, ThreadCount, execution => AutoencoderSeeds.Groups(rows, options, Seeds, execution, image));
        foreach (var group in groups)
        {
            WriteVerbose($"Training with {AutoencoderSeeds.TextOf(group)}.");
            foreach (var fit in RunLong(
                Activity, ThreadCount, execution => AutoencoderSeeds.Fit(rows, options, group, execution, image)))
            {
                if (fit.Error is { } error)
                {
                    Report(error);
                }
                else
                {
                    WriteObject(InputObject.Append(fit.Autoencoder!, fit.Codes!));
                }
            }
        }
    }

    private void Fit(AutoencoderOptions options, string? codePath, CheckpointFile? checkpoint)
    {
        var weights = _weights;
        var (rows, image, replacement) = (InputObject.GetDataMatrix(), InputObject.GetImageShape(), Replacement);
        WriteObject(RunLong(weights is null ? "Training the autoencoder" : "Encoding", ThreadCount, execution =>
        {
            (Autoencoder Autoencoder, IDataMatrix Codes) made = (weights, codePath) switch
            {
                (null, null) => Autoencoder.Fit(rows, options, execution, image, checkpoint),
                (null, _) => Autoencoder.FitToFile(rows, codePath, options, execution, image, checkpoint, replacement),
                (_, null) => Autoencoder.Load(rows, options, weights, execution, image),
                _ => Autoencoder.LoadToFile(rows, codePath, options, weights, execution, image, replacement),
            };
            return InputObject.Append(made.Autoencoder, made.Codes);
        }));
    }

    private void ThrowIfFileOfSeveralSeeds(string parameter, string? path)
    {
        if (path is not null && Seed is { Length: > 1 } seeds)
        {
            throw new N2DException(
                "FileOfSeveralSeeds",
                ErrorKind.InvalidArgument,
                $"-{parameter} '{path}' can store only one training, but -Seed has {seeds.Length} values. Use one seed at a time, each "
                    + $"with its own -{parameter}.",
                path);
        }
    }

    private void WarnOfUnusedParameters()
    {
        var unused = TrainingParameters.Where(IsBound).ToArray();
        if (unused.Length > 0)
        {
            WriteWarning($"No effect: -{string.Join(", -", unused)}. With -Weights, there is no training.");
        }
    }

    private OutputOptions Replacement => new() { NoClobber = NoClobber, Force = Force };

    private CheckpointFile? Checkpoint() => _weights is null ? CheckpointOf(CheckpointPath, CheckpointIntervalSec) : null;

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
            StopsWhenSettled = StopWhenSettled,
            Seed = Seeds[0],
            Device = Device ?? recipe.Device,
            Precision = Precision ?? recipe.Precision,
        };
        return HiddenUnit is null ? options : options with { HiddenUnits = HiddenUnit };
    }
}
