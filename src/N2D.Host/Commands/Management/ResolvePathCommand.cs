using System.Management.Automation;

namespace N2D.Host.Commands.Management;

/// <summary>Stands in for Resolve-Path: the full paths of items that are there.</summary>
[Cmdlet(VerbsDiagnostic.Resolve, "Path", DefaultParameterSetName = "Path")]
[OutputType(typeof(PathInfo))]
public sealed class ResolvePathCommand : ItemCommand
{
    /// <inheritdoc/>
    protected override void Process(string path) =>
        WriteObject(SessionState.Path.GetResolvedPSPathFromPSPath(IsLiteral ? WildcardPattern.Escape(path) : path), enumerateCollection: true);
}
