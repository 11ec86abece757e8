using System.Management.Automation;
using N2D.Autoencoders;

namespace N2D.PowerShell.Commands;

/// <summary>Base class of the cmdlets that install and remove libtorch.</summary>
public abstract class BackendCmdlet : N2DCmdlet
{
    /// <summary>
    /// <para type="description">The kind of libtorch. Cuda is for NVIDIA GPUs, and requires Linux or Windows on an x64 processor. Default:
    /// Cpu.</para>
    /// </summary>
    [Parameter(Position = 1)]
    public LibtorchKind Kind { get; set; }
}
