using System.Globalization;

namespace N2D.Autoencoders;

/// <summary>An estimate of the memory that a training takes on its device, to place the rows by and to say what would fit.</summary>
/// <param name="ParameterCount">Weights and biases.</param>
/// <param name="ParameterCopies">How often they are there: themselves, gradient, the best ones, what the optimizer remembers.</param>
/// <param name="ValuesARow">Values that a row of a batch takes in all layers, with their gradients.</param>
/// <param name="RowCount">n.</param>
/// <param name="ColumnCount">d.</param>
internal sealed record TrainingMemory(long ParameterCount, int ParameterCopies, long ValuesARow, int RowCount, int ColumnCount)
{
    /// <summary>What the libraries themselves take: workspaces of products and convolutions, and blocks that are not filled.</summary>
    private const long Reserve = 512L << 20;

    /// <summary>Past this share of what is free, nothing is left for others and for the estimate's error.</summary>
    private const double UsableShare = 0.9;

    /// <summary>Bytes of all rows.</summary>
    public long RowBytes => sizeof(float) * (long)RowCount * ColumnCount;

    /// <summary>Bytes of the network and what is as large as it.</summary>
    public long NetworkBytes => sizeof(float) * ParameterCount * ParameterCopies;

    /// <summary>Estimates a training.</summary>
    /// <param name="plan">The network.</param>
    /// <param name="options">The optimizer, whether weights are averaged, and whether gradients are derived by libtorch, which keeps more.</param>
    /// <param name="rowCount">n.</param>
    /// <param name="columnCount">d.</param>
    public static TrainingMemory Of(NetworkPlan plan, AutoencoderOptions options, int rowCount, int columnCount)
    {
        var moments = options.Optimizer == OptimizerKind.Adam ? 2 : 1;

        // Outputs and their gradients; libtorch keeps each before and after its bias, its activation and its dropout.
        var copies = plan.HasManualBackprop ? 2 : 6;
        return new TrainingMemory(plan.Layout.Count, (plan.HasManualBackprop ? 3 : 5) + moments + (options.WeightAveraging > 0 ? 2 : 0), (copies * plan.OutputsARow) + (2L * columnCount), rowCount, columnCount);
    }

    /// <summary>Bytes that a training takes at once, without the rows.</summary>
    /// <param name="batchSize">Rows a step.</param>
    public long WorkingBytes(int batchSize) => Reserve + NetworkBytes + (sizeof(float) * ValuesARow * batchSize);

    /// <summary>Whether all rows have room beside the training; otherwise they are to be streamed a batch at a time.</summary>
    /// <param name="batchSize">Rows a step.</param>
    /// <param name="freeBytes">What nobody uses of the device's memory; null if it does not tell, and then they are put there.</param>
    public bool IsResident(int batchSize, long? freeBytes) => freeBytes is not { } free || WorkingBytes(batchSize) + RowBytes <= UsableShare * free;

    /// <summary>The largest batch that fits beside the network, with the rows streamed; 0 if none does.</summary>
    /// <param name="freeBytes">What nobody uses of the device's memory.</param>
    public int LargestBatch(long freeBytes) =>
        (int)Math.Clamp(((UsableShare * freeBytes) - WorkingBytes(0)) / (sizeof(float) * ValuesARow), 0, RowCount);

    /// <summary>Says what a training needs, and what would fit.</summary>
    /// <param name="batchSize">Rows a step that were asked for.</param>
    /// <param name="freeBytes">What nobody used of the device's memory before; null if it does not tell.</param>
    public string Advice(int batchSize, long? freeBytes)
    {
        var needs = $"It takes about {Text(WorkingBytes(batchSize))} in batches of {batchSize}, {Text(NetworkBytes)} of them for the network, and {Text(RowBytes)} for the rows, "
            + "which are streamed where they do not fit";
        if (freeBytes is not { } free)
        {
            return $"{needs}. Use smaller batches, or -Device Cpu.";
        }

        var fitting = LargestBatch(free);
        var remedy = fitting == 0 ? "Not even the network fits: ask for fewer hidden units, or use -Device Cpu."
            : fitting < batchSize ? $"-BatchSize {fitting} would fit."
            : "It should have fitted: look for other work on the device, or use -Device Cpu.";
        return $"{needs}; {Text(free)} were free. {remedy}";
    }

    private static string Text(long bytes) => bytes >= 1L << 30
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 30):F1} GB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 20):F0} MB");
}
