using System.Management.Automation;
using System.Text;

namespace N2D.Host.Terminal;

/// <summary>
/// Progress on a terminal: a bar an activity below the last line of output, redrawn in place at most ten times a second however often
/// activities report.
/// </summary>
/// <remarks>Between two drawings the cursor, hidden, stands at the start of the first bar; so whatever clears below it, clears all.</remarks>
internal sealed class ProgressBars : IProgressView, IDisposable
{
    private const string HideCursor = "\e[?25l";
    private const string ShowCursor = "\e[?25h";
    private const string ClearBelow = "\r\e[J";
    private const string ClearLine = "\e[K";
    private const string Bright = "\e[36;1m";
    private const string Plain = "\e[0m";
    private const int UnknownWidth = 80;
    private static readonly TimeSpan RedrawInterval = TimeSpan.FromMilliseconds(100);

    private readonly TextWriter _terminal;
    private readonly Lock _gate;
    private readonly bool _colour;
    private readonly ActivityTree _activities = new();
    private readonly Timer _redraw;
    private bool _drawn;
    private bool _changed;

    /// <param name="terminal">Where to draw.</param>
    /// <param name="gate">Held by whoever calls, and by the redrawing.</param>
    /// <param name="colour">Whether colours are welcome.</param>
    public ProgressBars(TextWriter terminal, Lock gate, bool colour)
    {
        _terminal = terminal;
        _gate = gate;
        _colour = colour;
        _redraw = new Timer(_ => Redraw());
    }

    public bool MayShow { get; set; } = true;

    public void Show(long source, ProgressRecord record)
    {
        if (_activities.IsEmpty && record.RecordType != ProgressRecordType.Completed)
        {
            _redraw.Change(RedrawInterval, RedrawInterval);
        }

        _activities.Update(source, record);
        _changed = true;
        if (_activities.IsEmpty)
        {
            Clear();
        }
    }

    public void Hide()
    {
        if (_drawn)
        {
            _terminal.Write(ClearBelow + ShowCursor);
            _drawn = false;
            _changed = true;
        }
    }

    public void Clear()
    {
        _activities.Clear();
        _redraw.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Hide();
    }

    public void Dispose() => _redraw.Dispose();

    private void Redraw()
    {
        lock (_gate)
        {
            if (!_changed || !MayShow || _activities.IsEmpty)
            {
                return;
            }

            // A full line would make some terminals wrap.
            var width = Screen.WidthOf(UnknownWidth) - 1;
            var room = Math.Max(1, Console.WindowHeight - 1);
            var lines = _activities.InOrder().Take(room).Select(activity => ProgressText.LineOf(activity.Record, activity.Depth, width)).ToList();
            var drawing = new StringBuilder(HideCursor).Append('\r');
            foreach (var (index, line) in lines.Index())
            {
                drawing.Append(index > 0 ? "\n" : "").Append(_colour ? Bright + line + Plain : line).Append(ClearLine);
            }

            // Lines of activities that ended since the last drawing go; then back to the first bar.
            drawing.Append("\e[J").Append('\r');
            if (lines.Count > 1)
            {
                drawing.Append(System.Globalization.CultureInfo.InvariantCulture, $"\e[{lines.Count - 1}A");
            }

            _terminal.Write(drawing);
            _drawn = true;
            _changed = false;
        }
    }
}
