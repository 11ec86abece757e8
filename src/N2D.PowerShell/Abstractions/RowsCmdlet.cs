using System.Management.Automation;
using N2D.Pipeline;

namespace N2D.PowerShell;

/// <summary>What the cmdlets share that work, on several threads, on the rows that come down the pipeline.</summary>
public abstract class RowsCmdlet : N2DCmdlet
{
    /// <summary>
    /// <para type="description">The rows: a data set or an embedding.</para>
    /// </summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [Takes(typeof(Embedding))]
    [AllowNull]
    public Embedding InputObject { get; set; } = null!;

    /// <summary>
    /// <para type="description">The number of threads. Default: all processors.</para>
    /// </summary>
    [Parameter]
    [Alias("n_jobs")]
    [ValidateRange(1, 1024)]
    [WholeNumber]
    public int ThreadCount { get; set; } = Environment.ProcessorCount;

    /// <summary>What has to be typed after the cmdlet's name, where it cannot do without; for advice.</summary>
    private protected virtual string Arguments => "";

    /// <summary>Refuses what was given as rows and is none before anything else is looked at.</summary>
    protected override void BeginProcessing()
    {
        if (IsBound(nameof(InputObject)))
        {
            ThrowIfNoDataset(InputObject, Arguments);
        }

        base.BeginProcessing();
    }

    /// <summary>Works on <see cref="InputObject"/>, which is a data set or what a stage made of one.</summary>
    protected abstract void ProcessRows();

    /// <inheritdoc/>
    protected sealed override void ProcessObject()
    {
        ThrowIfNoDataset(InputObject, Arguments);
        ProcessRows();
    }
}
