using TorchSharp;

namespace N2D.Autoencoders;

/// <summary>Whether training on NVIDIA GPUs works here, and what keeps it from that: TorchSharp falls back to the processor without a word.</summary>
internal static class CudaSupport
{
    /// <summary>What keeps libtorch from the GPUs, and what to do about it; null if nothing does. The machine's reason comes before libtorch's: without a GPU no libtorch helps.</summary>
    public static string? Problem()
    {
        var libtorch = TorchRuntime.CudaProblem;
        if (libtorch is null && torch.cuda.is_available())
        {
            return null;
        }

        var driver = CudaDriver.OfThisMachine();
        return OperatingSystem.IsMacOS() || libtorch is null ? libtorch ?? ProblemOf(driver) : string.Join(' ', new[] { MachineProblem(driver), libtorch }.OfType<string>());
    }

    /// <summary>Why the machine has no GPU of NVIDIA's, as far as its driver tells; null if it has one.</summary>
    public static string? MachineProblem() => MachineProblem(CudaDriver.OfThisMachine());

    /// <summary>
    /// What went wrong though everything seems to be there: a libtorch with CUDA on a machine with a GPU, and no training on it; null if there is no such surprise.
    /// </summary>
    public static string? Surprise() => TorchRuntime.HasCuda && Problem() is { } problem && Gpus(withFreeMemory: false).Count > 0 ? problem : null;

    /// <summary>The NVIDIA GPUs of the machine, usable or not.</summary>
    public static IReadOnlyList<CudaGpu> Gpus(bool withFreeMemory) => CudaDriver.OfThisMachine()?.Gpus(withFreeMemory) ?? [];

    /// <summary>The GPU to take where any would do: the one with the most free memory, and of those the first.</summary>
    public static int Best(IReadOnlyList<CudaGpu> gpus) => gpus.OrderByDescending(gpu => gpu.FreeBytes ?? 0).ThenBy(gpu => gpu.Index).FirstOrDefault()?.Index ?? 0;

    /// <summary>Why a libtorch with CUDA finds no GPU, by what the driver says.</summary>
    internal static string ProblemOf(CudaDriver? driver) => MachineProblem(driver) is { } problem
        ? problem
        : $"NVIDIA's driver knows of {driver!.Gpus(withFreeMemory: false).Count} ({driver.Gpus(withFreeMemory: false)[0].Name}), but libtorch cannot use it: the driver is likely older than the CUDA that this "
            + "libtorch was built for (12.8 needs 570 or later, 13 needs 580).";

    private static string? MachineProblem(CudaDriver? driver) => driver is null
        ? "NVIDIA's driver is not installed on this machine, or not where the system looks for it."
        : driver.Gpus(withFreeMemory: false).Count > 0 ? null : "NVIDIA's driver is installed, but finds no GPU that this process may use; look at nvidia-smi, and at CUDA_VISIBLE_DEVICES.";
}
