using System.Text.Json.Nodes;
using N2D.Files;
using N2D.Models;

namespace N2D.Studies;

/// <summary>The result of a task, with the times of its run.</summary>
public sealed class TaskResult
{
    private const string RowsName = "rows", ErrorName = "Error", Last = ".json", Earlier = ".earlier";

    private TaskResult(StudyTask task, IReadOnlyList<JsonObject> rows, string? version) => (Task, Rows, Version) = (task, rows, version);

    /// <summary>The task.</summary>
    public StudyTask Task { get; }

    /// <summary>The columns of each row, in order, with the seconds of the run.</summary>
    public IReadOnlyList<JsonObject> Rows { get; }

    /// <summary>The version of the module that computed it; null if it is not known.</summary>
    public string? Version { get; }

    /// <summary>Whether a method failed: its row has the reason instead of figures.</summary>
    public bool HasErrors => Rows.Any(row => ErrorOf(row) is not null);

    /// <summary>Returns the reason why the method of a row failed; null if it did not.</summary>
    /// <param name="row">The columns of a row.</param>
    public static string? ErrorOf(JsonObject row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return (string?)row[ErrorName];
    }

    /// <summary>Reads the result of a task; null if it has none.</summary>
    /// <param name="folder">The study.</param>
    /// <param name="task">The task.</param>
    /// <returns>While a task with errors is repeated, its earlier result.</returns>
    public static TaskResult? Read(StudyFolder folder, StudyTask task)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return Read(folder, task, Last) ?? Read(folder, task, Earlier);
    }

    private static TaskResult? Read(StudyFolder folder, StudyTask task, string extension)
    {
        var path = folder.PathOf(StudyPart.Results, task, extension);
        if (!File.Exists(path))
        {
            return null;
        }

        JsonObject[] rows =
            [.. ((JsonArray)StudyFolder.ReadJson(path)[RowsName]!).Select(row => (JsonObject)row!.DeepClone())];
        var run = TaskRun.Read(folder, task, extension);
        foreach (var (row, own) in rows.Zip(run?.Seconds ?? []))
        {
            foreach (var (name, value) in own)
            {
                row[name] = value?.DeepClone();
            }
        }

        return new TaskResult(task, rows, run?.Version);
    }

    /// <summary>Returns the versions of the module that computed the results of tasks, without reading the results.</summary>
    /// <param name="folder">The study.</param>
    /// <param name="tasks">The tasks. Those without a result are left out.</param>
    internal static IEnumerable<string?> VersionsOf(StudyFolder folder, IEnumerable<StudyTask> tasks)
    {
        var done = folder.NamesIn(StudyPart.Results);
        return tasks.Where(task => done.Contains(task.Key)).Select(task => TaskRun.Read(folder, task)?.Version);
    }

    /// <summary>Warns if results come from different versions of the program, whose results can differ.</summary>
    /// <param name="versions">The version of each result. Unknown ones are left out.</param>
    /// <param name="willCompute">Whether this version computes further results.</param>
    /// <returns>The warning; null if all results come from one version.</returns>
    public static string? WarningOfVersions(IEnumerable<string?> versions, bool willCompute)
    {
        var counts = versions.OfType<string>()
            .CountBy(version => version)
            .OrderBy(count => count.Key, StringComparer.Ordinal)
            .ToArray();
        return counts.Select(count => count.Key).Union(willCompute ? [ModelDocument.CurrentSoftware] : []).Count() < 2
            ? null
            : $"The study has results of different versions of the module, which can differ: "
                + string.Join(", ", counts.Select(count => $"{count.Key} ({Quantity.Of(count.Value, "task")})"))
                + (willCompute ? $". This is version {ModelDocument.CurrentSoftware}." : ".");
    }

    /// <summary>Keeps the result of a task that is repeated, and its run, as earlier ones until there is a new result.</summary>
    internal static void SetAside(StudyFolder folder, StudyTask task) => Move(folder, task, Last, Earlier);

    /// <summary>Undoes <see cref="SetAside"/> for a task that was not started.</summary>
    internal static void Restore(StudyFolder folder, StudyTask task) => Move(folder, task, Earlier, Last);

    /// <summary>Deletes what <see cref="SetAside"/> kept.</summary>
    internal static void DeleteEarlier(StudyFolder folder, StudyTask task) => Delete(folder, task, Earlier);

    /// <summary>Writes rows. The order of properties is that of the columns, so this is not canonical JSON.</summary>
    internal static void WriteRows(string path, IEnumerable<JsonObject> rows) => StudyFolder.WriteText(
        path, new JsonObject { [RowsName] = new JsonArray([.. rows.Select(row => row.DeepClone())]) }.ToJsonString() + "\n");

    private static void Move(StudyFolder folder, StudyTask task, string from, string to)
    {
        var path = folder.PathOf(StudyPart.Results, task, from);
        if (File.Exists(path))
        {
            TaskRun.Read(folder, task, from)?.Write(folder, task, to);
            var text = string.Concat(SharedFile.ReadLines(path).Select(line => line + "\n"));
            StudyFolder.WriteText(folder.PathOf(StudyPart.Results, task, to), text);
            Delete(folder, task, from);
        }
    }

    private static void Delete(StudyFolder folder, StudyTask task, string extension)
    {
        File.Delete(folder.PathOf(StudyPart.Results, task, extension));
        File.Delete(folder.PathOf(StudyPart.Runs, task, extension));
    }
}
