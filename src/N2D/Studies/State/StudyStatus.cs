namespace N2D.Studies;

/// <summary>How far a study is: the number of tasks in each state. Immutable.</summary>
public sealed class StudyStatus
{
    /// <summary>Counts tasks.</summary>
    /// <param name="path">The folder of the study.</param>
    /// <param name="tasks">The states of its tasks.</param>
    public StudyStatus(string path, IReadOnlyList<StudyTaskStatus> tasks)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        Path = path;
        TaskCount = tasks.Count;
        var counts = tasks.CountBy(task => task.State).ToDictionary();
        (Done, Running, Queued, Waiting, Failed, Stopped) = (Of(StudyTaskState.Done), Of(StudyTaskState.Running),
            Of(StudyTaskState.Queued), Of(StudyTaskState.Waiting), Of(StudyTaskState.Failed), Of(StudyTaskState.Stopped));

        int Of(StudyTaskState state) => counts.GetValueOrDefault(state);
    }

    /// <summary>The number of tasks.</summary>
    public int TaskCount { get; }

    /// <summary>Tasks with a result.</summary>
    public int Done { get; }

    /// <summary>Tasks that a process runs.</summary>
    public int Running { get; }

    /// <summary>Tasks in the queue.</summary>
    public int Queued { get; }

    /// <summary>Tasks that were not started, or whose state is not certain yet.</summary>
    public int Waiting { get; }

    /// <summary>Tasks that ended with an error.</summary>
    public int Failed { get; }

    /// <summary>Tasks that were canceled or lost.</summary>
    public int Stopped { get; }

    /// <summary>The folder of the study.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Path}: {Done} of {Quantity.Of(TaskCount, "task")} done";
}
