using System.Management.Automation;

namespace N2D.Host.Commands.Management;

/// <summary>Stands in for Set-Content: values become the lines of a text file.</summary>
[Cmdlet(VerbsCommon.Set, "Content", SupportsShouldProcess = true, DefaultParameterSetName = "Path")]
public sealed class SetContentCommand : ContentWriter
{
    /// <inheritdoc/>
    protected override bool Appends => false;
}
