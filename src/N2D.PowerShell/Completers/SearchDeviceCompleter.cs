namespace N2D.PowerShell;

/// <summary>Completes the names of devices that can search neighbors.</summary>
public sealed class SearchDeviceCompleter : ValueCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<(string Name, string Meaning)> ValuesOf(string cmdlet, string parameter) =>
        DeviceNameCompleter.Devices.Where(device => device.Name != "mps");
}
