using System.Text.Json.Nodes;
using N2D.Studies;

namespace N2D.Tests.Studies;

public sealed class TaskWorkTests : IDisposable
{
    private readonly TestStudy _study = new();

    public void Dispose() => _study.Dispose();

    [Fact]
    public void ACompletedTask_HasItsRows_AndNeitherAFailureNorACheckpoint()
    {
        var task = _study.AddTasks(1)[0];
        var work = _study.Start(task);
        Assert.Null(TaskResult.Read(_study.Folder, task));
        work.Fail("NotFinite", "Row 3 is NaN.");
        File.WriteAllText(work.CheckpointPath, "training");
        Assert.Equal("Row 3 is NaN.", TaskWork.ReadFailure(_study.Folder, task));

        work.Complete([new JsonObject { ["Method"] = "KM", ["Acc"] = 0.5, ["Nmi"] = null }], [new JsonObject { ["OwnSeconds"] = 1.5 }]);
        var row = Assert.Single(TaskResult.Read(_study.Folder, task)!.Rows);
        Assert.Equal("""{"Method":"KM","Acc":0.5,"Nmi":null,"OwnSeconds":1.5}""", row.ToJsonString());
        Assert.Empty(_study.FilesIn(StudyPart.Failures));
        Assert.Empty(_study.FilesIn(StudyPart.Checkpoints));

        // The file of the result has nothing that differs between runs.
        Assert.Equal(
            "{\"rows\":[{\"Method\":\"KM\",\"Acc\":0.5,\"Nmi\":null}]}\n",
            File.ReadAllText(_study.Folder.PathOf(StudyPart.Results, task)));
    }

    [Fact]
    public void ATrainingIsKept_IfTheStudySaysSo()
    {
        var task = _study.AddTasks(1)[0];
        _study.Folder.KeepCheckpoints(true);
        var folder = StudyFolder.Open(_study.Folder.Path);
        Assert.True(folder.KeepsCheckpoints);
        var checkpoint = Run(folder);
        Assert.True(File.Exists(checkpoint));

        folder.KeepCheckpoints(false);
        Run(StudyFolder.Open(folder.Path));
        Assert.False(File.Exists(checkpoint));

        string Run(StudyFolder study)
        {
            using var worker = StudyWorker.ForTasks(study, [0]);
            var work = TaskWork.Start(study, task, worker);
            File.WriteAllText(work.CheckpointPath, "training");
            work.Complete([], []);
            return work.CheckpointPath;
        }
    }

    [Fact]
    public void TheWaiting_Ends_WhenEachTaskHasAResultOrFailed()
    {
        var tasks = _study.AddTasks(2);
        HashSet<string> keys = [.. tasks.Select(task => task.Key)];
        _study.Complete(tasks[0]);
        Assert.False(StudyControl.HaveEnded(_study.Folder, keys));
        _study.Start(tasks[1]).Fail("NotFinite", "Row 3 is NaN.");
        Assert.True(StudyControl.HaveEnded(_study.Folder, keys));
    }

    [Fact]
    public void ATask_IsClaimedByOneProcess_UntilItIsReleased()
    {
        var task = _study.AddTasks(1)[0];
        Assert.False(TaskClaim.IsTaken(_study.Folder, task));
        using (var claim = TaskClaim.TryTake(_study.Folder, task))
        {
            Assert.NotNull(claim);
            Assert.True(TaskClaim.IsTaken(_study.Folder, task));
            Assert.Null(TaskClaim.TryTake(_study.Folder, task));
        }

        Assert.False(TaskClaim.IsTaken(_study.Folder, task));
        using var again = TaskClaim.TryTake(_study.Folder, task);
        Assert.NotNull(again);
    }

    [Fact]
    public void LocalProcesses_ShareTheTasks()
    {
        var tasks = _study.AddTasks(5);
        var submission = _study.SubmitLocally(TimeSpan.Zero, [tasks[0], tasks[1]], [tasks[2], tasks[3]], [tasks[4]]);
        _study.Complete(tasks[0]);
        _study.Start(tasks[1]).Fail("NotFinite", "Row 3 is NaN.");
        using var first = StudyWorker.ForLocal(_study.Folder, submission.Number, 0);
        using var second = StudyWorker.ForLocal(_study.Folder, submission.Number, 1);
        using var ofFirst = first.TakeTasks().GetEnumerator();
        using var ofSecond = second.TakeTasks().GetEnumerator();

        // What is done and what failed is not taken; what the other runs is not either.
        Assert.Equal(2, Next(ofFirst));
        Assert.Equal(3, Next(ofSecond));
        _study.Complete(tasks[3]);
        Assert.Equal(4, Next(ofSecond));
        _study.Complete(tasks[2]);
        Assert.Null(Next(ofFirst));
        Assert.Equal(submission.LogIn(_study.Folder, 1), second.LogPath);

        static int? Next(IEnumerator<StudyTask> tasks) => tasks.MoveNext() ? tasks.Current.Index : null;
    }

    [Fact]
    public void Stop_EndsTheTasksOfALocalProcess()
    {
        var tasks = _study.AddTasks(3);
        var submission = _study.SubmitLocally(TimeSpan.Zero, [.. tasks]);
        using var worker = StudyWorker.ForLocal(_study.Folder, submission.Number, 0);
        var taken = new List<int>();
        foreach (var task in worker.TakeTasks())
        {
            taken.Add(task.Index);
            StudyControl.Stop(_study.Folder, default);
        }

        Assert.Equal([0], taken);
        Assert.True(worker.IsToStop);
    }

    [Fact]
    public void APlaceOfAnArray_HasItsTasks()
    {
        var tasks = _study.AddTasks(3);
        var submission = _study.SubmitToSlurm(TimeSpan.Zero, [tasks[2], tasks[0]], [tasks[1]]);
        using var worker = StudyWorker.ForPlace(_study.Folder, submission.Number, 0);
        Assert.Equal([2, 0], worker.TakeTasks().Select(task => task.Index));
        Assert.Equal(submission.LogIn(_study.Folder, 0), worker.LogPath);
    }

    [Fact]
    public void ANumberWithoutATask_IsAnError()
    {
        _study.AddTasks(2);
        var error = Assert.Throws<N2DException>(() => StudyWorker.ForTasks(_study.Folder, [1, 2]));
        Assert.Equal("TaskNotFound", error.Id);
        Assert.Contains("0 to 1", error.Message, StringComparison.Ordinal);
    }
}
