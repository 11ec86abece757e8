namespace N2D.PowerShell.Tests;

/// <summary>A test of a module without CUDA: neither its own libtorch nor that of N2D_LIBTORCH has it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NoCudaModuleFactAttribute : FactAttribute
{
    public NoCudaModuleFactAttribute()
    {
        string?[] folders = [Path.Combine(PowerShellSession.ModuleFolder, "bin"), Environment.GetEnvironmentVariable("N2D_LIBTORCH")];
        Skip = folders.Where(Directory.Exists).Any(folder => Directory.EnumerateFiles(folder!, "*torch_cuda*", SearchOption.AllDirectories).Any())
            ? "The libtorch of the module has CUDA."
            : null;
    }
}
