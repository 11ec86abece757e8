using System.Globalization;

namespace N2D;

/// <summary>The processors that this process may use.</summary>
public static class Processors
{
    /// <summary>
    /// The number of processors: those of the machine that affinity and control groups (Linux) leave to this process, and not more than
    /// Slurm gave to its task (<c>SLURM_CPUS_PER_TASK</c>), because many clusters count processors without binding processes to them.
    /// </summary>
    public static int Count { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("SLURM_CPUS_PER_TASK"), CultureInfo.InvariantCulture, out var count) && count > 0
            ? Math.Min(count, Environment.ProcessorCount)
            : Environment.ProcessorCount;
}
