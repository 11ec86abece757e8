namespace N2D.PowerShell;

/// <summary>Completes the names of devices. It does not look which of them are there: that would load libtorch, half a gigabyte, at the press of a key.</summary>
public sealed class DeviceNameCompleter : ValueCompleter
{
    private static readonly (string Name, string Meaning)[] Devices =
    [
        ("auto", "the best there is"), ("cpu", "the processor"), ("cuda", "the first NVIDIA GPU"), ("cuda:1", "the second NVIDIA GPU"), ("mps", "the GPU of an Apple computer"),
    ];

    /// <inheritdoc/>
    private protected override IEnumerable<(string Name, string Meaning)> ValuesOf(string cmdlet, string parameter) => Devices;
}
