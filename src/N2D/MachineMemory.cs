using System.Globalization;

namespace N2D;

/// <summary>The memory of the machine, or of the container if it has a limit.</summary>
internal static class MachineMemory
{
    /// <summary>The total memory, in bytes.</summary>
    public static long TotalBytes => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <summary>Formats an amount of memory, such as <c>381.5 MiB</c>.</summary>
    /// <param name="byteCount">The amount, in bytes.</param>
    public static string TextOf(long byteCount) => string.Create(CultureInfo.InvariantCulture, $"{byteCount / (double)(1 << 20):F1} MiB");

    /// <summary>
    /// The memory that this process can still allocate, in bytes: the free memory of the machine or container, within the process's own
    /// limit (<c>DOTNET_GCHeapHardLimit</c>). The system's file cache counts as free.
    /// </summary>
    public static long FreeBytes
    {
        get
        {
            // The runtime updates these numbers at each collection; the smallest collection is enough.
            GC.Collect(0);
            var now = GC.GetGCMemoryInfo(GCKind.Any);

            // With a limit, TotalAvailableMemoryBytes is the limit. The high-load threshold is a known share of the machine's memory.
            var machine = GC.GetConfigurationVariables().TryGetValue("GCHighMemPercent", out var value) && value is long and > 0 and <= 100
                ? (long)(now.HighMemoryLoadThresholdBytes * 100.0 / (long)value)
                : now.TotalAvailableMemoryBytes;
            return FreeOf(machine, now.MemoryLoadBytes, now.TotalAvailableMemoryBytes, now.HeapSizeBytes);
        }
    }

    /// <summary>Computes the memory that a process can still allocate.</summary>
    /// <param name="machine">The machine's memory.</param>
    /// <param name="load">The part of it that is in use by all processes.</param>
    /// <param name="limit">The limit of the process.</param>
    /// <param name="heap">The part of the limit that is in use.</param>
    internal static long FreeOf(long machine, long load, long limit, long heap) => Math.Max(0, Math.Min(machine - load, limit - heap));
}
