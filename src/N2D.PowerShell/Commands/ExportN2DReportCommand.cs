using System.Management.Automation;
using N2D.Files;
using N2D.Reports;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Writes an HTML page that explains clusterings: scores, an interactive map, profiles and exemplars.</para>
/// <para type="description">The page is a single file that loads nothing from the network. It has a summary with the scores and settings,
/// an interactive map of the rows, the clusters with what sets each apart, the rows nearest to each center (as images if they are images),
/// the number of rows of each label in each cluster, the curves of the fit, and the commands to repeat it. Several
/// clusterings have a table of their scores, and of the ARI and AMI of each pair.</para>
/// <para type="description">On the map, point at a row to see its id, columns and image. Zoom with the wheel, drag to move, and search for
/// ids and labels. Color by any column; the legend filters by it. Draw around rows with Lasso, and download them as CSV. All of this also
/// works with the keyboard, except Lasso.</para>
/// <para type="description">The page contains the data that it shows, so its size depends on the rows and columns (-Column): about 0.2 MB
/// for 2,000 rows, 5 MB for 70,000 small images, and 27 MB for 1,000,000 rows with 8 columns of whole numbers. Above 20,000 rows,
/// the numbers on the map are rounded to a 65,000th of their range.</para>
/// </summary>
[Cmdlet(VerbsData.Export, "N2DReport", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportN2DReportCommand : ReportCmdlet
{
    private FileExport? _file;

    /// <summary>
    /// <para type="description">The file, .html or .htm. An existing file is replaced and keeps its mode. If the path is a symbolic link,
    /// its target is replaced.</para>
    /// </summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = null!;

    /// <summary>
    /// <para type="description">Does not replace an existing file.</para>
    /// </summary>
    [Parameter]
    [Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>
    /// <para type="description">Replaces a read-only file. If the file has several hard links, replaces it under this name
    /// only.</para>
    /// </summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>
    /// <para type="description">Returns the file.</para>
    /// </summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void CheckParameters()
    {
        base.CheckParameters();
        _file = new FileExport(this, ResolveFilePath(Path))
        {
            Replacement = new OutputOptions { NoClobber = NoClobber, Force = Force },
            PassThru = PassThru,
        };
        ClusterReport.CheckPath(_file.Path);
        _file.Check();
    }

    /// <inheritdoc/>
    protected override void Deliver(Action<string> write) => _file!.Write("Write report", write);
}
