using System.Globalization;

namespace N2D.Autoencoders;

/// <summary>Where an autoencoder is trained: the best there is, or a device by name.</summary>
/// <param name="Kind">What kind of device.</param>
/// <param name="Index">Which of several GPUs, from 0.</param>
public readonly record struct ComputeDevice(ComputeDeviceKind Kind, int Index = 0)
{
    /// <summary>The best there is: the NVIDIA GPU with the most free memory, else Apple's GPU, else the processor.</summary>
    public static ComputeDevice Auto => default;

    /// <summary>The processor.</summary>
    public static ComputeDevice Cpu => new(ComputeDeviceKind.Cpu);

    /// <summary>The first NVIDIA GPU; needs a libtorch with CUDA.</summary>
    public static ComputeDevice Cuda => new(ComputeDeviceKind.Cuda);

    /// <summary>The GPU of an Apple computer.</summary>
    public static ComputeDevice Mps => new(ComputeDeviceKind.Mps);

    /// <summary>Reads a name: <c>auto</c>, <c>cpu</c>, <c>cuda</c>, <c>cuda:1</c>, <c>mps</c>, in letters of any case. PowerShell calls it for text.</summary>
    /// <param name="text">The name.</param>
    /// <exception cref="N2DException">It is another (<c>UnknownDevice</c>).</exception>
    public static ComputeDevice Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Trim().Split(':');
        var isKind = Enum.TryParse<ComputeDeviceKind>(parts[0], ignoreCase: true, out var kind) && Enum.IsDefined(kind) && char.IsLetter(parts[0][0]);
        if (isKind && parts.Length == 1)
        {
            return new ComputeDevice(kind);
        }

        return isKind && kind == ComputeDeviceKind.Cuda && parts.Length == 2 && byte.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? new ComputeDevice(kind, index)
            : throw new N2DException(
                "UnknownDevice", ErrorKind.InvalidArgument, $"'{text}' is no device: there are auto, cpu, cuda, cuda:0, cuda:1 and so on, and mps. Get-N2DDevice lists this machine's.", text);
    }

    /// <summary>The name: <c>auto</c>, <c>cpu</c>, <c>cuda:0</c>, <c>mps</c>.</summary>
    public override string ToString() => Kind switch
    {
        ComputeDeviceKind.Auto => "auto",
        ComputeDeviceKind.Cpu => "cpu",
        ComputeDeviceKind.Cuda => string.Create(CultureInfo.InvariantCulture, $"cuda:{Index}"),
        _ => "mps",
    };
}

/// <summary>A kind of device.</summary>
public enum ComputeDeviceKind
{
    /// <summary>Whichever is best.</summary>
    Auto,

    /// <summary>The processor.</summary>
    Cpu,

    /// <summary>An NVIDIA GPU.</summary>
    Cuda,

    /// <summary>The GPU of an Apple computer.</summary>
    Mps,
}
