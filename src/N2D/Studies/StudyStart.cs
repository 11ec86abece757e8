using System.Globalization;
using System.Text.Json.Nodes;

namespace N2D.Studies;

/// <summary>Starts the tasks of a study that have neither a result nor a place in a queue. Immutable.</summary>
public sealed record StudyStart
{
    /// <summary>Creates options.</summary>
    /// <param name="program">
    /// The program that runs tasks, and its arguments. It finds the study in the environment variables of <see cref="StudyVariables"/>.
    /// </param>
    public StudyStart(IReadOnlyList<string> program) => Program = program;

    /// <summary>The program that runs tasks, and its arguments.</summary>
    public IReadOnlyList<string> Program { get; }

    /// <summary>Further environment variables for the program.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>The options of sbatch; null to run the tasks in processes on this machine.</summary>
    public SlurmOptions? Slurm { get; init; }

    /// <summary>
    /// The number of processes at once. Default: for Slurm, no limit; on this machine, half of the processors, at most 4.
    /// </summary>
    [OptionRange(1)]
    public int? ThrottleLimit
    {
        get;
        init => field = value is { } limit
            ? OptionRange.Check("The study", typeof(StudyStart), nameof(ThrottleLimit), limit)
            : null;
    }

    /// <summary>The number of tasks that each place of an array runs in order. Default: 1.</summary>
    [OptionRange(1)]
    public int TasksPerJob
    {
        get;
        init => field = OptionRange.Check("The study", typeof(StudyStart), nameof(TasksPerJob), value);
    } = 1;

    /// <summary>
    /// Whether to start failed tasks again, and completed comparisons with methods that failed. Their results are kept until the new ones
    /// are there.
    /// </summary>
    public bool RetryFailed { get; init; }

    /// <summary>The commands of Slurm.</summary>
    internal SlurmCommands Commands { get; init; } = new();

    /// <summary>Starts tasks.</summary>
    /// <param name="folder">The study.</param>
    /// <param name="tasks">The tasks. Those with a result or a place in a queue are left out.</param>
    /// <param name="execution">Messages and cancellation.</param>
    /// <returns>The number of started tasks.</returns>
    /// <exception cref="N2DException">
    /// Another process starts tasks of the study (<c>StudyInUse</c>), Slurm is not installed (<c>SlurmNotFound</c>), refuses the job
    /// (<c>SlurmRefused</c>) or does not answer (<c>SlurmSilent</c>), or it cannot write logs to the folder (<c>StudyPathUnusable</c>).
    /// </exception>
    public int Start(StudyFolder folder, IReadOnlyList<StudyTask> tasks, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(execution);
        using var alone = folder.Lock();
        if (folder.Settle() is { } original)
        {
            execution.Warn?.Invoke(
                $"'{folder.Path}' is a copy of the study '{original}'. It is a study of its own from now on, and starts the missing tasks "
                    + "itself.");
        }

        var states = new StudyStates(folder, Commands, execution.CancellationToken);
        var pending = Pending(folder, states, tasks);
        if (pending.Length == 0)
        {
            return 0;
        }

        if (TaskResult.WarningOfVersions(TaskResult.VersionsOf(folder, tasks), willCompute: true) is { } warning)
        {
            execution.Warn?.Invoke(warning);
        }

        if (Slurm is null)
        {
            StartLocally(folder, NewSubmission(folder, states.NextSubmission, pending), execution);
        }
        else
        {
            SendToSlurm(folder, states, pending, execution);
        }

        return pending.Length;
    }

    /// <summary>Returns what a start would do, without doing it. Slurm checks its options.</summary>
    /// <param name="folder">The study; null if it does not exist yet.</param>
    /// <param name="tasks">The tasks.</param>
    /// <param name="execution">Cancellation.</param>
    public string Describe(StudyFolder? folder, IReadOnlyList<StudyTask> tasks, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        ArgumentNullException.ThrowIfNull(execution);
        var count = folder is null
            ? tasks.Count
            : Pending(folder, new StudyStates(folder, Commands, execution.CancellationToken), tasks).Length;
        if (Slurm is null || count == 0)
        {
            return $"Start {Quantity.Of(count, "task")} on this machine";
        }

        var places = Math.Min(((count - 1) / TasksPerJob) + 1, Commands.MaxPlaceCount(execution.CancellationToken));
        var job = new SlurmJob("n2d-test", places, "/dev/null", Slurm, ["true"]) { ThrottleLimit = ThrottleLimit };
        return $"Start {Quantity.Of(count, "task")} by Slurm ({Commands.Test(job, execution.CancellationToken)})";
    }

    private StudyTask[] Pending(StudyFolder folder, StudyStates states, IReadOnlyList<StudyTask> tasks) =>
    [
        .. tasks.Where(task => states.StateOf(task) switch
        {
            StudyTaskState.Waiting => !states.IsStarted(task),
            StudyTaskState.Stopped => true,
            StudyTaskState.Failed => RetryFailed,
            StudyTaskState.Done => RetryFailed && TaskResult.Read(folder, task) is { HasErrors: true },
            _ => false,
        }),
    ];

    private StudySubmission NewSubmission(StudyFolder folder, int number, StudyTask[] tasks)
    {
        var places = tasks.Chunk(TasksPerJob).Select(chunk => Array.ConvertAll(chunk, task => task.Key));
        var submission = new StudySubmission(number, [.. places])
        {
            IsSlurm = Slurm is not null,
            WorkerCount = Slurm is null ? Math.Min(ThrottleLimit ?? DefaultWorkerCount, tasks.Length) : 0,
        };

        // The keys make a submission. Without a description, Slurm may have it: see StudySubmission.Read.
        if (!submission.IsSlurm)
        {
            submission.WriteStart(folder);
        }

        submission.WritePlaces(folder);
        foreach (var task in tasks)
        {
            File.Delete(folder.PathOf(StudyPart.Failures, task));
            TaskResult.SetAside(folder, task);
        }

        return submission;
    }

    private static (string Path, JsonObject Failure)[] FailuresOf(StudyFolder folder, StudyTask[] tasks) =>
    [
        .. tasks.Select(task => folder.PathOf(StudyPart.Failures, task))
            .Where(File.Exists)
            .Select(path => (path, StudyFolder.ReadJson(path))),
    ];

    private static int DefaultWorkerCount => Math.Clamp(Processors.Count / 2, 1, 4);

    private void StartLocally(StudyFolder folder, StudySubmission submission, Execution execution)
    {
        // Results do not depend on the number of threads, so the processors are shared out.
        var threads = Math.Max(1, Processors.Count / submission.WorkerCount);
        for (var worker = 0; worker < submission.WorkerCount; worker++)
        {
            var variables = VariablesOf(folder, submission.Number);
            variables[StudyVariables.Worker] = worker.ToString(CultureInfo.InvariantCulture);
            variables["DOTNET_PROCESSOR_COUNT"] = threads.ToString(CultureInfo.InvariantCulture);
            variables[StudyVariables.Log] = submission.LogIn(folder, worker);
            LocalProcesses.Start(Program, variables, submission.LogIn(folder, worker));
        }

        execution.Explain?.Invoke(
            $"Started {Quantity.Of(submission.WorkerCount, "worker")} of {Quantity.Of(threads, "thread")}.");
    }

    private Dictionary<string, string> VariablesOf(StudyFolder folder, int number)
    {
        var variables = StudyVariables.Of(folder.Path, number);
        foreach (var (name, value) in Variables)
        {
            variables[name] = value;
        }

        return variables;
    }

    private void SendToSlurm(StudyFolder folder, StudyStates states, StudyTask[] tasks, Execution execution)
    {
        var number = states.NextSubmission;
        string? previous = null;
        var logs = folder.PathOf(StudyPart.Logs, "").TrimEnd('/');
        _ = SlurmJob.LogPatternIn(logs, number);
        var chunkSize = (long)Commands.MaxPlaceCount(execution.CancellationToken) * TasksPerJob;
        foreach (var chunk in tasks.Chunk((int)Math.Min(chunkSize, tasks.Length)))
        {
            var failures = FailuresOf(folder, chunk);
            StudyTask[] repeated = [.. chunk.Where(folder.HasResult)];
            var submission = NewSubmission(folder, number, chunk);
            var variables = VariablesOf(folder, number).Select(variable => $"{variable.Key}={variable.Value}");
            var job = new SlurmJob(
                submission.JobNameIn(folder),
                submission.Places.Count,
                SlurmJob.LogPatternIn(logs, number),
                Slurm!,
                ["/usr/bin/env", .. variables, .. Program])
            {
                ThrottleLimit = ThrottleLimit,

                // The limit holds for one array, so the arrays of a limited study run one after the other.
                After = ThrottleLimit is null ? null : previous,
            };

            try
            {
                previous = Commands.Submit(job, execution.CancellationToken);
            }
            catch (N2DException error) when (!SlurmCommands.IsUncertain(error))
            {
                submission.Delete(folder);
                foreach (var (path, failure) in failures)
                {
                    StudyFolder.WriteJson(path, failure);
                }

                foreach (var task in repeated)
                {
                    TaskResult.Restore(folder, task);
                }

                throw;
            }

            (submission with { JobId = previous }).WriteStart(folder);
            execution.Explain?.Invoke($"Slurm has {Quantity.Of(chunk.Length, "task")} as job {previous}, {submission.JobNameIn(folder)}.");
            number++;
        }
    }
}
