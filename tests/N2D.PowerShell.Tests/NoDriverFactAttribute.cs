using System.Runtime.InteropServices;

namespace N2D.PowerShell.Tests;

/// <summary>A test on a machine without NVIDIA's driver.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NoDriverFactAttribute : FactAttribute
{
    public NoDriverFactAttribute()
    {
        if (NativeLibrary.TryLoad(OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1", out var driver))
        {
            NativeLibrary.Free(driver);
            Skip = "NVIDIA's driver is installed.";
        }
    }
}
