
namespace N2D.Autoencoders;

/// <summary>Estimates the memory that a training takes on its device, to decide where the rows go and to say what would fit.</summary>
/// <param name="ParameterCount">The number of weights and biases of all networks that train together.</param>
/// <param name="ParameterCopies">The number of vectors of that size: parameters, gradient, best parameters, optimizer state.</param>
/// <param name="ValuesPerRow">The number of values of each row of a batch in all layers of all networks, with their gradients.</param>
/// <param name="RowCount">n.</param>
/// <param name="ColumnCount">d.</param>
internal sealed record TrainingMemory(long ParameterCount, int ParameterCopies, long ValuesPerRow, int RowCount, int ColumnCount)
{
    /// <summary>The memory of the libraries: workspaces of products and convolutions, and unused parts of blocks.</summary>
    private const long Reserve = 512L << 20;

    /// <summary>The usable share of the free memory. The rest is for other processes and for errors of the estimate.</summary>
    private const double UsableShare = 0.9;

    /// <summary>The size of all rows, in bytes.</summary>
    public long RowBytes => sizeof(float) * (long)RowCount * ColumnCount;

    /// <summary>The size of all vectors of parameters, in bytes.</summary>
    public long NetworkBytes => sizeof(float) * ParameterCount * ParameterCopies;

    /// <summary>Estimates a training.</summary>
    /// <param name="plan">The network.</param>
    /// <param name="options">The options of the training.</param>
    /// <param name="rowCount">n.</param>
    /// <param name="columnCount">d.</param>
    /// <param name="seedCount">The number of networks that train together.</param>
    public static TrainingMemory Of(NetworkPlan plan, AutoencoderOptions options, int rowCount, int columnCount, int seedCount = 1)
    {
        var moments = options.Optimizer == OptimizerKind.Adam ? 2 : 1;

        // Outputs and their gradients. Autograd keeps each before and after its bias, its activation and its dropout.
        var copies = plan.HasManualBackprop ? 2 : 6;
        var vectors = (plan.HasManualBackprop ? 3 : 5) + moments + (options.WeightAveraging > 0 ? 2 : 0);
        var values = (copies * plan.OutputsPerRow) + (2L * columnCount);
        return new TrainingMemory((long)seedCount * plan.Layout.Count, vectors, seedCount * values, rowCount, columnCount);
    }

    /// <summary>Returns the memory of the training without the rows, in bytes.</summary>
    /// <param name="batchSize">The number of rows in each step.</param>
    public long WorkingBytes(int batchSize) => Reserve + NetworkBytes + (sizeof(float) * ValuesPerRow * batchSize);

    /// <summary>Whether all rows fit into the device's memory beside the training. Otherwise, they are streamed batch by batch.</summary>
    /// <param name="batchSize">The number of rows in each step.</param>
    /// <param name="freeBytes">The free memory of the device; null if it is not known, in which case the rows are assumed to fit.</param>
    public bool IsResident(int batchSize, long? freeBytes) => freeBytes is not { } free
        || WorkingBytes(batchSize) + RowBytes <= UsableShare * free;

    /// <summary>Whether the training fits into the device's memory if its rows are streamed.</summary>
    /// <param name="batchSize">The number of rows in each step.</param>
    /// <param name="freeBytes">The free memory of the device; null if it is not known, in which case it is assumed to fit.</param>
    public bool Fits(int batchSize, long? freeBytes) => freeBytes is not { } free || WorkingBytes(batchSize) <= UsableShare * free;

    /// <summary>
    /// Throws if a training on the processor needs more than the free memory. Otherwise, the system would end the process without a
    /// message.
    /// </summary>
    /// <param name="batchSize">The number of rows in each step.</param>
    /// <param name="freeBytes">The free memory.</param>
    /// <exception cref="N2DException">The training needs more (<c>DoesNotFitInMemory</c>).</exception>
    public void ThrowIfTooLarge(int batchSize, long freeBytes)
    {
        var needed = NetworkBytes + (sizeof(float) * ValuesPerRow * batchSize);
        if (needed > freeBytes)
        {
            const string Hidden = nameof(AutoencoderOptions.HiddenUnits), Latent = nameof(AutoencoderOptions.LatentDimension);
            throw new N2DException(
                "DoesNotFitInMemory",
                ErrorKind.OutOfResources,
                $"The training needs about {Quantity.OfBytes(needed)} of memory in batches of {batchSize}, "
                    + $"{Quantity.OfBytes(NetworkBytes)} of them for the network; "
                    + $"{Quantity.OfBytes(freeBytes)} are free. Use smaller {Hidden}, a smaller {Latent} or smaller batches.",
                needed)
            { Options = [Hidden, Latent] };
        }
    }

    /// <summary>Returns the largest batch size that fits if the rows are streamed; 0 if none does.</summary>
    /// <param name="freeBytes">The free memory of the device.</param>
    public int LargestBatch(long freeBytes) =>
        (int)Math.Clamp(((UsableShare * freeBytes) - WorkingBytes(0)) / (sizeof(float) * ValuesPerRow), 0, RowCount);

    /// <summary>Describes the memory that a training needs, and what would fit.</summary>
    /// <param name="batchSize">The number of rows in each step.</param>
    /// <param name="freeBytes">The free memory of the device before the training; null if it is not known.</param>
    public string Advice(int batchSize, long? freeBytes)
    {
        var needs = $"The training needs about {Quantity.OfBytes(WorkingBytes(batchSize))} in batches of {batchSize}, "
            + $"{Quantity.OfBytes(NetworkBytes)} of them for the network; the rows need {Quantity.OfBytes(RowBytes)}, but are streamed if "
            + "they do not fit";
        if (freeBytes is not { } free)
        {
            return $"{needs}. Use a smaller BatchSize, or set Device to Cpu.";
        }

        var fitting = LargestBatch(free);
        var remedy = fitting == 0 ? "The network does not fit with any BatchSize. Use smaller HiddenUnits, or set Device to Cpu."
            : fitting < batchSize ? $"BatchSize {fitting} would fit."
            : "It should fit. Check for other processes on the device, or set Device to Cpu.";
        return $"{needs}. {Quantity.OfBytes(free)} were free. {remedy}";
    }
}
