namespace N2D.Study;

/// <summary>How far a study is, over all its seeds and methods.</summary>
/// <param name="options">The study.</param>
/// <param name="execution">How the whole runs.</param>
internal sealed class StudyProgress(StudyOptions options, Execution execution)
{
    private readonly double _total = options.Seeds.Count * options.Methods.SelectMany(StudyStep.Of).Distinct().Sum(step => step.Weight);
    private readonly HashSet<StudyStep> _settled = [];
    private readonly Lock _lock = new();
    private double _done;
    private double _reached;

    /// <summary>Runs a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="name">What it is called in progress and explanations.</param>
    /// <param name="work">The step's work.</param>
    /// <typeparam name="T">What comes of it.</typeparam>
    public T Run<T>(StudyStep step, string name, Func<Execution, T> work)
    {
        var result = new StageClock(Labeled(name)).Time("begins", _done / _total, (_done + step.Weight) / _total, work);
        Settle(step);
        return result;
    }

    /// <summary>A method has come to its end, one way or the other: none of its steps is still to be done.</summary>
    public void Settle(StudyMethod method)
    {
        foreach (var step in StudyStep.Of(method))
        {
            Settle(step);
        }
    }

    /// <summary>All methods have come to their end with a seed.</summary>
    public void EndSeed() => _settled.Clear();

    /// <summary>Tells something of the study itself.</summary>
    public void Explain(string text) => execution.Explain?.Invoke(text);

    private void Settle(StudyStep step) => _done += _settled.Add(step) ? step.Weight : 0;

    private Execution Labeled(string name) => execution with
    {
        Progress = execution.Progress is null ? null : new LabeledProgress(name, this),
        Explain = execution.Explain is { } explain ? text => explain($"{name}: {text}") : null,
        Warn = execution.Warn is { } warn ? text => warn($"{name}: {text}") : null,
    };

    /// <summary>Reports how far the whole is. A step that begins anew within, as an autoencoder does that encodes after its training, stays where it was.</summary>
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
