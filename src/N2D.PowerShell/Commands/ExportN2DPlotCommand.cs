using System.Management.Automation;
using N2D.Autoencoders;
using N2D.Models;
using N2D.Plotting;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Draws an embedding, a clustering or the course of a training into a PNG or SVG file.</para>
/// <para type="description">A clustering is coloured by cluster and, where labels are known, beside it by label. What has more than two dimensions is
/// shown by its first two principal components, or by a layout of the same rows in two dimensions. The epochs of Get-N2DTrainingHistory become one plot: a curve a
/// training, and a dashed one for its validation rows.</para>
/// </summary>
[Cmdlet(VerbsData.Export, "N2DPlot", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportN2DPlotCommand : ExportCmdlet
{
    private readonly List<TrainingEpoch> _epochs = [];

    /// <summary>
    /// <para type="description">What to draw: an embedding, the result of a clustering, or the epochs of a training.</para>
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>
    /// <para type="description">The same rows in two dimensions, as Invoke-N2DUmap -Dimension 2 makes them.</para>
    /// </summary>
    [Parameter]
    public Embedding? Layout { get; set; }

    /// <summary>
    /// <para type="description">The title. Default: data set, stages and scores, or the last loss.</para>
    /// </summary>
    [Parameter]
    public string? Title { get; set; }

    /// <summary>
    /// <para type="description">The width in pixels. Default: 900, or 1600 for two panels. Range: 100 to 20000.</para>
    /// </summary>
    [Parameter]
    public int? Width { get; set; }

    /// <summary>
    /// <para type="description">The height in pixels. Default: 800, or 560 for the course of a training. Range: 100 to 20000.</para>
    /// </summary>
    [Parameter]
    public int? Height { get; set; }

    /// <inheritdoc/>
    protected override void CheckPath(string path) => PlotFile.Check(path, Width, Height);

    /// <inheritdoc/>
    protected override void ProcessObject()
    {
        if (InputObject.BaseObject is TrainingEpoch epoch)
        {
            _epochs.Add(epoch);
            return;
        }

        Draw(execution => PlotOf(InputObject.BaseObject, execution));
    }

    /// <inheritdoc/>
    protected override void ProcessEnd()
    {
        if (_epochs.Count > 0)
        {
            Draw(_ => LossPlot.Of(_epochs, Title));
        }
    }

    private void Draw(Func<Execution, PlotPicture> compose) =>
        WriteFile("Draw plot", "Drawing the plot", (path, execution) => compose(execution).Save(path, Width, Height));

    private ScatterPlot PlotOf(object input, Execution execution) => input switch
    {
        ClusterResult result => EmbeddingPlot.Of(result, Layout, Title, execution),
        Embedding embedding => EmbeddingPlot.Of(embedding, Layout, Title, execution),
        _ => throw new N2DException(
            "NotPlottable",
            ErrorKind.InvalidArgument,
            $"A plot shows an embedding, a clustering or the epochs of a training, not a {input.GetType().Name}.",
            input),
    };
}
