using System.Globalization;

namespace N2D;

/// <summary>The memory of the machine or, in a container with a limit, that limit.</summary>
internal static class MachineMemory
{
    /// <summary>How much there is, in bytes.</summary>
    public static long TotalBytes => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <summary>An amount of memory as text, such as <c>381.5 MiB</c>.</summary>
    /// <param name="byteCount">The amount.</param>
    public static string TextOf(long byteCount) => string.Create(CultureInfo.InvariantCulture, $"{byteCount / (double)(1 << 20):F1} MiB");

    /// <summary>
    /// How much this process can still take, in bytes: what is free on the machine or in the container, and no more than its own limit
    /// (<c>DOTNET_GCHeapHardLimit</c>) leaves it. Files that the system merely caches count as free.
    /// </summary>
    public static long FreeBytes
    {
        get
        {
            // The runtime asks the system at each collection; the smallest one brings its figures up to date.
            GC.Collect(0);
            var now = GC.GetGCMemoryInfo(GCKind.Any);

            // With a limit, the total is the limit. The machine's own is known by the load that the runtime calls high, a share of it.
            var machine = GC.GetConfigurationVariables().TryGetValue("GCHighMemPercent", out var value) && value is long and > 0 and <= 100
                ? (long)(now.HighMemoryLoadThresholdBytes * 100.0 / (long)value)
                : now.TotalAvailableMemoryBytes;
            return FreeOf(machine, now.MemoryLoadBytes, now.TotalAvailableMemoryBytes, now.HeapSizeBytes);
        }
    }

    /// <summary>What a process can still take.</summary>
    /// <param name="machine">The machine's memory.</param>
    /// <param name="load">What all processes use of it.</param>
    /// <param name="limit">The process's own limit.</param>
    /// <param name="heap">What it uses of that.</param>
    internal static long FreeOf(long machine, long load, long limit, long heap) => Math.Max(0, Math.Min(machine - load, limit - heap));
}
