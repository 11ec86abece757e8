using System.Runtime.InteropServices;
using TorchSharp;

namespace N2D.Autoencoders;

/// <summary>The devices of this machine.</summary>
public static class ComputeDevices
{
    /// <summary>
    /// Lists the CPU, the NVIDIA GPUs and the Apple GPU, whether they are usable or not. If there is no NVIDIA GPU, a device <c>cuda</c>
    /// is listed with the reason, except on macOS.
    /// </summary>
    /// <exception cref="N2DException">libtorch cannot be loaded (<c>TorchUnavailable</c>).</exception>
    public static IReadOnlyList<DeviceInfo> List()
    {
        TorchRuntime.EnsureLoaded();
        var cudaProblem = CudaSupport.Problem();
        var best = TrainingDevice.NameOf(TrainingDevice.Resolve(ComputeDevice.Auto));
        var gpus = CudaSupport.Gpus(withFreeMemory: cudaProblem is null);
        return
        [
            Processor(best),
            .. gpus.Select(gpu => Gpu(gpu, cudaProblem, best)),
            .. gpus.Count == 0 && !OperatingSystem.IsMacOS() ? [NoGpu(CudaSupport.MachineProblem())] : Array.Empty<DeviceInfo>(),
            .. RuntimeInformation.IsOSPlatform(OSPlatform.OSX) && torch.mps_is_available() ? [AppleGpu(best)] : Array.Empty<DeviceInfo>(),
        ];
    }

    /// <summary>Describes an NVIDIA GPU.</summary>
    internal static DeviceInfo Gpu(CudaGpu gpu, string? problem, string best)
    {
        var name = new ComputeDevice(ComputeDeviceKind.Cuda, gpu.Index).ToString();
        return new DeviceInfo(name, gpu.Name, gpu.TotalBytes, gpu.FreeBytes, problem is null, name == best, problem);
    }

    private static DeviceInfo NoGpu(string? problem) => new("cuda", "no NVIDIA GPU", null, null, IsUsable: false, IsBest: false, problem);

    private static DeviceInfo Processor(string best)
    {
        var memory = GC.GetGCMemoryInfo();
        var free = Math.Max(0, memory.TotalAvailableMemoryBytes - memory.MemoryLoadBytes);
        return new DeviceInfo(
            ComputeDevice.Cpu.ToString(), ProcessorModel(), memory.TotalAvailableMemoryBytes, free, IsUsable: true,
            best == ComputeDevice.Cpu.ToString(), Problem: null);
    }

    /// <summary>Describes the Apple GPU, which shares the memory of the CPU.</summary>
    private static DeviceInfo AppleGpu(string best)
    {
        var name = ComputeDevice.Mps.ToString();
        return Processor(best) with { Name = name, Model = "Apple GPU", IsBest = best == name };
    }

    private static string ProcessorModel()
    {
        const string LinuxDescription = "/proc/cpuinfo";
        var model = OperatingSystem.IsLinux() && File.Exists(LinuxDescription)
            ? File.ReadLines(LinuxDescription)
                .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[^1]
                .Trim()
            : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        return $"{model ?? RuntimeInformation.ProcessArchitecture.ToString()}, {Quantity.Of(Environment.ProcessorCount, "thread")}";
    }
}
