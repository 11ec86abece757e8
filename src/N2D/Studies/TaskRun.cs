using System.Globalization;
using System.Text.Json.Nodes;

namespace N2D.Studies;

/// <summary>When, where and how long a task ran. It is no part of the result, which is the same wherever the task runs.</summary>
/// <param name="Started">The start of the last run, in UTC.</param>
/// <param name="Node">The computer.</param>
/// <param name="JobId">The job of Slurm; null for a local process.</param>
/// <param name="LogPath">What the process wrote; null if it has no log.</param>
/// <param name="Version">The version of the module.</param>
/// <param name="Seconds">Seconds by name, such as those of stages; empty while the task runs.</param>
internal sealed record TaskRun(
    DateTime Started, string Node, string? JobId, string? LogPath, string? Version, IReadOnlyList<JsonObject> Seconds)
{
    /// <summary>Reads the run of a task; null if it has not started.</summary>
    public static TaskRun? Read(StudyFolder folder, StudyTask task)
    {
        var path = folder.PathOf(StudyPart.Runs, task);
        if (!File.Exists(path))
        {
            return null;
        }

        var document = StudyFolder.ReadJson(path);
        return new TaskRun(
            DateTime.Parse((string)document["started"]!, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
            (string)document["node"]!,
            (string?)document["job"],
            (string?)document["log"],
            (string?)document["version"],
            [.. ((JsonArray)document["seconds"]!).Select(row => (JsonObject)row!.DeepClone())]);
    }

    /// <summary>Writes the run of a task.</summary>
    public void Write(StudyFolder folder, StudyTask task) => StudyFolder.WriteJson(folder.PathOf(StudyPart.Runs, task), new JsonObject
    {
        ["started"] = Started.ToString("O", CultureInfo.InvariantCulture),
        ["node"] = Node,
        ["job"] = JobId,
        ["log"] = LogPath,
        ["version"] = Version,
        ["seconds"] = new JsonArray([.. Seconds.Select(row => row.DeepClone())]),
    });
}
