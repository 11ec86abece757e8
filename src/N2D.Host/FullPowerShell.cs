using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace N2D.Host;

/// <summary>A PowerShell that is installed: it has all the commands, so it is preferred to the embedded engine.</summary>
internal static partial class FullPowerShell
{
    private static readonly Version Oldest = new(7, 6);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The path of the first pwsh on the PATH that runs and is recent enough; null if there is none.</summary>
    public static string? Find()
    {
        var name = OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh";
        return (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.GetFullPath(name, Path.GetFullPath(folder)))
            .Distinct()
            .FirstOrDefault(path => File.Exists(path) && VersionOf(path) >= Oldest);
    }

    /// <summary>Runs what was asked for in that pwsh, with our own streams, and returns its exit code.</summary>
    public static int Run(string path, CommandLine line)
    {
        var start = new ProcessStartInfo(path) { UseShellExecute = false };
        foreach (var argument in line.ForPwsh())
        {
            start.ArgumentList.Add(argument);
        }

        // Ctrl+C reaches the child from the terminal; this process only has to outlive it for the exit code.
        Console.CancelKeyPress += (_, press) => press.Cancel = true;
        using var process = Process.Start(start)!;
        using var termination = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => process.Kill());
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>The version a pwsh reports; null where it cannot be started, reports something else or does not answer.</summary>
    private static Version? VersionOf(string path)
    {
        var start = new ProcessStartInfo(path, ["-NoProfile", "-Version"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            var answer = process.StandardOutput.ReadLineAsync();
            if (!answer.Wait(Patience))
            {
                process.Kill(entireProcessTree: true);
                return null;
            }

            return VersionLine().Match(answer.Result ?? "") is { Success: true } match ? Version.Parse(match.Groups[1].Value) : null;
        }
        catch (Exception error) when (error is Win32Exception or IOException or AggregateException or InvalidOperationException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"^PowerShell (\d+\.\d+(?:\.\d+)?)")]
    private static partial Regex VersionLine();
}
