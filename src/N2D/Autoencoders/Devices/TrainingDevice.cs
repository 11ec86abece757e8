using N2D.Devices;

namespace N2D.Autoencoders;

/// <summary>Chooses the device of a training. Does not load libtorch if there is no GPU.</summary>
internal static class TrainingDevice
{
    /// <summary>Returns an available device: the requested one, or the best one for <see cref="ComputeDevice.Auto"/>.</summary>
    /// <param name="device">The requested device.</param>
    /// <exception cref="N2DException">
    /// The device is not available (<c>DeviceUnavailable</c>), or libtorch, which it requires, cannot be loaded (<c>TorchUnavailable</c>).
    /// </exception>
    public static ComputeDevice Resolve(ComputeDevice device) => device.Kind switch
    {
        ComputeDeviceKind.Cpu => ComputeDevice.Cpu,
        ComputeDeviceKind.Cuda => Cuda(device),
        ComputeDeviceKind.Mps when OperatingSystem.IsMacOS() && TorchRuntime.HasMps => ComputeDevice.Mps,
        ComputeDeviceKind.Mps => throw Unavailable(device, "There is no MPS device. It requires an Apple computer with an Apple GPU."),
        _ => Best(),
    };

    /// <summary>Returns the free memory of a device in bytes; null if it is not known.</summary>
    public static long? FreeBytes(ComputeDevice device) =>
        device.Kind == ComputeDeviceKind.Cuda ? CudaDriver.OfThisMachine()?.FreeBytes(device.Index) : null;

    private static ComputeDevice Best()
    {
        if (CudaSupport.Problem() is null)
        {
            var gpus = NvidiaGpus.List(withFreeMemory: TorchRuntime.CudaDeviceCount > 1);
            return new ComputeDevice(ComputeDeviceKind.Cuda, NvidiaGpus.Best(gpus));
        }

        return OperatingSystem.IsMacOS() && LibtorchFolder.Problem is null && TorchRuntime.HasMps ? ComputeDevice.Mps : ComputeDevice.Cpu;
    }

    private static ComputeDevice Cuda(ComputeDevice device)
    {
        if (CudaSupport.Problem() is { } problem)
        {
            throw Unavailable(device, $"CUDA is not available. {problem}");
        }

        var count = TorchRuntime.CudaDeviceCount;
        return device.Index < count
            ? device
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
            Options = [nameof(AutoencoderOptions.Device), .. LibtorchRelease.OptionsOf(reason)],
        };
}
