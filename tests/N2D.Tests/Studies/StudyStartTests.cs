using System.Collections;
using System.Text.Json.Nodes;
using N2D.Studies;

namespace N2D.Tests.Studies;

public sealed class StudyStartTests : IDisposable
{
    private static readonly TimeSpan LongAgo = TimeSpan.FromMinutes(10);

    private readonly TestStudy _study = new("a b'`$(id)%j\"é");
    private readonly FakeSlurm _slurm = new();

    public void Dispose()
    {
        _study.Dispose();
        _slurm.Dispose();
    }

    [UnixFact]
    public void OnlyWhatIsMissing_IsSent_AndFailedTasksOnRequest()
    {
        var tasks = _study.AddTasks(5);
        var earlier = _study.SubmitToSlurm(LongAgo, [tasks[0]], [tasks[1]], [tasks[2]], [tasks[3]]);
        _slurm.AnswerQueue(earlier.JobNameIn(_study.Folder), (1, "PENDING", "None"), (2, "CANCELLED", "None"), (3, "CANCELLED", "None"));
        _study.Complete(tasks[0]);
        _study.Start(tasks[3]).Fail("NotFinite", "Row 3 is NaN.");

        Assert.Equal(2, Start(ToSlurm(), tasks));
        Assert.Equal([tasks[2].Key, tasks[4].Key], KeysOf(2));
        Assert.Equal("77", StudySubmission.Read(_study.Folder, 2).JobId);
        var call = Assert.Single(_slurm.CallsOf("sbatch"));
        Assert.Contains("--array=0-1", call);
        Assert.Contains($"--job-name=n2d-{_study.Folder.Id}-2", call);
        Assert.Contains("--mem=1G", call);
        Assert.Contains($"--output={_study.Folder.Path.Replace("%", "%%", StringComparison.Ordinal)}/logs/2-%a.log", call);
        Assert.Contains($"N2D_STUDY={_study.Folder.Path}", call);
        Assert.Contains("N2D_STUDY_SUBMISSION=2", call);
        Assert.Equal(["x=y", "pwsh", "-Command", "a b"], call[^4..]);
        Assert.Equal(SlurmJob.Script, _slurm.InputOf("sbatch"));

        Assert.Equal(1, Start(ToSlurm() with { RetryFailed = true }, tasks));
        Assert.Equal([tasks[3].Key], KeysOf(3));
        Assert.Empty(_study.FilesIn(StudyPart.Failures));
        Assert.Equal(0, Start(ToSlurm() with { RetryFailed = true }, tasks));
    }

    [UnixFact]
    public void AResultWithErrors_IsRepeatedOnRequest_AndKeptUntilTheNewOne()
    {
        var tasks = _study.AddTasks(2);
        _study.Complete(tasks[0]);
        var result = _study.Folder.PathOf(StudyPart.Results, tasks[1]);
        _study.Start(tasks[1]).Complete(
            [Row("Acc", 0.1 + 0.2), Row("Error", "Out of memory.")], [Row("OwnSeconds", 1.5), Row("OwnSeconds", 2)]);
        var (written, rows) = (File.ReadAllText(result), RowsOf());
        Assert.Contains("\"OwnSeconds\":1.5", rows, StringComparison.Ordinal);
        Assert.Equal(0, Start(ToSlurm(), tasks));

        // A refusal restores what was there.
        _slurm.Answer("sbatch", "", "error: no", 1);
        Assert.Throws<N2DException>(() => Start(ToSlurm() with { RetryFailed = true }, tasks));
        Assert.Equal(written, File.ReadAllText(result));
        Assert.Equal(2, _study.FilesIn(StudyPart.Results).Length);
        Assert.Equal(2, _study.FilesIn(StudyPart.Runs).Length);
        Assert.Equal(rows, RowsOf());

        _slurm.Answer("sbatch", "77\n");
        Assert.Contains(
            "Start 1 task by", (ToSlurm() with { RetryFailed = true }).Describe(_study.Folder, tasks, Execution.Default), StringComparison.Ordinal);
        Assert.Equal(1, Start(ToSlurm() with { RetryFailed = true }, tasks));
        Assert.Equal([tasks[1].Key], KeysOf(1));
        Assert.False(_study.Folder.HasResult(tasks[1]));
        Assert.Equal(0, Start(ToSlurm() with { RetryFailed = true }, tasks));
        var work = _study.Start(tasks[1]);
        Assert.Equal(rows, RowsOf());
        work.Fail("NotFinite", "Row 3 is NaN.");
        Assert.Equal(rows, RowsOf());
        work.Complete([Row("Acc", 0.5)], [Row("OwnSeconds", 3)]);
        Assert.Equal("""{"Acc":0.5,"OwnSeconds":3}""", RowsOf());
        Assert.Equal(2, _study.FilesIn(StudyPart.Results).Length);
        Assert.Equal(2, _study.FilesIn(StudyPart.Runs).Length);
        Assert.Equal(0, Start(ToSlurm() with { RetryFailed = true }, tasks));

        static JsonObject Row(string name, JsonNode value) => new() { [name] = value };

        string RowsOf() => string.Concat(TaskResult.Read(_study.Folder, tasks[1])!.Rows.Select(row => row.ToJsonString()));
    }

    [UnixFact]
    public void MoreTasksThanAnArrayHolds_AreSeveralArrays_AndALimitHoldsForAll()
    {
        _slurm.Answer("scontrol", "Configuration data\nMaxArraySize            = 2\nMaxJobCount = 10\n");
        _slurm.Answer("sbatch", "77;cluster\n");
        var tasks = _study.AddTasks(5);

        Assert.Equal(5, Start(ToSlurm() with { ThrottleLimit = 1, TasksPerJob = 2 }, tasks));
        Assert.Equal([2, 2], StudySubmission.Read(_study.Folder, 1).Places.Select(place => place.Length));
        Assert.Equal([tasks[4].Key], KeysOf(2));
        var calls = _slurm.CallsOf("sbatch");
        Assert.Equal(2, calls.Length);
        Assert.Contains("--array=0-1%1", calls[0]);
        Assert.DoesNotContain("--dependency=afterany:77", calls[0]);
        Assert.Contains("--dependency=afterany:77", calls[1]);
    }

    [UnixFact]
    public void AnyNumberOfTasks_FitsIntoAJob()
    {
        _slurm.Answer("scontrol", "MaxArraySize = 1000\n");
        var tasks = _study.AddTasks(3);
        var start = ToSlurm() with { TasksPerJob = int.MaxValue };

        Assert.Contains("Start 3 tasks by Slurm", start.Describe(null, tasks, Execution.Default), StringComparison.Ordinal);
        Assert.Contains("--array=0-0", _slurm.CallsOf("sbatch")[0]);
        Assert.Equal(3, Start(start, tasks));
        Assert.Equal(3, KeysOf(1).Length);
    }

    [UnixFact]
    public void ARefusal_LeavesNothing_AndKeepsTheReasonsOfFailures()
    {
        var tasks = _study.AddTasks(2);
        _study.Start(tasks[0]).Fail("NotFinite", "Row 3 is NaN.");
        _slurm.Answer("sbatch", "", "sbatch: error: Batch job submission failed: Invalid partition name specified\n", 1);

        var error = Assert.Throws<N2DException>(() => Start(ToSlurm() with { RetryFailed = true }, tasks));
        Assert.Equal("SlurmRefused", error.Id);
        Assert.StartsWith("Slurm refuses the job. The cluster has no such partition.", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("Invalid partition name specified", error.Message, StringComparison.Ordinal);
        Assert.Empty(_study.FilesIn(StudyPart.Submissions));
        Assert.Equal("Row 3 is NaN.", TaskWork.ReadFailure(_study.Folder, tasks[0]));
    }

    [UnixFact]
    public void ALostAnswer_KeepsTheSubmission_SoThatNothingIsSentTwice()
    {
        var tasks = _study.AddTasks(2);
        _slurm.Answer("sbatch", "", "sbatch: error: Batch job submission failed: Socket timed out on send/recv operation\n", 1);

        Assert.Equal("SlurmSilent", Assert.Throws<N2DException>(() => Start(ToSlurm(), tasks)).Id);
        Assert.Equal(["1.txt"], _study.FilesIn(StudyPart.Submissions));
        Assert.Equal(tasks.Select(task => task.Key), KeysOf(1));

        // Slurm has it nevertheless: it is found by its name.
        _slurm.Answer("sbatch", "78\n");
        _slurm.AnswerQueue($"n2d-{_study.Folder.Id}-1", (0, "RUNNING", "None"), (1, "PENDING", "None"));
        Assert.Equal(0, Start(ToSlurm(), tasks));

        // Slurm has it not, or not yet.
        _slurm.Answer("squeue", "");
        Assert.Equal(0, Start(ToSlurm(), tasks));
        File.SetLastWriteTimeUtc(Path.Combine(_study.Folder.Path, "submissions", "1.txt"), DateTime.UtcNow - LongAgo);
        Assert.Equal(2, Start(ToSlurm(), tasks));
    }

    [Fact]
    public void WithoutSlurm_NothingIsStarted()
    {
        using var none = new Data.TemporaryFiles();
        var error = Assert.Throws<N2DException>(
            () => Start(ToSlurm() with { Commands = new SlurmCommands(none.Folder) }, _study.AddTasks(1)));
        Assert.Equal(("SlurmNotFound", ErrorKind.NotFound), (error.Id, error.Kind));
        Assert.Empty(_study.FilesIn(StudyPart.Submissions));
    }

    [UnixFact]
    public void AFolderThatSlurmCannotWriteLogsTo_IsRefused_BeforeAnythingIsStarted()
    {
        using var study = new TestStudy("a\\b");
        var tasks = study.AddTasks(1);
        Assert.Equal("StudyPathUnusable", Assert.Throws<N2DException>(() => ToSlurm().Start(study.Folder, tasks, Execution.Default)).Id);
        Assert.Empty(study.FilesIn(StudyPart.Submissions));
    }

    [UnixFact]
    public void AProgramThatCannotBeStarted_IsNotCalledMissing()
    {
        using var files = new Data.TemporaryFiles();
        File.WriteAllText(Path.Combine(files.Folder, "scontrol"), "not executable");
        var error = Assert.Throws<N2DException>(
            () => Start(ToSlurm() with { Commands = new SlurmCommands(files.Folder) }, _study.AddTasks(1)));
        Assert.Equal(("SlurmNotStarted", ErrorKind.Unavailable), (error.Id, error.Kind));
    }

    [UnixFact]
    public void ACopy_DoesNotStopTheOriginal_AndBecomesAStudyOfItsOwn()
    {
        using var files = new Data.TemporaryFiles();
        var tasks = _study.AddTasks(2);
        _study.Complete(tasks[0]);
        var job = _study.SubmitToSlurm(LongAgo, [tasks[1]]).JobNameIn(_study.Folder);
        _slurm.AnswerQueue(job, (0, "RUNNING", "None"));
        var path = CopyOf(_study.Folder.Path, files.Folder);

        var copy = StudyFolder.Open(path);
        Assert.Equal("StudyCopied", Assert.Throws<N2DException>(() => StudyControl.Stop(copy, _slurm.Commands, default)).Id);
        Assert.Empty(_slurm.CallsOf("scancel"));
        Assert.Equal(StudyTaskState.Running, StudyControl.StatesOf(copy, _slurm.Commands, default)[1].State);

        var warnings = new List<string>();
        _slurm.Answer("squeue", "");
        Assert.Equal(1, ToSlurm().Start(copy, copy.ReadTasks(), new Execution { Warn = warnings.Add }));
        Assert.Contains("copy", Assert.Single(warnings), StringComparison.Ordinal);
        Assert.NotEqual(_study.Folder.Id, copy.Id);
        Assert.Contains($"--job-name=n2d-{copy.Id}-2", _slurm.CallsOf("sbatch")[0]);
        Assert.Equal(copy.Id, StudyFolder.Open(path).Id);
        Assert.Equal(_study.Folder.Id, StudyFolder.Open(_study.Folder.Path).Id);
        StudyControl.Stop(StudyFolder.Open(path), _slurm.Commands, default);
    }

    [UnixFact]
    public void AMovedFolder_OrALinkToIt_IsTheSameStudy()
    {
        using var files = new Data.TemporaryFiles();
        var link = Path.Combine(files.Folder, "link");
        Directory.CreateSymbolicLink(link, _study.Folder.Path);
        Assert.Null(StudyFolder.Open(link).FindOriginal());
        Assert.Empty(_study.FilesIn(StudyPart.Claims));

        var moved = Path.Combine(files.Folder, "moved");
        Directory.Move(CopyOf(_study.Folder.Path, files.Folder), moved);
        Directory.Delete(_study.Folder.Path, recursive: true);
        var folder = StudyFolder.Open(moved);
        Assert.Null(folder.Settle());
        Assert.Equal(_study.Folder.Id, StudyFolder.Open(moved).Id);
    }

    [Fact]
    public void ALog_IsFoundInAMovedFolder_AlsoIfItsFullPathWasRecorded()
    {
        using var files = new Data.TemporaryFiles();
        var task = _study.AddTasks(1)[0];
        var submission = _study.SubmitToSlurm(LongAgo, [task]);
        _study.WriteLog(submission, 0, LongAgo, "text");
        using (var worker = StudyWorker.ForPlace(_study.Folder, submission.Number, 0))
        {
            TaskWork.Start(_study.Folder, task, worker).Complete([], []);
        }

        var moved = Path.Combine(files.Folder, "moved");
        Directory.Move(_study.Folder.Path, moved);
        var folder = StudyFolder.Open(moved);
        var run = folder.PathOf(StudyPart.Runs, task);
        Assert.Contains("\"log\":\"1-0.log\"", File.ReadAllText(run), StringComparison.Ordinal);
        Assert.Equal(submission.LogIn(folder, 0), LogOf(folder));
        File.WriteAllText(run, File.ReadAllText(run).Replace("\"1-0.log\"", "\"/gone/logs/1-0.log\"", StringComparison.Ordinal));
        Assert.Equal(submission.LogIn(folder, 0), LogOf(folder));

        string? LogOf(StudyFolder study) => Assert.Single(StudyControl.StatesOf(study, _slurm.Commands, default)).LogPath;
    }

    [UnixFact]
    public void ResultsOfAnotherVersion_GiveAWarning_BeforeMoreAreComputed()
    {
        var tasks = _study.AddTasks(2);
        _study.Complete(tasks[0]);
        Assert.Null(Warning(isMore: true));
        var run = TaskRun.Read(_study.Folder, tasks[0])!;
        (run with { Version = "0.0.1" }).Write(_study.Folder, tasks[0]);
        Assert.Null(Warning(isMore: false));

        var warnings = new List<string>();
        Assert.Equal(1, ToSlurm().Start(_study.Folder, tasks, new Execution { Warn = warnings.Add }));
        Assert.Contains("0.0.1 (1 task). This is version", Assert.Single(warnings), StringComparison.Ordinal);
        _study.Complete(tasks[1]);
        Assert.Contains("0.0.1 (1 task), ", Warning(isMore: false), StringComparison.Ordinal);

        string? Warning(bool isMore) => TaskResult.WarningOfVersions(TaskResult.VersionsOf(_study.Folder, tasks), isMore);
    }

    [Fact]
    public void SlurmIsAsked_LessAndLess_AndFilesOften()
    {
        var pauses = new List<double>();
        for (var pause = TimeSpan.FromSeconds(2); pauses.Count < 6; pause = StudyControl.NextPause(pause, isSlurm: true))
        {
            pauses.Add(pause.TotalSeconds);
        }

        Assert.Equal([2, 4, 8, 16, 30, 30], pauses);
        Assert.Equal(2, StudyControl.NextPause(TimeSpan.FromSeconds(30), isSlurm: false).TotalSeconds);
    }

    [UnixFact]
    public void LocalProcesses_LearnFromTheirVariables_WhatToRun()
    {
        var tasks = _study.AddTasks(3);
        var start = new StudyStart(["/bin/sh", "-c", "echo \"$N2D_STUDY|$N2D_STUDY_SUBMISSION|$N2D_STUDY_WORKER|$x\""])
        {
            ThrottleLimit = 2,
            Variables = new Dictionary<string, string> { ["x"] = "'$y'" },
        };

        Assert.Equal("Start 3 tasks on this machine", start.Describe(_study.Folder, tasks, Execution.Default));
        Assert.Equal(3, Start(start, tasks));
        var submission = StudySubmission.Read(_study.Folder, 1);
        Assert.Equal((false, 2), (submission.IsSlurm, submission.WorkerCount));
        for (var worker = 0; worker < 2; worker++)
        {
            var expected = $"{_study.Folder.Path}|1|{worker}|'$y'\n";
            var log = submission.LogIn(_study.Folder, worker);
            Assert.True(SpinWait.SpinUntil(
                () => File.Exists(log) && File.ReadAllText(log) == expected, TimeSpan.FromSeconds(60)), $"Not in the log: {expected}");
        }
    }

    private static string CopyOf(string path, string target)
    {
        var copy = Path.Combine(target, "copy");
        using var process = System.Diagnostics.Process.Start("cp", ["-a", path, copy]);
        process.WaitForExit();
        return copy;
    }

    private string[] KeysOf(int number) => [.. StudySubmission.Read(_study.Folder, number).Places.SelectMany(place => place)];

    private int Start(StudyStart start, IReadOnlyList<StudyTask> tasks) => start.Start(_study.Folder, tasks, Execution.Default);

    private StudyStart ToSlurm() => new(["pwsh", "-Command", "a b"])
    {
        Slurm = SlurmOptions.Of(new Hashtable { ["Mem"] = "1G" }),
        Variables = new Dictionary<string, string> { ["x"] = "y" },
        Commands = _slurm.Commands,
    };
}
