using System.Management.Automation;

namespace N2D.Host.Commands.Management;

/// <summary>Stands in for Set-Location: changes the folder that relative paths start from.</summary>
[Cmdlet(VerbsCommon.Set, "Location", DefaultParameterSetName = "Path")]
public sealed class SetLocationCommand : ItemCommand
{
    /// <inheritdoc/>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "Path")]
    public override string[] Path { get; set; } = ["~"];

    /// <inheritdoc/>
    protected override void Process(string path) => SessionState.Path.SetLocation(IsLiteral ? WildcardPattern.Escape(path) : path);
}
