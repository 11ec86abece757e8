using System.Management.Automation;
using N2D.Files;
using N2D.Plotting;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Draws an embedding, a clustering or the course of a training into a PNG or SVG file.</para>
/// <para type="description">-Kind selects the plot. By default it depends on the input: a clustering of labeled rows is drawn by label
/// and, next to it, by cluster; an embedding is drawn by label. Rows with more than two dimensions are drawn by their first two
/// principal components, or by a two-dimensional layout of the same rows (-Layout). The epochs of Get-N2DTrainingHistory become one
/// plot, with a curve for each training and a dashed one for its validation rows.</para>
/// <para type="description">The shape of a scatter plot follows the rows, and no row is left out. The name and the number of rows of
/// each category are written where most of its rows are; a line leads there from labels that have no space at that place. With more than
/// 40 categories, the labels are numbers or short names, and a legend explains them, the largest category first. A cluster has the color
/// of the class that it is matched with, and is named "mostly" by the class of more than half of its rows. With more than 20,000 rows,
/// a scatter plot shows the density of the rows instead of points: denser places are more opaque.</para>
/// <para type="description">The colors remain distinguishable with the common forms of color blindness, in both themes. From the
/// eleventh category on, other shades are used with other marker shapes.</para>
/// </summary>
[Cmdlet(VerbsData.Export, "N2DPlot", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportN2DPlotCommand : PlotCmdlet
{
    private FileExport? _file;

    /// <summary>
    /// <para type="description">The file, .png or .svg. An existing file is replaced and keeps its mode. If the path is a symbolic
    /// link, its target is replaced. The file takes one input object; a second one is an error.</para>
    /// </summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = null!;

    /// <summary>
    /// <para type="description">The color theme: Light, dark on a white background, or Dark, light on a dark background. Default:
    /// Light.</para>
    /// </summary>
    [Parameter]
    public PlotTheme Theme { get; set; }

    /// <summary>
    /// <para type="description">The width in pixels. Default: depends on the kind; for Scatter and Comparison, on the rows.
    /// Range: 200 to 20000.</para>
    /// </summary>
    [Parameter]
    [WholeNumber]
    public int? Width { get; set; }

    /// <summary>
    /// <para type="description">The height in pixels. Default: depends on the kind, for example 560 for curves.
    /// Range: 200 to 20000.</para>
    /// </summary>
    [Parameter]
    [WholeNumber]
    public int? Height { get; set; }

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
        PlotFile.Check(_file.Path, Width, Height);
        _file.Check();
    }

    /// <inheritdoc/>
    protected override void Deliver(Func<Execution, PlotPicture> compose) =>
        _file!.Write("Draw plot", path => RunLong("Drawing the plot", 0, execution =>
    {
        compose(execution).Save(path, Width, Height, Theme);
        return path;
    }));
}
