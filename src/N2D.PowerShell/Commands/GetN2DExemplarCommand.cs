using System.Management.Automation;
using N2D.Models;
using N2D.Profiles;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Returns rows that show what each cluster is like: the most central ones, and those at the boundary to another
/// cluster.</para>
/// <para type="description">The first central row is the medoid: the row with the smallest sum of squared distances to all rows of the
/// cluster, which is the nearest one to the center. Boundary rows are those with the smallest simplified silhouette: compared with
/// the distance to the center of their own cluster, that of the nearest other cluster is close, too. All distances are Euclidean, in the
/// clustered space, such as the UMAP layout. Noise has no exemplars.</para>
/// <para type="description">Each object has the properties of the row (Index, Id, Label, Probability, Distance) and its values: the
/// columns as they were read or, with -SourceObject, the properties of the object that the row was made from. A column with the name of
/// another property, such as Index, is returned as SourceIndex. The table shows eight of them, those that set the cluster apart most
/// first. The pixels of images are not returned; to see images, use Show-N2DPlot -Kind Exemplar, which shows the same central
/// rows.</para>
/// </summary>
[Cmdlet(VerbsCommon.Get, "N2DExemplar")]
[OutputType(typeof(Exemplar))]
public sealed class GetN2DExemplarCommand : ThreadedCmdlet
{
    /// <summary>
    /// <para type="description">The clustering: from Invoke-N2DCluster, Optimize-N2DCluster, Invoke-N2D or Invoke-N2DModel, or a
    /// row of Compare-N2DMethod.</para>
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [Takes(typeof(ClusterResult))]
    [AllowNull]
    public ClusterResult InputObject { get; set; } = null!;

    /// <summary>
    /// <para type="description">The number of rows of each kind in a cluster. Smaller clusters have fewer. Default: 5. Range: 1 to
    /// 1000.</para>
    /// </summary>
    [Parameter(Position = 0)]
    [ValidateRange(1, 1000)]
    [WholeNumber]
    public int Count { get; set; } = new ExemplarOptions().Count;

    /// <summary>
    /// <para type="description">The kinds of rows: Central, Boundary or both. Default: both.</para>
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public ExemplarKind[] Kind { get; set; } = [.. new ExemplarOptions().Kinds];

    /// <summary>
    /// <para type="description">The objects that the rows were made from, whose properties are returned instead of the columns. They are
    /// matched to the rows by id if the data set has ids and the objects have the property of the ids, otherwise by order. Default:
    /// none.</para>
    /// </summary>
    [Parameter]
    [TakesSourceObjects]
    [ValidateNotNullOrEmpty]
    public PSObject[]? SourceObject { get; set; }

    /// <inheritdoc/>
    protected override void ProcessObject()
    {
        StageInput.ThrowIfNoClusters(InputObject);
        var options = new ExemplarOptions { Count = Count, Kinds = Kind };
        var exemplars = RunLong($"Choosing rows of {InputObject.Dataset}", ThreadCount, execution =>
            ClusterExemplars.Of(InputObject, options, execution));
        var source = SourceObject is null ? null : SourceObjects.Of(InputObject, SourceObject, WriteWarning);
        var columns = new SourceColumns(InputObject);
        foreach (var exemplar in exemplars)
        {
            var row = exemplar.GetRow();
            WriteObject(WithValues(exemplar, source is null ? columns.Of(row) : ItemProperties.Of(source[row])));
        }
    }

    private static PSObject WithValues(Exemplar exemplar, IEnumerable<(string Name, object? Value)> values)
    {
        var item = new PSObject(exemplar);
        foreach (var (name, value) in values)
        {
            item.Properties.Add(new PSNoteProperty(item.Properties[name] is null ? name : $"Source{name}", value));
        }

        return item;
    }
}
