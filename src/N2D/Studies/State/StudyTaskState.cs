namespace N2D.Studies;

/// <summary>The states of a task.</summary>
public enum StudyTaskState
{
    /// <summary>It was not started, or it is not certain yet what became of it.</summary>
    Waiting,

    /// <summary>It is in the queue.</summary>
    Queued,

    /// <summary>A process runs it.</summary>
    Running,

    /// <summary>It has a result.</summary>
    Done,

    /// <summary>It ended with an error, ran out of memory, or reached the time limit.</summary>
    Failed,

    /// <summary>It was canceled or lost before it had a result.</summary>
    Stopped,
}
