using System.Management.Automation;
using N2D.Studies;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Shows how far a study is.</para>
/// <para type="description">Returns the number of tasks in each state, or with -Task one object for each task. The state of a task comes
/// from the files of the study first, then from the queue of Slurm or the local processes, then from the end of its log. A task whose
/// process is gone without a result is Waiting for 90 seconds before it is Stopped, because the file system of a cluster can show a file
/// late.</para>
/// </summary>
[Cmdlet(VerbsCommon.Get, "N2DStudy")]
[OutputType(typeof(StudyStatus), typeof(StudyTaskStatus))]
public sealed class GetN2DStudyCommand : StudyCmdlet
{
    /// <summary>
    /// <para type="description">Returns the tasks, with their state, the reason, the computer, the job, and the log.</para>
    /// </summary>
    [Parameter]
    public SwitchParameter Task { get; set; }

    /// <inheritdoc/>
    private protected override void ProcessStudy(StudyFolder study)
    {
        var tasks = StudyControl.StatesOf(study, Stopped);
        if (Task)
        {
            WriteObject(tasks, enumerateCollection: true);
        }
        else
        {
            WriteObject(new StudyStatus(study.Path, tasks));
        }
    }
}
