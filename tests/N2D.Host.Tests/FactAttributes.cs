namespace N2D.Host.Tests;

/// <summary>A test that needs signals and shell scripts.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute()
    {
        if (OperatingSystem.IsWindows())
        {
            Skip = "needs POSIX signals and shell scripts";
        }
    }
}

/// <summary>A test of what Linux has in its own way, such as the command that opens a file.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute()
    {
        if (!OperatingSystem.IsLinux())
        {
            Skip = "is of Linux";
        }
    }
}

/// <summary>A test that needs a terminal, which util-linux's <c>script</c> makes.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TerminalFactAttribute : FactAttribute
{
    public TerminalFactAttribute()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (!OperatingSystem.IsLinux() || !folders.Any(folder => File.Exists(Path.Combine(folder, "script"))))
        {
            Skip = "needs the program 'script' of util-linux, to make a terminal";
        }
    }
}
