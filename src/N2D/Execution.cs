namespace N2D;

/// <summary>
/// The environment of a long computation: threads, progress, messages and cancellation. Results do not depend on it.
/// </summary>
public sealed record Execution
{
    /// <summary>All processors, without progress, messages or cancellation.</summary>
    public static Execution Default { get; } = new();

    /// <summary>
    /// The number of threads. Results are the same for every value, except for autoencoders that use libtorch for matrix products. Default:
    /// all processors. Range: 1 or more.
    /// </summary>
    /// <exception cref="N2DException">The value is below 1 (<c>ThreadCountOutOfRange</c>).</exception>
    [OptionRange(1)]
    public int ThreadCount
    {
        get;
        init => field = OptionRange.Check("The computation", typeof(Execution), nameof(ThreadCount), value);
    } = Processors.Count;

    /// <summary>Cancels the computation, usually within a second.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>The limit for the expansion of compressed files. Default: 1 GiB, or 200 times the compressed size.</summary>
    public ExpansionLimit Expansion { get; init; } = ExpansionLimit.Default;

    /// <summary>Receives progress reports. Called from worker threads, possibly very often.</summary>
    public IProgress<StageProgress>? Progress { get; init; }

    /// <summary>Receives details of the computation, as sentences for a verbose log.</summary>
    public Action<string>? Explain { get; init; }

    /// <summary>Receives warnings, as sentences. The computation continues.</summary>
    public Action<string>? Warn { get; init; }

    /// <summary>
    /// Replaces the names of options in a message with the names that the caller's users know, such as parameters. Receives the message and
    /// the names of the options in it, and returns the message to show. Null leaves messages unchanged.
    /// </summary>
    public Func<string, IReadOnlyList<string>, string>? NameOptions { get; init; }

    /// <summary>Sends a warning that names options.</summary>
    /// <param name="message">The message. It names each option by its property's name.</param>
    /// <param name="options">The names of the options.</param>
    public void Advise(string message, params string[] options)
    {
        if (Warn is not null)
        {
            Warn(Name(message, options));
        }
    }

    /// <summary>Explains a decision that options can change.</summary>
    /// <param name="message">The message. It names each option by its property's name.</param>
    /// <param name="options">The names of the options.</param>
    public void ExplainChoice(string message, params string[] options)
    {
        if (Explain is not null)
        {
            Explain(Name(message, options));
        }
    }

    /// <summary>Returns the message of an error, with the options named as the users of the caller know them.</summary>
    /// <param name="error">The error.</param>
    public string MessageOf(N2DException error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return Name(error.Message, error.Options);
    }

    /// <summary>Reports progress.</summary>
    /// <param name="status">The current step, such as <c>epoch 3 of 100, loss 0.0213</c>.</param>
    /// <param name="fraction">The completed fraction of the stage, 0 to 1.</param>
    public void Report(string status, double fraction) => Progress?.Report(new StageProgress(status, fraction));

    /// <summary>Returns the same execution for a part of the work, whose progress is a part of the whole.</summary>
    /// <param name="from">The fraction at the start of the part, 0 to 1.</param>
    /// <param name="to">The fraction at its end, 0 to 1.</param>
    /// <param name="prefix">The name of the part, before the status of each report.</param>
    internal Execution Part(double from, double to, string prefix = "") =>
        Progress is null ? this : this with { Progress = new PartProgress(this, from, to, prefix) };

    /// <summary>Returns a message in which the options are named as the users of the caller know them.</summary>
    /// <param name="message">The message. It names each option by its property's name.</param>
    /// <param name="options">The names of the options.</param>
    internal string Name(string message, IReadOnlyList<string> options) => NameOptions?.Invoke(message, options) ?? message;
}
