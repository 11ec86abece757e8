namespace N2D.Host.Tests;

/// <summary>A test of behavior specific to Linux, such as the command that opens a file.</summary>
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
