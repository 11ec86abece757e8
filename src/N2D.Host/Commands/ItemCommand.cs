using System.Management.Automation;

namespace N2D.Host.Commands;

/// <summary>What the commands on items of drives share: the engine's providers do the work, an item that fails does not end the others.</summary>
public abstract class ItemCommand : PSCmdlet
{
    /// <summary>Paths of items; wildcards are welcome.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "Path")]
    public virtual string[] Path { get; set; } = ["."];

    /// <summary>Paths of items, taken as they are.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "LiteralPath")]
    [Alias("PSPath", "LP")]
    public string[]? LiteralPath { get; set; }

    /// <summary>Whether hidden and write-protected items count, and what is there may go.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>The paths given.</summary>
    protected string[] Paths => LiteralPath ?? Path;

    /// <summary>Whether the paths are taken as they are.</summary>
    protected bool IsLiteral => LiteralPath is not null;

    /// <summary>Does the work on one path.</summary>
    /// <param name="path">As the user gave it.</param>
    protected abstract void Process(string path);

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        foreach (var path in Paths)
        {
            try
            {
                Process(path);
            }
            catch (Exception error) when (error is RuntimeException and not PipelineStoppedException)
            {
                WriteError(new ErrorRecord(((RuntimeException)error).ErrorRecord, error));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                WriteError(new ErrorRecord(error, GetType().Name, ErrorCategory.WriteError, path));
            }
        }
    }
}
