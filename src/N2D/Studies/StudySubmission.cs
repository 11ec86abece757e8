using System.Globalization;
using System.Text.Json.Nodes;

namespace N2D.Studies;

/// <summary>Tasks that were started together, by local processes or as an array of Slurm.</summary>
/// <param name="Number">The number of the submission in its study, from 1.</param>
/// <param name="Places">The keys of the tasks of each place of the array. A process runs the tasks of a place in order.</param>
internal sealed record StudySubmission(int Number, IReadOnlyList<string[]> Places)
{
    /// <summary>Whether Slurm runs the tasks; otherwise local processes do.</summary>
    public bool IsSlurm { get; init; }

    /// <summary>The job of the array; null for local processes, or if the answer of Slurm was lost.</summary>
    public string? JobId { get; init; }

    /// <summary>The computer that local processes run on, or that the job was sent from.</summary>
    public string Host { get; init; } = Environment.MachineName;

    /// <summary>The number of local processes.</summary>
    public int WorkerCount { get; init; }

    /// <summary>When the tasks were started, in UTC.</summary>
    public DateTime Started { get; init; } = DateTime.UtcNow;

    /// <summary>The name of the job: it identifies the study and the submission.</summary>
    public string JobNameIn(StudyFolder folder) => JobName(folder, Number);

    /// <summary>Returns the name of the job of a submission.</summary>
    public static string JobName(StudyFolder folder, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"n2d-{folder.Id}-{number}");

    /// <summary>Reads all submissions of a study, in order.</summary>
    public static IReadOnlyList<StudySubmission> ReadAll(StudyFolder folder) =>
    [
        .. folder.NamesIn(StudyPart.Submissions, ".txt")
            .Select(name => int.Parse(name, CultureInfo.InvariantCulture))
            .Order()
            .Select(number => Read(folder, number)),
    ];

    /// <summary>Reads a submission.</summary>
    public static StudySubmission Read(StudyFolder folder, int number)
    {
        var places = Files.SharedFile.ReadLines(FileOf(folder, number, ".txt")).Select(line => line.Split(' ')).ToArray();
        var about = FileOf(folder, number, ".json");
        if (!File.Exists(about))
        {
            // The start was interrupted. Slurm can have the job nevertheless.
            return new StudySubmission(number, places)
            {
                IsSlurm = true,
                Started = File.GetLastWriteTimeUtc(FileOf(folder, number, ".txt")),
            };
        }

        var document = StudyFolder.ReadJson(about);
        return new StudySubmission(number, places)
        {
            IsSlurm = (bool)document["slurm"]!,
            JobId = (string?)document["job"],
            Host = (string)document["host"]!,
            WorkerCount = (int)document["workers"]!,
            Started = DateTime.Parse((string)document["started"]!, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
        };
    }

    /// <summary>Writes the keys, before anything is started, so that no started task is unknown.</summary>
    public void WritePlaces(StudyFolder folder) =>
        StudyFolder.WriteText(FileOf(folder, Number, ".txt"), string.Concat(Places.Select(keys => string.Join(' ', keys) + "\n")));

    /// <summary>Writes what started the tasks.</summary>
    public void WriteStart(StudyFolder folder) => StudyFolder.WriteJson(FileOf(folder, Number, ".json"), new JsonObject
    {
        ["slurm"] = IsSlurm,
        ["job"] = JobId,
        ["host"] = Host,
        ["workers"] = WorkerCount,
        ["started"] = Started.ToString("O", CultureInfo.InvariantCulture),
    });

    /// <summary>Deletes a submission that was certainly not started.</summary>
    public void Delete(StudyFolder folder)
    {
        File.Delete(FileOf(folder, Number, ".txt"));
        File.Delete(FileOf(folder, Number, ".json"));
    }

    /// <summary>The file whose existence asks local processes to stop.</summary>
    public string StopFileIn(StudyFolder folder) => FileOf(folder, Number, ".stop");

    /// <summary>The log of a place of the array, or of a local process.</summary>
    public string LogIn(StudyFolder folder, int place) =>
        folder.PathOf(StudyPart.Logs, string.Create(CultureInfo.InvariantCulture, $"{Number}-{place}.log"));

    /// <summary>The lock that a local process holds while it lives.</summary>
    public string WorkerLockIn(StudyFolder folder, int worker) =>
        folder.PathOf(StudyPart.Claims, string.Create(CultureInfo.InvariantCulture, $"worker-{Number}-{worker}.lock"));

    private static string FileOf(StudyFolder folder, int number, string extension) =>
        folder.PathOf(StudyPart.Submissions, number.ToString(CultureInfo.InvariantCulture) + extension);
}
