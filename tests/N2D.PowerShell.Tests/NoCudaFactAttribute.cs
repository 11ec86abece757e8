namespace N2D.PowerShell.Tests;

/// <summary>A test of a module that has no libtorch with CUDA, neither inside nor by an environment variable.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NoCudaFactAttribute : FactAttribute
{
    private const string Variable = "N2D_LIBTORCH";

    public NoCudaFactAttribute()
    {
        var bin = Path.Combine(PowerShellSession.ModuleFolder, "bin");
        Skip = Directory.EnumerateFiles(bin, "*torch_cuda*", SearchOption.AllDirectories).Any() ? "The module contains CUDA."
            : Environment.GetEnvironmentVariable(Variable) is not null ? $"{Variable} names another libtorch."
            : null;
    }
}
