using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace N2D.Host.Engine;

/// <summary>
/// The commands of PowerShell's Utility and Management modules, those that the host has no stand-in for among them: the engine's own error
/// would leave a user looking for a typing error.
/// </summary>
internal static class AbsentCommands
{
    // Microsoft.PowerShell.Utility and Microsoft.PowerShell.Management of PowerShell 7.6 on any system, by verb.
    private static readonly Dictionary<string, string> NounsByVerb = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Add"] = "Content Member Type",
        ["Clear"] = "Content Item ItemProperty RecycleBin Variable",
        ["Compare"] = "Object",
        ["Convert"] = "Path",
        ["ConvertFrom"] = "CliXml Csv Json Markdown SddlString StringData",
        ["ConvertTo"] = "CliXml Csv Html Json Xml",
        ["Copy"] = "Item ItemProperty",
        ["Debug"] = "Process Runspace",
        ["Disable"] = "PSBreakpoint RunspaceDebug",
        ["Enable"] = "PSBreakpoint RunspaceDebug",
        ["Export"] = "Alias Clixml Csv FormatData PSSession",
        ["Format"] = "Custom Hex List Table Wide",
        ["Get"] = "Alias ChildItem Clipboard ComputerInfo Content Culture Date Error Event EventSubscriber FileHash FormatData Host HotFix Item ItemProperty "
            + "ItemPropertyValue Location MarkdownOption Member Process PSBreakpoint PSCallStack PSDrive PSProvider Random Runspace RunspaceDebug "
            + "SecureRandom Service TimeZone TraceSource TypeData UICulture Unique Uptime Variable Verb",
        ["Group"] = "Object",
        ["Import"] = "Alias Clixml Csv LocalizedData PowerShellDataFile PSSession",
        ["Invoke"] = "Expression Item RestMethod WebRequest",
        ["Join"] = "Path String",
        ["Measure"] = "Command Object",
        ["Move"] = "Item ItemProperty",
        ["New"] = "Alias Event Guid Item ItemProperty Object PSDrive Service TemporaryFile TimeSpan Variable",
        ["Out"] = "File GridView Printer String",
        ["Pop"] = "Location",
        ["Push"] = "Location",
        ["Read"] = "Host",
        ["Register"] = "EngineEvent ObjectEvent",
        ["Remove"] = "Alias Event Item ItemProperty PSBreakpoint PSDrive Service TypeData Variable",
        ["Rename"] = "Computer Item ItemProperty",
        ["Resolve"] = "Path",
        ["Restart"] = "Computer Service",
        ["Resume"] = "Service",
        ["Select"] = "Object String Xml",
        ["Send"] = "MailMessage",
        ["Set"] = "Alias Clipboard Content Date Item ItemProperty Location MarkdownOption PSBreakpoint Service TimeZone TraceSource Variable",
        ["Show"] = "Command Markdown",
        ["Sort"] = "Object",
        ["Split"] = "Path",
        ["Start"] = "Process Service Sleep",
        ["Stop"] = "Computer Process Service",
        ["Suspend"] = "Service",
        ["Tee"] = "Object",
        ["Test"] = "Connection Json Path",
        ["Trace"] = "Command",
        ["Unblock"] = "File",
        ["Unregister"] = "Event",
        ["Update"] = "FormatData List TypeData",
        ["Wait"] = "Debugger Event Process",
        ["Write"] = "Debug Error Host Information Output Progress Verbose Warning",
    };

    /// <summary>Lets the error on such a command say that another engine has it.</summary>
    public static void ExplainIn(Runspace runspace) => runspace.SessionStateProxy.InvokeCommand.CommandNotFoundAction = (_, lookup) =>
    {
        // The engine keeps to its own message whatever is thrown here, but takes a command.
        if (IsOfPowerShell(lookup.CommandName))
        {
            lookup.Command = new CmdletInfo(lookup.CommandName, typeof(AbsentCommand));
        }
    };

    private static bool IsOfPowerShell(string name) =>
        name.Split('-') is [var verb, var noun]
        && NounsByVerb.TryGetValue(verb, out var nouns)
        && nouns.Split(' ').Contains(noun, StringComparer.OrdinalIgnoreCase);
}
