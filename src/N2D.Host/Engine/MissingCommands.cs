using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace N2D.Host.Engine;

/// <summary>
/// The commands of PowerShell's Utility and Management modules that scripts need and the bare engine lacks: the host has small ones
/// of its own, each standing in only while the real module is not there.
/// </summary>
internal static class MissingCommands
{
    private const string Commands = "N2D.Host.Commands.";

    public static void AddTo(InitialSessionState state)
    {
        var folders = (Environment.GetEnvironmentVariable("PSModulePath") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Append(Path.Combine(AppContext.BaseDirectory, "Modules"))
            .Where(folder => !IsOfWindowsPowerShell(folder));
        foreach (var family in typeof(MissingCommands).Assembly.GetTypes().Where(IsCommand).GroupBy(ModuleOf))
        {
            if (folders.Any(folder => Directory.Exists(Path.Combine(folder, family.Key))))
            {
                continue;
            }

            foreach (var type in family)
            {
                var name = type.GetCustomAttribute<CmdletAttribute>()!;
                state.Commands.Add(new SessionStateCmdletEntry($"{name.VerbName}-{name.NounName}", type, helpFileName: null));
            }
        }
    }

    /// <summary>The real module, by the namespace of the stand-in.</summary>
    private static string ModuleOf(Type command) => "Microsoft.PowerShell." + command.Namespace![Commands.Length..];

    private static bool IsCommand(Type type) =>
        type.Namespace?.StartsWith(Commands, StringComparison.Ordinal) == true && !type.IsAbstract && type.GetCustomAttribute<CmdletAttribute>() is not null;

    /// <summary>Windows PowerShell 5.1 keeps its modules of the same names there; they do not load in this engine.</summary>
    private static bool IsOfWindowsPowerShell(string folder) =>
        OperatingSystem.IsWindows() && folder.StartsWith(Environment.SystemDirectory, StringComparison.OrdinalIgnoreCase);
}
