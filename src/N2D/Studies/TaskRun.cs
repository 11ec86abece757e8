using System.Globalization;
using System.Text.Json.Nodes;

namespace N2D.Studies;

/// <summary>When, where and how long a task ran. It is no part of the result, which is the same wherever the task runs.</summary>
/// <param name="Started">The start of the last run, in UTC.</param>
/// <param name="Node">The computer.</param>
/// <param name="JobId">The job of Slurm; null for a local process.</param>
/// <param name="LogPath">
/// The full path of what the process wrote; null if it has no log. The record has only its name, so that a study can be moved.
/// </param>
/// <param name="Version">The version of the module.</param>
/// <param name="Seconds">Seconds by name, such as those of stages; empty while the task runs.</param>
internal sealed record TaskRun(
    DateTime Started, string Node, string? JobId, string? LogPath, string? Version, IReadOnlyList<JsonObject> Seconds)
{
    /// <summary>Reads the run of a task; null if it has not started.</summary>
    /// <param name="folder">The study.</param>
    /// <param name="task">The task.</param>
    /// <param name="extension">The extension of the file, which tells the last run from an earlier one.</param>
    public static TaskRun? Read(StudyFolder folder, StudyTask task, string extension = ".json")
    {
        var path = folder.PathOf(StudyPart.Runs, task, extension);
        if (!File.Exists(path))
        {
            return null;
        }

        var document = StudyFolder.ReadJson(path);
        return new TaskRun(
            DateTime.Parse((string)document["started"]!, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
            (string)document["node"]!,
            (string?)document["job"],
            (string?)document["log"] is { } log ? folder.PathOf(StudyPart.Logs, Path.GetFileName(log)) : null,
            (string?)document["version"],
            [.. ((JsonArray)document["seconds"]!).Select(row => (JsonObject)row!.DeepClone())]);
    }

    /// <summary>Writes the run of a task.</summary>
    /// <param name="folder">The study.</param>
    /// <param name="task">The task.</param>
    /// <param name="extension">The extension of the file.</param>
    public void Write(StudyFolder folder, StudyTask task, string extension = ".json") => StudyFolder.WriteJson(
        folder.PathOf(StudyPart.Runs, task, extension),
        new JsonObject
        {
            ["started"] = Started.ToString("O", CultureInfo.InvariantCulture),
            ["node"] = Node,
            ["job"] = JobId,
            ["log"] = Path.GetFileName(LogPath),
            ["version"] = Version,
            ["seconds"] = new JsonArray([.. Seconds.Select(row => row.DeepClone())]),
        });
}
