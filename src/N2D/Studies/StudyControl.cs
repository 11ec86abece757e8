namespace N2D.Studies;

/// <summary>Looks at a study and stops it.</summary>
public static class StudyControl
{
    /// <summary>Returns the states of the tasks of a study, in order.</summary>
    /// <param name="folder">The study.</param>
    /// <param name="cancellation">Stops waiting for Slurm.</param>
    public static IReadOnlyList<StudyTaskStatus> StatesOf(StudyFolder folder, CancellationToken cancellation) =>
        StatesOf(folder, new SlurmCommands(), cancellation);

    /// <summary>Returns the states of the tasks of a study, in order.</summary>
    internal static IReadOnlyList<StudyTaskStatus> StatesOf(StudyFolder folder, SlurmCommands slurm, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var tasks = folder.ReadTasks();
        var states = new StudyStates(folder, slurm, cancellation);
        StudyTaskStatus[] found = [.. tasks.Select(states.Of)];
        foreach (var (task, status) in tasks.Zip(found).Where(pair => pair.Second.State == StudyTaskState.Failed))
        {
            // Slurm forgets ended jobs after some minutes.
            TaskWork.KeepFailure(folder, task, status.Reason);
        }

        return found;
    }

    /// <summary>Puts a running job of Slurm back into the queue.</summary>
    /// <param name="jobId">The id of the job.</param>
    public static void Requeue(string jobId) => new SlurmCommands().Requeue(jobId);

    /// <summary>Cancels what waits or runs. Results are kept.</summary>
    /// <param name="folder">The study.</param>
    /// <param name="cancellation">Stops waiting for Slurm.</param>
    /// <exception cref="N2DException">Slurm does not cancel its jobs (<c>SlurmRefused</c>, <c>SlurmSilent</c>).</exception>
    public static void Stop(StudyFolder folder, CancellationToken cancellation) => Stop(folder, new SlurmCommands(), cancellation);

    /// <summary>Cancels what waits or runs. Results are kept.</summary>
    internal static void Stop(StudyFolder folder, SlurmCommands slurm, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(folder);
        using var alone = folder.Lock();
        var states = new StudyStates(folder, slurm, cancellation);
        foreach (var submission in states.Submissions.Where(submission => !submission.IsSlurm))
        {
            StudyFolder.WriteText(submission.StopFileIn(folder), "");
        }

        // Ids rather than names: scancel takes one name only. The id of a place is ARRAY_PLACE; that of the array cancels all its places.
        string[] jobs = [.. states.Queue.Where(entry => entry.IsAlive).Select(entry => entry.JobId.Split('_')[0]).Distinct()];
        if (jobs.Length > 0)
        {
            slurm.Cancel(jobs, cancellation);
        }
    }
}
