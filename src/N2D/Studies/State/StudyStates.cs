using System.Globalization;
using System.Text.Json.Nodes;

namespace N2D.Studies;

/// <summary>
/// Finds the states of the tasks of a study: from its files, then from the queue of Slurm or the locks of local processes, then from the
/// ends of logs.
/// </summary>
internal sealed class StudyStates
{
    /// <summary>
    /// How long a task must show no sign of life before it is called stopped. A file system of a cluster can show a file a minute late.
    /// </summary>
    private static readonly TimeSpan Absence = TimeSpan.FromSeconds(90);

    private static readonly string[] RunningStates =
        ["RUNNING", "COMPLETING", "SUSPENDED", "STAGE_OUT", "SIGNALING", "STOPPED", "RESIZING"];

    private static readonly string[] FailedStates = ["FAILED", "OUT_OF_MEMORY", "TIMEOUT", "DEADLINE", "BOOT_FAIL"];
    private static readonly string[] StoppedStates = ["CANCELLED", "NODE_FAIL", "PREEMPTED", "REVOKED"];

    private readonly StudyFolder _folder;
    private readonly HashSet<string> _results;
    private readonly HashSet<string> _failures;
    private readonly HashSet<string> _runs;
    private readonly Dictionary<string, (StudySubmission Submission, int Place)> _submissions = [];
    private readonly Dictionary<(string JobName, int Place), SlurmEntry> _queue = [];
    private readonly Dictionary<int, bool> _hasWorkers = [];
    private readonly N2DException? _queueError;

    /// <summary>Reads the files of a study, and the queue of Slurm if the study uses it.</summary>
    /// <param name="folder">The study.</param>
    /// <param name="slurm">The commands of Slurm.</param>
    /// <param name="cancellation">Stops waiting for Slurm.</param>
    public StudyStates(StudyFolder folder, SlurmCommands slurm, CancellationToken cancellation)
    {
        _folder = folder;
        Submissions = StudySubmission.ReadAll(folder);
        foreach (var submission in Submissions)
        {
            for (var place = 0; place < submission.Places.Count; place++)
            {
                foreach (var key in submission.Places[place])
                {
                    _submissions[key] = (submission, place);
                }
            }
        }

        try
        {
            string[] names = [.. Submissions.Where(submission => submission.IsSlurm).Select(submission => submission.JobNameIn(folder))];
            foreach (var entry in names.Length == 0 ? [] : slurm.Queue(names, cancellation))
            {
                _queue[(entry.JobName, entry.Place)] = entry;
            }
        }
        catch (N2DException error)
        {
            _queueError = error;
        }

        // Results are read after the queue: a task that ends in between is done, not lost.
        _results = folder.NamesIn(StudyPart.Results);
        _failures = folder.NamesIn(StudyPart.Failures);
        _runs = folder.NamesIn(StudyPart.Runs);
    }

    /// <summary>All submissions, in order.</summary>
    public IReadOnlyList<StudySubmission> Submissions { get; }

    /// <summary>The number of the next submission.</summary>
    public int NextSubmission => Submissions.Count == 0 ? 1 : Submissions[^1].Number + 1;

    /// <summary>The places of arrays in the queue of Slurm.</summary>
    /// <exception cref="N2DException">The queue could not be read.</exception>
    public IEnumerable<SlurmEntry> Queue => _queueError is null ? _queue.Values : throw _queueError;

    /// <summary>Whether a task was started, now or earlier.</summary>
    public bool IsStarted(StudyTask task) => _submissions.ContainsKey(task.Key);

    /// <summary>Returns the state of a task, without reading more files than it needs.</summary>
    public StudyTaskState StateOf(StudyTask task) => _results.Contains(task.Key) ? StudyTaskState.Done
        : _failures.Contains(task.Key) ? StudyTaskState.Failed
        : !IsStarted(task) ? StudyTaskState.Waiting
        : StateOf(task, RunOf(task)).State;

    /// <summary>Returns the state of a task, and what is known of its run.</summary>
    public StudyTaskStatus Of(StudyTask task)
    {
        var spec = task.GetSpec();
        var run = RunOf(task);
        var (state, reason, entry) = StateOf(task, run);
        string? log = run?.LogPath;
        if (log is null && _submissions.TryGetValue(task.Key, out var started) && started.Submission.IsSlurm)
        {
            log = started.Submission.LogIn(_folder, started.Place);
        }

        return new StudyTaskStatus(
            task.Index,
            state,
            task.Kind,
            task.Dataset,
            spec.Methods is null ? null : string.Join(", ", spec.Methods),
            spec.Seed,
            ParameterTextOf(spec.Parameters),
            reason,
            entry?.Node ?? run?.Node,
            entry?.JobId ?? run?.JobId,
            log is not null && File.Exists(log) ? log : null,
            task.Key)
        { IsStarted = IsStarted(task) };
    }

    private TaskRun? RunOf(StudyTask task) => _runs.Contains(task.Key) ? TaskRun.Read(_folder, task) : null;

    private (StudyTaskState State, string? Reason, SlurmEntry? Entry) StateOf(StudyTask task, TaskRun? run)
    {
        if (_results.Contains(task.Key))
        {
            return (StudyTaskState.Done, null, null);
        }

        if (_failures.Contains(task.Key))
        {
            return (StudyTaskState.Failed, TaskWork.ReadFailure(_folder, task), null);
        }

        if (!_submissions.TryGetValue(task.Key, out var started))
        {
            // Another scheduler can run it.
            var reason = run is null
                ? "It was not started."
                : string.Create(CultureInfo.InvariantCulture, $"It was started on {run.Node} at {run.Started:u}, and has no result yet.");
            return (StudyTaskState.Waiting, reason, null);
        }

        return started.Submission.IsSlurm
            ? SlurmStateOf(started.Submission, started.Place, run)
            : LocalStateOf(started.Submission, task, run);
    }

    private (StudyTaskState State, string? Reason, SlurmEntry? Entry) SlurmStateOf(StudySubmission submission, int place, TaskRun? run)
    {
        if (_queueError is not null)
        {
            return (StudyTaskState.Waiting, _queueError.Message, null);
        }

        // Of several tasks in one place, those that are not yet begun wait for the others.
        var log = submission.LogIn(_folder, place);
        var isBegun = submission.Places[place].Length == 1 || (run is not null && run.Started >= submission.Started);
        if (!_queue.TryGetValue((submission.JobNameIn(_folder), place), out var entry))
        {
            return Gone(submission, log, isBegun, null);
        }

        if (RunningStates.Contains(entry.State))
        {
            return (isBegun ? StudyTaskState.Running : StudyTaskState.Queued, null, entry);
        }

        if (FailedStates.Contains(entry.State))
        {
            return isBegun
                ? (StudyTaskState.Failed, LogEnd.FailureIn(log) ?? $"Slurm ended it: {entry.State}, {entry.Reason}.", entry)
                : (StudyTaskState.Stopped, $"Slurm ended the process before this task: {entry.State}.", entry);
        }

        return StoppedStates.Contains(entry.State) ? (StudyTaskState.Stopped, $"Slurm ended it: {entry.State}.", entry)
            : entry.State == "COMPLETED" ? Gone(submission, log, isBegun, entry)
            : (StudyTaskState.Queued, entry.Reason, entry);
    }

    private (StudyTaskState State, string? Reason, SlurmEntry? Entry) LocalStateOf(
        StudySubmission submission, StudyTask task, TaskRun? run)
    {
        if (TaskClaim.IsTaken(_folder, task))
        {
            return (StudyTaskState.Running, null, null);
        }

        if (HasWorkers(submission))
        {
            return File.Exists(submission.StopFileIn(_folder))
                ? (StudyTaskState.Stopped, "The study was stopped.", null)
                : (StudyTaskState.Queued, null, null);
        }

        if (File.Exists(submission.StopFileIn(_folder)))
        {
            return (StudyTaskState.Stopped, "The study was stopped.", null);
        }

        var isBegun = run is not null && run.Started >= submission.Started;
        return Gone(submission, run?.LogPath ?? submission.LogIn(_folder, 0), isBegun, null);
    }

    /// <summary>Returns the state of a task whose process is gone without a result.</summary>
    private static (StudyTaskState State, string? Reason, SlurmEntry? Entry) Gone(
        StudySubmission submission, string log, bool isBegun, SlurmEntry? entry)
    {
        var lastSign = submission.Started;
        if (File.Exists(log) && File.GetLastWriteTimeUtc(log) is var written && written > lastSign)
        {
            lastSign = written;
        }

        return DateTime.UtcNow - lastSign < Absence ? (StudyTaskState.Waiting, "Its process has not started yet, or has just ended.", entry)
            : isBegun && LogEnd.FailureIn(log) is { } reason ? (StudyTaskState.Failed, reason, entry)
            : (StudyTaskState.Stopped, "Its process ended without a result.", entry);
    }

    private bool HasWorkers(StudySubmission submission)
    {
        if (!_hasWorkers.TryGetValue(submission.Number, out var found))
        {
            found = Enumerable.Range(0, submission.WorkerCount)
                .Any(worker => TaskClaim.IsLocked(submission.WorkerLockIn(_folder, worker)));
            _hasWorkers[submission.Number] = found;
        }

        return found;
    }

    private static string? ParameterTextOf(JsonObject parameters)
    {
        var texts = parameters
            .Select(entry => $"{entry.Key} = {(entry.Value is JsonArray items ? string.Join(',', items) : entry.Value?.ToString())}")
            .ToArray();
        return texts.Length == 0 ? null : string.Join("; ", texts);
    }
}
