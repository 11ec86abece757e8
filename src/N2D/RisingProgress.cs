namespace N2D;

/// <summary>Reports progress that never goes back: a step can report less than before, such as an error that grows for a round.</summary>
/// <param name="target">Receives the reports.</param>
internal sealed class RisingProgress(IProgress<StageProgress> target) : IProgress<StageProgress>
{
    private readonly Lock _lock = new();
    private double _largest;

    /// <summary>Returns an execution whose progress never goes back.</summary>
    /// <param name="execution">The execution of the whole.</param>
    public static Execution Of(Execution execution) =>
        execution.Progress is { } progress ? execution with { Progress = new RisingProgress(progress) } : execution;

    public void Report(StageProgress value)
    {
        lock (_lock)
        {
            _largest = Math.Max(_largest, value.Fraction);
            target.Report(value with { Fraction = _largest });
        }
    }
}
