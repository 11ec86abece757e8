using System.Collections;
using System.Management.Automation;
using System.Text.Json.Nodes;
using N2D.Ablation;
using N2D.Studies;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Starts many tasks, on this machine or on a Slurm cluster.</para>
/// <para type="description">Makes a task of every combination of data set, seed and parameters, and starts those that have no result
/// and are not in a queue. So the same command resumes a study that was stopped, and another command with the same folder extends it.
/// With the folder only, all missing tasks of the study are started. The cmdlet returns at once: see Get-N2DStudy, Receive-N2DStudy and
/// Stop-N2DStudy.</para>
/// <para type="description">The tasks compare methods (Compare-N2DMethod), fit and save models (Invoke-N2D, with -Fit), or apply a saved
/// model to files (Invoke-N2DModel, with -Model). Without -Slurm, they run in processes on this machine. With -Slurm, they are an array of
/// jobs, and all nodes must see the folder, the data and the module under the same paths. Results are the same in both cases, and the same
/// after any interruption.</para>
/// <para type="description">All data sets are read and checked first; the columns of shards are checked by their tasks. A task is known by
/// the content of its data, its seed and its parameters, so a changed file gives new tasks. A study has tasks of one kind.</para>
/// </summary>
[Cmdlet(VerbsLifecycle.Start, "N2DStudy", DefaultParameterSetName = ByComparison, SupportsShouldProcess = true)]
[OutputType(typeof(StudyStatus))]
public sealed class StartN2DStudyCommand : N2DCmdlet
{
    private const string ByComparison = "Compare";
    private const string ByFit = "Fit";
    private const string ByScore = "Score";

    /// <summary>
    /// <para type="description">The folder of the study. It is created if it does not exist.</para>
    /// </summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("LiteralPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = null!;

    /// <summary>
    /// <para type="description">The data sets: names, files, or hashtables with the parameters of Import-N2DDataset, such as
    /// @{ Path = 'x.csv'; LabelColumn = 'class' }. Without data sets, the missing tasks of an existing study are started.</para>
    /// </summary>
    [Parameter(Position = 1, ParameterSetName = ByComparison)]
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = ByFit)]
    [ArgumentCompleter(typeof(DatasetNameCompleter))]
    [ValidateNotNullOrEmpty]
    public object[]? Dataset { get; set; }

    /// <summary>
    /// <para type="description">The methods to compare, as in Compare-N2DMethod: names or wildcards. Default: N2D. Methods that the study
    /// already compares are not repeated.</para>
    /// </summary>
    [Parameter(ParameterSetName = ByComparison)]
    [ArgumentCompleter(typeof(MethodNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Method { get; set; } = ["N2D"];

    /// <summary>
    /// <para type="description">Fits N2D (Invoke-N2D) and saves each model as results/KEY.n2d in the folder.</para>
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = ByFit)]
    public SwitchParameter Fit { get; set; }

    /// <summary>
    /// <para type="description">The seeds, such as 0..19. Default 0. Range: 0 or more.</para>
    /// </summary>
    [Parameter(ParameterSetName = ByComparison)]
    [Parameter(ParameterSetName = ByFit)]
    [Alias("random_state")]
    [ValidateNotNullOrEmpty]
    [ValidateRange(0, int.MaxValue)]
    [TakesRanges]
    [WholeNumber]
    public int[] Seed { get; set; } = [0];

    /// <summary>
    /// <para type="description">Parameters of Compare-N2DMethod, or with -Fit of Invoke-N2D, and their values: @{ Epoch = 50, 100;
    /// NeighborCount = 10, 20 } makes four combinations. The parameters are ClusterCount, Dimension, NeighborCount, Preset, Epoch and
    /// Device; for comparisons also HiddenUnit and StartCount; with -Fit also ClusterCountCriterion and Optimize.</para>
    /// </summary>
    [Parameter(ParameterSetName = ByComparison)]
    [Parameter(ParameterSetName = ByFit)]
    [ValidateNotNull]
    public IDictionary Parameter { get; set; } = new Hashtable();

    /// <summary>
    /// <para type="description">The file of a model, which is applied to each -Shard.</para>
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = ByScore)]
    [ArgumentCompleter(typeof(ModelFileCompleter))]
    [ValidateNotNullOrEmpty]
    public string Model { get; set; } = null!;

    /// <summary>
    /// <para type="description">The files to apply the model to: paths, wildcards, or hashtables with the parameters of Import-N2DDataset.
    /// The assignments of each are results/KEY.csv in the folder.</para>
    /// </summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = ByScore)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public object[] Shard { get; set; } = null!;

    /// <summary>
    /// <para type="description">The largest number of rows of a scoring task. Larger .npy and Parquet files are divided, Parquet files
    /// between row groups. Default 1,000,000. Range: 1 or more.</para>
    /// </summary>
    [Parameter(ParameterSetName = ByScore)]
    [ValidateRange(1, long.MaxValue)]
    [WholeNumber]
    public long RowPerTask { get; set; } = 1_000_000;

    /// <summary>
    /// <para type="description">Runs the tasks with Slurm, with these options of sbatch: @{ Partition = 'gpu'; Time = '2:00:00';
    /// Mem = '8G'; CpusPerTask = 8; Gres = 'gpu:1' }. Each option of sbatch is allowed, in PascalCase or as sbatch writes it. Use @{} for
    /// the defaults of the cluster.</para>
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? Slurm { get; set; }

    /// <summary>
    /// <para type="description">The number of processes that run at once. Default: with -Slurm no limit, otherwise half the number of
    /// processors, but at most 4. Local processes share the processors. Range: 1 or more.</para>
    /// </summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [WholeNumber]
    public int? ThrottleLimit { get; set; }

    /// <summary>
    /// <para type="description">The number of tasks that a job runs one after the other. Use it for tasks that take seconds, because each
    /// job first starts PowerShell. Default 1. Range: 1 or more.</para>
    /// </summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [WholeNumber]
    public int TaskPerJob { get; set; } = 1;

    /// <summary>
    /// <para type="description">Starts failed tasks again, for example with more memory, and completed comparisons with methods that failed
    /// (Error). Receive-N2DStudy returns their earlier rows until the new ones are there.</para>
    /// </summary>
    [Parameter]
    public SwitchParameter RetryFailed { get; set; }

    /// <summary>
    /// <para type="description">Keeps the trainings of completed tasks as checkpoints/KEY in the folder, for -CheckpointPath of
    /// Compare-N2DMethod, or of Invoke-N2D with -Fit. A training of MNIST takes about 50 MB. The setting is kept with the study, until
    /// -KeepCheckpoint:$false. By default, trainings are deleted.</para>
    /// </summary>
    [Parameter]
    public SwitchParameter KeepCheckpoint { get; set; }

    /// <summary>
    /// <para type="description">Only makes the tasks. Start them later, or run them with Invoke-N2DStudyTask under another
    /// scheduler.</para>
    /// </summary>
    [Parameter]
    public SwitchParameter PlanOnly { get; set; }

    /// <summary>
    /// <para type="description">The program of PowerShell that runs the tasks. Default: the one of this session.</para>
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ShellPath { get; set; }

    /// <inheritdoc/>
    protected override void CheckParameters()
    {
        _ = StartOptions();
        if (ShellPath is not null && Slurm is null && !PlanOnly)
        {
            // Slurm's nodes can have other programs than this machine.
            WorkerProgram.ThrowIfNotFound(ShellPath);
        }

        if (ParameterSetName == ByComparison)
        {
            _ = AblationMethod.Select(Method);
            if (Dataset is null && new[] { nameof(Method), nameof(Seed), nameof(Parameter) }.FirstOrDefault(IsBound) is { } unused)
            {
                throw new N2DException(
                    "DatasetRequired", ErrorKind.InvalidArgument, $"-{unused} describes new tasks, which need a data set. Use -Dataset.");
            }
        }
    }

    /// <inheritdoc/>
    protected override void ProcessObject()
    {
        var path = ResolveFilePath(Path);
        var start = StartOptions();
        if (ParameterSetName == ByComparison && Dataset is null)
        {
            var existing = StudyFolder.Open(path);
            var known = existing.ReadTasks();
            if (ShouldStart(existing, path, known, start))
            {
                SetKeeping(existing);
                StartTasks(existing, known, start);
            }

            return;
        }

        var planner = new StudyPlanner(this);
        var tasks = ParameterSetName switch
        {
            ByScore => planner.Score(ResolveFilePath(Model), Shard, RowPerTask),
            ByFit => planner.Fit(Dataset!, Seed, Parameter),
            _ => planner.Compare(Dataset!, [.. AblationMethod.Select(Method).Select(method => method.Name)], Seed, Parameter),
        };
        var before = StudyFolder.Find(path);
        ThrowIfOfAnotherKind(before, tasks);
        if (!ShouldStart(before, path, tasks, start))
        {
            return;
        }

        var study = StudyFolder.OpenOrCreate(path, MyInvocation.MyCommand.Version?.ToString() ?? "");
        SetKeeping(study);
        StartTasks(study, study.Add(tasks, Request()), start);
    }

    private bool ShouldStart(StudyFolder? study, string path, IReadOnlyList<StudyTask> tasks, StudyStart start) =>
        ShouldProcess(path, RunLong("Asking for a start", 1, execution => start.Describe(study, tasks, execution)));

    private void SetKeeping(StudyFolder study)
    {
        if (IsBound(nameof(KeepCheckpoint)))
        {
            study.KeepCheckpoints(KeepCheckpoint);
        }
    }

    private void StartTasks(StudyFolder study, IReadOnlyList<StudyTask> tasks, StudyStart start)
    {
        if (!PlanOnly)
        {
            RunLong("Starting tasks", 1, execution => start.Start(study, tasks, execution));
        }

        WriteObject(new StudyStatus(study.Path, StudyControl.StatesOf(study, Stopped)));
    }

    private StudyStart StartOptions() => new(PlanOnly ? [] : WorkerProgram.Of(ShellPath))
    {
        Variables = WorkerProgram.Variables,
        Slurm = Slurm is null ? null : SlurmOptions.Of(Slurm),
        ThrottleLimit = ThrottleLimit,
        TasksPerJob = TaskPerJob,
        RetryFailed = RetryFailed,
    };

    private JsonObject Request() => (JsonObject)JsonValues.From(new Hashtable(MyInvocation.BoundParameters))!;

    /// <summary>Rejects tasks whose results have other columns than those of the study, which Export-Csv would lose.</summary>
    private static void ThrowIfOfAnotherKind(StudyFolder? study, IReadOnlyList<StudyTask> tasks)
    {
        if (study is not null && tasks.Count > 0 && study.ReadTasks().FirstOrDefault(task => task.Kind != tasks[0].Kind) is { } other)
        {
            throw new N2DException(
                "StudyKindDiffers",
                ErrorKind.InvalidArgument,
                $"The study in '{study.Path}' has tasks of kind {other.Kind}, and these are of kind {tasks[0].Kind}. Use another folder.",
                tasks[0].Kind);
        }
    }
}
