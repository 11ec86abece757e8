using System.Diagnostics;

namespace N2D.PowerShell;

/// <summary>
/// Limits the progress records that a cmdlet writes to two a second. For each record, the console asks the terminal for its cursor, and
/// cannot be stopped while it waits for the answer. On a machine without free processors, frequent records kept Ctrl+C from working.
/// </summary>
internal sealed class ProgressPace
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _next = TimeSpan.Zero;

    /// <summary>The time until the next record may be written.</summary>
    public TimeSpan TimeToNext
    {
        get
        {
            // The clock is read once: it can pass the time of the next record between two readings.
            var rest = _next - _clock.Elapsed;
            return rest > TimeSpan.Zero ? rest : TimeSpan.Zero;
        }
    }

    /// <summary>Whether a record may be written now. If so, the next one may be written an interval later.</summary>
    public bool TryTakeTurn()
    {
        if (TimeToNext > TimeSpan.Zero)
        {
            return false;
        }

        _next = _clock.Elapsed + Interval;
        return true;
    }
}
