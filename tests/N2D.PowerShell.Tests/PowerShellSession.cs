using System.Diagnostics;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using Engine = System.Management.Automation.PowerShell;

namespace N2D.PowerShell.Tests;

/// <summary>
/// A PowerShell session with the built module imported, as a user has it.
/// </summary>
/// <remarks>
/// The module's objects come from their own load context, so tests read their properties instead of casting to C# types.
/// </remarks>
internal sealed class PowerShellSession : IDisposable
{
    private readonly Runspace _runspace;
    private string? _temporaryFolder;

    /// <summary>
    /// Imports the module once before all tests, to record which libraries the import alone loads. A module without libtorch uses the one
    /// of the tests.
    /// </summary>
    static PowerShellSession()
    {
        if (!Directory.Exists(Path.Combine(ModuleFolder, "bin", "libtorch")))
        {
            Environment.SetEnvironmentVariable("N2D_LIBTORCH", Path.Combine(AppContext.BaseDirectory, "libtorch"));
        }

        using var session = new PowerShellSession();
        LibrariesAfterFirstImport = [.. Process.GetCurrentProcess().Modules.Cast<ProcessModule>().Select(library => library.ModuleName)];
    }

    /// <summary>Opens a fresh session.</summary>
    /// <param name="importModule">Whether the module is imported.</param>
    public PowerShellSession(bool importModule = true)
    {
        _runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        _runspace.Open();
        if (importModule)
        {
            Run($"Import-Module '{ModuleFolder}'");
        }
    }

    /// <summary>The built module.</summary>
    public static string ModuleFolder { get; } = typeof(PowerShellSession).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "ModuleFolder").Value!.TrimEnd('/', '\\');

    /// <summary>The loaded libraries, including native ones, after the process imported the module and before it ran a cmdlet.</summary>
    public static IReadOnlyList<string> LibrariesAfterFirstImport { get; }

    /// <summary>The non-terminating errors of the last run.</summary>
    public IReadOnlyList<ErrorRecord> Errors { get; private set; } = [];

    /// <summary>The warnings of the last run.</summary>
    public IReadOnlyList<string> Warnings { get; private set; } = [];

    /// <summary>The verbose messages of the last run.</summary>
    public IReadOnlyList<string> Verbose { get; private set; } = [];

    /// <summary>The progress records of the last run.</summary>
    public IReadOnlyList<ProgressRecord> Progress { get; private set; } = [];

    /// <summary>An empty folder for the session's files, deleted with the session.</summary>
    public string TemporaryFolder => _temporaryFolder ??= Directory.CreateTempSubdirectory("n2d-test-").FullName;

    /// <summary>Runs a script in the session. Its variables are kept.</summary>
    /// <param name="script">The script.</param>
    /// <returns>The output. The other streams are in the properties of the session.</returns>
    /// <exception cref="RuntimeException">It ended in a terminating error.</exception>
    public PSObject[] Run(string script)
    {
        using var shell = Start(script);
        try
        {
            return [.. shell.Invoke()];
        }
        finally
        {
            KeepStreams(shell);
        }
    }

    /// <summary>Runs a script that must fail with exactly one error, terminating or not.</summary>
    /// <param name="script">The script.</param>
    /// <returns>The error.</returns>
    public ErrorRecord RunFailing(string script)
    {
        var terminating = new List<ErrorRecord>();
        try
        {
            Run(script);
        }
        catch (RuntimeException exception)
        {
            terminating.Add(exception.ErrorRecord);
        }

        return Assert.Single(terminating.Concat(Errors));
    }

    /// <summary>
    /// Runs a script, presses Ctrl+C at its first progress record of an activity, and checks that it stops. How soon it stops is measured
    /// by bench/stops.ps1.
    /// </summary>
    /// <param name="script">A script that does not end by itself in any usual time.</param>
    /// <param name="activity">The activity.</param>
    public void AssertStops(string script, string activity)
    {
        using var shell = Start(script);
        using var begun = new ManualResetEventSlim();
        var records = shell.Streams.Progress;
        records.DataAdded += (_, added) =>
        {
            if (records[added.Index].Activity == activity)
            {
                begun.Set();
            }
        };
        var running = shell.BeginInvoke();
        WaitHandle.WaitAny([begun.WaitHandle, running.AsyncWaitHandle]);
        Assert.False(running.IsCompleted, "The script ended before it could be stopped.");
        shell.Stop();
        KeepStreams(shell);
        Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);

        // A canceled stage writes no more records. Without cancellation, a stage completes its activity.
        Assert.DoesNotContain(records, record => record.Activity == activity && record.RecordType == ProgressRecordType.Completed);
    }

    /// <summary>Sets a variable of the session.</summary>
    /// <param name="name">Its name, without the dollar sign.</param>
    /// <param name="value">Its value.</param>
    public void SetVariable(string name, object? value) => _runspace.SessionStateProxy.SetVariable(name, value);

    /// <inheritdoc/>
    public void Dispose()
    {
        _runspace.Dispose();
        if (_temporaryFolder is not null)
        {
            Directory.Delete(_temporaryFolder, recursive: true);
        }
    }

    /// <summary>Prepares a script, to be run at once or beside the test.</summary>
    /// <param name="script">The script.</param>
    public Engine Start(string script)
    {
        var shell = Engine.Create(_runspace);
        shell.AddScript(script);
        return shell;
    }

    private void KeepStreams(Engine shell)
    {
        Errors = [.. shell.Streams.Error];
        Warnings = [.. shell.Streams.Warning.Select(record => record.Message)];
        Verbose = [.. shell.Streams.Verbose.Select(record => record.Message)];
        Progress = [.. shell.Streams.Progress];
    }
}
