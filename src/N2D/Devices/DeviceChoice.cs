namespace N2D.Devices;

/// <summary>Chooses the device of a stage that has kernels for NVIDIA GPUs, and runs it there. Loads ILGPU only to run on a GPU.</summary>
internal static class DeviceChoice
{
    /// <summary>The name of the option that holds the device in all options records.</summary>
    public const string Option = "Device";

    /// <summary>Returns the device for a request: the processor, or a GPU.</summary>
    /// <param name="requested">The requested device. <see cref="ComputeDevice.Auto"/> is the GPU with the most free memory, if any.</param>
    /// <exception cref="N2DException">The device is not available (<c>DeviceUnavailable</c>).</exception>
    public static ComputeDevice Resolve(ComputeDevice requested) => requested.Kind switch
    {
        ComputeDeviceKind.Cpu => ComputeDevice.Cpu,
        ComputeDeviceKind.Cuda when EmulatedGpu.Current is not null => requested,
        ComputeDeviceKind.Cuda => Gpu(requested),
        ComputeDeviceKind.Auto when EmulatedGpu.Current is not null => ComputeDevice.Cuda,
        ComputeDeviceKind.Auto => Best(),
        _ => throw Unavailable(requested, "This stage has kernels for NVIDIA GPUs only."),
    };

    /// <summary>Returns the device of a stage, which may suit the processor better than any GPU.</summary>
    /// <param name="requested">The requested device.</param>
    /// <param name="processorOnly">
    /// The reason why the processor is better suited, as part of a sentence after "because"; null if there is none. A device that was
    /// requested by name ignores it.
    /// </param>
    /// <remarks>Without a reason, <see cref="ComputeDevice.Auto"/> opens a context on each GPU to read its free memory.</remarks>
    /// <exception cref="N2DException">The device is not available (<c>DeviceUnavailable</c>).</exception>
    public static ComputeDevice Resolve(ComputeDevice requested, string? processorOnly) =>
        requested.Kind == ComputeDeviceKind.Auto && processorOnly is not null ? ComputeDevice.Cpu : Resolve(requested);

    /// <summary>
    /// Runs a stage on the device for a request. If <see cref="ComputeDevice.Auto"/> selects a GPU that fails, warns, and runs the stage on
    /// the processor; later stages do so without a warning (<see cref="FailedGpus"/>).
    /// </summary>
    /// <param name="requested">The requested device.</param>
    /// <param name="device">The device that <see cref="Resolve(ComputeDevice, string?)"/> returned for it.</param>
    /// <param name="processorOnly">The reason why the processor is better suited; null if there is none.</param>
    /// <param name="onProcessor">The stage on the processor.</param>
    /// <param name="onGpu">The stage on a GPU.</param>
    /// <param name="execution">Gets warnings; its token cancels the wait for another stage on the GPU.</param>
    /// <returns>The result.</returns>
    /// <exception cref="N2DException">
    /// The device is not available (<c>DeviceUnavailable</c>), its memory is too small (<c>OutOfDeviceMemory</c>), or it failed
    /// (<c>DeviceFailed</c>).
    /// </exception>
    public static TResult Run<TResult>(
        ComputeDevice requested,
        ComputeDevice device,
        string? processorOnly,
        Func<TResult> onProcessor,
        Func<GpuSession, TResult> onGpu,
        Execution execution)
    {
        var isAuto = requested.Kind == ComputeDeviceKind.Auto;
        if (device == ComputeDevice.Cpu)
        {
            if (isAuto)
            {
                execution.Explain?.Invoke($"Device: the processor, because {processorOnly ?? "there is no NVIDIA GPU"}.");
            }

            return onProcessor();
        }

        if (isAuto && FailedGpus.Current.ReasonOf(device) is { } reason)
        {
            execution.Explain?.Invoke($"Device: the processor, because {device} failed before in this session. {reason}");
            return onProcessor();
        }

        try
        {
            var result = GpuSession.Use(device, execution, onGpu);
            FailedGpus.Current.Remove(device);
            return result;
        }
        catch (N2DException error) when (isAuto && GpuFailure.IsFailure(error))
        {
            var message = execution.MessageOf(error);
            FailedGpus.Current.Add(device, error, message);
            execution.Advise($"The processor is used instead of {device}. {message}");
            return onProcessor();
        }
    }

    /// <summary>The error of a device that cannot be used.</summary>
    /// <param name="device">The device.</param>
    /// <param name="reason">The reason, as sentences.</param>
    public static N2DException Unavailable(ComputeDevice device, string reason) => new(
        GpuFailure.Unavailable,
        ErrorKind.Unavailable,
        $"{reason} Set {Option} to Cpu, or to Auto for the best available device.",
        device.ToString())
    {
        Options = [Option],
    };

    private static ComputeDevice Best()
    {
        var gpus = NvidiaGpus.List(withFreeMemory: true);
        return gpus.Count == 0 ? ComputeDevice.Cpu : new ComputeDevice(ComputeDeviceKind.Cuda, NvidiaGpus.Best(gpus));
    }

    private static ComputeDevice Gpu(ComputeDevice device)
    {
        if (NvidiaGpus.Problem() is { } problem)
        {
            throw Unavailable(device, problem);
        }

        var count = NvidiaGpus.List(withFreeMemory: false).Count;
        return device.Index < count
            ? device
            : throw Unavailable(
                device, $"There is no device {device}: this process can use {Quantity.Of(count, "CUDA device")}, numbered from cuda:0.");
    }
}
