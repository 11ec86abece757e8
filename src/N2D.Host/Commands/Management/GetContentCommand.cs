using System.Management.Automation;

namespace N2D.Host.Commands.Management;

/// <summary>Stands in for Get-Content: the lines of text files.</summary>
[Cmdlet(VerbsCommon.Get, "Content", DefaultParameterSetName = "Path")]
[OutputType(typeof(string))]
public sealed class GetContentCommand : PSCmdlet
{
    /// <summary>The files; wildcards are welcome.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = "Path")]
    public string[] Path { get; set; } = [];

    /// <summary>The files, their names taken as they are.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "LiteralPath")]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Whether the file comes as one text.</summary>
    [Parameter]
    public SwitchParameter Raw { get; set; }

    /// <summary>How many lines from the start. Default: all.</summary>
    [Parameter]
    [Alias("First", "Head")]
    [ValidateRange(0L, long.MaxValue)]
    public long TotalCount { get; set; } = long.MaxValue;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var file in this.ResolveFiles(Path, LiteralPath))
        {
            this.Refusing("GetContent", file, () => Read(file));
        }
    }

    private void Read(string file)
    {
        if (Raw)
        {
            WriteObject(File.ReadAllText(file));
            return;
        }

        var count = 0L;
        foreach (var line in File.ReadLines(file))
        {
            if (Stopping || count++ >= TotalCount)
            {
                return;
            }

            WriteObject(line);
        }
    }
}
