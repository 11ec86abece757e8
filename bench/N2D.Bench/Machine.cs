using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace N2D.Bench;

/// <summary>The machine that a table is measured on.</summary>
internal static class Machine
{
    /// <summary>Processors, vector instructions, and the version of .NET.</summary>
    public static string Description => string.Create(
        CultureInfo.InvariantCulture,
        $"{Environment.ProcessorCount} processors ({ProcessorName}), {Instructions}, .NET {Environment.Version}");

    private static string Instructions =>
        Vector512.IsHardwareAccelerated ? "AVX-512"
        : Fma.IsSupported ? "AVX2 and FMA"
        : Vector256.IsHardwareAccelerated ? "AVX2"
        : Vector128.IsHardwareAccelerated ? "vectors of 128 bits" : "no vectors";

    /// <summary>The processor's name as Linux gives it; elsewhere, the architecture.</summary>
    private static string ProcessorName
    {
        get
        {
            const string Path = "/proc/cpuinfo";
            var line = File.Exists(Path)
                ? File.ReadLines(Path).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
                : null;
            return line?[(line.IndexOf(':') + 1)..].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
        }
    }
}
