namespace N2D;

/// <summary>
/// How a long computation runs: on how many threads, whom it tells of its progress, and when it stops.
/// No result depends on it.
/// </summary>
public sealed record Execution
{
    /// <summary>All processors, nobody listening, never canceled.</summary>
    public static Execution Default { get; } = new();

    /// <summary>The number of threads, 1 or more; all processors unless told. Results are the same for every value, but those of autoencoders whose products are libtorch's.</summary>
    /// <exception cref="N2DException">The value is below 1 (<c>ThreadCountOutOfRange</c>).</exception>
    [OptionRange(1)]
    public int ThreadCount
    {
        get;
        init => field = OptionRange.Check("The computation", typeof(Execution), nameof(ThreadCount), value);
    } = Environment.ProcessorCount;

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

    /// <summary>
    /// Names options in a message as the caller's users know them: given the message and the names of the options in it, returns the message to
    /// show. Null leaves the options' own names.
    /// </summary>
    public Func<string, IReadOnlyList<string>, string>? NameOptions { get; init; }

    /// <summary>Warns of what the user should look at, with a remedy that names options.</summary>
    /// <param name="message">The message. It names each option by its property's name.</param>
    /// <param name="options">The names of the options.</param>
    public void Advise(string message, params string[] options) => Warn?.Invoke(NameOptions?.Invoke(message, options) ?? message);

    /// <summary>Reports progress if anybody listens.</summary>
    /// <param name="status">What is being done now, such as <c>epoch 3 of 100, loss 0.0213</c>.</param>
    /// <param name="fraction">How much of the stage is done, 0 to 1.</param>
    public void Report(string status, double fraction) => Progress?.Report(new StageProgress(status, fraction));
}
