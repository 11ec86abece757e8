using System.Management.Automation;
using N2D.Plotting;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Draws an embedding, a clustering or the course of a training into a PNG or SVG file.</para>
/// <para type="description">What is drawn is told by -Kind, and by the input where that is not given: a clustering of labelled rows is shown by label and beside it by cluster, an embedding by
/// label. What has more than two dimensions is shown by its first two principal components, or by a layout of the same rows in two dimensions. The
/// epochs of Get-N2DTrainingHistory become one plot: a curve a training, and a dashed one for its validation rows.</para>
/// <para type="description">Colours are told apart with the common colour blindnesses in both themes; past ten categories other shades come in other shapes.</para>
/// </summary>
[Cmdlet(VerbsData.Export, "N2DPlot", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportN2DPlotCommand : PlotCmdlet
{
    private FileExport? _file;

    /// <summary>
    /// <para type="description">The file, .png or .svg. An existing file is replaced and keeps its mode; of a symbolic link, the target is. It takes one input; a second is an error.</para>
    /// </summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = null!;

    /// <summary>
    /// <para type="description">The ground: Light, dark on white, or Dark, light on near-black. Default: Light.</para>
    /// </summary>
    [Parameter]
    public PlotTheme Theme { get; set; }

    /// <summary>
    /// <para type="description">The width in pixels. Default: what suits the kind; 900 for a Scatter, 1600 for a Comparison. Range: 200 to 20000.</para>
    /// </summary>
    [Parameter]
    [WholeNumber]
    public int? Width { get; set; }

    /// <summary>
    /// <para type="description">The height in pixels. Default: what suits the kind; 800 for a Scatter, 560 for curves. Range: 200 to 20000.</para>
    /// </summary>
    [Parameter]
    [WholeNumber]
    public int? Height { get; set; }

    /// <summary>
    /// <para type="description">Do not replace a file that is there.</para>
    /// </summary>
    [Parameter]
    [Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>
    /// <para type="description">Replaces a read-only file, and under this name alone a file that has several hard links.</para>
    /// </summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>
    /// <para type="description">Put out the file.</para>
    /// </summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void CheckParameters()
    {
        base.CheckParameters();
        _file = new FileExport(this, ResolveFilePath(Path)) { NoClobber = NoClobber, Force = Force, PassThru = PassThru };
        PlotFile.Check(_file.Path, Width, Height);
        _file.Check();
    }

    /// <inheritdoc/>
    protected override void Deliver(Func<Execution, PlotPicture> compose) => _file!.Write("Draw plot", path => RunLong("Drawing the plot", 0, execution =>
    {
        compose(execution).Save(path, Width, Height, Theme);
        return path;
    }));
}
