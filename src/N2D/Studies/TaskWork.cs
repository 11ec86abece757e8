using System.Text.Json.Nodes;
using N2D.Autoencoders;
using N2D.Models;

namespace N2D.Studies;

/// <summary>The run of a task in this process: where its files go, and what is kept when it ends.</summary>
/// <remarks>
/// If a task runs in two processes at once, both write the same result, unless it has a training: the second process then finds its file in
/// use (<see cref="LeavesToAnother"/>), and must write neither a result nor a failure.
/// </remarks>
public sealed class TaskWork
{
    private const string FailureName = "error", FailureIdName = "id";

    private readonly StudyFolder _folder;
    private readonly TaskRun _run;

    private TaskWork(StudyFolder folder, StudyTask task, TaskRun run) => (_folder, Task, _run) = (folder, task, run);

    /// <summary>The task.</summary>
    public StudyTask Task { get; }

    /// <summary>The file to save a training in.</summary>
    public string CheckpointPath => _folder.PathOf(StudyPart.Checkpoints, Task, "");

    /// <summary>Whether this run saved a training that the next run resumes.</summary>
    public bool HasProgress => File.Exists(CheckpointPath) && File.GetLastWriteTimeUtc(CheckpointPath) >= _run.Started;

    /// <summary>Records that a task starts.</summary>
    /// <param name="folder">The study.</param>
    /// <param name="task">A task without a result.</param>
    /// <param name="worker">The process.</param>
    public static TaskWork Start(StudyFolder folder, StudyTask task, StudyWorker worker)
    {
        ArgumentNullException.ThrowIfNull(worker);
        var run = new TaskRun(DateTime.UtcNow, worker.Node, worker.JobId, worker.LogPath, ModelDocument.CurrentSoftware, []);
        run.Write(folder, task);
        return new TaskWork(folder, task, run);
    }

    /// <summary>The file of the result besides its rows: a model, or the clusters of the rows of a file; null for a comparison.</summary>
    /// <param name="folder">The study.</param>
    /// <param name="task">The task.</param>
    public static string? FilePathOf(StudyFolder folder, StudyTask task)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(task);
        return task.Kind switch
        {
            StudyTaskKind.Fit => folder.PathOf(StudyPart.Results, task, ".n2d"),
            StudyTaskKind.Score => folder.PathOf(StudyPart.Results, task, ".csv"),
            _ => null,
        };
    }

    /// <summary>The file of the result besides its rows.</summary>
    public string FilePath => FilePathOf(_folder, Task) ?? throw new InvalidOperationException();

    /// <summary>Keeps the result. The task is done.</summary>
    /// <param name="rows">The columns of each row, in order.</param>
    /// <param name="seconds">The columns of each row that differ between runs.</param>
    public void Complete(IReadOnlyList<JsonObject> rows, IReadOnlyList<JsonObject> seconds)
    {
        (_run with { Seconds = seconds }).Write(_folder, Task);
        TaskResult.WriteRows(_folder.PathOf(StudyPart.Results, Task), rows);
        File.Delete(_folder.PathOf(StudyPart.Failures, Task));
        TaskResult.DeleteEarlier(_folder, Task);
        if (!_folder.KeepsCheckpoints)
        {
            File.Delete(CheckpointPath);
        }
    }

    /// <summary>Whether an error means that another process runs the task.</summary>
    /// <param name="id">The id of the error; null without an error.</param>
    public static bool LeavesToAnother(string? id) => id == CheckpointLock.InUse;

    /// <summary>Keeps the reason of a failure.</summary>
    /// <param name="id">The id of the error.</param>
    /// <param name="message">The message.</param>
    public void Fail(string id, string message) => WriteFailure(_folder, Task, id, message);

    /// <summary>Keeps the reason of a failure that the process of the task could not write itself.</summary>
    internal static void KeepFailure(StudyFolder folder, StudyTask task, string? reason)
    {
        if (!File.Exists(folder.PathOf(StudyPart.Failures, task)))
        {
            WriteFailure(folder, task, "ProcessEnded", reason ?? "Its process ended without a result.");
        }
    }

    /// <summary>Reads why a task failed; null if it did not.</summary>
    internal static string? ReadFailure(StudyFolder folder, StudyTask task)
    {
        var path = folder.PathOf(StudyPart.Failures, task);
        return File.Exists(path) ? (string?)StudyFolder.ReadJson(path)[FailureName] : null;
    }

    private static void WriteFailure(StudyFolder folder, StudyTask task, string id, string message) => StudyFolder.WriteJson(
        folder.PathOf(StudyPart.Failures, task), new JsonObject { [FailureIdName] = id, [FailureName] = message });
}
