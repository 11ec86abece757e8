namespace N2D.Devices;

/// <summary>The NVIDIA GPUs of this machine, from what the driver reports.</summary>
internal static class NvidiaGpus
{
    /// <summary>Explains why the driver finds no NVIDIA GPU; null if it finds one.</summary>
    public static string? Problem() => Problem(CudaDriver.OfThisMachine());

    /// <summary>Explains why a driver finds no NVIDIA GPU; null if it finds one.</summary>
    /// <param name="driver">The driver; null if none is installed.</param>
    public static string? Problem(CudaDriver? driver) => driver is null
        ? "NVIDIA's driver is not installed on this machine, or the system does not find it."
        : driver.Gpus(withFreeMemory: false).Count > 0 ? null
        : "NVIDIA's driver is installed, but finds no GPU that this process may use. Check nvidia-smi and CUDA_VISIBLE_DEVICES.";

    /// <summary>Lists the NVIDIA GPUs of the machine, usable or not.</summary>
    /// <param name="withFreeMemory">Whether to read the free memory, which takes some tenths of a second for each GPU.</param>
    public static IReadOnlyList<CudaGpu> List(bool withFreeMemory) => CudaDriver.OfThisMachine()?.Gpus(withFreeMemory) ?? [];

    /// <summary>Returns the index of the GPU with the most free memory, the first of several.</summary>
    public static int Best(IReadOnlyList<CudaGpu> gpus) =>
        gpus.OrderByDescending(gpu => gpu.FreeBytes ?? 0).ThenBy(gpu => gpu.Index).FirstOrDefault()?.Index ?? 0;
}
