using System.Management.Automation;
using N2D.Devices;
using N2D.Manifolds;

namespace N2D.PowerShell;

/// <summary>Base of the cmdlets that fit a manifold learner to the nearest neighbors of each row.</summary>
public abstract class NeighborManifoldCmdlet : ManifoldCmdlet
{
    /// <summary>
    /// <para type="description">The device that searches the neighbors, and that optimizes the layout of UMAP: cpu, cuda, cuda:1 or auto.
    /// A GPU requires only its driver, and searches exactly for any number of rows. The rest runs on the processor. With auto, a GPU is
    /// used for large work, if there is one; if it fails, a warning says why, and the processor is used. The kernels have not been measured
    /// on a GPU yet: see docs/gpu.md. Default: cpu.</para>
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(SearchDeviceCompleter))]
    public ComputeDevice? Device { get; set; }

    /// <summary>The options that the other parameters make.</summary>
    /// <exception cref="N2DException">A parameter is out of its range.</exception>
    protected abstract NeighborManifoldOptions NeighborOptions();

    /// <inheritdoc/>
    protected sealed override ManifoldOptions Options() => NeighborOptions() with { Device = Device ?? ComputeDevice.Cpu };
}
