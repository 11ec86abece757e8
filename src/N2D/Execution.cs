namespace N2D;

/// <summary>
/// How a long computation runs: on how many threads, whom it tells of its progress, and when it stops.
/// No result depends on it.
/// </summary>
public sealed record Execution
{
    private readonly int _threadCount = Environment.ProcessorCount;

    /// <summary>All processors, nobody listening, never cancelled.</summary>
    public static Execution Default { get; } = new();

    /// <summary>The number of threads, 1 or more; all processors unless told. Results are the same for every value, but those of autoencoders whose products are libtorch's.</summary>
    /// <exception cref="N2DException">The value is below 1 (<c>ThreadCountOutOfRange</c>).</exception>
    public int ThreadCount
    {
        get => _threadCount;
        init => _threadCount = value >= 1
            ? value
            : throw new N2DException("ThreadCountOutOfRange", ErrorKind.InvalidArgument, $"The number of threads is {value}; it must be 1 or more.", value);
    }

    /// <summary>Every loop looks at it often enough to end within a second.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>How far compressed files may expand. Default: 1 GiB, or 200 times the compressed size.</summary>
    public ExpansionLimit Expansion { get; init; } = ExpansionLimit.Default;

    /// <summary>Told how far the work is; called from the working thread, as often as the work likes.</summary>
    public IProgress<StageProgress>? Progress { get; init; }

    /// <summary>Told, in sentences, what was done and what was decided (PowerShell's verbose stream).</summary>
    public Action<string>? Explain { get; init; }

    /// <summary>Told, in sentences, what the user should look at though the work goes on (PowerShell's warning stream).</summary>
    public Action<string>? Warn { get; init; }

    /// <summary>Reports progress if anybody listens.</summary>
    /// <param name="status">What is being done now, such as <c>epoch 3 of 100, loss 0.0213</c>.</param>
    /// <param name="fraction">How much of the stage is done, 0 to 1.</param>
    public void Report(string status, double fraction) => Progress?.Report(new StageProgress(status, fraction));
}
