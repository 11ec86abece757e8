using System.Management.Automation;
using Microsoft.PowerShell.Commands.Internal.Format;
using N2D.Host.Engine;

namespace N2D.Host.Commands.Utility;

/// <summary>Stands in for Format-List: the engine's own formatter and parameters under the name that scripts know.</summary>
[Cmdlet(VerbsCommon.Format, "List")]
public sealed class FormatListCommand : OuterFormatTableAndListBase
{
    /// <summary>Takes the engine's list formatter.</summary>
    public FormatListCommand() => EngineInternals.UseFormatter(this, "List");
}
