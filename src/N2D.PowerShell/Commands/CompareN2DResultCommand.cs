using System.Management.Automation;
using N2D.Comparison;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Compares clusterings of the same rows: ARI, AMI, NMI, the pairs of clusters, and the rows that moved.</para>
/// <para type="description">Use it to see whether another seed, another method or new data change the clusters. No labels are
/// needed.</para>
/// <para type="description">A clustering is the output of Invoke-N2DCluster, Optimize-N2DCluster, Invoke-N2D or Invoke-N2DModel. Other
/// objects with a cluster, such as those of Get-N2DAssignment or Import-Csv, together form one clustering.</para>
/// <para type="description">Without -ReferenceObject, every pair of the piped clusterings is compared. Rows are matched by their ids if
/// both clusterings have ids, otherwise by their index. Rows in only one of the clusterings are skipped, with a warning. Objects without a
/// cluster, such as rows that were dropped for their missing values, are skipped.</para>
/// </summary>
[Cmdlet(VerbsData.Compare, "N2DResult", DefaultParameterSetName = SummarySet)]
[OutputType(typeof(PartitionComparison), ParameterSetName = [SummarySet])]
[OutputType(typeof(ClusterMatch), ParameterSetName = [ClusterSet])]
[OutputType(typeof(MovedRow), ParameterSetName = [MovedSet])]
public sealed class CompareN2DResultCommand : N2DCmdlet
{
    private const string SummarySet = "Summary", ClusterSet = "Cluster", MovedSet = "MovedRow";

    // Conversion to PSObject[] would lose the properties of a single custom object.
    private readonly List<PSObject> _objects = [];
    private readonly List<PSObject[]> _lists = [];

    /// <summary>
    /// <para type="description">The clustering that the others are compared with. Default: every pair is compared.</para>
    /// </summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public object[]? ReferenceObject { get; set; }

    /// <summary>
    /// <para type="description">The clusterings to compare.</para>
    /// </summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public object[] DifferenceObject { get; set; } = [];

    /// <summary>
    /// <para type="description">The property that holds the cluster of an object that is not a clustering. The value -1 means noise.
    /// Default: Cluster.</para>
    /// </summary>
    [Parameter]
    [OneColumn]
    [ValidateNotNullOrEmpty]
    public string ClusterProperty { get; set; } = "Cluster";

    /// <summary>
    /// <para type="description">The property that identifies an object that is not a clustering. The rows of all clusterings then
    /// need ids. Default: Id if the objects have it, otherwise Index; objects with neither are matched in their order.</para>
    /// </summary>
    [Parameter]
    [OneColumn]
    [ValidateNotNullOrEmpty]
    public string? IdProperty { get; set; }

    /// <summary>
    /// <para type="description">Returns one object for each pair of clusters instead: the rows in each and in both, and the Jaccard
    /// index.</para>
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = ClusterSet)]
    public SwitchParameter Cluster { get; set; }

    /// <summary>
    /// <para type="description">Returns one object for each row that moved instead: its cluster in both clusterings.</para>
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = MovedSet)]
    public SwitchParameter MovedRow { get; set; }

    /// <inheritdoc/>
    protected override void ProcessObject()
    {
        // The pipeline gives objects one by one, and a list within it at once.
        if (DifferenceObject.Length == 1)
        {
            _objects.Add(PSObject.AsPSObject(DifferenceObject[0]));
        }
        else
        {
            _lists.Add(Array.ConvertAll(DifferenceObject, PSObject.AsPSObject));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessEnd() => EndingAll(() =>
    {
        var source = new PartitionSource(new NameProperty(ClusterProperty, nameof(ClusterProperty)), IdProperty);
        var references = ReferenceObject is null ? null : source.PartitionsOf(ReferenceObject.Select(PSObject.AsPSObject));
        Partition[] differences = [.. source.PartitionsOf(_objects), .. _lists.SelectMany(source.PartitionsOf)];
        if (references is { Count: not 1 } || differences.Length < (references is null ? 2 : 1))
        {
            throw WrongCount(references?.Count, differences.Length);
        }

        (Partition Reference, Partition Difference)[] pairs =
            [.. references is null ? Pairs(differences) : differences.Select(difference => (references[0], difference))];
        RunLong<object?>("Comparing clusterings", 0, (execution, write) =>
        {
            foreach (var (place, (reference, difference)) in pairs.Index())
            {
                execution.Report($"pair {place + 1} of {pairs.Length}", (double)place / pairs.Length);
                Write(PartitionComparison.Compute(reference, difference, execution), write);
            }

            return null;
        });
    });

    private static N2DException WrongCount(int? references, int differences) => new(
        "WrongClusteringCount",
        ErrorKind.InvalidArgument,
        (references, differences) switch
        {
            (null or 1, 0) => "No clusterings were piped, so there is nothing to compare.",
            (null, _) => "There is only one clustering. Pipe several, or give one with -ReferenceObject: Compare-N2DResult $before $after.",
            _ => $"-ReferenceObject holds {references} clusterings, but takes one. Pipe them instead to compare every pair.",
        });

    private void Write(PartitionComparison comparison, Action<object> write)
    {
        IEnumerable<object> items = Cluster ? comparison.GetClusterMatches() : MovedRow ? comparison.EnumerateMovedRows() : [comparison];
        foreach (var item in items)
        {
            write(item);
        }
    }

    private static IEnumerable<(Partition Reference, Partition Difference)> Pairs(Partition[] partitions) =>
        from first in Enumerable.Range(0, partitions.Length)
        from second in Enumerable.Range(first + 1, partitions.Length - first - 1)
        select (partitions[first], partitions[second]);
}
