using System.Globalization;
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
        return device.Kind switch
        {
            ComputeDeviceKind.Cpu => torch.CPU,
            ComputeDeviceKind.Cuda => Cuda(device),
            ComputeDeviceKind.Mps when torch.mps_is_available() => new torch.Device(DeviceType.MPS),
            ComputeDeviceKind.Mps => throw Unavailable(device, "There is no MPS device: only Apple computers with an Apple GPU have one."),
            _ => Best(),
        };
    }

    /// <summary>How a device is named in results: <c>cpu</c>, <c>cuda:0</c>, <c>mps</c>.</summary>
    public static string NameOf(torch.Device device) => device.type switch
    {
        DeviceType.CUDA => string.Create(CultureInfo.InvariantCulture, $"cuda:{Math.Max(device.index, 0)}"),
        DeviceType.MPS => "mps",
        _ => "cpu",
    };

    /// <summary>The bytes of a device's memory that nobody uses; null if it does not tell.</summary>
    public static long? FreeBytes(torch.Device device) =>
        device.type == DeviceType.CUDA ? CudaDriver.OfThisMachine()?.FreeBytes(Math.Max(device.index, 0)) : null;

    private static torch.Device Best()
    {
        if (CudaSupport.Problem() is null)
        {
            var gpus = CudaSupport.Gpus(withFreeMemory: torch.cuda.device_count() > 1);
            return new torch.Device(DeviceType.CUDA, CudaSupport.Best(gpus));
        }

        return torch.mps_is_available() ? new torch.Device(DeviceType.MPS) : torch.CPU;
    }

    private static torch.Device Cuda(ComputeDevice device)
    {
        if (CudaSupport.Problem() is { } problem)
        {
            throw Unavailable(device, $"There is no CUDA device to train on. {problem}");
        }

        var count = torch.cuda.device_count();
        return device.Index < count
            ? new torch.Device(DeviceType.CUDA, device.Index)
            : throw Unavailable(device, $"There is no {device}: the machine has {count} of them that this process may use, from cuda:0.");
    }

    private static N2DException Unavailable(ComputeDevice device, string reason) =>
        new("DeviceUnavailable", ErrorKind.Unavailable, $"{reason} Use -Device Cpu, or -Device Auto for the best there is.", device.ToString());
}
