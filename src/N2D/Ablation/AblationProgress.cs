namespace N2D.Ablation;

/// <summary>Tracks the progress of a comparison over all its seeds and methods.</summary>
/// <param name="options">The comparison.</param>
/// <param name="costs">The expected costs of its steps.</param>
/// <param name="execution">The execution of the comparison.</param>
internal sealed class AblationProgress(AblationOptions options, StepCosts costs, Execution execution)
{
    /// <summary>The share of each step in a seed. They add up to 1.</summary>
    private readonly Dictionary<AblationStep, double> _shares = SharesOf(
        options.Methods.SelectMany(AblationStep.Of).Distinct().ToDictionary(step => step, costs.Of));

    /// <summary>The seconds of the steps that this seed has run.</summary>
    private readonly Dictionary<AblationStep, double> _seconds = [];
    private readonly HashSet<AblationStep> _settled = [];
    private readonly Lock _lock = new();
    private int _doneSeeds;
    private double _done;
    private double _reached;

    /// <summary>Runs a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="name">The name in progress and explanations.</param>
    /// <param name="work">The work of the step.</param>
    /// <typeparam name="T">The result of the step.</typeparam>
    public T Run<T>(AblationStep step, string name, Func<Execution, T> work)
    {
        var clock = new StageClock(Labeled(name));
        var result = clock.Time("begins", Whole(_done), Whole(_done + _shares[step]), work);
        _seconds[step] = clock.TotalSeconds;
        Settle(step);
        return result;
    }

    /// <summary>Counts all steps of a method as done, whether it succeeded or failed.</summary>
    public void Settle(AblationMethod method)
    {
        foreach (var step in AblationStep.Of(method))
        {
            Settle(step);
        }
    }

    /// <summary>Completes a seed. The next seeds take as long, so the times of its steps replace the expected costs.</summary>
    public void EndSeed()
    {
        if (_seconds.Count == _shares.Count && _seconds.Values.Sum() > 0)
        {
            foreach (var (step, share) in SharesOf(_seconds))
            {
                _shares[step] = share;
            }
        }

        _doneSeeds++;
        _done = 0;
        _settled.Clear();
        _seconds.Clear();
    }

    /// <summary>Reports an explanation of the comparison itself.</summary>
    public void Explain(string text) => execution.Explain?.Invoke(text);

    /// <summary>Returns the message of an error, with the options named as users know them.</summary>
    /// <param name="error">The error.</param>
    public string MessageOf(N2DException error) => execution.MessageOf(error);

    private static Dictionary<AblationStep, double> SharesOf(Dictionary<AblationStep, double> costs)
    {
        var total = costs.Values.Sum();
        return costs.ToDictionary(cost => cost.Key, cost => cost.Value / total);
    }

    private void Settle(AblationStep step) => _done += _settled.Add(step) ? _shares[step] : 0;

    /// <summary>The progress of the comparison from that of a seed.</summary>
    private double Whole(double ofSeed) => (_doneSeeds + ofSeed) / options.Seeds.Count;

    private Execution Labeled(string name) => execution with
    {
        Progress = execution.Progress is null ? null : new LabeledProgress(name, this),
        Explain = execution.Explain is { } explain ? text => explain($"{name}: {text}") : null,
        Warn = execution.Warn is { } warn ? text => warn($"{name}: {text}") : null,
    };

    /// <summary>
    /// Reports the progress of the comparison. It never decreases, even if the progress of a step starts again, as when an autoencoder
    /// encodes rows after its training.
    /// </summary>
    private void Report(string status, double fraction)
    {
        lock (_lock)
        {
            _reached = Math.Max(_reached, fraction);
            execution.Report(status, _reached);
        }
    }

    private sealed class LabeledProgress(string name, AblationProgress whole) : IProgress<StageProgress>
    {
        public void Report(StageProgress value) => whole.Report($"{name}: {value.Status}", value.Fraction);
    }
}
