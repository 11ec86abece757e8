using System.Diagnostics;

namespace N2D.Studies;

/// <summary>Starts processes that outlive this one and do not receive the Ctrl+C of its console.</summary>
internal static class LocalProcesses
{
    /// <summary>
    /// A session of its own where setsid exists (Linux), otherwise immune to the end of the terminal. The log is the first argument.
    /// </summary>
    private const string UnixScript =
        "log=$1; shift; if command -v setsid >/dev/null; then exec setsid \"$@\" >>\"$log\" 2>&1 </dev/null; "
        + "else exec nohup \"$@\" >>\"$log\" 2>&1 </dev/null; fi";

    /// <summary>Starts a process.</summary>
    /// <param name="program">The program and its arguments. It takes environment variables.</param>
    /// <param name="environment">The environment variables to set.</param>
    /// <param name="log">The file that receives the output. On Windows, the program has to write it.</param>
    public static void Start(IReadOnlyList<string> program, IReadOnlyDictionary<string, string> environment, string log)
    {
        var start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo(program[0], program.Skip(1)) { CreateNoWindow = true }
            : new ProcessStartInfo("/bin/sh", ["-c", UnixScript, "sh", log, .. program]);
        start.UseShellExecute = false;
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start);
    }
}
