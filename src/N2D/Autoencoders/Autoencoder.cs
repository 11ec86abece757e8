using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using N2D.Models;
using N2D.Numerics;
using TorchSharp;

namespace N2D.Autoencoders;

/// <summary>
/// A trained dense autoencoder: compresses rows of d values to codes of c, from which it can rebuild them. Its parameters are plain arrays, so
/// that there is nothing to free.
/// </summary>
public sealed class Autoencoder : FittedStage
{
    private static readonly AutoencoderOptions Defaults = new();

    private readonly NetworkShape _shape;
    private readonly float[] _parameters;
    private readonly TrainingEpoch[] _history;
    private readonly string _device;

    private Autoencoder(AutoencoderOptions options, NetworkShape shape, float[] parameters, TrainingEpoch[] history, string device)
    {
        Options = options;
        _shape = shape;
        _parameters = parameters;
        _history = history;
        _device = device;
    }

    /// <inheritdoc/>
    public override string Name => "Autoencoder";

    /// <inheritdoc/>
    public override StageRole Role => StageRole.Autoencoder;

    /// <inheritdoc/>
    public override int InputDimension => _shape.InputDimension;

    /// <inheritdoc/>
    public override int OutputDimension => _shape.LatentDimension;

    /// <inheritdoc/>
    public override int Seed => Options.Seed;

    /// <inheritdoc/>
    public override string Settings => StageSettings.TextOf(
    [
        new("LatentDimension", Options.LatentDimension),
        new("HiddenUnit", WidthsOf(Options), WidthsOf(Defaults)),
        new("Epoch", _history.Length),
        new("BatchSize", Options.BatchSize),
        new("LearningRate", Options.LearningRate),
        new("Seed", Seed),
    ]);

    /// <inheritdoc/>
    public override string Device => _device;

    /// <summary>What was asked for.</summary>
    public AutoencoderOptions Options { get; }

    /// <summary>The widths of the encoder, such as <c>784-500-500-2000-10</c>.</summary>
    public string Architecture => _shape.ToString();

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
    /// <returns>The autoencoder, and the code of each row, n x c.</returns>
    /// <exception cref="N2DException">
    /// There is but one row (<c>TooFewRows</c>), a value is NaN or infinite (<c>NotFinite</c>), the network has more parameters than an array holds
    /// (<c>NetworkTooLarge</c>), the device or libtorch is not there (<c>DeviceUnavailable</c>, <c>TorchUnavailable</c>), its memory
    /// does not suffice (<c>OutOfDeviceMemory</c>), or the error grows without bound (<c>TrainingDiverged</c>).
    /// </exception>
    public static (Autoencoder Autoencoder, Matrix Codes) Fit(Matrix rows, AutoencoderOptions options, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(execution);
        AutoencoderOptions.ThrowIfTooFewRows(rows.RowCount);
        rows.ThrowIfNotFinite();

        var clock = Stopwatch.StartNew();
        var shape = new NetworkShape(rows.ColumnCount, options.HiddenUnits, options.LatentDimension);
        var device = TrainingDevice.Resolve(options.Device);
        var deviceName = TrainingDevice.NameOf(device);
        execution.Explain?.Invoke(
            $"Autoencoder {shape}: {options.EpochsFor(rows.RowCount)} epochs over {rows.RowCount} rows on {deviceName}, {execution.ThreadCount} threads.");
        using var threads = new TorchThreads(execution.ThreadCount);
        try
        {
            using var scope = torch.NewDisposeScope();
            var training = new AutoencoderTraining(rows, shape, options, device, execution);
            var history = training.Run();
            var codes = training.Encode();
            execution.Explain?.Invoke(string.Create(
                CultureInfo.InvariantCulture,
                $"Autoencoder: mean squared error {history[^1].Loss:G4} after {history.Length} epochs and {clock.Elapsed.TotalSeconds:F1} s."));
            var autoencoder = new Autoencoder(options, shape, training.Parameters(), history, deviceName) { Seconds = clock.Elapsed.TotalSeconds };
            return (autoencoder, codes);
        }
        catch (ExternalException error) when (error.Message.Contains("out of memory", StringComparison.OrdinalIgnoreCase))
        {
            throw new N2DException(
                "OutOfDeviceMemory",
                ErrorKind.OutOfResources,
                $"The memory of {deviceName} does not hold {rows.RowCount} x {rows.ColumnCount} rows and the network {shape} in batches of {options.BatchSize}. "
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
    public Matrix Encode(Matrix rows, Execution execution) => Run(rows, _shape.EncoderLayerCount, execution);

    /// <inheritdoc/>
    /// <remarks>The same as <see cref="Encode"/>.</remarks>
    public override Matrix Transform(Matrix rows, Execution execution) => Encode(rows, execution);

    /// <inheritdoc/>
    public override Embedding Refit(Embedding input, int seed, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(input);
        var (autoencoder, codes) = Fit(input.GetRows(), Options with { Seed = seed }, execution);
        return input.Append(autoencoder, codes);
    }

    /// <summary>What the autoencoder rebuilds of rows.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>n x d.</returns>
    /// <exception cref="N2DException">
    /// The rows have another number of columns (<c>DimensionMismatch</c>), or a value is NaN or infinite (<c>NotFinite</c>).
    /// </exception>
    public Matrix Reconstruct(Matrix rows, Execution execution) => Run(rows, _shape.LayerCount, execution);

    private static string WidthsOf(AutoencoderOptions options) => string.Join('-', options.HiddenUnits);

    private Matrix Run(Matrix rows, int endLayer, Execution execution)
    {
        ThrowIfMismatched(rows);
        ArgumentNullException.ThrowIfNull(execution);
        rows.ThrowIfNotFinite();
        TorchRuntime.EnsureLoaded();
        using var threads = new TorchThreads(execution.ThreadCount);
        using var scope = torch.NewDisposeScope();
        var network = new DenseNetwork(_shape, _parameters, torch.CPU);
        return NetworkPass.Run(network, _shape, endLayer, rows, execution);
    }
}
