namespace N2D.Devices;

/// <summary>
/// Makes the GPU of the current thread, and of the tasks that it starts, an emulated one: ILGPU runs the kernels on the processor. So
/// kernels are tested on machines without a GPU. Emulation is slow.
/// </summary>
internal sealed class EmulatedGpu : IDisposable
{
    private static readonly AsyncLocal<EmulatedGpu?> OfThread = new();

    private readonly Lazy<GpuSession> _session;

    private EmulatedGpu(bool hasLargeTiles, long freeBytes) =>
        _session = new Lazy<GpuSession>(() => GpuSession.Emulate(hasLargeTiles, freeBytes));

    /// <summary>The emulated GPU; null if there is none.</summary>
    public static EmulatedGpu? Current => OfThread.Value;

    /// <summary>The session of the emulated GPU.</summary>
    public GpuSession Session => _session.Value;

    /// <summary>Whether this GPU failed.</summary>
    public FailedGpus Failed { get; } = new();

    /// <summary>Starts the emulation. It ends when the result is disposed.</summary>
    /// <param name="hasLargeTiles">Whether groups of threads have the size for GPUs, which is far slower.</param>
    /// <param name="freeBytes">The free memory that the GPU reports.</param>
    public static EmulatedGpu Start(bool hasLargeTiles = false, long freeBytes = 1L << 30) =>
        OfThread.Value = new EmulatedGpu(hasLargeTiles, freeBytes);

    /// <inheritdoc/>
    public void Dispose()
    {
        OfThread.Value = null;
        if (_session.IsValueCreated)
        {
            _session.Value.Dispose();
        }
    }
}
