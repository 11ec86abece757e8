using System.Text.Json.Nodes;
using N2D.Studies;
using N2D.Tests.Data;

namespace N2D.Tests.Studies;

/// <summary>A study in a temporary folder.</summary>
internal sealed class TestStudy : IDisposable
{
    private readonly TemporaryFiles _files = new();

    public TestStudy(string name = "study") => Folder = StudyFolder.OpenOrCreate(Path.Combine(_files.Folder, name), "1.0");

    public StudyFolder Folder { get; }

    /// <summary>A comparison of methods on a data set.</summary>
    public static StudyTask Compare(int seed = 0, string data = "0a", params string[] methods) => StudyTask.Create(
        "digits",
        new TaskSpec(StudyTaskKind.Compare, data) { Seed = seed, Methods = [.. methods.DefaultIfEmpty("KM")] },
        new JsonObject { ["Name"] = "Digits" });

    /// <summary>Adds comparisons with the seeds 0, 1, and so on.</summary>
    public IReadOnlyList<StudyTask> AddTasks(int count) =>
        Folder.Add([.. Enumerable.Range(0, count).Select(seed => Compare(seed))], []);

    /// <summary>Writes a submission.</summary>
    /// <param name="age">How long ago it was.</param>
    /// <param name="places">The tasks of each place.</param>
    public StudySubmission SubmitToSlurm(TimeSpan age, params StudyTask[][] places) =>
        Submit(new StudySubmission(NextNumber, KeysOf(places)) { IsSlurm = true, Started = DateTime.UtcNow - age });

    /// <inheritdoc cref="SubmitToSlurm"/>
    public StudySubmission SubmitLocally(TimeSpan age, params StudyTask[][] places) =>
        Submit(new StudySubmission(NextNumber, KeysOf(places)) { WorkerCount = 2, Started = DateTime.UtcNow - age });

    /// <summary>Writes the result of a task.</summary>
    public void Complete(StudyTask task) => Start(task).Complete([new JsonObject { ["Acc"] = 0.5 }], []);

    /// <summary>Records that a task runs.</summary>
    public TaskWork Start(StudyTask task)
    {
        using var worker = StudyWorker.ForTasks(Folder, [task.Index]);
        return TaskWork.Start(Folder, task, worker);
    }

    /// <summary>Writes the log of a place.</summary>
    public void WriteLog(StudySubmission submission, int place, TimeSpan age, string text)
    {
        var path = submission.LogIn(Folder, place);
        File.WriteAllText(path, text);
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow - age);
    }

    /// <summary>The names of the files of a part, in order.</summary>
    public string[] FilesIn(StudyPart part) =>
        [.. Directory.GetFiles(Folder.PathOf(part, "")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    public void Dispose() => _files.Dispose();

    private int NextNumber => StudySubmission.ReadAll(Folder).Count + 1;

    private StudySubmission Submit(StudySubmission submission)
    {
        submission.WritePlaces(Folder);
        submission.WriteStart(Folder);
        return submission;
    }

    private static string[][] KeysOf(StudyTask[][] places) =>
        [.. places.Select(tasks => Array.ConvertAll(tasks, task => task.Key))];
}
