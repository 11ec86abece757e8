using System.Management.Automation;
using N2D.Models;
using N2D.Plotting;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Draws an embedding or a clustering into a PNG or SVG file.</para>
/// <para type="description">A clustering is coloured by cluster and, where labels are known, beside it by label. What has more than two dimensions is
/// shown by its first two principal components, or by a layout of the same rows in two dimensions.</para>
/// </summary>
[Cmdlet(VerbsData.Export, "N2DPlot", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportN2DPlotCommand : N2DCmdlet
{
    private bool _isWritten;

    /// <summary>
    /// <para type="description">The file, ending in .png or .svg. A file that is there is replaced. It takes one plot; a second input is an
    /// error.</para>
    /// </summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = null!;

    /// <summary>
    /// <para type="description">What to draw: an embedding or the result of a clustering.</para>
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>
    /// <para type="description">The same rows in two dimensions, as Invoke-N2DUmap -Dimension 2 makes them.</para>
    /// </summary>
    [Parameter]
    public Embedding? Layout { get; set; }

    /// <summary>
    /// <para type="description">The title. Default: data set, stages and scores.</para>
    /// </summary>
    [Parameter]
    public string? Title { get; set; }

    /// <summary>
    /// <para type="description">The width in pixels. Default: 900, or 1600 for two panels.</para>
    /// </summary>
    [Parameter]
    public int? Width { get; set; }

    /// <summary>
    /// <para type="description">The height in pixels. Default: 800.</para>
    /// </summary>
    [Parameter]
    public int? Height { get; set; }

    /// <summary>
    /// <para type="description">Do not replace a file that is there.</para>
    /// </summary>
    [Parameter]
    [Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>
    /// <para type="description">Replace even a file that is read-only.</para>
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
        var path = ResolveFilePath(Path);
        PlotFile.Check(path, Width, Height);
        OutputFile.CheckReplaceable(path, NoClobber, Force);
    }

    /// <inheritdoc/>
    protected override void ProcessObject()
    {
        var path = ResolveFilePath(Path);
        if (_isWritten)
        {
            throw new N2DException(
                "PlotAlreadyWritten",
                ErrorKind.InvalidArgument,
                $"'{path}' holds the plot of the input before this one, and takes one only. Give each its own: ... | ForEach-Object {{ $i++; $_ | Export-N2DPlot plot-$i.png }}.",
                path);
        }

        OutputFile.CheckReplaceable(path, NoClobber, Force);
        if (!ShouldProcess(path, "Draw plot"))
        {
            return;
        }

        RunLong("Drawing the plot", 0, execution =>
        {
            PlotOf(InputObject.BaseObject, execution).Save(path, Width, Height);
            return path;
        });
        _isWritten = true;
        if (PassThru)
        {
            WriteObject(new FileInfo(path));
        }
    }

    private ScatterPlot PlotOf(object input, Execution execution) => input switch
    {
        ClusterResult result => EmbeddingPlot.Of(result, Layout, Title, execution),
        Embedding embedding => EmbeddingPlot.Of(embedding, Layout, Title, execution),
        _ => throw new N2DException(
            "NotPlottable",
            ErrorKind.InvalidArgument,
            $"A plot shows an embedding or a clustering, not a {input.GetType().Name}.",
            input),
    };
}
