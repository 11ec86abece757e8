using System.Management.Automation;
using N2D.Studies;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Returns the results of a study.</para>
/// <para type="description">Returns the rows of all completed tasks, in the order of the tasks. A task that failed or is not done yet has
/// no row and causes no error: Get-N2DStudy -Task shows it. The columns are the same wherever a task ran, except the seconds and the
/// node, which are last.</para>
/// </summary>
[Cmdlet(VerbsCommunications.Receive, "N2DStudy")]
[OutputType(typeof(PSObject))]
public sealed class ReceiveN2DStudyCommand : StudyCmdlet
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>
    /// <para type="description">Waits until no task runs or is in a queue. Ctrl+C ends the waiting, not the tasks.</para>
    /// </summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <inheritdoc/>
    private protected override void ProcessStudy(StudyFolder study)
    {
        if (Wait)
        {
            RunLong("Waiting for the study", 1, execution =>
            {
                while (StudyControl.StatesOf(study, execution.CancellationToken) is var tasks && tasks.Any(task => task.IsPending()))
                {
                    var status = new StudyStatus(study.Path, tasks);
                    execution.Report($"{status.Done} of {tasks.Count} done, {status.Running} running", (double)status.Done / tasks.Count);
                    execution.CancellationToken.WaitHandle.WaitOne(Pause);
                    execution.CancellationToken.ThrowIfCancellationRequested();
                }

                return 0;
            });
        }

        WriteObject(StudyResults.RowsOf(study, study.ReadTasks()), enumerateCollection: true);
    }
}
