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

    /// <summary>How much nobody uses, in bytes; what the system merely keeps of files counts as free.</summary>
    public static long FreeBytes
    {
        get
        {
            // The runtime asks the system at each collection; the smallest one brings its figures up to date.
            GC.Collect(0);
            var now = GC.GetGCMemoryInfo(GCKind.Any);
            return Math.Max(0, now.TotalAvailableMemoryBytes - now.MemoryLoadBytes);
        }
    }
}
