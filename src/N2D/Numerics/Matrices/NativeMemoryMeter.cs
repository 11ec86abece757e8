using System.Diagnostics.Metrics;

namespace N2D.Numerics;

/// <summary>
/// Counts the native memory of the kernels, which the garbage collector does not see. <c>dotnet-counters monitor --counters N2D</c> shows
/// it while a program runs.
/// </summary>
internal static class NativeMemoryMeter
{
    /// <summary>The name of the meter.</summary>
    public const string Name = "N2D";

    private static readonly Meter Meter = new(Name);

    private static readonly UpDownCounter<long> Bytes =
        Meter.CreateUpDownCounter<long>("n2d.native_memory.usage", "By", "Native memory of matrices, vectors and convolutions.");

    /// <summary>Records an allocation, or with a negative number that memory was freed.</summary>
    /// <param name="bytes">The number of bytes.</param>
    public static void Add(long bytes) => Bytes.Add(bytes);
}
