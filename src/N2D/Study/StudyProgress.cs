namespace N2D.Study;

/// <summary>Tracks the progress of a study over all its seeds and methods.</summary>
/// <param name="options">The study.</param>
/// <param name="execution">The execution of the study.</param>
internal sealed class StudyProgress(StudyOptions options, Execution execution)
{
    private readonly double _total = options.Seeds.Count * options.Methods.SelectMany(StudyStep.Of).Distinct().Sum(step => step.Weight);
    private readonly HashSet<StudyStep> _settled = [];
    private readonly Lock _lock = new();
    private double _done;
    private double _reached;

    /// <summary>Runs a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="name">The name in progress and explanations.</param>
    /// <param name="work">The work of the step.</param>
    /// <typeparam name="T">The result of the step.</typeparam>
    public T Run<T>(StudyStep step, string name, Func<Execution, T> work)
    {
        var result = new StageClock(Labeled(name)).Time("begins", _done / _total, (_done + step.Weight) / _total, work);
        Settle(step);
        return result;
    }

    /// <summary>Counts all steps of a method as done, whether it succeeded or failed.</summary>
    public void Settle(StudyMethod method)
    {
        foreach (var step in StudyStep.Of(method))
        {
            Settle(step);
        }
    }

    /// <summary>Completes a seed.</summary>
    public void EndSeed() => _settled.Clear();

    /// <summary>Reports an explanation of the study itself.</summary>
    public void Explain(string text) => execution.Explain?.Invoke(text);

    /// <summary>Returns the message of an error, with the options named as users know them.</summary>
    /// <param name="error">The error.</param>
    public string MessageOf(N2DException error) => execution.MessageOf(error);

    private void Settle(StudyStep step) => _done += _settled.Add(step) ? step.Weight : 0;

    private Execution Labeled(string name) => execution with
    {
        Progress = execution.Progress is null ? null : new LabeledProgress(name, this),
        Explain = execution.Explain is { } explain ? text => explain($"{name}: {text}") : null,
        Warn = execution.Warn is { } warn ? text => warn($"{name}: {text}") : null,
    };

    /// <summary>
    /// Reports the progress of the study. It never decreases, even if the progress of a step starts again, as when an autoencoder encodes
    /// rows after its training.
    /// </summary>
    private void Report(string status, double fraction)
    {
        lock (_lock)
        {
            _reached = Math.Max(_reached, fraction);
            execution.Report(status, _reached);
        }
    }

    private sealed class LabeledProgress(string name, StudyProgress whole) : IProgress<StageProgress>
    {
        public void Report(StageProgress value) => whole.Report($"{name}: {value.Status}", value.Fraction);
    }
}
