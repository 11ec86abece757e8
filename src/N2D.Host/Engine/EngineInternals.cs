using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace N2D.Host.Engine;

/// <summary>
/// What pwsh's own host and Utility module reach in the engine through friend access. The engine is pinned by version, and the host's
/// tests go through each of these.
/// </summary>
internal static class EngineInternals
{
    private const BindingFlags Internal = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;
    private static readonly Assembly Engine = typeof(PSObject).Assembly;

    /// <summary>
    /// Makes <c>exit</c> in a script that was started as a command end the session, not just the script; else its exit code could
    /// not be told from that of the last native program in the script.
    /// </summary>
    public static void LetExitEndTheSession(Runspace runspace)
    {
        var context = Member(typeof(Runspace).GetProperty("ExecutionContext", Internal)).GetValue(runspace)!;
        Member(context.GetType().GetProperty("ScriptCommandProcessorShouldRethrowExit", Internal)).SetValue(context, true);
    }

    /// <summary>Gives a formatting command the engine's formatter of a shape: <c>Table</c> or <c>List</c>.</summary>
    /// <remarks>The base classes of Format-Table and Format-List are public and complete but for this field.</remarks>
    public static void UseFormatter(PSCmdlet command, string shape)
    {
        var formats = typeof(Microsoft.PowerShell.Commands.Internal.Format.FrontEndCommandBase);
        var shapes = Member(Engine.GetType(formats.Namespace + ".FormatShape"));
        var formatter = Member(Engine.GetType(formats.Namespace + ".InnerFormatShapeCommand"));
        var constructor = Member(formatter.GetConstructor(Internal, [shapes]));
        Member(formats.GetField("implementation", Internal)).SetValue(command, constructor.Invoke([Enum.Parse(shapes, shape)]));
    }

    private static T Member<T>(T? member)
        where T : class =>
        member ?? throw new NotSupportedException($"System.Management.Automation {Engine.GetName().Version} lacks a member that N2D.Host needs.");
}
