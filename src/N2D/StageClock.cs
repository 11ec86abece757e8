using System.Diagnostics;
using System.Globalization;

namespace N2D;

/// <summary>Measures the duration of the parts of a computation, and maps their progress to that of the whole.</summary>
/// <param name="execution">The environment of the whole computation.</param>
internal sealed class StageClock(Execution execution)
{
    private readonly List<string> _parts = [];

    /// <summary>The total duration of all parts so far, in seconds.</summary>
    public double TotalSeconds { get; private set; }

    /// <summary>The parts so far, with the duration of each.</summary>
    public string Summary => string.Join(", ", _parts);

    /// <summary>Runs a part.</summary>
    /// <param name="name">The name of the part.</param>
    /// <param name="from">The progress of the whole before the part, 0 to 1.</param>
    /// <param name="to">The progress of the whole after the part.</param>
    /// <param name="part">The part. It reports its own progress from 0 to 1.</param>
    /// <typeparam name="T">The type of the result.</typeparam>
    public T Time<T>(string name, double from, double to, Func<Execution, T> part)
    {
        var watch = Stopwatch.StartNew();
        execution.CancellationToken.ThrowIfCancellationRequested();
        execution.Report(name, from);
        var result = part(execution.Part(from, to));
        TotalSeconds += watch.Elapsed.TotalSeconds;
        _parts.Add(string.Create(CultureInfo.InvariantCulture, $"{name} {watch.Elapsed.TotalSeconds:F2} s"));
        return result;
    }
}
