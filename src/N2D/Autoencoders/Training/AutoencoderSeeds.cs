using System.Globalization;
using N2D.Devices;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Autoencoders;

/// <summary>
/// Trains an autoencoder with several seeds. In small batches, a GPU is mostly idle, because launching its operations takes most of the
/// time. So on an NVIDIA GPU, networks that differ only in their seeds train together, as one network of batched products. Each has the
/// weights, the order of the rows and the random numbers of its own seed: its result is that of a separate training, up to rounding.
/// Elsewhere, one trains after another.
/// </summary>
public static class AutoencoderSeeds
{
    /// <summary>
    /// Divides seeds into groups that train together, in their order. Dense and denoising networks with ReLU, without dropout and not in
    /// BFloat16 train together on an NVIDIA GPU, as many as fit into its memory; all others alone.
    /// </summary>
    /// <param name="rows">n x d.</param>
    /// <param name="options">The network and its training.</param>
    /// <param name="seeds">The seeds.</param>
    /// <param name="execution">Receives an explanation if the networks do not train together on a GPU.</param>
    /// <param name="image">The shape of the image in each row; null if the rows are not images.</param>
    /// <exception cref="N2DException">
    /// The device is not available (<c>DeviceUnavailable</c>), or the network is not possible (see
    /// <see cref="Autoencoder.Fit(IDataMatrix, AutoencoderOptions, Execution, ImageShape?, CheckpointFile?)"/>).
    /// </exception>
    public static IReadOnlyList<IReadOnlyList<int>> Groups(
        IDataMatrix rows, AutoencoderOptions options, IReadOnlyList<int> seeds, Execution execution, ImageShape? image = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(seeds);
        ArgumentNullException.ThrowIfNull(execution);
        var device = TrainingDevice.Resolve(options.Device);
        var plan = new NetworkPlan(options, rows.ColumnCount, image);
        return GroupsOn(device, TrainingDevice.FreeBytes(device), rows, plan, seeds, execution);
    }

    /// <summary>Divides seeds into groups that train together on a device.</summary>
    /// <param name="device">The device, not <see cref="ComputeDevice.Auto"/>.</param>
    /// <param name="freeBytes">Its free memory; null if it is not known.</param>
    /// <param name="rows">n x d.</param>
    /// <param name="plan">The network.</param>
    /// <param name="seeds">The seeds.</param>
    /// <param name="execution">Receives an explanation if the networks do not train together on a GPU.</param>
    internal static IReadOnlyList<IReadOnlyList<int>> GroupsOn(
        ComputeDevice device, long? freeBytes, IDataMatrix rows, NetworkPlan plan, IReadOnlyList<int> seeds, Execution execution)
    {
        var together = 1;
        if (device.Kind == ComputeDeviceKind.Cuda && seeds.Count > 1)
        {
            if (LibtorchNeed.Of(plan.Options) is { } need)
            {
                execution.ExplainChoice(
                    $"The {seeds.Count} seeds train one after another: {need.Option} {need.Value} cannot train several at once.",
                    need.Option);
            }
            else
            {
                together = MostThatFit(freeBytes, rows, plan, seeds.Count);
            }
        }

        return [.. seeds.Chunk(together)];
    }

    /// <summary>Trains an autoencoder with each seed, and encodes the rows that it was trained on.</summary>
    /// <param name="rows">n x d, n at least 2.</param>
    /// <param name="options">The network and its training. The seeds replace that of the options.</param>
    /// <param name="seeds">The seeds, one or more.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <param name="image">The shape of the image in each row. Required for a convolutional autoencoder.</param>
    /// <returns>
    /// The results in the order of the seeds. Networks that train together have equal shares of its time. A seed whose loss grows without
    /// bound has an error, and the others continue.
    /// </returns>
    /// <exception cref="N2DException">
    /// As for <see cref="Autoencoder.Fit(IDataMatrix, AutoencoderOptions, Execution, ImageShape?, CheckpointFile?)"/>, except that
    /// <c>TrainingDiverged</c> is in the result.
    /// </exception>
    public static IReadOnlyList<SeedFit> Fit(
        IDataMatrix rows, AutoencoderOptions options, IReadOnlyList<int> seeds, Execution execution, ImageShape? image = null)
    {
        var fits = new List<SeedFit>();
        foreach (var group in Groups(rows, options, seeds, execution, image))
        {
            double from = (double)fits.Count / seeds.Count, to = (double)(fits.Count + group.Count) / seeds.Count;
            fits.AddRange(FitTogether(rows, options, group, execution.Part(from, to, $"{TextOf(group)}, "), image));
        }

        return fits;
    }

    /// <summary>Trains a group of seeds: several as one network of batched products, computed by libtorch on any device.</summary>
    internal static IReadOnlyList<SeedFit> FitTogether(
        IDataMatrix rows, AutoencoderOptions options, IReadOnlyList<int> seeds, Execution execution, ImageShape? image = null)
    {
        var fits = new SeedFit[seeds.Count];
        try
        {
            AutoencoderFit.Run(
                rows,
                options,
                seeds,
                execution,
                image,
                checkpoint: null,
                new CodesInMemory(),
                (index, autoencoder, codes, error) => fits[index] =
                    new SeedFit(seeds[index], autoencoder, codes, error is null ? null : OfSeed(seeds[index], error)));
        }
        catch (N2DException error) when (error.Id == TrainingCourse.Diverged)
        {
            // Thrown for a single seed only.
            fits[0] = new SeedFit(seeds[0], null, null, OfSeed(seeds[0], error));
        }

        return fits;
    }

    /// <summary>Names seeds, such as <c>seed 3</c>, <c>seeds 0 to 4</c> or <c>seeds 1, 5, 9</c>.</summary>
    /// <param name="seeds">The seeds, one or more.</param>
    public static string TextOf(IReadOnlyList<int> seeds)
    {
        ArgumentNullException.ThrowIfNull(seeds);
        var isRange = seeds.Count > 2 && seeds.Select((seed, index) => (long)seed - index).Distinct().Count() == 1;
        return string.Create(CultureInfo.InvariantCulture, $"seed{(seeds.Count == 1 ? "" : "s")} ")
            + (isRange
                ? string.Create(CultureInfo.InvariantCulture, $"{seeds[0]} to {seeds[^1]}")
                : string.Join(", ", seeds.Select(seed => seed.ToString(CultureInfo.InvariantCulture))));
    }

    /// <summary>
    /// Returns the number of networks that fit into the memory of a device, 1 or more: beside all rows if these fit beside one network,
    /// because rows that are streamed would slow down the training of all.
    /// </summary>
    private static int MostThatFit(long? freeBytes, IDataMatrix rows, NetworkPlan plan, int seedCount)
    {
        var batchSize = plan.Options.BatchSize;
        var isResident = MemoryOf(1).IsResident(batchSize, freeBytes);
        while (seedCount > 1
            && !(isResident ? MemoryOf(seedCount).IsResident(batchSize, freeBytes) : MemoryOf(seedCount).Fits(batchSize, freeBytes)))
        {
            seedCount--;
        }

        return seedCount;

        TrainingMemory MemoryOf(int count) => TrainingMemory.Of(plan, plan.Options, rows.RowCount, rows.ColumnCount, count);
    }

    private static N2DException OfSeed(int seed, N2DException error) =>
        new(
            error.Id,
            error.Kind,
            string.Create(CultureInfo.InvariantCulture, $"Seed {seed}: {error.Message}"),
            error.Target,
            error)
        { Options = error.Options };
}
