using System.Diagnostics;
using System.Globalization;

namespace N2D;

/// <summary>Times the parts of a long computation, and fits their progress into the whole's.</summary>
/// <param name="execution">How the whole runs.</param>
internal sealed class StageClock(Execution execution)
{
    private readonly List<string> _parts = [];

    /// <summary>Seconds of all parts so far.</summary>
    public double TotalSeconds { get; private set; }

    /// <summary>The parts so far and the seconds of each.</summary>
    public string Summary => string.Join(", ", _parts);

    /// <summary>Runs a part.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="from">How much of the whole is done before it, 0 to 1.</param>
    /// <param name="to">How much is done after it.</param>
    /// <param name="part">The part, which reports its progress from 0 to 1.</param>
    /// <typeparam name="T">What comes of it.</typeparam>
    public T Time<T>(string name, double from, double to, Func<Execution, T> part)
    {
        var watch = Stopwatch.StartNew();
        execution.CancellationToken.ThrowIfCancellationRequested();
        execution.Report(name, from);
        var result = part(execution with { Progress = new PartProgress(execution, from, to) });
        TotalSeconds += watch.Elapsed.TotalSeconds;
        _parts.Add(string.Create(CultureInfo.InvariantCulture, $"{name} {watch.Elapsed.TotalSeconds:F2} s"));
        return result;
    }
}
