using System.Management.Automation;
using N2D.Autoencoders;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Lists the devices that an autoencoder may be trained on: cpu, cuda:0 and on, mps.</para>
/// <para type="description">With each comes its memory, whether this build of the module can use it, what is in the way if not, and whether -Device auto would take it.</para>
/// </summary>
[Cmdlet(VerbsCommon.Get, "N2DDevice")]
[OutputType(typeof(DeviceInfo))]
public sealed class GetN2DDeviceCommand : N2DCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessObject() =>
        WriteObject(RunLong("Looking for devices", 0, _ => ComputeDevices.List()), enumerateCollection: true);
}
