namespace N2D.Host;

/// <summary>What the host was asked to run.</summary>
internal enum RunMode
{
    Prompt,
    Script,
    Command,
    Usage,
    Version,
}

/// <summary>The host's command line, read as pwsh reads its own.</summary>
/// <remarks>Options end at the script or at <c>-Command</c>; whatever follows belongs to those.</remarks>
internal sealed record CommandLine
{
    /// <summary>The exit code of a command line that cannot be followed, pwsh's own (EX_USAGE).</summary>
    public const int UsageExitCode = 64;

    public const string Usage = """
        Runs PowerShell scripts with the N2D.PowerShell module at hand.

        N2D.Host [options] [-File] script.ps1 [script arguments]
        N2D.Host [options] -Command text
        N2D.Host [options]                  an interactive prompt

          -File, -f         the script to run; what follows are its arguments
          -Command, -c      the rest of the line is run as PowerShell; a lone - for what comes on standard input
          -Embedded         stay with the embedded engine, also where pwsh 7.6 or later is on the PATH
                            (or set N2D_EMBEDDED=1)
          -NoProfile        run no profile; the embedded engine never does
          -NonInteractive   fail instead of asking
          -Version, -v      show the versions
          -Help, -h, -?     show this text

        Exit code: the script's own (exit N); 1 after an error that ended it; 130 after Ctrl+C; 64 if there is no such script or option.
        """;

    public RunMode Mode { get; private init; } = RunMode.Prompt;

    /// <summary>The script's path, or the command's text.</summary>
    public string Text { get; private init; } = "";

    /// <summary>The script's arguments, as typed.</summary>
    public IReadOnlyList<string> Arguments { get; private init; } = [];

    public bool Embedded { get; private init; }

    public bool NoProfile { get; private init; }

    public bool NonInteractive { get; private init; }

    /// <summary>What is wrong with the command line; null if nothing is.</summary>
    public string? Error { get; private init; }

    public static CommandLine Parse(IReadOnlyList<string> arguments)
    {
        var line = new CommandLine();
        for (var i = 0; i < arguments.Count; i++)
        {
            var argument = arguments[i];
            if (!argument.StartsWith('-'))
            {
                return line.WithScript(argument, [.. arguments.Skip(i + 1)]);
            }

            switch (argument.TrimStart('-').ToUpperInvariant())
            {
                case "EMBEDDED":
                    line = line with { Embedded = true };
                    break;
                case "NOPROFILE" or "NOP":
                    line = line with { NoProfile = true };
                    break;
                case "NONINTERACTIVE" or "NONI":
                    line = line with { NonInteractive = true };
                    break;
                case "NOLOGO":
                    break;
                case "FILE" or "F":
                    return i + 1 < arguments.Count
                        ? line.WithScript(arguments[i + 1], [.. arguments.Skip(i + 2)])
                        : line with { Error = "-File wants the path of a script." };
                case "COMMAND" or "C":
                    return i + 1 < arguments.Count
                        ? line with { Mode = RunMode.Command, Text = string.Join(' ', arguments.Skip(i + 1)) }
                        : line with { Error = "-Command wants the text to run." };
                case "VERSION" or "V":
                    return line with { Mode = RunMode.Version };
                case "HELP" or "H" or "?":
                    return line with { Mode = RunMode.Usage };
                default:
                    return line with { Error = $"'{argument}' is no option of N2D.Host; -Help lists them." };
            }
        }

        return line;
    }

    /// <summary>The same request in pwsh's words.</summary>
    public IEnumerable<string> ForPwsh()
    {
        if (NoProfile)
        {
            yield return "-NoProfile";
        }

        if (NonInteractive)
        {
            yield return "-NonInteractive";
        }

        if (Mode is RunMode.Script or RunMode.Command)
        {
            yield return Mode == RunMode.Script ? "-File" : "-Command";
            yield return Text;
        }

        foreach (var argument in Arguments)
        {
            yield return argument;
        }
    }

    private CommandLine WithScript(string path, IReadOnlyList<string> arguments)
    {
        var line = this with { Mode = RunMode.Script, Text = path, Arguments = arguments };
        if (!File.Exists(path))
        {
            return line with { Error = $"There is no script '{path}' (looked in {Environment.CurrentDirectory}). Check the name and the path." };
        }

        return path.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase)
            ? line
            : line with { Error = $"'{path}' is no PowerShell script: its name does not end in .ps1." };
    }
}
