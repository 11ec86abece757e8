using System.Management.Automation;
using Microsoft.PowerShell.Commands.Internal.Format;
using N2D.Host.Engine;

namespace N2D.Host.Commands.Utility;

/// <summary>Stands in for Format-Table: the engine's own formatter and parameters under the name that scripts know.</summary>
[Cmdlet(VerbsCommon.Format, "Table")]
public sealed class FormatTableCommand : OuterFormatTableBase
{
    /// <summary>Takes the engine's table formatter.</summary>
    public FormatTableCommand() => EngineInternals.UseFormatter(this, "Table");
}
