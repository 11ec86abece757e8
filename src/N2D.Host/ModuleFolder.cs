using System.Reflection;

namespace N2D.Host;

/// <summary>Where the built module is, and how PowerShell gets to know.</summary>
internal static class ModuleFolder
{
    private const string ModuleName = "N2D.PowerShell";
    private const string PathVariable = "PSModulePath";

    /// <summary>
    /// Puts the module's parent folder on PSModulePath, so that it is imported by name and loads by itself when a cmdlet of it is called. Child processes inherit it. PowerShell looks in the
    /// folders of installed modules first.
    /// </summary>
    public static void PutOnModulePath()
    {
        if (Find() is not { } folder)
        {
            return;
        }

        var others = (Environment.GetEnvironmentVariable(PathVariable) ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(other => other != folder);
        Environment.SetEnvironmentVariable(PathVariable, string.Join(Path.PathSeparator, others.Prepend(folder)));
    }

    /// <summary>The folder that holds the module's: where the build left it, else the host's own.</summary>
    private static string? Find()
    {
        var built = typeof(ModuleFolder).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(entry => entry.Key == "ModuleFolder")?.Value;
        string?[] candidates = [built, Path.Combine(AppContext.BaseDirectory, ModuleName)];
        var module = candidates.FirstOrDefault(folder => folder is not null && File.Exists(Path.Combine(folder, ModuleName + ".psd1")));
        return module is null ? null : Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(module));
    }
}
