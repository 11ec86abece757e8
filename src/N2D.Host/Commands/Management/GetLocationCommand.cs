using System.Management.Automation;

namespace N2D.Host.Commands.Management;

/// <summary>Stands in for Get-Location: the folder that relative paths start from.</summary>
[Cmdlet(VerbsCommon.Get, "Location")]
[OutputType(typeof(PathInfo))]
public sealed class GetLocationCommand : PSCmdlet
{
    /// <inheritdoc/>
    protected override void EndProcessing() => WriteObject(SessionState.Path.CurrentLocation);
}
