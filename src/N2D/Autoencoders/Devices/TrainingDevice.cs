using System.Globalization;
using TorchSharp;

namespace N2D.Autoencoders;

/// <summary>Finds libtorch's devices.</summary>
internal static class TrainingDevice
{
    /// <summary>Returns the libtorch device of a <see cref="ComputeDevice"/>.</summary>
    /// <param name="device">The device.</param>
    /// <exception cref="N2DException">
    /// libtorch cannot be loaded (<c>TorchUnavailable</c>), or the device is not available (<c>DeviceUnavailable</c>).
    /// </exception>
    public static torch.Device Resolve(ComputeDevice device)
    {
        TorchRuntime.EnsureLoaded();
        return device.Kind switch
        {
            ComputeDeviceKind.Cpu => torch.CPU,
            ComputeDeviceKind.Cuda => Cuda(device),
            ComputeDeviceKind.Mps when torch.mps_is_available() => new torch.Device(DeviceType.MPS),
            ComputeDeviceKind.Mps => throw Unavailable(device, "There is no MPS device. It requires an Apple computer with an Apple GPU."),
            _ => Best(),
        };
    }

    /// <summary>Returns the name of a device in results: <c>cpu</c>, <c>cuda:0</c>, <c>mps</c>.</summary>
    public static string NameOf(torch.Device device) => device.type switch
    {
        DeviceType.CUDA => string.Create(CultureInfo.InvariantCulture, $"cuda:{Math.Max(device.index, 0)}"),
        DeviceType.MPS => "mps",
        _ => "cpu",
    };

    /// <summary>Returns the free memory of a device in bytes; null if it is not known.</summary>
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
            throw Unavailable(device, $"CUDA is not available. {problem}");
        }

        var count = torch.cuda.device_count();
        return device.Index < count
            ? new torch.Device(DeviceType.CUDA, device.Index)
            : throw Unavailable(
                device, $"There is no device {device}: this process can use {Quantity.Of(count, "CUDA device")}, numbered from cuda:0.");
    }

    private static N2DException Unavailable(ComputeDevice device, string reason) =>
        new(
            "DeviceUnavailable",
            ErrorKind.Unavailable,
            $"{reason} Set Device to Cpu, or to Auto for the best available device.",
            device.ToString())
        {
            Options = [nameof(AutoencoderOptions.Device)],
        };
}
