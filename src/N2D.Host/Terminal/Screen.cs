using System.Management.Automation;

namespace N2D.Host.Terminal;

/// <summary>
/// The process's output and error streams, and the progress that shares the terminal with them: whatever is written takes
/// the bars away first.
/// </summary>
internal sealed class Screen : IDisposable
{
    private const int RedirectedWidth = 120;
    private const int UnknownWidth = 80;

    private readonly Lock _gate = new();
    private readonly IProgressView _progress;
    private bool _endsInLine = true;

    public Screen(bool nonInteractive)
    {
        var sequences = OperatingSystem.IsWindows() ? WindowsTerminal.EnableSequences() : Environment.GetEnvironmentVariable("TERM") is not (null or "dumb");
        var colour = sequences && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        OutputIsTerminal = !Console.IsOutputRedirected;
        ColoursOutput = OutputIsTerminal && colour;
        ColoursErrors = !Console.IsErrorRedirected && colour;
        CanAsk = !nonInteractive && !Console.IsInputRedirected;
        CanEdit = CanAsk && OutputIsTerminal && sequences;
        _progress = !Console.IsErrorRedirected && sequences ? new ProgressBars(Console.Error, _gate, colour) : new ProgressLines(Console.Error);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => ClearProgress();
    }

    public bool OutputIsTerminal { get; }

    /// <summary>Whether escape sequences may go to the output stream.</summary>
    public bool ColoursOutput { get; }

    /// <summary>Whether escape sequences may go to the error stream.</summary>
    public bool ColoursErrors { get; }

    /// <summary>Whether somebody is there to answer.</summary>
    public bool CanAsk { get; }

    /// <summary>Whether a line can be edited in place as it is typed.</summary>
    public bool CanEdit { get; }

    /// <summary>Columns of the output; fixed where no terminal has any, so that files look alike everywhere.</summary>
    public int Width => OutputIsTerminal ? WidthOf(UnknownWidth) : RedirectedWidth;

    /// <summary>Columns of the terminal, at least 1.</summary>
    public static int WidthOf(int unknown)
    {
        try
        {
            return Console.WindowWidth > 0 ? Console.WindowWidth : unknown;
        }
        catch (IOException)
        {
            return unknown;
        }
    }

    /// <summary>Writes to the output stream.</summary>
    public void Write(string text)
    {
        if (text.Length == 0)
        {
            return;
        }

        lock (_gate)
        {
            _progress.Hide();
            Console.Out.Write(text);
            _endsInLine = text[^1] == '\n';
            _progress.MayShow = _endsInLine || !OutputIsTerminal;
        }
    }

    /// <summary>Writes a line to the error stream: what is said about the work, not what the work gives.</summary>
    /// <param name="text">The line, without escape sequences.</param>
    /// <param name="style">The escape sequence of its colour.</param>
    public void WriteAside(string text, string style)
    {
        lock (_gate)
        {
            _progress.Hide();
            Console.Error.WriteLine(ColoursErrors && style.Length > 0 ? $"{style}{text}\e[0m" : text);
        }
    }

    /// <summary>Takes the bars away while somebody types; <see cref="Write"/> brings them back.</summary>
    public void HoldProgress()
    {
        lock (_gate)
        {
            _progress.Hide();
            _progress.MayShow = false;
        }
    }

    /// <summary>The line that somebody typed is complete: the cursor stands at the start of the next.</summary>
    public void ResumeProgress()
    {
        lock (_gate)
        {
            _endsInLine = true;
            _progress.MayShow = true;
        }
    }

    public void ShowProgress(long source, ProgressRecord record)
    {
        lock (_gate)
        {
            _progress.Show(source, record);
        }
    }

    /// <summary>Forgets all activities: what reported them has ended.</summary>
    public void ClearProgress()
    {
        lock (_gate)
        {
            _progress.Clear();
        }
    }

    public void Dispose()
    {
        ClearProgress();
        (_progress as IDisposable)?.Dispose();
    }
}
