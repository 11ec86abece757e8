using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using N2D.Host.Terminal;

namespace N2D.Host.Engine;

/// <summary>The embedded engine: one session that runs scripts and commands with their output on the screen.</summary>
internal sealed class EngineSession : IDisposable
{
    /// <summary>The exit code of what an error ended.</summary>
    public const int FailureExitCode = 1;

    /// <summary>The exit code of what Ctrl+C ended: 128 + SIGINT, as shells have it.</summary>
    public const int InterruptedExitCode = 130;

    private readonly Screen _screen;
    private readonly EngineHost _host;
    private readonly Runspace _runspace;
    private volatile PowerShell? _running;
    private volatile bool _interrupted;

    public EngineSession(Screen screen)
    {
        _screen = screen;
        _host = new EngineHost(screen);

        // The engine would report its use to its makers; a program that embeds it has not asked its user for that.
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
        var state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
        {
            // What pwsh is installed with; the bare engine's own default refuses every script.
            state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.RemoteSigned;
        }

        MissingCommands.AddTo(state);
        _runspace = RunspaceFactory.CreateRunspace(_host, state);
        _runspace.ThreadOptions = PSThreadOptions.ReuseThread;
        _runspace.Open();
        ModuleFolder.PutOnModulePath();
        EngineInternals.LetExitEndTheSession(_runspace);
        AbsentCommands.ExplainIn(_runspace);
        Console.CancelKeyPress += Interrupt;
    }

    /// <summary>The code that <c>exit</c> asked to leave with; null as long as nobody did.</summary>
    public int? ExitCode => _host.ExitCode;

    /// <summary>Runs a script file with the arguments as typed and returns the process's exit code.</summary>
    public int RunScript(string path, IReadOnlyList<string> arguments)
    {
        var command = new Command(Path.GetFullPath(path));
        foreach (var parameter in ScriptArguments.Bind(arguments))
        {
            command.Parameters.Add(parameter);
        }

        return Run(command) ? ExitCode ?? 0 : FailureCode();
    }

    /// <summary>Runs a piece of PowerShell and returns the process's exit code: 1 also if its last command failed.</summary>
    public int RunCommand(string text)
    {
        // Parsed on its own first: an error must not run on into what is added to the text below.
        Parser.ParseInput(text, out _, out var errors);
        if (errors.Length > 0)
        {
            Report(new ParseException(errors));
            return FailureExitCode;
        }

        // The engine forgets $? when a pipeline ends, so the command itself has to report it.
        var completed = Run(new Command($"{text}\n$Host.PrivateData.{nameof(HostData.Succeeded)} = $?", isScript: true));
        return ExitCode ?? (completed && _host.Data.Succeeded ? 0 : FailureCode());
    }

    /// <summary>Runs what was typed at the prompt and keeps it in the session's history.</summary>
    public void RunTyped(string text) => Run(new Command(text, isScript: true), new PSInvocationSettings { AddToHistory = true });

    /// <summary>The single value of an expression, or the type's default where it fails.</summary>
    public T? Evaluate<T>(string expression)
    {
        using var shell = PowerShell.Create(_runspace);
        try
        {
            return LanguagePrimitives.ConvertTo<T>(shell.AddScript(expression).Invoke().FirstOrDefault());
        }
        catch (Exception error) when (error is RuntimeException or PSInvalidCastException)
        {
            return default;
        }
    }

    /// <summary>How the line can be completed at a position.</summary>
    public CommandCompletion Complete(string line, int position)
    {
        using var shell = PowerShell.Create(_runspace);
        return CommandCompletion.CompleteInput(line, position, options: null, shell);
    }

    public void Dispose()
    {
        Console.CancelKeyPress -= Interrupt;
        _runspace.Dispose();
    }

    private int FailureCode() => _interrupted ? InterruptedExitCode : FailureExitCode;

    /// <summary>Runs a command with everything it emits on the screen; false if an error or Ctrl+C ended it.</summary>
    private bool Run(Command command, PSInvocationSettings? settings = null)
    {
        using var shell = PowerShell.Create(_runspace);

        // Errors go down the pipeline with the output, so that both are formatted and appear in order.
        command.MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        shell.Commands.AddCommand(command).AddCommand("Out-Default");
        _interrupted = false;
        _running = shell;
        try
        {
            shell.Invoke(input: null, settings);
            return !_interrupted;
        }
        catch (PipelineStoppedException)
        {
            return false;
        }
        catch (RuntimeException error)
        {
            Report(error);
            return false;
        }
        finally
        {
            _running = null;
            _screen.ClearProgress();
        }
    }

    /// <summary>Shows the error that ended a command as the engine shows the others, on the error stream.</summary>
    private void Report(RuntimeException error)
    {
        using var shell = PowerShell.Create(_runspace);

        // A parser's error on text that is no script file has an invocation without a position, of which the engine's view shows nothing.
        var record = error is ParseException { Errors: { } errors } ? new ParseException(errors).ErrorRecord : error.ErrorRecord;
        var text = _host.Data.TextOf(() => shell.AddCommand("Out-Default").Invoke(new[] { record }));
        _host.UI.WriteErrorLine(text.TrimEnd());
    }

    /// <summary>Ctrl+C: the first stops what runs and lets it clean up; the second, or one with nothing to stop, ends the process.</summary>
    private void Interrupt(object? sender, ConsoleCancelEventArgs press)
    {
        if (_running is { } shell && !_interrupted)
        {
            _interrupted = true;
            press.Cancel = true;
            shell.BeginStop(null, null);
        }
        else
        {
            _screen.ClearProgress();
        }
    }
}
