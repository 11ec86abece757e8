using N2D.Devices;

namespace N2D.Autoencoders;

/// <summary>Finds out whether training on NVIDIA GPUs works, and if not, why. TorchSharp would silently use the CPU instead.</summary>
internal static class CudaSupport
{
    /// <summary>
    /// Explains why libtorch cannot use the GPUs and what to do about it; null if it can. The machine's problem comes before libtorch's:
    /// without a GPU, a different libtorch does not help. Loads libtorch only if there is a GPU and a libtorch with CUDA.
    /// </summary>
    public static string? Problem()
    {
        var (driver, libtorch) = (CudaDriver.OfThisMachine(), TorchRuntime.CudaProblem);
        var machine = NvidiaGpus.Problem(driver);
        return machine is null && libtorch is null ? ProblemOfLoaded(driver)
            : OperatingSystem.IsMacOS() ? libtorch
            : string.Join(' ', new[] { machine, libtorch }.OfType<string>());
    }

    /// <summary>
    /// Explains why training does not work although the machine has a GPU and libtorch has CUDA, or should have; null if it works, or if
    /// one of them is missing.
    /// </summary>
    public static string? Surprise() =>
        NvidiaGpus.List(withFreeMemory: false).Count > 0
            && (TorchRuntime.HasCuda || (LibtorchFolder.Chosen is not null && LibtorchFolder.Problem is not null))
            ? Problem()
            : null;

    /// <summary>Explains why a libtorch with CUDA finds no GPU, from what the driver reports.</summary>
    internal static string ProblemOf(CudaDriver? driver) => NvidiaGpus.Problem(driver) is { } problem
        ? problem
        : $"NVIDIA's driver finds {Quantity.Of(driver!.Gpus(withFreeMemory: false).Count, "GPU")} "
            + $"({driver.Gpus(withFreeMemory: false)[0].Name}), "
            + "but libtorch cannot use it. The driver is probably older than the CUDA version that libtorch was built for "
            + "(CUDA 12.8 needs driver 570 or later, CUDA 13 needs 580 or later). Update the driver.";

    private static string? ProblemOfLoaded(CudaDriver? driver)
    {
        try
        {
            return TorchRuntime.CudaDeviceCount > 0 ? null : TorchRuntime.CudaProblem ?? ProblemOf(driver);
        }
        catch (N2DException error)
        {
            return error.Message;
        }
    }
}
