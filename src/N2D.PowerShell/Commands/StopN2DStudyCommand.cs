using System.Management.Automation;
using N2D.Studies;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Stops the waiting and running tasks of a study.</para>
/// <para type="description">Cancels the jobs of Slurm, and asks local processes to end. They save their training first. Results are kept.
/// Start-N2DStudy with the folder starts what is missing.</para>
/// </summary>
[Cmdlet(VerbsLifecycle.Stop, "N2DStudy", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class StopN2DStudyCommand : StudyCmdlet
{
    /// <inheritdoc/>
    private protected override void ProcessStudy(StudyFolder study)
    {
        if (ShouldProcess(study.Path, "Stop tasks"))
        {
            StudyControl.Stop(study, Stopped);
        }
    }
}
