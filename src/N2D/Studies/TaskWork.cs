using System.Text.Json.Nodes;
using N2D.Models;

namespace N2D.Studies;

/// <summary>The run of a task in this process: where its files go, and what is kept when it ends.</summary>
/// <remarks>A task that runs in two processes at once does no harm: both write the same result.</remarks>
public sealed class TaskWork
{
    private const string FailureName = "error", FailureIdName = "id";

    private readonly StudyFolder _folder;
    private readonly TaskRun _run;
    private readonly bool _keepsCheckpoint;

    private TaskWork(StudyFolder folder, StudyTask task, TaskRun run, bool keepsCheckpoint)
    {
        (_folder, Task, _run, _keepsCheckpoint) = (folder, task, run, keepsCheckpoint);
    }

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
        return new TaskWork(folder, task, run, worker.KeepsCheckpoints);
    }

    /// <summary>Returns the rows of a completed task; null if it has no result.</summary>
    /// <param name="folder">The study.</param>
    /// <param name="task">The task.</param>
    /// <returns>The columns of each row, in order, with the seconds of the run.</returns>
    public static IReadOnlyList<JsonObject>? ReadRows(StudyFolder folder, StudyTask task)
    {
        var path = folder.PathOf(StudyPart.Results, task);
        if (!File.Exists(path))
        {
            return null;
        }

        var rows = ((JsonArray)StudyFolder.ReadJson(path)["rows"]!).Select(row => (JsonObject)row!.DeepClone()).ToArray();
        var seconds = TaskRun.Read(folder, task)?.Seconds ?? [];
        foreach (var (row, own) in rows.Zip(seconds))
        {
            foreach (var (name, value) in own)
            {
                row[name] = value?.DeepClone();
            }
        }

        return rows;
    }

    /// <summary>Warns if results come from different versions of the program, whose results can differ.</summary>
    /// <param name="folder">The study.</param>
    /// <param name="tasks">The tasks. Those without a result are left out.</param>
    /// <param name="isMore">Whether this version computes further results.</param>
    /// <returns>The warning; null if all results come from one version.</returns>
    public static string? WarningOfVersions(StudyFolder folder, IEnumerable<StudyTask> tasks, bool isMore)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(tasks);
        var done = folder.NamesIn(StudyPart.Results);
        var counts = tasks.Where(task => done.Contains(task.Key))
            .Select(task => TaskRun.Read(folder, task)?.Version)
            .OfType<string>()
            .CountBy(version => version)
            .OrderBy(count => count.Key, StringComparer.Ordinal)
            .ToArray();
        return counts.Select(count => count.Key).Union(isMore ? [ModelDocument.CurrentSoftware] : []).Count() < 2
            ? null
            : $"The study has results of different versions of the module, which can differ: "
                + string.Join(", ", counts.Select(count => $"{count.Key} ({Quantity.Of(count.Value, "task")})"))
                + (isMore ? $". This is version {ModelDocument.CurrentSoftware}." : ".");
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

        // The order of properties is that of the columns, so this is not canonical JSON.
        StudyFolder.WriteText(
            _folder.PathOf(StudyPart.Results, Task),
            new JsonObject { ["rows"] = new JsonArray([.. rows.Select(row => row.DeepClone())]) }.ToJsonString() + "\n");
        File.Delete(_folder.PathOf(StudyPart.Failures, Task));
        if (!_keepsCheckpoint)
        {
            File.Delete(CheckpointPath);
        }
    }

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
