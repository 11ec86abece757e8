using System.Management.Automation;

namespace N2D.Host.Commands.Management;

/// <summary>What a path must lead to.</summary>
public enum PathKind
{
    /// <summary>Anything.</summary>
    Any,

    /// <summary>A folder.</summary>
    Container,

    /// <summary>A file.</summary>
    Leaf,
}

/// <summary>Stands in for Test-Path: whether something is there.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Path", DefaultParameterSetName = "Path")]
[OutputType(typeof(bool))]
public sealed class TestPathCommand : ItemCommand
{
    /// <inheritdoc/>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "Path")]
    public override string[] Path { get; set; } = [];

    /// <summary>What must be there.</summary>
    [Parameter]
    [Alias("Type")]
    public PathKind PathType { get; set; }

    /// <inheritdoc/>
    protected override void Process(string path)
    {
        try
        {
            WriteObject(InvokeProvider.Item.Exists(path, Force, IsLiteral)
                && (PathType == PathKind.Any || InvokeProvider.Item.IsContainer(path) == (PathType == PathKind.Container)));
        }
        catch (Exception error) when (error is ItemNotFoundException or System.Management.Automation.DriveNotFoundException or ProviderNotFoundException)
        {
            WriteObject(false);
        }
    }
}
