using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using N2D.Data;
using N2D.Files;
using N2D.Numerics;
using N2D.Pipeline;
using N2D.Serialization;
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
    private readonly string _device;

    private Autoencoder(AutoencoderOptions options, int inputDimension, NetworkPlan plan, float[] parameters, double loss, string device)
    {
        Options = options;
        InputDimension = inputDimension;
        _plan = plan;
        _parameters = parameters;
        Loss = loss;
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
    public override string Settings => SettingsOf(Options, History.Length, WeightsFile);

    /// <inheritdoc/>
    public override string Device => _device;

    /// <inheritdoc/>
    public override Preset Preset => Options.Preset;

    /// <summary>What was asked for.</summary>
    public AutoencoderOptions Options { get; }

    /// <summary>The layers of the encoder, such as <c>784-500-500-2000-10</c> or <c>28x28-32c-64c-128c-10</c>.</summary>
    public string Architecture => _plan.ToString();

    /// <summary>The mean squared error of the reconstruction: in the last epoch, or of the rows that weights of a file were applied to.</summary>
    public double Loss { get; }

    /// <summary>What each epoch of training came to; nothing, if the weights are out of a file.</summary>
    public IReadOnlyList<TrainingEpoch> GetHistory() => History;

    private TrainingEpoch[] History { get; init; } = [];

    /// <summary>The name of the file that the weights are out of; null if they were trained.</summary>
    private string? WeightsFile { get; init; }

    /// <summary>What the distance of rows is told by; null out of a model file of format 1, where it is the error of their reconstruction.</summary>
    private NoveltyReference? Kept { get; init; }

    /// <summary>
    /// Trains an autoencoder and encodes the rows it was trained on. On the processor the same rows, options and seed give the same bytes for any number of threads, if it is
    /// dense or denoising, of rectified linear units without dropout, and trained by Adam in float32. All others leave the whole to libtorch, whose products may round differently
    /// with another number of threads or on another processor.
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
    /// there: with rows that are in a file as well, memory grows with their number only by their order in an epoch, 4 bytes a row, or 12 where some validate, and six megabytes of them at most are
    /// kept for others' novelty.
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
            WriteCodes(codePath, rows.RowCount, options.LatentDimension, training.Encode), codePath);

    private static (Autoencoder Autoencoder, TCodes Codes) Fit<TCodes>(
        IDataMatrix rows, AutoencoderOptions options, Execution execution, ImageShape? image, CheckpointFile? checkpoint, Func<AutoencoderTraining, TCodes> encode, string? codePath = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(execution);
        AutoencoderOptions.ThrowIfTooFewRows(rows.RowCount);
        ThrowIfNoPlaceForCodes(codePath, rows, options);
        checkpoint?.ThrowIfNotUsable();
        rows.ThrowIfNotFinite(execution);

        var plan = new NetworkPlan(options, rows.ColumnCount, image);
        var device = TrainingDevice.Resolve(options.Device);
        var deviceName = TrainingDevice.NameOf(device);
        var epochCount = options.EpochsFor(rows.RowCount);
        var trainedCount = rows.RowCount - options.ValidationCount(rows.RowCount);
        var memory = TrainingMemory.Of(plan, options, rows.RowCount, rows.ColumnCount);
        var freeBytes = TrainingDevice.FreeBytes(device);
        var isResident = memory.IsResident(options.BatchSize, freeBytes);
        execution.Explain?.Invoke($"Autoencoder {plan}: {Quantity.Of(epochCount, "epoch")} over {Quantity.Of(trainedCount, "row")} on {deviceName}, {Quantity.Of(execution.ThreadCount, "thread")}"
            + $"{(isResident || rows is not Matrix ? "" : "; the rows do not fit into its memory, and are streamed")}.");
        WarnOfDevice(options, device, execution);
        WarnOfAveraging(options, epochCount, trainedCount, execution);
        using var precision = options.Precision.Begin();
        using var threads = new TorchThreads(execution.ThreadCount);
        try
        {
            using var scope = torch.NewDisposeScope();
            using var saved = checkpoint is null
                ? null
                : new TrainingCheckpoint(checkpoint, rows, $"{plan}; {SettingsOf(options, epochCount)}; Device={deviceName}", trainedCount, execution);
            var training = new AutoencoderTraining(rows, plan, options, saved, device, isResident, execution);
            var history = training.Run();
            var codes = encode(training);
            execution.Explain?.Invoke(string.Create(
                CultureInfo.InvariantCulture,
                $"Autoencoder: mean squared error {history[^1].Loss:G4} after {Quantity.Of(history.Length, "epoch")} and {training.Seconds:F1} s."));
            var autoencoder = new Autoencoder(options, rows.ColumnCount, plan, training.Parameters(), history[^1].Loss, deviceName)
            {
                Seconds = training.Seconds,
                History = history,
                Kept = NoveltyReference.Of(rows),
            };
            return (autoencoder, codes);
        }
        catch (ExternalException error) when (error.Message.Contains("out of memory", StringComparison.OrdinalIgnoreCase))
        {
            throw new N2DException(
                "OutOfDeviceMemory",
                ErrorKind.OutOfResources,
                $"The memory of {deviceName} does not hold the training of the network {plan} on {rows.RowCount} x {rows.ColumnCount} rows. "
                    + memory.Advice(options.BatchSize, freeBytes),
                deviceName,
                error);
        }
    }

    /// <summary>Makes an autoencoder of weights that were trained before, and encodes rows, on the processor.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="options">The network; <see cref="AutoencoderWeights.Options"/> is what the weights are of. What concerns training has no effect.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <param name="image">The shape of the image that each row holds; a convolutional autoencoder needs it.</param>
    /// <returns>The autoencoder, and the code of each row, n x c.</returns>
    /// <exception cref="N2DException">
    /// The weights are not those of the network (<c>WeightsMismatch</c>), a value of them or of the rows is NaN or infinite (<c>NotFinite</c>), or libtorch cannot be loaded
    /// (<c>TorchUnavailable</c>).
    /// </exception>
    public static (Autoencoder Autoencoder, Matrix Codes) Load(
        IDataMatrix rows, AutoencoderOptions options, AutoencoderWeights weights, Execution execution, ImageShape? image = null) =>
        Load(rows, options, weights, execution, image, network => NetworkPass.Run(network.Encode, torch.CPU, rows, options.LatentDimension, execution));

    /// <summary>
    /// As <see cref="Load(IDataMatrix, AutoencoderOptions, AutoencoderWeights, Execution, ImageShape?)"/>, but writes the codes to a .npy file as they come and leaves them
    /// there: with rows that are in a file as well, memory does not grow with their number.
    /// </summary>
    /// <param name="rows">n x d.</param>
    /// <param name="codePath">Full path of the file, written aside and renamed; one that is there is replaced.</param>
    /// <param name="options">The network.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <param name="image">The shape of the image that each row holds; a convolutional autoencoder needs it.</param>
    /// <returns>The autoencoder, and the code of each row, n x c, in the file.</returns>
    /// <exception cref="N2DException">As the other load; or the codes cannot be written (<c>FileNotWritten</c>).</exception>
    public static (Autoencoder Autoencoder, IDataMatrix Codes) LoadToFile(
        IDataMatrix rows, string codePath, AutoencoderOptions options, AutoencoderWeights weights, Execution execution, ImageShape? image = null) =>
        Load(rows, options, weights, execution, image, network => WriteCodes(
            codePath, rows.RowCount, options.LatentDimension, target => NetworkPass.Run(network.Encode, torch.CPU, rows, execution, target)), codePath);

    private static (Autoencoder Autoencoder, TCodes Codes) Load<TCodes>(
        IDataMatrix rows, AutoencoderOptions options, AutoencoderWeights weights, Execution execution, ImageShape? image, Func<INetwork, TCodes> encode, string? codePath = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(execution);
        ThrowIfNoPlaceForCodes(codePath, rows, options);
        weights.ThrowIfMismatched(options, rows.ColumnCount, image);
        rows.ThrowIfNotFinite(execution);
        TorchRuntime.EnsureLoaded();
        var clock = Stopwatch.StartNew();
        var plan = new NetworkPlan(options, rows.ColumnCount, image);
        var parameters = weights.ValuesFor(plan.Layout);
        using var threads = new TorchThreads(execution.ThreadCount);
        using var scope = torch.NewDisposeScope();
        var network = plan.Create(parameters, torch.CPU, execution);
        var codes = encode(network);
        var loss = ReconstructionError.Of(network, rows, execution);
        execution.Explain?.Invoke(string.Create(
            CultureInfo.InvariantCulture,
            $"Autoencoder {plan}: weights out of '{weights.FilePath}', no training; mean squared error {loss:G4}."));
        if (!(loss <= ReconstructionError.OfMean(rows, execution)))
        {
            execution.Warn?.Invoke(
                $"The weights out of '{weights.FilePath}' rebuild these rows worse than their mean would: they were trained on other data, on values of another scale, or for too short a time.");
        }

        var autoencoder = new Autoencoder(options, rows.ColumnCount, plan, parameters, loss, "cpu")
        {
            Seconds = clock.Elapsed.TotalSeconds,
            WeightsFile = Path.GetFileName(weights.FilePath),
            Kept = NoveltyReference.Of(rows),
        };
        return (autoencoder, codes);
    }

    /// <summary>An average that reaches back to the first steps holds what the network was before it had learned anything.</summary>
    private static void WarnOfAveraging(AutoencoderOptions options, int epochCount, int rowCount, Execution execution)
    {
        var steps = (long)epochCount * ((rowCount + options.BatchSize - 1) / options.BatchSize);
        var averaged = 1 / (1 - options.WeightAveraging);
        if (options.WeightAveraging > 0 && averaged > steps / 4.0)
        {
            execution.Warn?.Invoke(string.Create(
                CultureInfo.InvariantCulture,
                $"The average of the weights is over some {averaged:F0} steps, and the whole training has {steps}: it will hold what was not learned yet. Train longer, or average less (-WeightAveraging {Math.Max(1 - (8.0 / steps), 0):F3})."));
        }
    }

    /// <summary>Refuses a file of codes that cannot be written, before they are worked for.</summary>
    private static void ThrowIfNoPlaceForCodes(string? path, IDataMatrix rows, AutoencoderOptions options)
    {
        if (path is not null)
        {
            OutputFile.ThrowIfNotWritable(path, byteCount: NpyFile.ByteCount(rows.RowCount, options.LatentDimension));
        }
    }

    private static IDataMatrix WriteCodes(string path, int rowCount, int latentDimension, Action<NetworkPass.RowTarget> encode) =>
        NpyFile.Write(path, rowCount, latentDimension, stream => encode((_, codes) => stream.Write(MemoryMarshal.AsBytes(codes))));

    /// <summary>Writes the weights into a safetensors file, which <see cref="AutoencoderWeights.Open"/> reads: an array for the weights of each layer and one for its biases.</summary>
    /// <param name="path">Full path; a file that is there is replaced.</param>
    /// <exception cref="N2DException">It cannot be written (<c>FileNotWritten</c>), or the path cannot be a file (see <see cref="OutputFile.ThrowIfNotWritable"/>).</exception>
    public void SaveWeights(string path)
    {
        var metadata = new Dictionary<string, string>
        {
            [AutoencoderWeights.FormatName] = AutoencoderWeights.Format,
            [AutoencoderWeights.KindName] = Options.Kind.ToString(),
            [AutoencoderWeights.ActivationName] = Options.Activation.ToString(),
        };
        SafetensorsFile.Write(
            path, metadata, [.. _plan.Layout.Blocks.Select(block => new NamedArray(block.Name, [.. block.Sizes], _parameters.AsMemory(block.Offset, block.Length)))]);
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
    /// <remarks>The distance is that from the fifth nearest training row, of a sample of them where they have more than a million and a half values.</remarks>
    public override MeasuredRows Measure(Matrix rows, Execution execution)
    {
        var codes = Encode(rows, execution);
        return new MeasuredRows(codes, Kept?.DistancesOf(rows, execution) ?? ReconstructionErrors(rows, codes, execution));
    }

    /// <inheritdoc/>
    public override string? WhyNoInverse => null;

    /// <summary>What the decoder rebuilds of codes.</summary>
    private protected override Matrix InverseChecked(Matrix rows, Execution execution) => Run(network => network.Decode, InputDimension, rows, execution);

    /// <inheritdoc/>
    /// <remarks>Weights out of a file stay as they are: nothing of them hangs on a seed.</remarks>
    public override Embedding Refit(Embedding input, int seed, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (WeightsFile is not null)
        {
            return input.Append(this, Encode(input.GetDataMatrix(), execution));
        }

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
        part.Set("history", History);
        part.Set("loss", Loss);
        part.Set("weightsFile", WeightsFile);
        part.Set("device", _device);
        Kept?.Write(part);
        foreach (var block in _plan.Layout.Blocks)
        {
            part.Add<float>(block.Name, _parameters.AsMemory(block.Offset, block.Length), [.. block.Sizes.Select(size => (long)size)]);
        }
    }

    static Autoencoder IModelPart<Autoencoder>.Read(ModelPartReader part)
    {
        var (options, inputDimension) = (part.Get<AutoencoderOptions>("options"), part.Get<int>("inputDimension"));
        var (history, weightsFile) = (part.GetList<TrainingEpoch>("history"), part.FindText("weightsFile"));
        if (inputDimension < 1 || (history.Length == 0 && weightsFile is null))
        {
            throw part.Corrupt("it has no columns, or was trained for no epoch");
        }

        var plan = new NetworkPlan(options, inputDimension, part.Find<ImageShape>("image"));
        var parameters = part.GetConcatenated([.. plan.Layout.Blocks.Select(block => (block.Name, Array.ConvertAll(block.Sizes, size => (long)size)))]);
        return new Autoencoder(options, inputDimension, plan, parameters, part.Get<double>("loss"), part.Get<string>("device"))
        {
            Seconds = part.Seconds,
            History = history,
            WeightsFile = weightsFile,
            Kept = NoveltyReference.Read(part, inputDimension),
        };
    }

    private float[] ReconstructionErrors(Matrix rows, Matrix codes, Execution execution)
    {
        var rebuilt = Run(network => network.Decode, InputDimension, codes, execution);
        var errors = new float[rows.RowCount];
        ParallelRows.For(rows.RowCount, RowsPerBlock, execution, (start, end) =>
        {
            for (var row = start; row < end; row++)
            {
                errors[row] = FixedOrder.Distance(rows.Row(row), rebuilt.Row(row)) / MathF.Sqrt(InputDimension);
            }
        });
        return errors;
    }

    private static void WarnOfDevice(AutoencoderOptions options, torch.Device device, Execution execution)
    {
        if (device.type == DeviceType.CPU && options.Device.Kind == ComputeDeviceKind.Auto && CudaSupport.Surprise() is { } surprise)
        {
            execution.Warn?.Invoke($"The processor trains, and the GPU does not. {surprise}");
        }

        if (device.type != DeviceType.CUDA && options.Precision == Precision.TensorFloat32)
        {
            execution.Warn?.Invoke("TensorFloat32 counts on NVIDIA GPUs alone; here products are computed in float32.");
        }
    }

    private static string SettingsOf(AutoencoderOptions options, int epochCount, string? weightsFile = null)
    {
        StageSettings.Setting[] network =
        [
            new("Kind", options.Kind, Defaults.Kind),
            new("LatentDimension", options.LatentDimension),
            new("HiddenUnit", WidthsOf(options), WidthsOf(Defaults with { Kind = options.Kind })),
            new("Activation", options.Activation, Defaults.Activation),
            new("Precision", options.Precision, Defaults.Precision),
        ];
        return StageSettings.TextOf([.. network, .. weightsFile is null ? TrainingSettingsOf(options, epochCount) : [new("Weights", weightsFile)]]);
    }

    private static StageSettings.Setting[] TrainingSettingsOf(AutoencoderOptions options, int epochCount) =>
    [
        new("Dropout", options.Dropout, Defaults.Dropout),
        new("Corruption", options.Corruption, options.Kind == AutoencoderKind.Denoising ? null : options.Corruption),
        new("Epoch", epochCount),
        new("BatchSize", options.BatchSize),
        new("Optimizer", options.Optimizer, Defaults.Optimizer),
        new("LearningRate", options.LearningRate),
        new("LearningRateSchedule", options.Schedule, Defaults.Schedule),
        new("WeightDecay", options.WeightDecay, Defaults.WeightDecay),
        new("WeightAveraging", options.WeightAveraging, Defaults.WeightAveraging),
        new("ValidationFraction", options.ValidationFraction, Defaults.ValidationFraction),
        new("EarlyStopping", options.Patience),
        new("Seed", options.Seed),
    ];

    private static string WidthsOf(AutoencoderOptions options) => string.Join('-', options.HiddenUnits);

    private Matrix Run(Func<INetwork, Func<torch.Tensor, torch.Tensor>> part, int outputDimension, IDataMatrix rows, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(execution);
        rows.ThrowIfNotFinite(execution);
        TorchRuntime.EnsureLoaded();
        using var threads = new TorchThreads(execution.ThreadCount);
        using var scope = torch.NewDisposeScope();
        return NetworkPass.Run(part(_plan.Create(_parameters, torch.CPU, execution)), torch.CPU, rows, outputDimension, execution);
    }
}
