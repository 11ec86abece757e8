using System.Management.Automation.Language;
using N2D.Host.Terminal;

namespace N2D.Host.Engine;

/// <summary>The interactive prompt: reads until a statement is complete, runs it, and again until <c>exit</c> or the end of input.</summary>
internal sealed class InteractivePrompt(EngineSession session, Screen screen)
{
    private const string ContinuationPrompt = ">> ";

    private readonly LineEditor? _editor = screen.CanEdit ? new LineEditor(session.Complete) : null;

    /// <summary>Runs until the user leaves; the exit code they left with.</summary>
    public int Run()
    {
        while (session.ExitCode is null)
        {
            var typed = ReadStatement();
            if (typed is null)
            {
                return 0;
            }

            if (!string.IsNullOrWhiteSpace(typed))
            {
                session.RunTyped(typed);
            }
        }

        return session.ExitCode.Value;
    }

    /// <summary>Lines until the parser misses nothing at the end, or an empty one is entered; null at the end of input.</summary>
    private string? ReadStatement()
    {
        var text = ReadLine(session.Evaluate<string>("prompt") ?? "PS> ");
        while (text is not null && IsIncomplete(text))
        {
            var more = ReadLine(ContinuationPrompt);
            if (string.IsNullOrEmpty(more))
            {
                return text;
            }

            text += "\n" + more;
        }

        return text;
    }

    private string? ReadLine(string prompt)
    {
        if (_editor is not null)
        {
            return _editor.ReadLine(prompt);
        }

        // Statements that are piped in need no prompt between their results.
        if (screen.CanAsk)
        {
            Console.Out.Write(prompt);
        }

        return Console.In.ReadLine();
    }

    private static bool IsIncomplete(string text)
    {
        Parser.ParseInput(text, out _, out var errors);
        return errors.Any(error => error.IncompleteInput);
    }
}
