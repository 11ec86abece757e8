using System.Globalization;
using System.Runtime.InteropServices;
using N2D.Data;
using N2D.Models;
using N2D.Numerics;
using TorchSharp;

namespace N2D.Autoencoders;

/// <summary>
/// A trained autoencoder: compresses rows of d values to codes of c, from which it can rebuild them. Its parameters are plain arrays, so
/// that there is nothing to free.
/// </summary>
public sealed class Autoencoder : FittedStage, IModelPart<Autoencoder>
{
    private const int RowsPerBlock = 256;

    private static readonly AutoencoderOptions Defaults = new();

    private readonly NetworkPlan _plan;
    private readonly float[] _parameters;
    private readonly TrainingEpoch[] _history;
    private readonly string _device;

    private Autoencoder(AutoencoderOptions options, int inputDimension, NetworkPlan plan, float[] parameters, TrainingEpoch[] history, string device)
    {
        Options = options;
        InputDimension = inputDimension;
        _plan = plan;
        _parameters = parameters;
        _history = history;
        _device = device;
    }

    /// <inheritdoc/>
    public override string Name => "Autoencoder";

    /// <inheritdoc/>
    public override StageRole Role => StageRole.Autoencoder;

    /// <inheritdoc/>
    public override int InputDimension { get; }

    /// <inheritdoc/>
    public override int OutputDimension => Options.LatentDimension;

    /// <inheritdoc/>
    public override int Seed => Options.Seed;

    /// <inheritdoc/>
    public override string Settings => SettingsOf(Options, _history.Length);

    /// <inheritdoc/>
    public override string Device => _device;

    /// <summary>What was asked for.</summary>
    public AutoencoderOptions Options { get; }

    /// <summary>The layers of the encoder, such as <c>784-500-500-2000-10</c> or <c>28x28-32c-64c-128c-10</c>.</summary>
    public string Architecture => _plan.ToString();

    /// <summary>The mean squared error of the reconstruction in the last epoch.</summary>
    public double Loss => _history[^1].Loss;

    /// <summary>What each epoch of training came to.</summary>
    public IReadOnlyList<TrainingEpoch> GetHistory() => _history;

    /// <summary>
    /// Trains an autoencoder and encodes the rows it was trained on. On the processor the same rows, options, seed and number of threads give the same
    /// bytes; the products of libtorch may round differently with another number of threads or on another processor.
    /// </summary>
    /// <param name="rows">n x d, n at least 2.</param>
    /// <param name="options">What to ask of it.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <param name="image">The shape of the image that each row holds; a convolutional autoencoder needs it.</param>
    /// <param name="checkpoint">
    /// A file that the training is saved in as it goes and at its end, and goes on from if it is there: with the same rows, options and threads, to the same bytes.
    /// Null to save nothing.
    /// </param>
    /// <returns>The autoencoder, and the code of each row, n x c.</returns>
    /// <exception cref="N2DException">
    /// There is but one row (<c>TooFewRows</c>), a value is NaN or infinite (<c>NotFinite</c>), the network has more parameters than an array holds
    /// (<c>NetworkTooLarge</c>), the device or libtorch is not there (<c>DeviceUnavailable</c>, <c>TorchUnavailable</c>), its memory
    /// does not suffice (<c>OutOfDeviceMemory</c>), convolutions are asked for of rows that are no images (<c>ImageShapeRequired</c>), the checkpoint is of another
    /// training or damaged (<c>CheckpointMismatch</c>, <c>CorruptSafetensors</c>), or the error grows without bound (<c>TrainingDiverged</c>).
    /// </exception>
    public static (Autoencoder Autoencoder, Matrix Codes) Fit(
        IDataMatrix rows, AutoencoderOptions options, Execution execution, ImageShape? image = null, CheckpointFile? checkpoint = null) =>
        Fit(rows, options, execution, image, checkpoint, training => training.Encode());

    /// <summary>
    /// As <see cref="Fit(IDataMatrix, AutoencoderOptions, Execution, ImageShape?, CheckpointFile?)"/>, but writes the codes to a .npy file as they come and leaves them
    /// there: with rows that are in a file as well, memory grows with their number only by their order in an epoch, 4 bytes a row, or 12 where some validate.
    /// </summary>
    /// <param name="rows">n x d, n at least 2.</param>
    /// <param name="codePath">Full path of the file, written aside and renamed; one that is there is replaced.</param>
    /// <param name="options">What to ask of it.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <param name="image">The shape of the image that each row holds; a convolutional autoencoder needs it.</param>
    /// <param name="checkpoint">A file that the training is saved in; null to save nothing.</param>
    /// <returns>The autoencoder, and the code of each row, n x c, in the file.</returns>
    /// <exception cref="N2DException">As the other fit; or the codes cannot be written (<c>FileNotWritten</c>).</exception>
    public static (Autoencoder Autoencoder, IDataMatrix Codes) FitToFile(
        IDataMatrix rows, string codePath, AutoencoderOptions options, Execution execution, ImageShape? image = null, CheckpointFile? checkpoint = null) =>
        Fit<IDataMatrix>(rows, options, execution, image, checkpoint, training =>
            NpyFile.Write(codePath, rows.RowCount, options.LatentDimension, stream => training.Encode((_, codes) => stream.Write(MemoryMarshal.AsBytes(codes)))));

    private static (Autoencoder Autoencoder, TCodes Codes) Fit<TCodes>(
        IDataMatrix rows, AutoencoderOptions options, Execution execution, ImageShape? image, CheckpointFile? checkpoint, Func<AutoencoderTraining, TCodes> encode)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(execution);
        AutoencoderOptions.ThrowIfTooFewRows(rows.RowCount);
        rows.ThrowIfNotFinite(execution);

        var plan = new NetworkPlan(options, rows.ColumnCount, image);
        var device = TrainingDevice.Resolve(options.Device);
        var deviceName = TrainingDevice.NameOf(device);
        var epochCount = options.EpochsFor(rows.RowCount);
        var trainedCount = rows.RowCount - options.ValidationCount(rows.RowCount);
        execution.Explain?.Invoke($"Autoencoder {plan}: {epochCount} epochs over {trainedCount} rows on {deviceName}, {execution.ThreadCount} threads.");
        using var threads = new TorchThreads(execution.ThreadCount);
        try
        {
            using var scope = torch.NewDisposeScope();
            var saved = checkpoint is null
                ? null
                : new TrainingCheckpoint(checkpoint, rows, $"{plan}; {SettingsOf(options, epochCount)}; Device={deviceName}", trainedCount, execution);
            var training = new AutoencoderTraining(rows, plan, options, saved, device, execution);
            var history = training.Run();
            var codes = encode(training);
            execution.Explain?.Invoke(string.Create(
                CultureInfo.InvariantCulture,
                $"Autoencoder: mean squared error {history[^1].Loss:G4} after {history.Length} epochs and {training.Seconds:F1} s."));
            var autoencoder = new Autoencoder(options, rows.ColumnCount, plan, training.Parameters(), history, deviceName) { Seconds = training.Seconds };
            return (autoencoder, codes);
        }
        catch (ExternalException error) when (error.Message.Contains("out of memory", StringComparison.OrdinalIgnoreCase))
        {
            throw new N2DException(
                "OutOfDeviceMemory",
                ErrorKind.OutOfResources,
                $"The memory of {deviceName} does not hold {rows.RowCount} x {rows.ColumnCount} rows and the network {plan} in batches of {options.BatchSize}. "
                    + "Use smaller batches, or -Device Cpu.",
                deviceName,
                error);
        }
    }

    /// <summary>The codes of rows, seen in training or not.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>n x c.</returns>
    /// <exception cref="N2DException">
    /// The rows have another number of columns (<c>DimensionMismatch</c>), or a value is NaN or infinite (<c>NotFinite</c>).
    /// </exception>
    public Matrix Encode(IDataMatrix rows, Execution execution)
    {
        ThrowIfMismatched(rows);
        return Run(network => network.Encode, OutputDimension, rows, execution);
    }

    /// <inheritdoc/>
    /// <remarks>The same as <see cref="Encode"/>.</remarks>
    public override Matrix Transform(Matrix rows, Execution execution) => Encode(rows, execution);

    /// <inheritdoc/>
    /// <remarks>The same as <see cref="Encode"/>: rows in a file are read as they are encoded.</remarks>
    public override Matrix Transform(IDataMatrix rows, Execution execution) => Encode(rows, execution);

    /// <inheritdoc/>
    /// <remarks>The distance is the root mean squared error of the reconstruction.</remarks>
    public override MeasuredRows Measure(Matrix rows, Execution execution)
    {
        var codes = Encode(rows, execution);
        var rebuilt = Run(network => network.Decode, InputDimension, codes, execution);
        var errors = new float[rows.RowCount];
        ParallelRows.For(rows.RowCount, RowsPerBlock, execution, (start, end) =>
        {
            for (var row = start; row < end; row++)
            {
                errors[row] = FixedOrder.Distance(rows.Row(row), rebuilt.Row(row)) / MathF.Sqrt(InputDimension);
            }
        });
        return new MeasuredRows(codes, errors);
    }

    /// <inheritdoc/>
    public override Embedding Refit(Embedding input, int seed, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(input);
        var (autoencoder, codes) = Fit(input.GetDataMatrix(), Options with { Seed = seed }, execution, input.GetImageShape());
        return input.Append(autoencoder, codes);
    }

    /// <summary>What the autoencoder rebuilds of rows.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>n x d.</returns>
    /// <exception cref="N2DException">
    /// The rows have another number of columns (<c>DimensionMismatch</c>), or a value is NaN or infinite (<c>NotFinite</c>).
    /// </exception>
    public Matrix Reconstruct(IDataMatrix rows, Execution execution)
    {
        ThrowIfMismatched(rows);
        return Run(network => input => network.Decode(network.Encode(input)), InputDimension, rows, execution);
    }

    void IModelPart<Autoencoder>.Write(ModelPartWriter part)
    {
        part.Set("options", Options);
        part.Set("inputDimension", InputDimension);
        part.Set("image", _plan.Image);
        part.Set("history", _history);
        part.Set("device", _device);
        foreach (var block in _plan.Layout.Blocks)
        {
            part.Add<float>(block.Name, _parameters.AsMemory(block.Offset, block.Length), [.. block.Sizes.Select(size => (long)size)]);
        }
    }

    static Autoencoder IModelPart<Autoencoder>.Read(ModelPartReader part)
    {
        var (options, inputDimension) = (part.Get<AutoencoderOptions>("options"), part.Get<int>("inputDimension"));
        var history = part.GetList<TrainingEpoch>("history");
        if (inputDimension < 1 || history.Length == 0)
        {
            throw part.Corrupt("it has no columns, or was trained for no epoch");
        }

        var plan = new NetworkPlan(options, inputDimension, part.Find<ImageShape>("image"));
        var parameters = part.GetConcatenated([.. plan.Layout.Blocks.Select(block => (block.Name, Array.ConvertAll(block.Sizes, size => (long)size)))]);
        return new Autoencoder(options, inputDimension, plan, parameters, history, part.Get<string>("device")) { Seconds = part.Seconds };
    }

    private static string SettingsOf(AutoencoderOptions options, int epochCount) => StageSettings.TextOf(
    [
        new("Kind", options.Kind, Defaults.Kind),
        new("LatentDimension", options.LatentDimension),
        new("HiddenUnit", WidthsOf(options), WidthsOf(Defaults with { Kind = options.Kind })),
        new("Activation", options.Activation, Defaults.Activation),
        new("Dropout", options.Dropout, Defaults.Dropout),
        new("Corruption", options.Corruption, options.Kind == AutoencoderKind.Denoising ? null : options.Corruption),
        new("Epoch", epochCount),
        new("BatchSize", options.BatchSize),
        new("Optimizer", options.Optimizer, Defaults.Optimizer),
        new("LearningRate", options.LearningRate),
        new("LearningRateSchedule", options.Schedule, Defaults.Schedule),
        new("WeightDecay", options.WeightDecay, Defaults.WeightDecay),
        new("ValidationFraction", options.ValidationFraction, Defaults.ValidationFraction),
        new("EarlyStopping", options.Patience),
        new("Seed", options.Seed),
    ]);

    private static string WidthsOf(AutoencoderOptions options) => string.Join('-', options.HiddenUnits);

    private Matrix Run(Func<INetwork, Func<torch.Tensor, torch.Tensor>> part, int outputDimension, IDataMatrix rows, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(execution);
        rows.ThrowIfNotFinite(execution);
        TorchRuntime.EnsureLoaded();
        using var threads = new TorchThreads(execution.ThreadCount);
        using var scope = torch.NewDisposeScope();
        return NetworkPass.Run(part(_plan.Create(_parameters, torch.CPU)), torch.CPU, rows, outputDimension, execution);
    }
}
