using System.Globalization;

namespace N2D.Host.Tests;

/// <summary>A test that presses Ctrl+C.</summary>
/// <remarks>Background jobs of a shell ignore SIGINT, and so do their child processes. The test is skipped there.</remarks>
[AttributeUsage(AttributeTargets.Method)]
public sealed class InterruptFactAttribute : FactAttribute
{
    private const string StatusFile = "/proc/self/status";
    private const string IgnoredSignals = "SigIgn:";
    private const ulong Interrupt = 1UL << (2 - 1);

    public InterruptFactAttribute()
    {
        if (OperatingSystem.IsWindows())
        {
            Skip = "Requires POSIX signals.";
        }
        else if (IsInterruptIgnored())
        {
            Skip = "SIGINT is ignored here, as in the background of a script.";
        }
    }

    private static bool IsInterruptIgnored() => File.Exists(StatusFile)
        && File.ReadLines(StatusFile).FirstOrDefault(line => line.StartsWith(IgnoredSignals, StringComparison.Ordinal)) is { } line
        && (ulong.Parse(line.AsSpan(IgnoredSignals.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & Interrupt) != 0;
}

/// <summary>A test in the complete PowerShell, with its module Microsoft.PowerShell.PSResourceGet.</summary>
/// <remarks>On Windows, it would change the modules and repositories of the user, because no variable moves their folder.</remarks>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PowerShellFactAttribute : FactAttribute
{
    public PowerShellFactAttribute()
    {
        if (OperatingSystem.IsWindows())
        {
            Skip = "Would install a module for the user.";
        }
        else if (!Directory.Exists(Path.Combine(Folder, "Modules", "Microsoft.PowerShell.PSResourceGet")))
        {
            Skip = $"Requires the package PowerShell, which 'dotnet restore' puts into {Folder}.";
        }
    }

    /// <summary>The folder of PowerShell for this system.</summary>
    public static string Folder { get; } = Path.Combine(HostProcess.Metadata("PowerShellTool"), OperatingSystem.IsWindows() ? "win" : "unix");
}

/// <summary>A test that needs a terminal, which <c>script</c> of util-linux creates.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TerminalFactAttribute : FactAttribute
{
    public TerminalFactAttribute()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (!OperatingSystem.IsLinux() || !folders.Any(folder => File.Exists(Path.Combine(folder, "script"))))
        {
            Skip = "Requires the program 'script' of util-linux, to make a terminal.";
        }
    }
}
