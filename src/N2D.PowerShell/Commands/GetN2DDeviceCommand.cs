using System.Management.Automation;
using N2D.Autoencoders;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Lists the devices that can run stages: cpu, cuda:0 and so on, mps.</para>
/// <para type="description">For each device: its memory, whether this build of the module can train autoencoders on it, the reason if it
/// cannot, whether -Device auto selects it for training, and what it can run (Stages): on a GPU, Autoencoder requires libtorch, and
/// Neighbors (the search for neighbors of manifold learners), Umap (its layout) and KMeans only the driver, and compute capability 5.0 or
/// later. LibtorchFolder is the folder of the libtorch that is used, if there is one.</para>
/// </summary>
[Cmdlet(VerbsCommon.Get, "N2DDevice")]
[OutputType(typeof(DeviceInfo))]
public sealed class GetN2DDeviceCommand : N2DCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessObject() =>
        WriteObject(RunLong("Finding devices", 0, ComputeDevices.List), enumerateCollection: true);
}
