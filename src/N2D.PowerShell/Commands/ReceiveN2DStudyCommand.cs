using System.Management.Automation;
using N2D.Studies;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Returns the results of a study.</para>
/// <para type="description">Returns the rows of all completed tasks, in the order of the tasks. A task that failed or is not done yet has
/// no row and causes no error: Get-N2DStudy -Task shows it. All columns but the seconds are the same wherever a task ran.</para>
/// </summary>
[Cmdlet(VerbsCommunications.Receive, "N2DStudy")]
[OutputType(typeof(PSObject), typeof(ShardScore))]
public sealed class ReceiveN2DStudyCommand : StudyCmdlet
{
    /// <summary>
    /// <para type="description">Waits until no task runs or is in a queue. Slurm is asked every 2 seconds at first, and later every 30.
    /// Ctrl+C ends the waiting, not the tasks.</para>
    /// </summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>
    /// <para type="description">Returns one object with the totals of all scored files instead of their rows: the sizes of the clusters,
    /// and means that are weighted by rows. A study with several models has one for each.</para>
    /// </summary>
    [Parameter]
    public SwitchParameter Total { get; set; }

    /// <inheritdoc/>
    private protected override void ProcessStudy(StudyFolder study)
    {
        if (Wait)
        {
            RunLong("Waiting for the study", 1, execution =>
            {
                StudyControl.Wait(study, execution);
                return 0;
            });
        }

        var tasks = study.ReadTasks();
        var doneCount = tasks.Count(study.HasResult);
        if (doneCount < tasks.Count)
        {
            WriteWarning($"{doneCount} of {tasks.Count} tasks have a result. Get-N2DStudy -Task shows the others.");
        }

        TaskResult[] results = [.. tasks.Select(task => TaskResult.Read(study, task)).OfType<TaskResult>()];
        if (TaskResult.WarningOfVersions(results.Select(result => result.Version), willCompute: false) is { } warning)
        {
            WriteWarning(warning);
        }

        if (results.Count(result => result.HasErrors) is > 0 and var errorCount)
        {
            WriteWarning(
                $"In {Quantity.Of(errorCount, "task")}, methods failed: see the column Error. Start-N2DStudy -RetryFailed repeats them.");
        }

        if (!Total)
        {
            WriteObject(StudyResults.RowsOf(study, tasks, results), enumerateCollection: true);
            return;
        }

        ShardScore[][] scores =
        [
            .. results.Where(result => result.Task.Kind == StudyTaskKind.Score)
                .GroupBy(result => result.Task.GetSpec().Model)
                .Select(results => results.Select(ShardScore.Of).ToArray()),
        ];
        if (scores.Length == 0)
        {
            throw new N2DException(
                "NothingScored",
                ErrorKind.InvalidArgument,
                $"The study '{study.Path}' has no scored file yet. -Total is for studies with -Model.",
                study.Path);
        }

        WriteObject(scores.Select(ShardScore.TotalOf), enumerateCollection: true);
    }
}
