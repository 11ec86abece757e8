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
        ArgumentNullException.ThrowIfNull(options);
        (Autoencoder, TCodes)? result = null;
        Run(rows, options, [options.Seed], execution, image, checkpoint, output, (_, autoencoder, codes, _) =>
            result = (autoencoder!, codes!));
        return result!.Value;
    }

    /// <summary>Trains an autoencoder with each of several seeds together, and encodes the rows.</summary>
    /// <param name="rows">n x d, n at least 2.</param>
    /// <param name="options">The network and its training.</param>
    /// <param name="seeds">The seeds, one or more, which replace that of the options.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <param name="image">The shape of the image in each row; null if the rows are not images.</param>
    /// <param name="checkpoint">A file that the training of a single seed is saved to; null to save nothing.</param>
    /// <param name="output">Where the codes of each seed go.</param>
    /// <param name="ended">Receives the index of a seed with its autoencoder and codes, or the error of one of several seeds.</param>
    /// <typeparam name="TCodes">The matrix of codes.</typeparam>
    public static void Run<TCodes>(
        IDataMatrix rows,
        AutoencoderOptions options,
        IReadOnlyList<int> seeds,
        Execution execution,
        ImageShape? image,
        CheckpointFile? checkpoint,
        ICodeOutput<TCodes> output,
        Action<int, Autoencoder?, TCodes?, N2DException?> ended)
        where TCodes : IDataMatrix
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(execution);
        options = options with { Seed = seeds[0] };
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
        var memory = TrainingMemory.Of(plan, options, rows.RowCount, rows.ColumnCount, seeds.Count);
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
            var trainingRows = seeds.Select(seed => new TrainingRows(rows, options with { Seed = seed })).ToArray();

            // A training that is canceled is saved after a whole step, so its steps are not interrupted.
            var stepExecution = saved is null ? execution : execution with { CancellationToken = CancellationToken.None };
            using var trainer = CreateTrainer(trainingRows[0], plan, seeds, device, isResident, stepExecution);
            var parts = seeds.Select(seed => seeds.Count == 1 ? execution : ExecutionOf(seed, execution)).ToArray();
            var courses = seeds.Select((seed, index) => new TrainingCourse(
                trainingRows[index],
                trainer.Networks[index],
                options with { Seed = seed },
                budget,
                saved,
                parts[index],
                share: 1.0 / seeds.Count)).ToArray();
            new AutoencoderTraining(trainer, courses, budget, execution).Run((course, error) =>
            {
                var index = Array.IndexOf(courses, course);
                if (error is not null)
                {
                    ended(index, null, default, error);
                    return;
                }

                var codes = output.Encode(course.Network.Network, rows, options.LatentDimension, parts[index]);
                ended(index, AutoencoderOf(course, plan, rows, device, parts[index]), codes, null);
            });
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
        TrainingRows rows, NetworkPlan plan, IReadOnlyList<int> seeds, ComputeDevice device, bool isResident, Execution execution) =>
        seeds.Count == 1 && LibtorchNeed.Of(plan.Options, device) is null
            ? new DenseTrainer(rows, plan.Dense!, plan.Options, execution)
            : new LibtorchTrainer(rows, plan, seeds, device, isResident, execution);

    /// <summary>The execution of what concerns one of several seeds. Its progress would interrupt that of the training.</summary>
    private static Execution ExecutionOf(int seed, Execution execution) => execution with
    {
        Progress = null,
        Explain = execution.Explain is { } explain
            ? text => explain(string.Create(CultureInfo.InvariantCulture, $"Seed {seed}: {text}"))
            : null,
    };

    private static Autoencoder AutoencoderOf(
        TrainingCourse course, NetworkPlan plan, IDataMatrix rows, ComputeDevice device, Execution execution)
    {
        TrainingEpoch[] history = [.. course.History];
        var seconds = course.Seconds;
        execution.Explain?.Invoke(string.Create(
            CultureInfo.InvariantCulture,
            $"Autoencoder: mean squared error {history[^1].Loss:G4} after {Quantity.Of(history.Length, "epoch")} and {seconds:F1} s."));
        return new Autoencoder(
            course.Options, rows.ColumnCount, plan, course.Network.CopyParameters(), history[^1].Loss, device.ToString())
        {
            Seconds = seconds,
            History = history,
            NoveltyReference = NoveltyReference.Of(rows),
        };
    }

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
