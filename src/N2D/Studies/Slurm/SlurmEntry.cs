namespace N2D.Studies;

/// <summary>A place of an array in the queue of Slurm, or one that ended a short time ago.</summary>
/// <param name="JobName">The name of the job.</param>
/// <param name="Place">The place in the array.</param>
/// <param name="JobId">The id, such as <c>12_3</c>.</param>
/// <param name="State">The state in Slurm's words, such as <c>RUNNING</c>.</param>
/// <param name="Reason">Why it waits or ended; null if there is no reason.</param>
/// <param name="Node">The computer; null if it has none yet.</param>
internal sealed record SlurmEntry(string JobName, int Place, string JobId, string State, string? Reason, string? Node)
{
    /// <summary>The format of squeue that <see cref="Parse"/> reads: the same in all versions, unlike its JSON.</summary>
    public const string Format = "%i|%K|%T|%N|%j|%r";

    private static readonly string[] EndedStates =
    [
        "BOOT_FAIL", "CANCELLED", "COMPLETED", "DEADLINE", "FAILED", "NODE_FAIL", "OUT_OF_MEMORY", "PREEMPTED", "REVOKED", "TIMEOUT",
    ];

    /// <summary>Whether it waits or runs.</summary>
    public bool IsAlive => !EndedStates.Contains(State);

    /// <summary>Parses a line of squeue; null if it is not a place of an array.</summary>
    public static SlurmEntry? Parse(string line)
    {
        var parts = line.Split('|', 6);
        return parts.Length == 6 && int.TryParse(parts[1], out var place)
            ? new SlurmEntry(parts[4], place, parts[0], parts[2], Known(parts[5]), Known(parts[3]))
            : null;
    }

    private static string? Known(string text) => text is "" or "None" or "N/A" or "(null)" ? null : text;
}
