using System.Globalization;

namespace N2D.Devices;

/// <summary>The device of a stage: of the training of an autoencoder, or of the kernels of a manifold learner.</summary>
/// <param name="Kind">The kind of device.</param>
/// <param name="Index">The index of the GPU, from 0.</param>
public readonly record struct ComputeDevice(ComputeDeviceKind Kind, int Index = 0)
{
    /// <summary>
    /// The best available device: the NVIDIA GPU with the most free memory, otherwise the CPU; for training, the Apple GPU comes before the
    /// CPU. Work with kernels that suits the CPU better runs there.
    /// </summary>
    public static ComputeDevice Auto => default;

    /// <summary>The CPU.</summary>
    public static ComputeDevice Cpu => new(ComputeDeviceKind.Cpu);

    /// <summary>
    /// The first NVIDIA GPU. Training requires a libtorch with CUDA; kernels require only NVIDIA's driver, and compute capability 5.0 or
    /// later.
    /// </summary>
    public static ComputeDevice Cuda => new(ComputeDeviceKind.Cuda);

    /// <summary>The GPU of an Apple computer, for training only.</summary>
    public static ComputeDevice Mps => new(ComputeDeviceKind.Mps);

    /// <summary>
    /// Parses a name: <c>auto</c>, <c>cpu</c>, <c>cuda</c>, <c>cuda:1</c> or <c>mps</c>, in any case.
    /// </summary>
    /// <param name="text">The name.</param>
    /// <exception cref="N2DException">The name is not one of these (<c>UnknownDevice</c>).</exception>
    public static ComputeDevice Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Trim().Split(':');
        var isKind = Enum.TryParse<ComputeDeviceKind>(parts[0], ignoreCase: true, out var kind)
            && Enum.IsDefined(kind)
            && char.IsLetter(parts[0][0]);
        if (isKind && parts.Length == 1)
        {
            return new ComputeDevice(kind);
        }

        return isKind
            && kind == ComputeDeviceKind.Cuda
            && parts.Length == 2
            && byte.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? new ComputeDevice(kind, index)
            : throw new N2DException(
                "UnknownDevice",
                ErrorKind.InvalidArgument,
                $"Unknown device '{text}'. Use auto, cpu, cuda, cuda:0, cuda:1 and so on, or mps.",
                text);
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

/// <summary>The kinds of devices.</summary>
public enum ComputeDeviceKind
{
    /// <summary>The best available device.</summary>
    Auto,

    /// <summary>The CPU.</summary>
    Cpu,

    /// <summary>An NVIDIA GPU.</summary>
    Cuda,

    /// <summary>The GPU of an Apple computer, for training only.</summary>
    Mps,
}
