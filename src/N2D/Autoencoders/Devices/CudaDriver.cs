using System.Runtime.InteropServices;
using System.Text;

namespace N2D.Autoencoders;

/// <summary>
/// What NVIDIA's driver tells of the GPUs: names and memory, which libtorch's own interface for .NET does not have. It numbers them as libtorch does, both by
/// <c>CUDA_VISIBLE_DEVICES</c>. (CUDA Driver API reference, 6.5 to 6.8, 6.13.)
/// </summary>
internal sealed unsafe class CudaDriver
{
    private const int NameLength = 256;

    private readonly Func<string, nint> _symbol;

    /// <summary>Makes one of the driver's functions.</summary>
    /// <param name="symbol">The address of a function of the driver, by name; 0 if there is none.</param>
    internal CudaDriver(Func<string, nint> symbol) => _symbol = symbol;

    /// <summary>The machine's driver; null if it has none.</summary>
    public static CudaDriver? OfThisMachine()
    {
        var name = OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1";
        return !OperatingSystem.IsMacOS() && NativeLibrary.TryLoad(name, out var library)
            ? new CudaDriver(symbol => NativeLibrary.TryGetExport(library, symbol, out var address) ? address : 0)
            : null;
    }

    /// <summary>The GPUs that this process may use, in order; none where the driver does not work.</summary>
    /// <param name="withFreeMemory">Whether to ask for the free memory, which takes a context on each and some tenths of a second.</param>
    public IReadOnlyList<CudaGpu> Gpus(bool withFreeMemory)
    {
        int count;
        var init = (delegate* unmanaged<uint, int>)_symbol("cuInit");
        var getCount = (delegate* unmanaged<int*, int>)_symbol("cuDeviceGetCount");
        return init == null || getCount == null || init(0) != 0 || getCount(&count) != 0
            ? []
            : [.. Enumerable.Range(0, count).Select(index => Describe(index, withFreeMemory)).OfType<CudaGpu>()];
    }

    /// <summary>The bytes of a GPU's memory that nobody uses; null if the driver does not tell.</summary>
    /// <param name="index">Which GPU, from 0.</param>
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
        return new CudaGpu(index, text, (long)total, withFreeMemory ? FreeBytesOf(index) : null);
    }

    /// <summary>Asks in the context that libtorch uses as well, and gives it back.</summary>
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

        var isTold = false;
        free = 0;
        if (push(context) == 0)
        {
            isTold = getInfo(&free, &total) == 0;
            pop(&popped);
        }

        release(device);
        return isTold ? (long)free : null;
    }
}

/// <summary>An NVIDIA GPU.</summary>
/// <param name="Index">Its number, from 0.</param>
/// <param name="Name">What NVIDIA calls it.</param>
/// <param name="TotalBytes">Its memory.</param>
/// <param name="FreeBytes">What nobody uses of it; null if that was not asked for or not told.</param>
internal sealed record CudaGpu(int Index, string Name, long TotalBytes, long? FreeBytes);
