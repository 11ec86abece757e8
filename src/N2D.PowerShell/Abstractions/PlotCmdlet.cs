using System.Management.Automation;
using N2D.Autoencoders;
using N2D.Clustering;
using N2D.Models;
using N2D.Pipeline;
using N2D.Plotting;

namespace N2D.PowerShell;

/// <summary>What the cmdlets share that draw what comes down the pipeline.</summary>
public abstract class PlotCmdlet : N2DCmdlet
{
    private readonly List<TrainingEpoch> _epochs = [];
    private readonly List<ClusterCountScore> _scores = [];

    /// <summary>
    /// <para type="description">What to draw: an embedding, the result of a clustering or a row of Compare-N2DMethod, the epochs of a training (Get-N2DTrainingHistory), or the scores of numbers of
    /// clusters (the GetClusterCountCurve() of a result).</para>
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>
    /// <para type="description">What to show. Default: Comparison for a clustering whose rows have labels, Scatter for one without and for an embedding, Loss for epochs,
    /// ClusterCount for scores.</para>
    /// <para type="description">Scatter: rows as points, colored by cluster, or by label where nothing is clustered. Comparison: by true label, and beside it by
    /// cluster, in the color of the label that the cluster stands for. Confusion: how many rows of each class are in each cluster, and what share of the
    /// class that is. Silhouette: how much at home each row is in its cluster; of more than 10000 rows, as many are drawn at random, and the title says so.
    /// ClusterCount: the curve by which Invoke-N2DCluster Auto chose. Exemplar: the images nearest the center of each cluster. Loss: the course of a training.</para>
    /// </summary>
    [Parameter]
    public PlotKind? Kind { get; set; }

    /// <summary>
    /// <para type="description">The same rows in two dimensions, as Invoke-N2DUmap -Dimension 2 makes them. Default: the rows' own two dimensions, or their first two principal
    /// components. A parameter of Scatter and Comparison.</para>
    /// </summary>
    [Parameter]
    public Embedding? Layout { get; set; }

    /// <summary>
    /// <para type="description">The title. Default: data set, stages and scores, the choice, or the last loss.</para>
    /// </summary>
    [Parameter]
    public string? Title { get; set; }

    /// <summary>
    /// <para type="description">How many images of each cluster an Exemplar plot shows. Default: 10. Range: 1 to 100.</para>
    /// </summary>
    [Parameter]
    [WholeNumber]
    public int? ExemplarCount { get; set; }

    private PlotOptions Options => new() { Kind = Kind, Layout = Layout, Title = Title, ExemplarCount = ExemplarCount };

    /// <summary>Refuses parameters that do not go with the kind asked for, before any input is looked at.</summary>
    protected override void CheckParameters()
    {
        if (Kind is { } kind)
        {
            Options.ThrowIfNotFor(kind);
        }
    }

    /// <summary>Hands out a plot.</summary>
    /// <param name="compose">Makes it.</param>
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
