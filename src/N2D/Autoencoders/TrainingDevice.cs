using TorchSharp;

namespace N2D.Autoencoders;

/// <summary>Finds the device that was asked for.</summary>
internal static class TrainingDevice
{
    /// <summary>The device of a choice.</summary>
    /// <param name="device">The choice.</param>
    /// <exception cref="N2DException">
    /// libtorch cannot be loaded (<c>TorchUnavailable</c>), or there is no such device (<c>DeviceUnavailable</c>).
    /// </exception>
    public static torch.Device Resolve(ComputeDevice device)
    {
        TorchRuntime.EnsureLoaded();
        return device switch
        {
            ComputeDevice.Cpu => torch.CPU,
            ComputeDevice.Cuda when torch.cuda.is_available() => new torch.Device(DeviceType.CUDA, 0),
            ComputeDevice.Mps when torch.mps_is_available() => new torch.Device(DeviceType.MPS),
            ComputeDevice.Auto when torch.cuda.is_available() => new torch.Device(DeviceType.CUDA, 0),
            ComputeDevice.Auto when torch.mps_is_available() => new torch.Device(DeviceType.MPS),
            ComputeDevice.Auto => torch.CPU,
            ComputeDevice.Cuda => throw Unavailable(
                device, "There is no CUDA device: this build of the module has no CUDA, or the machine has no NVIDIA GPU with a driver."),
            _ => throw Unavailable(device, "There is no MPS device: only Apple computers with an Apple GPU have one."),
        };
    }

    /// <summary>How a device is named in results: <c>cpu</c>, <c>cuda:0</c>, <c>mps</c>.</summary>
    public static string NameOf(torch.Device device) => device.type switch
    {
        DeviceType.CUDA => $"cuda:{Math.Max(device.index, 0)}",
        DeviceType.MPS => "mps",
        _ => "cpu",
    };

    private static N2DException Unavailable(ComputeDevice device, string reason) =>
        new("DeviceUnavailable", ErrorKind.Unavailable, $"{reason} Use -Device Cpu, or -Device Auto for the best there is.", device);
}
