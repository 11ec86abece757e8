namespace N2D.PowerShell;

/// <summary>The command line of the processes that run tasks of a study.</summary>
internal static class WorkerProgram
{
    private const string ModuleVariable = "N2D_STUDY_MODULE";

    /// <summary>A constant: what varies is in environment variables, so that no path is taken for code.</summary>
    private const string Command = "$ProgressPreference = 'SilentlyContinue'; Import-Module -Name $env:" + ModuleVariable
        + " -ErrorAction Stop; $VerbosePreference = 'Continue'; Invoke-N2DStudyTask -Worker";

    /// <summary>The programs that are PowerShell themselves.</summary>
    private static readonly string[] Shells = ["pwsh", "N2D.Host"];

    /// <summary>The environment variables that the program needs, besides those of the study.</summary>
    public static IReadOnlyDictionary<string, string> Variables { get; } = new Dictionary<string, string>
    {
        [ModuleVariable] = ModuleFile(),

        // Thousands of processes on nodes without internet access: no look for updates, no telemetry.
        ["POWERSHELL_UPDATECHECK"] = "Off",
        ["POWERSHELL_TELEMETRY_OPTOUT"] = "1",

        // As in the host of this repository: the kernels gain nothing from profiles, and short tasks pay for them.
        ["DOTNET_TieredPGO"] = "0",
    };

    /// <summary>Returns the program and its arguments.</summary>
    /// <param name="shellPath">PowerShell, as the user names it; null for the program of this session.</param>
    /// <exception cref="N2DException">This session runs in another program, and pwsh is not on the path (<c>ShellNotFound</c>).</exception>
    public static IReadOnlyList<string> Of(string? shellPath)
    {
        var command = OperatingSystem.IsWindows() ? Command + " *>&1 | Out-File -LiteralPath $env:N2D_STUDY_LOG -Append" : Command;
        return [.. ShellOf(shellPath), "-NoProfile", "-NonInteractive", "-Command", command];
    }

    /// <summary>Rejects a program that this machine does not have.</summary>
    /// <param name="shellPath">A path, or a name to search for in PATH.</param>
    /// <exception cref="N2DException">There is no such program (<c>ShellNotFound</c>).</exception>
    public static void ThrowIfNotFound(string shellPath)
    {
        if (Path.GetFileName(shellPath) == shellPath ? InPath(shellPath) is null && !File.Exists(shellPath) : !File.Exists(shellPath))
        {
            throw new N2DException(
                "ShellNotFound",
                ErrorKind.NotFound,
                $"There is no program {Quotation.Of(shellPath)} that could run tasks. Name PowerShell with -ShellPath, for example pwsh.",
                shellPath);
        }
    }

    private static string[] ShellOf(string? shellPath)
    {
        if (shellPath is not null)
        {
            return [shellPath];
        }

        var program = Environment.ProcessPath ?? "";
        var entry = Path.GetFullPath(Environment.GetCommandLineArgs()[0]);
        if (Shells.Contains(Path.GetFileNameWithoutExtension(program), StringComparer.OrdinalIgnoreCase))
        {
            return [program];
        }

        // dotnet pwsh.dll
        return Shells.Contains(Path.GetFileNameWithoutExtension(entry), StringComparer.OrdinalIgnoreCase)
            ? [program, entry]
            : InPath("pwsh") is { } found ? [found]
            : throw new N2DException(
                "ShellNotFound",
                ErrorKind.NotFound,
                $"This session runs in '{program}', which cannot run tasks, and pwsh is not on the path. Name PowerShell with -ShellPath.");
    }

    /// <summary>The manifest. The assemblies are in the folder bin of the module.</summary>
    private static string ModuleFile()
    {
        var assembly = typeof(WorkerProgram).Assembly;
        return Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(assembly.Location))!, $"{assembly.GetName().Name}.psd1");
    }

    private static string? InPath(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name))
        .FirstOrDefault(File.Exists);
}
