using System.Management.Automation;

namespace N2D.Host.Commands.Management;

/// <summary>Stands in for Split-Path: a part of a path, the parent if no other is asked for.</summary>
[Cmdlet(VerbsCommon.Split, "Path")]
[OutputType(typeof(string))]
public sealed class SplitPathCommand : PSCmdlet
{
    /// <summary>The paths.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public string[] Path { get; set; } = [];

    /// <summary>Whether all but the last part is meant.</summary>
    [Parameter]
    public SwitchParameter Parent { get; set; }

    /// <summary>Whether the last part is meant.</summary>
    [Parameter]
    public SwitchParameter Leaf { get; set; }

    /// <summary>Whether the last part without its extension is meant.</summary>
    [Parameter]
    public SwitchParameter LeafBase { get; set; }

    /// <summary>Whether the extension is meant.</summary>
    [Parameter]
    public SwitchParameter Extension { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var path in Path)
        {
            WriteObject(Leaf ? SessionState.Path.ParseChildName(path)
                : LeafBase ? System.IO.Path.GetFileNameWithoutExtension(path)
                : Extension ? System.IO.Path.GetExtension(path)
                : SessionState.Path.ParseParent(path, root: null));
        }
    }
}
