namespace N2D.PowerShell;

/// <summary>Completes the names of devices. It does not check whether they exist: that would load libtorch, half a gigabyte.</summary>
public sealed class DeviceNameCompleter : ValueCompleter
{
    internal static readonly (string Name, string Meaning)[] Devices =
    [
        ("auto", "the best available device"), ("cpu", "the processor"), ("cuda", "the first NVIDIA GPU"), ("cuda:1", "the second "
            + "NVIDIA GPU"), ("mps", "the GPU of an Apple computer"),
    ];

    /// <inheritdoc/>
    private protected override IEnumerable<(string Name, string Meaning)> ValuesOf(string cmdlet, string parameter) => Devices;
}
