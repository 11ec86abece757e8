using System.Management.Automation;

namespace N2D.Host.Commands.Management;

/// <summary>Stands in for Add-Content: values become further lines of a text file.</summary>
[Cmdlet(VerbsCommon.Add, "Content", SupportsShouldProcess = true, DefaultParameterSetName = "Path")]
public sealed class AddContentCommand : ContentWriter
{
    /// <inheritdoc/>
    protected override bool Appends => true;
}
