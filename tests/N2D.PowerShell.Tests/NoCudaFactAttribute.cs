namespace N2D.PowerShell.Tests;

/// <summary>A test of a session whose libtorch has no CUDA, inside the module or in the folder of the tests.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NoCudaFactAttribute : FactAttribute
{
    public NoCudaFactAttribute()
    {
        string?[] folders = [Path.Combine(PowerShellSession.ModuleFolder, "bin"), Environment.GetEnvironmentVariable("N2D_LIBTORCH")];
        Skip = folders.Where(Directory.Exists).Any(folder => Directory.EnumerateFiles(folder!, "*torch_cuda*", SearchOption.AllDirectories).Any())
            ? "libtorch has CUDA."
            : null;
    }
}
