namespace N2D;

/// <summary>Reports the progress of a part as progress of the whole computation.</summary>
/// <param name="whole">The execution of the whole.</param>
/// <param name="from">The completed share of the whole at the start of the part, 0 to 1.</param>
/// <param name="to">The completed share of the whole at the end of the part, 0 to 1.</param>
/// <param name="prefix">The name of the part, before the status of each report.</param>
internal sealed class PartProgress(Execution whole, double from, double to, string prefix) : IProgress<StageProgress>
{
    public void Report(StageProgress value) => whole.Report(prefix + value.Status, from + ((to - from) * value.Fraction));
}
