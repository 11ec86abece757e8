using System.Diagnostics;

namespace N2D.Studies;

/// <summary>Looks at a study and stops it.</summary>
public static class StudyControl
{
    private static readonly TimeSpan ShortPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongPause = TimeSpan.FromSeconds(30);

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

    /// <summary>Waits until no task runs or is in a queue.</summary>
    /// <param name="folder">The study.</param>
    /// <param name="execution">Progress and cancellation.</param>
    public static void Wait(StudyFolder folder, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(execution);
        var pause = ShortPause;
        while (StatesOf(folder, execution.CancellationToken) is var states && states.Any(task => task.IsPending()))
        {
            var status = new StudyStatus(folder.Path, states);
            execution.Report($"{status.Done} of {states.Count} done, {status.Running} running", (double)status.Done / states.Count);
            StudyTaskStatus[] pending = [.. states.Where(task => task.IsPending())];
            WaitForResults(folder, [.. pending.Select(task => task.Key)], pause, execution.CancellationToken);
            pause = NextPause(pause, isSlurm: pending.Any(task => task.JobId is not null));
        }
    }

    /// <summary>The pause before the next question. Slurm serves all users, so it is asked less and less.</summary>
    internal static TimeSpan NextPause(TimeSpan pause, bool isSlurm) =>
        !isSlurm ? ShortPause : 2 * pause < LongPause ? 2 * pause : LongPause;

    /// <summary>Waits for some time, or until all tasks have results or failed: looking at files costs Slurm nothing.</summary>
    private static void WaitForResults(StudyFolder folder, HashSet<string> keys, TimeSpan time, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        do
        {
            cancellation.WaitHandle.WaitOne(ShortPause);
            cancellation.ThrowIfCancellationRequested();
        }
        while (clock.Elapsed < time && !HaveEnded(folder, keys));
    }

    /// <summary>Whether all tasks have a result or a reason of a failure.</summary>
    internal static bool HaveEnded(StudyFolder folder, HashSet<string> keys) =>
        keys.IsSubsetOf(folder.NamesIn(StudyPart.Results).Union(folder.NamesIn(StudyPart.Failures)));

    /// <summary>Puts a running job of Slurm back into the queue.</summary>
    /// <param name="jobId">The id of the job.</param>
    public static void Requeue(string jobId) => new SlurmCommands().Requeue(jobId);

    /// <summary>Cancels what waits or runs. Results are kept.</summary>
    /// <param name="folder">The study.</param>
    /// <param name="cancellation">Stops waiting for Slurm.</param>
    /// <exception cref="N2DException">
    /// Slurm does not cancel its jobs (<c>SlurmRefused</c>, <c>SlurmSilent</c>), or the folder is a copy of another study
    /// (<c>StudyCopied</c>).
    /// </exception>
    public static void Stop(StudyFolder folder, CancellationToken cancellation) => Stop(folder, new SlurmCommands(), cancellation);

    /// <summary>Cancels what waits or runs. Results are kept.</summary>
    internal static void Stop(StudyFolder folder, SlurmCommands slurm, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(folder);
        using var alone = folder.Lock();
        if (folder.FindOriginal() is { } original)
        {
            throw new N2DException(
                "StudyCopied",
                ErrorKind.InvalidArgument,
                $"'{folder.Path}' is a copy of the study '{original}', and its tasks are those of the original. Stop the original, or "
                    + "start tasks of the copy first: it then becomes a study of its own.",
                folder.Path);
        }

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
