using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;

namespace N2D.Devices;

/// <summary>
/// An NVIDIA GPU that runs kernels written in C#, which ILGPU compiles to PTX and the driver to the code of the GPU. Starting one takes
/// about a second, so the process keeps it for later work.
/// </summary>
internal sealed class GpuSession : IDisposable
{
    /// <summary>The share of the free memory that work may use. The driver needs some, and so do other processes.</summary>
    private const double UsableShare = 0.9;

    // One piece of work at a time: a second one could take the memory that the first has checked.
    private static readonly SemaphoreSlim Turn = new(1, 1);
    private static readonly Lazy<bool> ResolvesDriver = new(ResolveDriver);

    private static GpuSession? s_open;

    private readonly Context _context;
    private readonly long? _emulatedBytes;

    private GpuSession(ComputeDevice device, Context context, Accelerator accelerator, bool hasLargeTiles, long? emulatedBytes = null)
    {
        (Device, _context, Accelerator, HasLargeTiles, _emulatedBytes) = (device, context, accelerator, hasLargeTiles, emulatedBytes);
    }

    /// <summary>The device.</summary>
    public ComputeDevice Device { get; }

    /// <summary>The device, as ILGPU sees it.</summary>
    public Accelerator Accelerator { get; }

    /// <summary>Whether kernels use groups of threads of the size for GPUs. An emulated group is fast only if it is one thread.</summary>
    public bool HasLargeTiles { get; }

    /// <summary>The memory that work may use, in bytes.</summary>
    public long FreeBytes => (long)(UsableShare * (_emulatedBytes ?? ((CudaAccelerator)Accelerator).GetFreeMemory()));

    /// <summary>Runs work on a GPU. Only one piece of work runs at a time.</summary>
    /// <param name="device">The GPU.</param>
    /// <param name="execution">Its token cancels the wait for other work.</param>
    /// <param name="work">The work. It checks the token between launches.</param>
    /// <exception cref="N2DException">
    /// The device is not available (<c>DeviceUnavailable</c>), its memory is too small (<c>OutOfDeviceMemory</c>), or it failed
    /// (<c>DeviceFailed</c>). A device that failed is closed, and later work starts it again.
    /// </exception>
    public static TResult Use<TResult>(ComputeDevice device, Execution execution, Func<GpuSession, TResult> work)
    {
        Turn.Wait(execution.CancellationToken);
        try
        {
            return OnOwnThread(() => Run(device, work));
        }
        finally
        {
            Turn.Release();
        }
    }

    /// <summary>Starts a GPU that is emulated on the processor, for tests.</summary>
    /// <param name="hasLargeTiles">Whether groups of threads have the size for GPUs.</param>
    /// <param name="freeBytes">The free memory that it reports.</param>
    public static GpuSession Emulate(bool hasLargeTiles, long freeBytes)
    {
        var context = Create(builder => builder.CPU(hasLargeTiles ? new CPUDevice(32, 2, 1) : new CPUDevice(2, 1, 2)));
        return new GpuSession(ComputeDevice.Cuda, context, context.CreateCPUAccelerator(0), hasLargeTiles, freeBytes);
    }

    /// <summary>Creates a context for kernels of this library.</summary>
    /// <param name="addDevices">Adds the devices.</param>
    /// <remarks>
    /// ILGPU's level O2 declares branches uniform that are not: those of loops whose counters depend on earlier divergent branches, such as
    /// in heaps. The GPU may then execute them wrongly. O1 declares none.
    /// </remarks>
    public static Context Create(Action<Context.Builder> addDevices) => Context.Create(builder =>
    {
        KernelMath.AddTo(builder);
        addDevices(builder.Optimize(OptimizationLevel.O1));
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Accelerator.Dispose();
        }
        catch (AcceleratorException)
        {
            // A GPU that is lost cannot release its memory. The driver does.
        }
        finally
        {
            _context.Dispose();
        }
    }

    /// <summary>
    /// Runs work on a thread of its own. ILGPU makes its context the current one of a thread, where libtorch would use it instead of its
    /// own, and fail.
    /// </summary>
    private static TResult OnOwnThread<TResult>(Func<TResult> work)
    {
        TResult? result = default;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                result = work();
            }
            catch (Exception error)
            {
                failure = ExceptionDispatchInfo.Capture(error);
            }
        })
        {
            // A kernel that hangs must not keep the process from ending.
            IsBackground = true,
        };
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result!;
    }

    private static TResult Run<TResult>(ComputeDevice device, Func<GpuSession, TResult> work)
    {
        try
        {
            return work(EmulatedGpu.Current?.Session ?? Open(device));
        }
        catch (Exception error) when (GpuFailure.Of(error, device) is { } failure)
        {
            if (failure.Id == GpuFailure.Failed)
            {
                Close();
            }

            throw failure;
        }
    }

    private static GpuSession Open(ComputeDevice device)
    {
        if (s_open is not null && s_open.Device != device)
        {
            Close();
        }

        return s_open ??= Start(device);
    }

    private static GpuSession Start(ComputeDevice device)
    {
        _ = ResolvesDriver.Value;
        var context = Create(builder => builder.Cuda());
        try
        {
            // ILGPU leaves out devices whose driver it cannot use, so their position is not their index.
            var gpu = context.Devices.OfType<CudaDevice>().FirstOrDefault(found => found.DeviceId == device.Index)
                ?? throw DeviceChoice.Unavailable(device, $"{device} cannot run the kernels: {GpuFailure.OldDriver}");
            return GpuFailure.ProblemOf(gpu.Architecture, gpu.InstructionSet) is { } problem
                ? throw DeviceChoice.Unavailable(device, $"{device} ({gpu.Name}) cannot run the kernels: {problem}")
                : new GpuSession(device, context, gpu.CreateAccelerator(context), hasLargeTiles: true);
        }
        catch
        {
            context.Dispose();
            throw;
        }
    }

    private static void Close()
    {
        s_open?.Dispose();
        s_open = null;
    }

    /// <summary>ILGPU looks for libcuda.so, which some Linux systems have only with development packages.</summary>
    private static bool ResolveDriver()
    {
        NativeLibrary.SetDllImportResolver(typeof(Context).Assembly, (name, _, _) =>
            name == "cuda" && OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libcuda.so.1", out var driver) ? driver : 0);
        return true;
    }
}
