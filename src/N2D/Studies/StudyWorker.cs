using System.Globalization;
using N2D.Files;

namespace N2D.Studies;

/// <summary>A process that runs tasks of a study: which tasks, and where it runs.</summary>
/// <remarks>
/// A process of a Slurm array runs the tasks of its place. Local processes share all places of their submission: each takes the next task
/// that no other process has claimed. The system releases a claim when the process ends, even if it is killed.
/// </remarks>
public sealed class StudyWorker : IDisposable
{
    private readonly StudyFolder _folder;
    private readonly IReadOnlyList<StudyTask> _tasks;
    private readonly FileStream? _presence;
    private readonly string? _stopFile;

    private StudyWorker(StudyFolder folder, IReadOnlyList<StudyTask> tasks, FileStream? presence, string? stopFile)
    {
        (_folder, _tasks, _presence, _stopFile) = (folder, tasks, presence, stopFile);
    }

    /// <summary>The computer: the node of Slurm, or the name of this machine.</summary>
    public string Node { get; } = Environment.GetEnvironmentVariable("SLURMD_NODENAME") ?? Environment.MachineName;

    /// <summary>The id of the Slurm job, or null if the task does not run under Slurm.</summary>
    public string? JobId { get; private init; }

    /// <summary>The file that receives the output of the process; null if it has none.</summary>
    public string? LogPath { get; private init; }

    /// <summary>Whether <c>Stop</c> was requested for the local processes of the submission.</summary>
    public bool IsToStop => _stopFile is not null && File.Exists(_stopFile);

    /// <summary>A process that runs given tasks.</summary>
    /// <param name="folder">The study.</param>
    /// <param name="indices">The positions of the tasks, from 0.</param>
    /// <exception cref="N2DException">There is no task at a position (<c>TaskNotFound</c>).</exception>
    public static StudyWorker ForTasks(StudyFolder folder, IReadOnlyList<int> indices)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var tasks = folder.ReadTasks();
        return new StudyWorker(
            folder,
            [.. indices.Select(index => index < tasks.Count ? tasks[index] : throw new N2DException(
                "TaskNotFound",
                ErrorKind.InvalidArgument,
                $"The study '{folder.Path}' has no task {index}. Its {Quantity.Of(tasks.Count, "task")} have the numbers 0 to "
                    + $"{tasks.Count - 1}.",
                index))],
            null,
            null)
        { JobId = SlurmJobOfThisProcess() };
    }

    /// <summary>A process of a Slurm array.</summary>
    /// <param name="folder">The study.</param>
    /// <param name="number">The number of the submission.</param>
    /// <param name="place">The place in the array.</param>
    public static StudyWorker ForPlace(StudyFolder folder, int number, int place)
    {
        var submission = StudySubmission.Read(folder, number);
        return new StudyWorker(folder, TasksOf(folder, submission.Places[place]), null, null)
        {
            JobId = SlurmJobOfThisProcess(),
            LogPath = submission.LogIn(folder, place),
        };
    }

    /// <summary>A local process of a submission.</summary>
    /// <param name="folder">The study.</param>
    /// <param name="number">The number of the submission.</param>
    /// <param name="worker">The number of the process, from 0.</param>
    public static StudyWorker ForLocal(StudyFolder folder, int number, int worker)
    {
        var submission = StudySubmission.Read(folder, number);
        var tasks = TasksOf(folder, [.. submission.Places.SelectMany(keys => keys)]);
        return new StudyWorker(
            folder, tasks, LockedFile.Take(submission.WorkerLockIn(folder, worker)), submission.StopFileIn(folder))
        { LogPath = submission.LogIn(folder, worker) };
    }

    /// <summary>
    /// Returns the tasks to run, one after the other. Local processes skip a task that is done or that another process runs, and keep
    /// their claim of a task until the next one is taken.
    /// </summary>
    public IEnumerable<StudyTask> TakeTasks()
    {
        if (_presence is null)
        {
            foreach (var task in _tasks)
            {
                yield return task;
            }

            yield break;
        }

        foreach (var task in _tasks.TakeWhile(_ => !IsToStop))
        {
            if (IsSettled(task))
            {
                continue;
            }

            using var claim = TaskClaim.TryTake(_folder, task);
            if (claim is not null && !IsSettled(task))
            {
                yield return task;
            }
        }
    }

    /// <summary>Releases the lock that shows that the process lives.</summary>
    public void Dispose() => _presence?.Dispose();

    private bool IsSettled(StudyTask task) =>
        File.Exists(_folder.PathOf(StudyPart.Results, task)) || File.Exists(_folder.PathOf(StudyPart.Failures, task));

    private static StudyTask[] TasksOf(StudyFolder folder, string[] keys)
    {
        var tasks = folder.ReadTasks().ToDictionary(task => task.Key);
        return [.. keys.Select(key => tasks[key])];
    }

    private static string? SlurmJobOfThisProcess() =>
        Environment.GetEnvironmentVariable("SLURM_ARRAY_JOB_ID") is { } array
            && Environment.GetEnvironmentVariable("SLURM_ARRAY_TASK_ID") is { } place
                ? string.Create(CultureInfo.InvariantCulture, $"{array}_{place}")
                : Environment.GetEnvironmentVariable("SLURM_JOB_ID");
}
