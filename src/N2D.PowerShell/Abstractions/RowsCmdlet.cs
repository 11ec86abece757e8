using System.Management.Automation;
using N2D.Autoencoders;
using N2D.Pipeline;

namespace N2D.PowerShell;

/// <summary>Base class of the cmdlets that process the rows of the pipeline on several threads.</summary>
public abstract class RowsCmdlet : ThreadedCmdlet
{
    /// <summary>
    /// <para type="description">The rows: a data set or an embedding.</para>
    /// </summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [Takes(typeof(Embedding))]
    [AllowNull]
    public Embedding InputObject { get; set; } = null!;

    /// <summary>The mandatory arguments of the cmdlet, for messages.</summary>
    private protected virtual string Arguments => "";

    /// <summary>Rejects input that is not a data set before anything else is checked.</summary>
    protected override void BeginProcessing()
    {
        if (IsBound(nameof(InputObject)))
        {
            ThrowIfNoDataset(InputObject, Arguments);
        }

        base.BeginProcessing();
    }

    /// <summary>Processes <see cref="InputObject"/>, which is a data set or an embedding.</summary>
    protected abstract void ProcessRows();

    /// <summary>Returns the checkpoint of a training; null without a path.</summary>
    /// <param name="path">The path, as the user gives it.</param>
    /// <param name="intervalSeconds">The minimum number of seconds between two saves.</param>
    private protected CheckpointFile? CheckpointOf(string? path, int intervalSeconds) =>
        path is null ? null : new CheckpointFile(ResolveFilePath(path), TimeSpan.FromSeconds(intervalSeconds));

    /// <inheritdoc/>
    protected sealed override void ProcessObject()
    {
        ThrowIfNoDataset(InputObject, Arguments);
        ProcessRows();
    }
}
