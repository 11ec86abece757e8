using N2D.Studies;

namespace N2D.Tests.Studies;

public sealed class StudyStatesTests : IDisposable
{
    private static readonly TimeSpan Now = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongAgo = TimeSpan.FromMinutes(10);

    private readonly TestStudy _study = new();

    public void Dispose() => _study.Dispose();

    [Fact]
    public void ATaskThatWasNotStarted_Waits()
    {
        using var slurm = new FakeSlurm();
        _study.AddTasks(1);
        var state = Assert.Single(States(slurm));

        Assert.Equal((StudyTaskState.Waiting, "It was not started.", false), (state.State, state.Reason, state.IsPending()));
        Assert.Empty(slurm.CallsOf("squeue"));
    }

    [UnixTheory]
    [InlineData("PENDING", StudyTaskState.Queued)]
    [InlineData("CONFIGURING", StudyTaskState.Queued)]
    [InlineData("REQUEUED", StudyTaskState.Queued)]
    [InlineData("RUNNING", StudyTaskState.Running)]
    [InlineData("COMPLETING", StudyTaskState.Running)]
    [InlineData("CANCELLED", StudyTaskState.Stopped)]
    [InlineData("NODE_FAIL", StudyTaskState.Stopped)]
    [InlineData("PREEMPTED", StudyTaskState.Stopped)]
    [InlineData("FAILED", StudyTaskState.Failed)]
    [InlineData("TIMEOUT", StudyTaskState.Failed)]
    [InlineData("OUT_OF_MEMORY", StudyTaskState.Failed)]
    [InlineData("COMPLETED", StudyTaskState.Stopped)]
    [InlineData(null, StudyTaskState.Stopped)]
    public void WithoutAResult_TheQueueTellsTheState(string? inQueue, StudyTaskState expected)
    {
        using var slurm = new FakeSlurm();
        var submission = _study.SubmitToSlurm(LongAgo, [.. _study.AddTasks(1)]);
        if (inQueue is not null)
        {
            slurm.AnswerQueue(submission.JobNameIn(_study.Folder), (0, inQueue, "Because"));
        }

        var state = Assert.Single(States(slurm));
        Assert.Equal(expected, state.State);
        Assert.Equal(inQueue is null ? (null, null) : ("12_0", "n1"), (state.JobId, state.Node));
        Assert.Equal(["-r", "-h", "-t", "all", "-n", $"n2d-{_study.Folder.Id}-1", "-o", SlurmEntry.Format], slurm.CallsOf("squeue")[0]);
    }

    [UnixFact]
    public void Results_BeatTheQueue_AndFailuresDoToo()
    {
        using var slurm = new FakeSlurm();
        var tasks = _study.AddTasks(2);
        var submission = _study.SubmitToSlurm(LongAgo, [tasks[0]], [tasks[1]]);
        slurm.AnswerQueue(submission.JobNameIn(_study.Folder), (0, "FAILED", "NonZeroExitCode"), (1, "RUNNING", "None"));
        _study.Complete(tasks[0]);
        _study.Start(tasks[1]).Fail("NotFinite", "Row 3 is NaN.");

        Assert.Equal(
            [(StudyTaskState.Done, null), (StudyTaskState.Failed, "Row 3 is NaN.")],
            States(slurm).Select(task => (task.State, task.Reason)));
    }

    [UnixTheory]
    [InlineData("slurmstepd: error: Step 5.0 exceeded memory limit (1 > 0), being killed", "The task needed more memory than it had.")]
    [InlineData("slurmstepd: error: *** JOB 5 CANCELLED AT x DUE TO TIME LIMIT ***", "The time limit was reached.")]
    [InlineData("error: Detected 1 oom_kill event in StepId=5.batch", "The task needed more memory than it had.")]
    [InlineData("nothing special", null)]
    public void TheEndOfALog_TellsWhyATaskIsGone(string text, string? reason)
    {
        using var slurm = new FakeSlurm();
        var tasks = _study.AddTasks(2);
        var submission = _study.SubmitToSlurm(LongAgo, [tasks[0]], [tasks[1]]);
        slurm.AnswerQueue(submission.JobNameIn(_study.Folder), (0, "FAILED", "NonZeroExitCode"));
        for (var place = 0; place < 2; place++)
        {
            _study.WriteLog(submission, place, LongAgo, new string('x', 5000) + "\n" + text + "\n");
        }

        var states = States(slurm);
        Assert.Equal((StudyTaskState.Failed, reason ?? "Slurm ended it: FAILED, NonZeroExitCode."), (states[0].State, states[0].Reason));

        // The other is not in the queue any more.
        Assert.Equal(
            reason is null ? (StudyTaskState.Stopped, "Its process ended without a result.") : (StudyTaskState.Failed, reason),
            (states[1].State, states[1].Reason));
        Assert.Equal(submission.LogIn(_study.Folder, 1), states[1].LogPath);
    }

    [UnixTheory]
    [InlineData(30, null, StudyTaskState.Waiting)]
    [InlineData(120, null, StudyTaskState.Stopped)]
    [InlineData(120, 30, StudyTaskState.Waiting)]
    [InlineData(120, 100, StudyTaskState.Stopped)]
    public void AnAbsentTask_IsStopped_AfterNinetySecondsWithoutASign(int startAge, int? logAge, StudyTaskState expected)
    {
        using var slurm = new FakeSlurm();
        var submission = _study.SubmitToSlurm(TimeSpan.FromSeconds(startAge), [.. _study.AddTasks(1)]);
        if (logAge is { } age)
        {
            _study.WriteLog(submission, 0, TimeSpan.FromSeconds(age), "VERBOSE: Task 0 starts.");
        }

        var state = Assert.Single(States(slurm));
        Assert.Equal((expected, expected == StudyTaskState.Waiting), (state.State, state.IsPending()));
    }

    [UnixFact]
    public void OfSeveralTasksInAPlace_OneRuns_AndTheFollowingWait()
    {
        using var slurm = new FakeSlurm();
        var tasks = _study.AddTasks(3);

        // A run before the submission does not count.
        _study.Start(tasks[2]);
        Thread.Sleep(1);
        var submission = _study.SubmitToSlurm(TimeSpan.Zero, [.. tasks]);
        _study.Complete(tasks[0]);
        _study.Start(tasks[1]);
        var name = submission.JobNameIn(_study.Folder);

        slurm.AnswerQueue(name, (0, "RUNNING", "None"));
        Assert.Equal([StudyTaskState.Done, StudyTaskState.Running, StudyTaskState.Queued], States(slurm).Select(task => task.State));
        slurm.AnswerQueue(name, (0, "TIMEOUT", "TimeLimit"));
        Assert.Equal([StudyTaskState.Done, StudyTaskState.Failed, StudyTaskState.Stopped], States(slurm).Select(task => task.State));
    }

    [UnixFact]
    public void TheLastSubmission_Counts()
    {
        using var slurm = new FakeSlurm();
        var tasks = _study.AddTasks(2);
        var first = _study.SubmitToSlurm(LongAgo, [tasks[0]], [tasks[1]]);
        var second = _study.SubmitToSlurm(Now, [tasks[1]]);
        slurm.Answer(
            "squeue",
            $"12_0|0|RUNNING|n1|{first.JobNameIn(_study.Folder)}|None\n12_1|1|CANCELLED||{first.JobNameIn(_study.Folder)}|None\n"
                + $"13_0|0|PENDING||{second.JobNameIn(_study.Folder)}|Priority\n");

        Assert.Equal(
            [(StudyTaskState.Running, "12_0", null), (StudyTaskState.Queued, "13_0", "Priority")],
            States(slurm).Select(task => (task.State, task.JobId, task.Reason)));
    }

    [UnixFact]
    public void AQueueThatDoesNotAnswer_LeavesStartedTasksWaiting_AndNothingIsStartedTwice()
    {
        using var slurm = new FakeSlurm();
        var tasks = _study.AddTasks(2);
        _study.SubmitToSlurm(LongAgo, [tasks[0]]);
        slurm.Answer("squeue", "", "slurm_load_jobs error: Unable to contact slurm controller (connect failure)", 1);

        var state = States(slurm)[0];
        Assert.Equal(StudyTaskState.Waiting, state.State);
        Assert.Contains("Unable to contact", state.Reason, StringComparison.Ordinal);
        Assert.Equal("SlurmSilent", Assert.Throws<N2DException>(() => StudyControl.Stop(_study.Folder, slurm.Commands, default)).Id);
        Assert.Empty(slurm.CallsOf("scancel"));

        var start = new StudyStart(["pwsh"]) { Slurm = SlurmOptions.Of(new Dictionary<string, string>()), Commands = slurm.Commands };
        Assert.Equal(1, start.Start(_study.Folder, tasks, Execution.Default));
    }

    [UnixFact]
    public void Stop_CancelsTheArraysThatAreInTheQueue()
    {
        using var slurm = new FakeSlurm();
        var tasks = _study.AddTasks(4);
        var name = _study.SubmitToSlurm(LongAgo, [tasks[0]], [tasks[1]], [tasks[2]]).JobNameIn(_study.Folder);
        var local = _study.SubmitLocally(LongAgo, [tasks[3]]);
        slurm.AnswerQueue(name, (0, "COMPLETED", "None"));
        StudyControl.Stop(_study.Folder, slurm.Commands, default);
        Assert.Empty(slurm.CallsOf("scancel"));

        slurm.AnswerQueue(name, (0, "COMPLETED", "None"), (1, "RUNNING", "None"), (2, "PENDING", "Priority"));
        StudyControl.Stop(_study.Folder, slurm.Commands, default);
        Assert.Equal(["12"], Assert.Single(slurm.CallsOf("scancel")));
        Assert.True(File.Exists(local.StopFileIn(_study.Folder)));
    }

    [Fact]
    public void LocalTasks_RunWhileTheyAreClaimed_AndQueueWhileAProcessLives()
    {
        using var slurm = new FakeSlurm();
        var tasks = _study.AddTasks(2);
        var submission = _study.SubmitLocally(LongAgo, [tasks[0]], [tasks[1]]);
        using (StudyWorker.ForLocal(_study.Folder, submission.Number, 1))
        using (TaskClaim.TryTake(_study.Folder, tasks[0]))
        {
            Assert.Equal([StudyTaskState.Running, StudyTaskState.Queued], States(slurm).Select(task => task.State));
            File.WriteAllText(submission.StopFileIn(_study.Folder), "");
            Assert.Equal([StudyTaskState.Running, StudyTaskState.Stopped], States(slurm).Select(task => task.State));
        }

        Assert.Equal([StudyTaskState.Stopped, StudyTaskState.Stopped], States(slurm).Select(task => task.State));
        File.Delete(submission.StopFileIn(_study.Folder));
        Assert.All(States(slurm), task => Assert.Equal("Its process ended without a result.", task.Reason));
        Assert.Empty(slurm.CallsOf("squeue"));
    }

    [Fact]
    public void LocalTasks_WhoseProcessesHaveJustStarted_Wait()
    {
        using var slurm = new FakeSlurm();
        _study.SubmitLocally(Now, [.. _study.AddTasks(1)]);
        Assert.True(Assert.Single(States(slurm)) is { State: StudyTaskState.Waiting } state && state.IsPending());
    }

    private IReadOnlyList<StudyTaskStatus> States(FakeSlurm slurm) => StudyControl.StatesOf(_study.Folder, slurm.Commands, default);
}
