using System.Management.Automation;
using N2D.Models;

namespace N2D.PowerShell;

/// <summary>What the cmdlets share that fit a stage or a clusterer to each embedding that comes down the pipeline.</summary>
public abstract class FittingCmdlet : N2DCmdlet
{
    private int? _seed;

    /// <summary>
    /// <para type="description">The embedding to fit to: a data set, or what another stage made of one.</para>
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public Embedding InputObject { get; set; } = null!;

    /// <summary>
    /// <para type="description">The seed of everything random here. Default: the seed of the stage before, else 0.
    /// The same seed gives the same result.</para>
    /// </summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Seed
    {
        get => _seed ?? InputObject?.Seed ?? 0;
        set => _seed = value;
    }

    /// <summary>
    /// <para type="description">The number of threads. Default: all processors.</para>
    /// </summary>
    [Parameter]
    [ValidateRange(1, 1024)]
    public int ThreadCount { get; set; } = Environment.ProcessorCount;
}
