using System.Management.Automation;
using System.Management.Automation.Host;

namespace N2D.Host.Terminal;

/// <summary>
/// The engine's streams on the process's: output goes to standard output; errors, warnings, verbose and debug lines and progress go
/// to standard error, so that redirected output is data and nothing else.
/// </summary>
internal sealed partial class UserInterface(Screen screen, HostData data) : PSHostUserInterface
{
    public override PSHostRawUserInterface RawUI { get; } = new RawUserInterface(screen);

    public override bool SupportsVirtualTerminal => screen.ColoursOutput || screen.ColoursErrors;

    public override void Write(string value)
    {
        if (data.Diversion is { } diversion)
        {
            diversion.Append(value);
        }
        else
        {
            screen.Write(GetOutputString(value, screen.ColoursOutput));
        }
    }

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        Write(Coloured(value, foregroundColor, backgroundColor));

    public override void WriteLine(string value) => Write(value + Environment.NewLine);

    // The line break stays uncoloured: a background would run on to the edge of the next line.
    public override void WriteLine(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        Write(Coloured(value, foregroundColor, backgroundColor) + Environment.NewLine);

    public override void WriteErrorLine(string value) => WriteAside(value, FormatStyle.Error);

    public override void WriteWarningLine(string message) => WriteAside("WARNING: " + message, FormatStyle.Warning);

    public override void WriteVerboseLine(string message) => WriteAside("VERBOSE: " + message, FormatStyle.Verbose);

    public override void WriteDebugLine(string message) => WriteAside("DEBUG: " + message, FormatStyle.Debug);

    public override void WriteProgress(long sourceId, ProgressRecord record) => screen.ShowProgress(sourceId, record);

    private void WriteAside(string text, FormatStyle style)
    {
        // Error views come with colours of their own.
        var line = GetOutputString(text, screen.ColoursErrors);
        screen.WriteAside(line, line.Contains('\e', StringComparison.Ordinal) ? "" : GetFormatStyleString(style));
    }

    private string Coloured(string text, ConsoleColor foreground, ConsoleColor background)
    {
        var sequence = PSStyle.MapForegroundColorToEscapeSequence(foreground);
        if (background != RawUI.BackgroundColor)
        {
            sequence += PSStyle.MapBackgroundColorToEscapeSequence(background);
        }

        return $"{sequence}{text}\e[0m";
    }
}
