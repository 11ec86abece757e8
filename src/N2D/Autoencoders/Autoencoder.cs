using N2D.Neighbors;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Autoencoders;

/// <summary>
/// A trained autoencoder: compresses rows of d values to codes of c values, and rebuilds rows from codes. Immutable. Its parameters are
/// plain arrays, so there is nothing to dispose.
/// </summary>
public sealed class Autoencoder : FittedStage, IModelPart<Autoencoder>
{
    private const int RowsPerBlock = 256;

    private readonly NetworkPlan _plan;
    private readonly float[] _parameters;
    private readonly string _device;

    internal Autoencoder(AutoencoderOptions options, int inputDimension, NetworkPlan plan, float[] parameters, double loss, string device)
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
    public override string Settings => AutoencoderSettings.TextOf(Options, History.Length, WeightsFile);

    /// <inheritdoc/>
    public override string Device => _device;

    /// <inheritdoc/>
    public override Preset Preset => Options.Preset;

    /// <summary>The options of the training, or of the network that the weights were loaded into.</summary>
    public AutoencoderOptions Options { get; }

    /// <summary>The layers of the encoder, such as <c>784-500-500-2000-10</c> or <c>28x28-32c-64c-128c-10</c>.</summary>
    public string Architecture => _plan.ToString();

    /// <summary>
    /// The mean squared error of the reconstruction: in the last epoch, or, with loaded weights, of the rows that were encoded.
    /// </summary>
    public double Loss { get; }

    /// <summary>The loss of each epoch of training; empty if the weights were loaded from a file.</summary>
    public IReadOnlyList<TrainingEpoch> GetHistory() => History;

    /// <summary>The epochs that <see cref="GetHistory"/> returns.</summary>
    internal TrainingEpoch[] History { get; init; } = [];

    /// <summary>The name of the file that the weights were loaded from; null if they were trained.</summary>
    internal string? WeightsFile { get; init; }

    /// <summary>
    /// The training rows that the novelty of other rows is measured against; null for model files of format 1, which measure it by the
    /// reconstruction error.
    /// </summary>
    internal NoveltyReference? NoveltyReference { get; init; }

    /// <summary>
    /// Trains an autoencoder and encodes the rows that it was trained on. On the CPU, the same rows, options and seed give the same bytes
    /// for any number of threads if the network is dense or denoising, with ReLU, without dropout, and trained in float32. All other
    /// networks are computed by libtorch, whose products may round differently with another number of threads or on another CPU.
    /// </summary>
    /// <param name="rows">n x d, n at least 2.</param>
    /// <param name="options">The network and its training.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <param name="image">The shape of the image in each row. Required for a convolutional autoencoder.</param>
    /// <param name="checkpoint">
    /// A file that the training is saved to while it runs and at its end. If the file exists, the training resumes from it; with the same
    /// rows, options and threads, the result has the same bytes as an uninterrupted training. Null to save nothing.
    /// </param>
    /// <returns>The autoencoder, and the code of each row, n x c.</returns>
    /// <exception cref="N2DException">
    /// There is only one row (<c>TooFewRows</c>), a value is NaN or infinite (<c>NotFinite</c>), the network has more parameters than an
    /// array can hold (<c>NetworkTooLarge</c>), the device or libtorch is not available (<c>DeviceUnavailable</c>,
    /// <c>TorchUnavailable</c>), the device runs out of memory (<c>OutOfDeviceMemory</c>), the network is convolutional but the rows are
    /// not images (<c>ImageShapeRequired</c>), the checkpoint belongs to another training or is damaged (<c>CheckpointMismatch</c>,
    /// <c>CorruptSafetensors</c>), or the loss grows without bound (<c>TrainingDiverged</c>).
    /// </exception>
    public static (Autoencoder Autoencoder, Matrix Codes) Fit(
        IDataMatrix rows, AutoencoderOptions options, Execution execution, ImageShape? image = null, CheckpointFile? checkpoint = null) =>
        AutoencoderFit.Run(rows, options, execution, image, checkpoint, new CodesInMemory());

    /// <summary>
    /// Trains an autoencoder like <see cref="Fit(IDataMatrix, AutoencoderOptions, Execution, ImageShape?, CheckpointFile?)"/>, but streams
    /// the codes to a .npy file. If the rows are in a file too, the memory for each row is only its place in the order of an epoch: 4
    /// bytes, or 12 with validation. At most 6 MB of rows are kept to measure novelty.
    /// </summary>
    /// <param name="rows">n x d, n at least 2.</param>
    /// <param name="codePath">Full path of the file. It is written to a temporary file and renamed.</param>
    /// <param name="options">The network and its training.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <param name="image">The shape of the image in each row. Required for a convolutional autoencoder.</param>
    /// <param name="checkpoint">A file that the training is saved to; null to save nothing.</param>
    /// <param name="replacement">Whether to replace an existing file. Null: unless it is read-only or has several hard links.</param>
    /// <returns>The autoencoder, and the code of each row, n x c, in the file.</returns>
    /// <exception cref="N2DException">As for the other fit; or the codes cannot be written (<c>FileNotWritten</c>).</exception>
    public static (Autoencoder Autoencoder, IDataMatrix Codes) FitToFile(
        IDataMatrix rows,
        string codePath,
        AutoencoderOptions options,
        Execution execution,
        ImageShape? image = null,
        CheckpointFile? checkpoint = null,
        Files.OutputOptions? replacement = null) =>
        AutoencoderFit.Run(rows, options, execution, image, checkpoint, new CodesInFile(codePath, replacement));

    /// <summary>Makes an autoencoder from weights that were trained before, and encodes rows on the CPU.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="options">
    /// The network; <see cref="AutoencoderWeights.Options"/> is the one that the weights belong to. Options of the training have no effect.
    /// </param>
    /// <param name="weights">The weights.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <param name="image">The shape of the image in each row. Required for a convolutional autoencoder.</param>
    /// <returns>The autoencoder, and the code of each row, n x c.</returns>
    /// <exception cref="N2DException">
    /// The weights belong to another network (<c>WeightsMismatch</c>), a weight or a value of the rows is NaN or infinite
    /// (<c>NotFinite</c>), or libtorch cannot be loaded (<c>TorchUnavailable</c>).
    /// </exception>
    public static (Autoencoder Autoencoder, Matrix Codes) Load(
        IDataMatrix rows, AutoencoderOptions options, AutoencoderWeights weights, Execution execution, ImageShape? image = null) =>
        PretrainedAutoencoder.Load(rows, options, weights, execution, image, new CodesInMemory());

    /// <summary>
    /// Makes an autoencoder like <see cref="Load(IDataMatrix, AutoencoderOptions, AutoencoderWeights, Execution, ImageShape?)"/>, but
    /// streams the codes to a .npy file. If the rows are in a file too, memory does not grow with their number.
    /// </summary>
    /// <param name="rows">n x d.</param>
    /// <param name="codePath">Full path of the file. It is written to a temporary file and renamed.</param>
    /// <param name="options">The network.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <param name="image">The shape of the image in each row. Required for a convolutional autoencoder.</param>
    /// <param name="replacement">Whether to replace an existing file. Null: unless it is read-only or has several hard links.</param>
    /// <returns>The autoencoder, and the code of each row, n x c, in the file.</returns>
    /// <exception cref="N2DException">As for the other load; or the codes cannot be written (<c>FileNotWritten</c>).</exception>
    public static (Autoencoder Autoencoder, IDataMatrix Codes) LoadToFile(
        IDataMatrix rows,
        string codePath,
        AutoencoderOptions options,
        AutoencoderWeights weights,
        Execution execution,
        ImageShape? image = null,
        Files.OutputOptions? replacement = null) =>
        PretrainedAutoencoder.Load(rows, options, weights, execution, image, new CodesInFile(codePath, replacement));

    /// <summary>
    /// Writes the weights to a safetensors file that <see cref="AutoencoderWeights.Open"/> reads: one array for the weights of each layer,
    /// and one for its biases.
    /// </summary>
    /// <param name="path">Full path; an existing file is replaced.</param>
    /// <exception cref="N2DException">
    /// The file cannot be written (<c>FileNotWritten</c>), or the path cannot be a file
    /// (see <see cref="Files.OutputFile.ThrowIfNotWritable"/>).
    /// </exception>
    public void SaveWeights(string path) => AutoencoderWeights.Save(path, Options, _plan.Layout, _parameters);

    /// <summary>Encodes rows, whether they were in the training or not.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>The codes, n x c.</returns>
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
    /// <remarks>
    /// The distance is that from the fifth nearest training row. If the training rows have more than 1.5 million values, a sample of them
    /// is searched.
    /// </remarks>
    public override MeasuredRows Measure(Matrix rows, Execution execution)
    {
        var codes = Encode(rows, execution);
        return new MeasuredRows(codes, NoveltyReference?.DistancesOf(rows, execution) ?? ReconstructionErrors(rows, codes, execution));
    }

    /// <inheritdoc/>
    public override string? WhyNoInverse => null;

    /// <summary>Decodes codes.</summary>
    private protected override Matrix InverseChecked(Matrix rows, Execution execution) =>
        Run(network => network.Decode, InputDimension, rows, execution);

    /// <inheritdoc/>
    /// <remarks>Weights from a file stay as they are: they do not depend on a seed.</remarks>
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

    /// <summary>Encodes rows and decodes their codes.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>The reconstruction, n x d.</returns>
    /// <exception cref="N2DException">
    /// The rows have another number of columns (<c>DimensionMismatch</c>), or a value is NaN or infinite (<c>NotFinite</c>).
    /// </exception>
    public Matrix Reconstruct(IDataMatrix rows, Execution execution)
    {
        ThrowIfMismatched(rows);
        return Run(network => network.Reconstruct, InputDimension, rows, execution);
    }

    void IModelPart<Autoencoder>.Write(ModelPartWriter part)
    {
        part.Set("options", Options);
        part.Set("inputDimension", InputDimension);
        part.Set("image", _plan.Image);
        part.Set("history", part.HasTimes ? History : Array.ConvertAll(History, epoch => epoch with { Seconds = 0 }));
        part.Set("loss", Loss);
        part.Set("weightsFile", WeightsFile);
        part.Set("device", _device);
        NoveltyReference?.Write(part);
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
            throw part.Corrupt("it has no columns, or no epochs of training");
        }

        var plan = new NetworkPlan(options, inputDimension, part.Find<ImageShape>("image"));
        var parameters = part.GetConcatenated(
            [.. plan.Layout.Blocks.Select(block => (block.Name, Array.ConvertAll(block.Sizes, size => (long)size)))]);
        return new Autoencoder(options, inputDimension, plan, parameters, part.Get<double>("loss"), part.Get<string>("device"))
        {
            Seconds = part.Seconds,
            History = history,
            WeightsFile = weightsFile,
            NoveltyReference = NoveltyReference.Read(part, inputDimension),
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

    private Matrix Run(Func<INetwork, NetworkPass.Part> part, int outputDimension, IDataMatrix rows, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(execution);
        using var network = _plan.CreateOnProcessor(_parameters, execution);
        rows.ThrowIfNotFinite(execution);
        return NetworkPass.Run(part(network), rows, outputDimension, execution);
    }
}
