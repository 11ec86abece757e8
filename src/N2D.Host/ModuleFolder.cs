using System.Reflection;

namespace N2D.Host;

/// <summary>Finds the built module and adds it to PowerShell's module path.</summary>
internal static class ModuleFolder
{
    private const string ModuleName = "N2D.PowerShell";
    private const string PathVariable = "PSModulePath";

    /// <summary>
    /// Adds the parent folder of the module to PSModulePath, so that it can be imported by name and loads automatically. Child processes
    /// inherit the variable. PowerShell searches the folders of installed modules first.
    /// </summary>
    public static void PutOnModulePath()
    {
        if (Find() is not { } folder)
        {
            return;
        }

        var comparison = OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        var others = (Environment.GetEnvironmentVariable(PathVariable) ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(other => !other.Equals(folder, comparison));
        Environment.SetEnvironmentVariable(PathVariable, string.Join(Path.PathSeparator, others.Prepend(folder)));
    }

    /// <summary>The parent folder of the module: the output of the build, otherwise the folder of the host.</summary>
    private static string? Find()
    {
        var built = typeof(ModuleFolder).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(entry => entry.Key == "ModuleFolder")?.Value;
        string?[] candidates = [built, Path.Combine(AppContext.BaseDirectory, ModuleName)];
        var module = candidates.FirstOrDefault(folder => folder is not null && File.Exists(Path.Combine(folder, ModuleName + ".psd1")));
        return module is null ? null : Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(module));
    }
}
