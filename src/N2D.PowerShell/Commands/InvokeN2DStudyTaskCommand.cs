using System.Globalization;
using System.Management.Automation;
using N2D.Studies;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Runs tasks of a study in this session.</para>
/// <para type="description">Start-N2DStudy starts processes that run this cmdlet. Use it to see why a task fails, or to run a study with
/// another scheduler: each task needs the folder and its number only. A task that has a result is not run again, and a
/// task that another process trains is left to it, with an error. Returns the rows of the result.</para>
/// <para type="description">If the process receives SIGTERM, its training is saved before it ends, and the next run of the
/// task resumes it.</para>
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "N2DStudyTask", DefaultParameterSetName = ByIndex)]
[OutputType(typeof(PSObject))]
public sealed class InvokeN2DStudyTaskCommand : N2DCmdlet
{
    private const string ByIndex = "ByIndex";
    private const string ByWorker = "ByWorker";
    private const int MaxRequeues = 50;
    private const int MaxIdleRequeues = 2;

    /// <summary>How often a local process looks whether it has to stop.</summary>
    private static readonly TimeSpan StopInterval = TimeSpan.FromSeconds(1);

    private TaskWork? _work;

    /// <summary>
    /// <para type="description">The folder of the study.</para>
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ByIndex)]
    [Alias("LiteralPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = null!;

    /// <summary>
    /// <para type="description">The numbers of the tasks, from 0, as Get-N2DStudy -Task shows them. Default: the number in
    /// $env:JOB_COMPLETION_INDEX, which an indexed job of Kubernetes has.</para>
    /// </summary>
    [Parameter(Position = 1, ParameterSetName = ByIndex, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ValidateRange(0, int.MaxValue)]
    [TakesRanges]
    [WholeNumber]
    public int[]? Index { get; set; }

    /// <summary>
    /// <para type="description">Runs the tasks that the environment variables of the process name. Start-N2DStudy uses it.</para>
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = ByWorker)]
    public SwitchParameter Worker { get; set; }

    /// <inheritdoc/>
    protected override void ProcessObject()
    {
        var study = StudyFolder.Open(ResolveFilePath(Worker ? Variable(StudyVariables.Folder) : Path));
        using var worker = WorkerOf(study);
        using var limit = Worker && OperatingSystem.IsLinux() && worker.JobId is { } job
            ? Termination.OnTimeLimit(() => Continue(job))
            : null;
        using var stops = new Timer(_ => ExitIfStopped(worker), null, StopInterval, StopInterval);
        using var running = Termination.Track();
        foreach (var task in worker.TakeTasks())
        {
            Run(study, task, worker);
        }
    }

    private void Run(StudyFolder study, StudyTask task, StudyWorker worker)
    {
        if (!study.HasResult(task))
        {
            WriteVerbose(string.Create(CultureInfo.InvariantCulture, $"{DateTime.Now:s} Task {task.Index} starts: {task}."));
            var work = _work = TaskWork.Start(study, task, worker);
            try
            {
                new StudyTaskScripts(this).Run(work);
            }
            catch (N2DException error) when (TaskWork.LeavesToAnother(error.Id))
            {
                Report(new N2DException(
                    "TaskInUse", ErrorKind.Unavailable, $"Task {task.Index} is left to another process, which runs it.", task, error));
                return;
            }
            catch (N2DException error)
            {
                work.Fail(error.Id, error.Message);
                Report(new N2DException(error.Id, error.Kind, $"Task {task.Index} failed: {error.Message}", task, error));
                return;
            }

            WriteVerbose(string.Create(CultureInfo.InvariantCulture, $"{DateTime.Now:s} Task {task.Index} is done."));
        }

        // The output of a process that Start-N2DStudy started is its log.
        if (!Worker)
        {
            WriteObject(StudyResults.RowsOf(study, [task], [TaskResult.Read(study, task)!]), enumerateCollection: true);
        }
    }

    private StudyWorker WorkerOf(StudyFolder study)
    {
        if (!Worker)
        {
            return StudyWorker.ForTasks(study, Index ?? [Number("JOB_COMPLETION_INDEX")]);
        }

        var submission = Number(StudyVariables.Submission);
        return Environment.GetEnvironmentVariable(StudyVariables.Worker) is not null
            ? StudyWorker.ForLocal(study, submission, Number(StudyVariables.Worker))
            : StudyWorker.ForPlace(study, submission, Number("SLURM_ARRAY_TASK_ID"));
    }

    private static void ExitIfStopped(StudyWorker worker)
    {
        if (worker.IsToStop)
        {
            Termination.Exit(0);
        }
    }

    /// <summary>
    /// Puts the job back into the queue before its time limit, if this run saved a training that the next run resumes. Without progress,
    /// each run would end at the same point, unless this one was slow to start.
    /// </summary>
    private void Continue(string job)
    {
        _ = int.TryParse(Environment.GetEnvironmentVariable("SLURM_RESTART_COUNT"), CultureInfo.InvariantCulture, out var count);
        if (count < (_work is { HasProgress: false } ? MaxIdleRequeues : MaxRequeues))
        {
            StudyControl.Requeue(job);
        }
        else
        {
            _work?.Fail("TimeLimit", "The time limit was reached. Give the task more time.");
        }
    }

    private static int Number(string variable) => int.TryParse(Variable(variable), CultureInfo.InvariantCulture, out var number)
        ? number
        : throw Missing(variable);

    private static string Variable(string name) => Environment.GetEnvironmentVariable(name) ?? throw Missing(name);

    private static N2DException Missing(string variable) => new(
        "TaskNotNamed",
        ErrorKind.InvalidArgument,
        variable == "JOB_COMPLETION_INDEX"
            ? "Give the number of a task with -Index. Get-N2DStudy -Task shows the numbers."
            : $"The environment variable {variable} is missing: -Worker is for the processes that Start-N2DStudy starts.");
}
