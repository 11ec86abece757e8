using System.Collections.Concurrent;

namespace N2D.Devices;

/// <summary>
/// GPUs that failed in this process. <see cref="ComputeDevice.Auto"/> does not use them again, so that each call need not wait for another
/// failure and warn of it. A device that is requested by name is tried again. Thread-safe.
/// </summary>
internal sealed class FailedGpus
{
    private static readonly FailedGpus OfProcess = new();

    private readonly ConcurrentDictionary<ComputeDevice, string> _reasons = new();

    /// <summary>Those of the process, or of the emulated GPU.</summary>
    public static FailedGpus Current => EmulatedGpu.Current?.Failed ?? OfProcess;

    /// <summary>The message of the failure of a device; null if it did not fail, or worked later.</summary>
    public string? ReasonOf(ComputeDevice device) => _reasons.GetValueOrDefault(device);

    /// <summary>Remembers a failure. Too little memory is none: other work may fit.</summary>
    public void Add(ComputeDevice device, N2DException error, string message)
    {
        if (error.Id != GpuFailure.OutOfMemory)
        {
            _reasons[device] = message;
        }
    }

    /// <summary>Forgets the failure of a device that works again.</summary>
    public void Remove(ComputeDevice device) => _reasons.TryRemove(device, out _);
}
