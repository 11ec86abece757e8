using System.Runtime.InteropServices;
using System.Text;

namespace N2D.Devices;

/// <summary>
/// Reads the names, capabilities and memory sizes of the GPUs from NVIDIA's driver, as TorchSharp does not report them. The driver
/// numbers the GPUs like libtorch: both follow <c>CUDA_VISIBLE_DEVICES</c>. (CUDA Driver API reference, 6.5 to 6.8, 6.13.)
/// </summary>
internal sealed unsafe class CudaDriver
{
    private const int NameLength = 256;

    private readonly Func<string, nint> _symbol;

    /// <summary>Wraps the functions of a driver.</summary>
    /// <param name="symbol">Returns the address of a function of the driver by name; 0 if the driver does not have it.</param>
    internal CudaDriver(Func<string, nint> symbol) => _symbol = symbol;

    /// <summary>Loads the driver of this machine; null if none is installed.</summary>
    public static CudaDriver? OfThisMachine()
    {
        var name = OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1";
        return !OperatingSystem.IsMacOS() && NativeLibrary.TryLoad(name, out var library)
            ? new CudaDriver(symbol => NativeLibrary.TryGetExport(library, symbol, out var address) ? address : 0)
            : null;
    }

    /// <summary>Lists the GPUs that this process may use, in order; empty if the driver does not work.</summary>
    /// <param name="withFreeMemory">
    /// Whether to read the free memory. This creates a context on each GPU and takes some tenths of a second.
    /// </param>
    public IReadOnlyList<CudaGpu> Gpus(bool withFreeMemory)
    {
        int count;
        var init = (delegate* unmanaged<uint, int>)_symbol("cuInit");
        var getCount = (delegate* unmanaged<int*, int>)_symbol("cuDeviceGetCount");
        return init == null || getCount == null || init(0) != 0 || getCount(&count) != 0
            ? []
            : [.. Enumerable.Range(0, count).Select(index => Describe(index, withFreeMemory)).OfType<CudaGpu>()];
    }

    /// <summary>Returns the free memory of a GPU in bytes; null if the driver does not report it.</summary>
    /// <param name="index">The index of the GPU, from 0.</param>
    public long? FreeBytes(int index) => Gpus(withFreeMemory: false).Any(gpu => gpu.Index == index) ? FreeBytesOf(index) : null;

    private CudaGpu? Describe(int index, bool withFreeMemory)
    {
        int device;
        nuint total;
        var name = stackalloc byte[NameLength];
        var getDevice = (delegate* unmanaged<int*, int, int>)_symbol("cuDeviceGet");
        var getName = (delegate* unmanaged<byte*, int, int, int>)_symbol("cuDeviceGetName");
        var getTotal = (delegate* unmanaged<nuint*, int, int>)_symbol("cuDeviceTotalMem_v2");
        if (getDevice == null || getName == null || getTotal == null
            || getDevice(&device, index) != 0 || getName(name, NameLength, device) != 0 || getTotal(&total, device) != 0)
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name));
        return new CudaGpu(index, text, (long)total, withFreeMemory ? FreeBytesOf(index) : null) { Capability = CapabilityOf(device) };
    }

    private Version? CapabilityOf(int device)
    {
        const int MajorAttribute = 75;
        const int MinorAttribute = 76;
        int major;
        int minor;
        var get = (delegate* unmanaged<int*, int, int, int>)_symbol("cuDeviceGetAttribute");
        return get == null || get(&major, MajorAttribute, device) != 0 || get(&minor, MinorAttribute, device) != 0
            ? null
            : new Version(major, minor);
    }

    /// <summary>Reads the free memory in the primary context, which libtorch uses too, and releases the context.</summary>
    private long? FreeBytesOf(int index)
    {
        int device;
        nint context;
        nint popped;
        nuint free;
        nuint total;
        var getDevice = (delegate* unmanaged<int*, int, int>)_symbol("cuDeviceGet");
        var retain = (delegate* unmanaged<nint*, int, int>)_symbol("cuDevicePrimaryCtxRetain");
        var release = (delegate* unmanaged<int, int>)_symbol("cuDevicePrimaryCtxRelease_v2");
        var push = (delegate* unmanaged<nint, int>)_symbol("cuCtxPushCurrent_v2");
        var pop = (delegate* unmanaged<nint*, int>)_symbol("cuCtxPopCurrent_v2");
        var getInfo = (delegate* unmanaged<nuint*, nuint*, int>)_symbol("cuMemGetInfo_v2");
        if (getDevice == null || retain == null || release == null || push == null || pop == null || getInfo == null
            || getDevice(&device, index) != 0 || retain(&context, device) != 0)
        {
            return null;
        }

        var isKnown = false;
        free = 0;
        if (push(context) == 0)
        {
            isKnown = getInfo(&free, &total) == 0;
            pop(&popped);
        }

        release(device);
        return isKnown ? (long)free : null;
    }
}

/// <summary>An NVIDIA GPU.</summary>
/// <param name="Index">The index of the GPU, from 0.</param>
/// <param name="Name">The name from the driver.</param>
/// <param name="TotalBytes">The total memory, in bytes.</param>
/// <param name="FreeBytes">The free memory, in bytes; null if it was not read or is not known.</param>
internal sealed record CudaGpu(int Index, string Name, long TotalBytes, long? FreeBytes)
{
    /// <summary>The least compute capability that runs the kernels of this library: that of Maxwell.</summary>
    private static readonly Version LeastCapability = new(5, 0);

    /// <summary>The compute capability; null if the driver does not report it.</summary>
    public Version? Capability { get; init; }

    /// <summary>Whether the compute capability suffices for the kernels of this library, as far as the driver reports it.</summary>
    public bool RunsKernels => Capability is null || Capability >= LeastCapability;
}
