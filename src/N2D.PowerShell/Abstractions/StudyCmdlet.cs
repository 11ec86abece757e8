using System.Management.Automation;
using N2D.Studies;

namespace N2D.PowerShell;

/// <summary>Base class of the cmdlets that work on an existing study.</summary>
public abstract class StudyCmdlet : N2DCmdlet
{
    /// <summary>
    /// <para type="description">The folder of the study.</para>
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName", "LiteralPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = null!;

    /// <inheritdoc/>
    protected sealed override void ProcessObject() => ProcessStudy(StudyFolder.Open(ResolveFilePath(Path)));

    /// <summary>Processes a study.</summary>
    /// <param name="study">The study.</param>
    private protected abstract void ProcessStudy(StudyFolder study);
}
