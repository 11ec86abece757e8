using N2D.Autoencoders;
using N2D.Devices;

namespace N2D.Tests.Autoencoders;

/// <summary>A test on a system for which there is a libtorch with CUDA. It needs no GPU.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CudaSystemFactAttribute : FactAttribute
{
    public CudaSystemFactAttribute() =>
        Skip = FakeLibtorch.System is "linux-x64" or "win-x64" ? null : $"There is no libtorch with CUDA for {FakeLibtorch.System}.";
}

/// <summary>A test of what a libtorch without CUDA says.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NoCudaFactAttribute : FactAttribute
{
    public NoCudaFactAttribute() => Skip = TorchRuntime.HasCuda ? "The libtorch of the tests has CUDA." : null;
}

/// <summary>A test of what a machine without an NVIDIA GPU says.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NoGpuFactAttribute : FactAttribute
{
    public NoGpuFactAttribute() =>
        Skip = OperatingSystem.IsMacOS() ? "macOS has no CUDA."
            : NvidiaGpus.List(withFreeMemory: false).Count > 0 ? "There is a GPU."
            : null;
}
