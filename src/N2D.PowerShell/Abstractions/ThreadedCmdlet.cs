using System.Management.Automation;

namespace N2D.PowerShell;

/// <summary>Base class of the cmdlets that run on several threads.</summary>
public abstract class ThreadedCmdlet : N2DCmdlet
{
    /// <summary>
    /// <para type="description">The number of threads. Default: all processors. Range: 1 to 1024.</para>
    /// </summary>
    [Parameter]
    [Alias("n_jobs")]
    [ValidateRange(1, 1024)]
    [WholeNumber]
    public int ThreadCount { get; set; } = Processors.Count;
}
