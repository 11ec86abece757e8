using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;

namespace N2D.Host.Terminal;

/// <summary>
/// Progress for a log: a line when an activity starts, one at its end, and few between: one each tenth of the way, where that is
/// known, one in five seconds where it is not.
/// </summary>
internal sealed class ProgressLines(TextWriter writer) : IProgressView
{
    private const int PercentStep = 10;
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PauseOfUnknown = TimeSpan.FromSeconds(5);

    private readonly Dictionary<(long Source, int Id), Written> _activities = [];

    public bool MayShow { get; set; } = true;

    public void Show(long source, ProgressRecord record)
    {
        var key = (source, record.ActivityId);
        var known = _activities.TryGetValue(key, out var last);
        if (record.RecordType == ProgressRecordType.Completed)
        {
            if (known)
            {
                _activities.Remove(key);
                writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{last!.Activity}: done in {last.Total.Elapsed.TotalSeconds:0.0} s"));
            }
        }
        else if (!known || last!.IsDueFor(record))
        {
            _activities[key] = new Written(record.Activity, record.PercentComplete, last?.Total ?? Stopwatch.StartNew(), Stopwatch.StartNew());
            var rest = string.Join(", ", new[] { ProgressText.PercentOf(record), ProgressText.TimeLeftOf(record) }.Where(part => part.Length > 0));
            writer.WriteLine($"{record.Activity}: {ProgressText.OneLine(record.StatusDescription)}{(rest.Length > 0 ? $" ({rest})" : "")}");
        }
    }

    public void Hide()
    {
    }

    public void Clear() => _activities.Clear();

    /// <summary>What the log last said of an activity.</summary>
    private sealed record Written(string Activity, int Percent, Stopwatch Total, Stopwatch Since)
    {
        public bool IsDueFor(ProgressRecord record) => record.PercentComplete < 0
            ? Since.Elapsed >= PauseOfUnknown
            : record.PercentComplete >= Percent + PercentStep && Since.Elapsed >= ShortestPause;
    }
}
