namespace N2D.Studies;

/// <summary>Says in plain words what Slurm means by an error.</summary>
internal static class SlurmRefusal
{
    /// <summary>Parts of Slurm's messages, in the order in which they are looked for, and what they mean.</summary>
    private static readonly (string Text, string Meaning)[] Meanings =
    [
        ("invalid partition", "The cluster has no such partition. sinfo lists the partitions."),
        ("invalid account", "The account cannot be used with these options. Ask the operator of the cluster for your accounts."),
        ("invalid qos", "The cluster has no such QOS, or the account cannot use it."),
        ("generic resource", "The cluster does not have the resources of Gres. sinfo -o '%P %G' lists them."),
        ("node configuration is not available", "No node of the partition has so much memory, or so many processors or GPUs."),
        ("memory specification", "No node of the partition has so much memory."),
        ("more processors requested than permitted", "No node of the partition has so many processors."),
        ("time limit", "The time is longer than the partition allows. sinfo -o '%P %l' lists the limits."),
        ("invalid feature", "No node has the features of Constraint."),
        ("limit", "A limit of the cluster for jobs is reached."),
        ("unrecognized option", "The version of Slurm on this cluster does not have one of the options."),
        ("invalid", "Slurm does not accept a value of the options."),
    ];

    /// <summary>Returns a sentence about an error.</summary>
    /// <param name="command">The command that failed.</param>
    /// <param name="message">What it wrote.</param>
    public static string Explain(string command, string message) => command switch
    {
        "sbatch" => "Slurm refuses the job. " + (Meanings.FirstOrDefault(entry =>
            message.Contains(entry.Text, StringComparison.OrdinalIgnoreCase)).Meaning ?? "Check the options of sbatch."),
        "squeue" => "The queue of Slurm cannot be read.",
        "scancel" => "Slurm does not cancel the jobs.",
        _ => "A command of Slurm failed.",
    };
}
