using System.Globalization;
using System.Runtime.InteropServices;
using N2D.Devices;
using N2D.Neighbors;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Autoencoders;

/// <summary>Trains autoencoders: checks the input, chooses the device, trains, and encodes the rows.</summary>
internal static class AutoencoderFit
{
    /// <summary>The options that <see cref="TrainingMemory.Advice"/> may name.</summary>
    private static readonly string[] AdviceOptions =
        [nameof(AutoencoderOptions.BatchSize), nameof(AutoencoderOptions.Device), nameof(AutoencoderOptions.HiddenUnits)];

    /// <summary>Trains an autoencoder and encodes the rows that it was trained on.</summary>
    /// <param name="rows">n x d, n at least 2.</param>
    /// <param name="options">The network and its training.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <param name="image">The shape of the image in each row; null if the rows are not images.</param>
    /// <param name="checkpoint">A file that the training is saved to; null to save nothing.</param>
    /// <param name="output">Where the codes go.</param>
    /// <typeparam name="TCodes">The matrix of codes.</typeparam>
    public static (Autoencoder Autoencoder, TCodes Codes) Run<TCodes>(
        IDataMatrix rows,
        AutoencoderOptions options,
        Execution execution,
        ImageShape? image,
        CheckpointFile? checkpoint,
        ICodeOutput<TCodes> output)
        where TCodes : IDataMatrix
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(execution);
        AutoencoderOptions.ThrowIfTooFewRows(rows.RowCount);
        options.ThrowIfStopsConflict();
        output.ThrowIfNotWritable(rows.RowCount, options.LatentDimension);
        checkpoint?.ThrowIfNotUsable();
        var plan = new NetworkPlan(options, rows.ColumnCount, image);
        var device = TrainingDevice.Resolve(options.Device);
        LibtorchNeed.Of(options, device)?.Load();
        rows.ThrowIfNotFinite(execution);
        var budget = new TrainingBudget(options, rows.RowCount);
        var trainedCount = rows.RowCount - options.ValidationCount(rows.RowCount);
        var memory = TrainingMemory.Of(plan, options, rows.RowCount, rows.ColumnCount);
        if (device == ComputeDevice.Cpu)
        {
            memory.ThrowIfTooLarge(Math.Min(options.BatchSize, rows.RowCount), MachineMemory.FreeBytes);
        }

        var freeBytes = TrainingDevice.FreeBytes(device);
        var isResident = memory.IsResident(options.BatchSize, freeBytes);
        execution.Explain?.Invoke(
            $"Autoencoder {plan}: {budget} over {Quantity.Of(trainedCount, "row")} on {device}, "
                + $"{Quantity.Of(execution.ThreadCount, "thread")}"
                + $"{(isResident || rows is not Matrix ? "" : "; the rows do not fit into its memory and are streamed")}.");
        WarnOfDevice(options, device, execution);
        WarnOfAveraging(options, budget.MaxEpochs, trainedCount, execution);
        try
        {
            using var saved = checkpoint is null
                ? null
                : new TrainingCheckpoint(
                    checkpoint,
                    rows,
                    $"{plan}; {AutoencoderSettings.TextOf(options, budget.MaxEpochs)}; Device={device}",
                    trainedCount,
                    execution);
            var trainingRows = new TrainingRows(rows, options);

            // A training that is canceled is saved after a whole step, so its steps are not interrupted.
            var stepExecution = saved is null ? execution : execution with { CancellationToken = CancellationToken.None };
            using var trainer = CreateTrainer(trainingRows, plan, device, isResident, stepExecution);
            var training = new AutoencoderTraining(trainingRows, trainer, options, budget, saved, execution);
            var history = training.Run();
            var codes = output.Encode(trainer.Network, rows, options.LatentDimension, execution);
            execution.Explain?.Invoke(string.Create(
                CultureInfo.InvariantCulture,
                $"Autoencoder: mean squared error {history[^1].Loss:G4} after {Quantity.Of(history.Length, "epoch")} and "
                    + $"{training.Seconds:F1} s."));
            var parameters = trainer.CopyParameters();
            var autoencoder = new Autoencoder(options, rows.ColumnCount, plan, parameters, history[^1].Loss, device.ToString())
            {
                Seconds = training.Seconds,
                History = history,
                NoveltyReference = NoveltyReference.Of(rows),
            };
            return (autoencoder, codes);
        }
        catch (ExternalException error) when (error.Message.Contains("out of memory", StringComparison.OrdinalIgnoreCase))
        {
            var advice = memory.Advice(options.BatchSize, freeBytes);
            throw new N2DException(
                "OutOfDeviceMemory",
                ErrorKind.OutOfResources,
                $"The memory of {device} is too small to train the network {plan} on {rows.RowCount} x {rows.ColumnCount} rows. "
                    + advice,
                device.ToString(),
                error)
            { Options = [.. AdviceOptions.Where(option => advice.Contains(option, StringComparison.Ordinal))] };
        }
    }

    private static ITrainer CreateTrainer(
        TrainingRows rows, NetworkPlan plan, ComputeDevice device, bool isResident, Execution execution) =>
        LibtorchNeed.Of(plan.Options, device) is null
            ? new DenseTrainer(rows, plan.Dense!, plan.Options, execution)
            : new LibtorchTrainer(rows, plan, device, isResident, execution);

    /// <summary>Warns if the average of the weights includes weights from the first steps, before the network learned anything.</summary>
    private static void WarnOfAveraging(AutoencoderOptions options, int epochCount, int rowCount, Execution execution)
    {
        var steps = (long)epochCount * ((rowCount + options.BatchSize - 1) / options.BatchSize);
        var averaged = 1 / (1 - options.WeightAveraging);
        if (options.WeightAveraging > 0 && averaged > steps / 4.0)
        {
            const string Averaging = nameof(AutoencoderOptions.WeightAveraging);
            var fitting = 1 - (8.0 / steps);
            var remedy = fitting < 0.5
                ? $"omit {Averaging}"
                : string.Create(CultureInfo.InvariantCulture, $"set {Averaging} to {fitting:F3}");
            execution.Advise(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The weights are averaged over about {averaged:F0} steps, but the training has only {steps}: the average "
                        + $"includes weights from the beginning of the training. Train for more epochs, or {remedy}."),
                Averaging);
        }
    }

    private static void WarnOfDevice(AutoencoderOptions options, ComputeDevice device, Execution execution)
    {
        if (device == ComputeDevice.Cpu && options.Device.Kind == ComputeDeviceKind.Auto && CudaSupport.Surprise() is { } surprise)
        {
            execution.Advise(
                $"The CPU is used for training instead of the GPU. {surprise}", [.. LibtorchRelease.OptionsOf(surprise)]);
        }

        if (device.Kind != ComputeDeviceKind.Cuda && options.Precision == Precision.TensorFloat32)
        {
            execution.Warn?.Invoke("TensorFloat32 has an effect on NVIDIA GPUs only. Products are computed in float32.");
        }
    }
}
