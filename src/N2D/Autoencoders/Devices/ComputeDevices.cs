using System.Runtime.InteropServices;
using N2D.Devices;
using N2D.Files;

namespace N2D.Autoencoders;

/// <summary>The devices of this machine.</summary>
public static class ComputeDevices
{
    private const string Training = "Autoencoder";
    private const string Kernels = "Neighbors, Umap, KMeans";

    /// <summary>
    /// Lists the CPU, the NVIDIA GPUs and the Apple GPU, whether they are usable or not. If there is no NVIDIA GPU, a device <c>cuda</c>
    /// is listed with the reason, except on macOS.
    /// </summary>
    /// <param name="execution">Names the options in problems.</param>
    /// <remarks>Loads libtorch only if there is a GPU that it may be able to use.</remarks>
    public static IReadOnlyList<DeviceInfo> List(Execution execution)
    {
        ArgumentNullException.ThrowIfNull(execution);
        var cudaProblem = CudaSupport.Problem();
        var best = TrainingDevice.Resolve(ComputeDevice.Auto).ToString();
        var gpus = NvidiaGpus.List(withFreeMemory: cudaProblem is null);
        var libtorch = LibtorchFolder.Problem is null ? LibtorchFolder.Find() : null;
        DeviceInfo[] devices =
        [
            Processor(best),
            .. gpus.Select(gpu => Gpu(gpu, cudaProblem, best)),
            .. gpus.Count == 0 && !OperatingSystem.IsMacOS() ? [NoGpu(NvidiaGpus.Problem())] : Array.Empty<DeviceInfo>(),
            .. OperatingSystem.IsMacOS() && libtorch is not null && TorchRuntime.HasMps ? [AppleGpu(best)] : Array.Empty<DeviceInfo>(),
        ];
        return [.. devices.Select(device => device with
        {
            LibtorchFolder = libtorch,
            Problem = device.Problem is { } problem ? execution.Name(problem, [.. LibtorchRelease.OptionsOf(problem)]) : null,
        })];
    }

    /// <summary>Describes an NVIDIA GPU.</summary>
    internal static DeviceInfo Gpu(CudaGpu gpu, string? problem, string best)
    {
        var name = new ComputeDevice(ComputeDeviceKind.Cuda, gpu.Index).ToString();
        return new DeviceInfo(name, gpu.Name, gpu.TotalBytes, gpu.FreeBytes, problem is null, name == best, problem)
        {
            Stages = (problem, gpu.RunsKernels) switch
            {
                (null, true) => $"{Training}, {Kernels}",
                (null, false) => Training,
                (_, true) => Kernels,
                _ => null,
            },
        };
    }

    private static DeviceInfo NoGpu(string? problem) => new("cuda", "no NVIDIA GPU", null, null, IsUsable: false, IsBest: false, problem);

    private static DeviceInfo Processor(string best)
    {
        var memory = GC.GetGCMemoryInfo();
        var free = Math.Max(0, memory.TotalAvailableMemoryBytes - memory.MemoryLoadBytes);
        return new DeviceInfo(
            ComputeDevice.Cpu.ToString(), ProcessorModel(), memory.TotalAvailableMemoryBytes, free, IsUsable: true,
            best == ComputeDevice.Cpu.ToString(), WithoutLibtorch(LibtorchFolder.Problem))
        {
            Stages = "all",
        };
    }

    /// <summary>Describes the Apple GPU, which shares the memory of the CPU.</summary>
    private static DeviceInfo AppleGpu(string best)
    {
        var name = ComputeDevice.Mps.ToString();
        return Processor(best) with { Name = name, Model = "Apple GPU", IsBest = best == name, Problem = null, Stages = Training };
    }

    /// <summary>Says what the processor cannot train if libtorch is missing.</summary>
    private static string? WithoutLibtorch(string? problem) => problem is null
        ? null
        : "Only networks of Kind Dense or Denoising with Activation Relu, without Dropout, in Float32 or TensorFloat32, can be trained: "
            + problem;

    private static string ProcessorModel()
    {
        const string LinuxDescription = "/proc/cpuinfo";
        var model = OperatingSystem.IsLinux() && File.Exists(LinuxDescription)
            ? SharedFile.ReadLines(LinuxDescription)
                .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[^1]
                .Trim()
            : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        return $"{model ?? RuntimeInformation.ProcessArchitecture.ToString()}, {Quantity.Of(Environment.ProcessorCount, "thread")}";
    }
}
