namespace N2D.Studies;

/// <summary>The state of a task. Immutable.</summary>
/// <param name="Index">The position of the task in the study, from 0.</param>
/// <param name="State">The state.</param>
/// <param name="Kind">The kind of task.</param>
/// <param name="Dataset">The name of the data set.</param>
/// <param name="Method">The methods; null unless the task compares methods.</param>
/// <param name="Seed">The seed; null if the task applies a model.</param>
/// <param name="Parameter">The parameters, such as <c>Epoch = 50</c>, or null if the task has no parameters.</param>
/// <param name="Reason">Why the task waits, failed or was stopped; null if there is no reason.</param>
/// <param name="Node">The computer that the task runs or ran on; null if it has not started.</param>
/// <param name="JobId">The id of the Slurm job, or null if the task does not run under Slurm.</param>
/// <param name="LogPath">The log of its process, or null if no log exists.</param>
/// <param name="Key">The name of the files of the task.</param>
public sealed record StudyTaskStatus(
    int Index,
    StudyTaskState State,
    StudyTaskKind Kind,
    string Dataset,
    string? Method,
    int? Seed,
    string? Parameter,
    string? Reason,
    string? Node,
    string? JobId,
    string? LogPath,
    string Key)
{
    /// <summary>Whether the task was started, now or earlier. A waiting task that was started may end by itself.</summary>
    internal bool IsStarted { get; init; }

    /// <summary>Returns what the task is: its data, its methods or kind, its seed and its parameters.</summary>
    public override string ToString()
    {
        string?[] parts =
            [Method ?? (Kind == StudyTaskKind.Fit ? "fit" : null), Seed is { } seed ? $"seed {seed}" : null, Parameter];
        return $"{Dataset}: {string.Join(", ", parts.OfType<string>())}".TrimEnd(' ', ':');
    }

    /// <summary>Whether the task may get a result without being started again.</summary>
    public bool IsPending() => State is StudyTaskState.Running or StudyTaskState.Queued || (State == StudyTaskState.Waiting && IsStarted);
}
