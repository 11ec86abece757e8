using System.Management.Automation;
using N2D.Autoencoders;
using N2D.Clustering;
using N2D.Models;
using N2D.Pipeline;
using N2D.Plotting;

namespace N2D.PowerShell;

/// <summary>Base class of the cmdlets that draw the pipeline input.</summary>
public abstract class PlotCmdlet : N2DCmdlet
{
    private readonly List<TrainingEpoch> _epochs = [];
    private readonly List<ClusterCountScore> _scores = [];

    /// <summary>
    /// <para type="description">What to draw: an embedding, a clustering, a row of Compare-N2DMethod, the epochs of a training
    /// (Get-N2DTrainingHistory), or the scores for numbers of clusters (GetClusterCountCurve() of a clustering).</para>
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>
    /// <para type="description">The kind of plot. Default: Comparison for a clustering with labels, Scatter for a clustering without labels
    /// and for an embedding, Loss for epochs, ClusterCount for scores.</para>
    /// <para type="description">Scatter shows the rows as points, colored by cluster, or by label for an embedding. Comparison shows them
    /// by label and, next to it, by cluster, in the color of the label that matches the cluster. Confusion shows the number of rows of each
    /// class in each cluster, and the fraction of the class. Silhouette shows how well each row fits its cluster; with more than 10000
    /// rows, it shows a random sample of 10000, and the title says so. ClusterCount shows the scores that Invoke-N2DCluster Auto compared.
    /// Exemplar shows the images closest to the center of each cluster. Mismatch shows the images whose label is not the class that their
    /// cluster is matched with, with their labels, and the number of them in each cluster; clusters without such
    /// images are left out. In both, the images are in the order of their distance to the center. Loss shows the loss of each epoch.</para>
    /// </summary>
    [Parameter]
    public PlotKind? Kind { get; set; }

    /// <summary>
    /// <para type="description">The same rows in two dimensions, such as the output of Invoke-N2DUmap -Dimension 2. For Scatter and
    /// Comparison. Default: the two dimensions of the rows, or their first two principal components.</para>
    /// </summary>
    [Parameter]
    [RejectsCopies]
    public Embedding? Layout { get; set; }

    /// <summary>
    /// <para type="description">The title. Default: depends on the kind, for example the data set, the stages and the scores.</para>
    /// </summary>
    [Parameter]
    public string? Title { get; set; }

    /// <summary>
    /// <para type="description">The number of images of each cluster in an Exemplar or Mismatch plot. Default: 10. Range: 1 to 100.</para>
    /// </summary>
    [Parameter]
    [WholeNumber]
    public int? ExemplarCount { get; set; }

    private PlotOptions Options => new() { Kind = Kind, Layout = Layout, Title = Title, ExemplarCount = ExemplarCount };

    /// <summary>Rejects parameters that do not fit the kind, before any input is processed.</summary>
    protected override void CheckParameters()
    {
        if (Kind is { } kind)
        {
            Options.ThrowIfNotFor(kind);
        }
    }

    /// <summary>Writes a plot to its destination.</summary>
    /// <param name="compose">Draws the plot.</param>
    protected abstract void Deliver(Func<Execution, PlotPicture> compose);

    /// <inheritdoc/>
    protected sealed override void ProcessObject()
    {
        switch (StageInput.Behind(InputObject.BaseObject))
        {
            case TrainingEpoch epoch:
                _epochs.Add(epoch);
                break;
            case ClusterCountScore score:
                _scores.Add(score);
                break;
            case (Embedding or ClusterResult) and var fitted when Kind == PlotKind.Loss:
                Compose(StageInput.AutoencoderOf(fitted).GetHistory());
                break;
            case var input:
                Compose(input);
                break;
        }
    }

    /// <inheritdoc/>
    protected sealed override void ProcessEnd()
    {
        if (_epochs.Count > 0)
        {
            Compose(_epochs);
        }

        if (_scores.Count > 0)
        {
            Compose(_scores);
        }
    }

    private void Compose(object input) => Deliver(execution => Plots.Of(input, Options, execution));
}
