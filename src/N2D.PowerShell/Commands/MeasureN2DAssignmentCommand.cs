using System.Management.Automation;
using N2D.Comparison;
using N2D.Models;
using N2D.Pipeline;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Scores clusters against known classes: ACC, NMI and ARI of objects that have both.</para>
/// <para type="description">The clusters can come from anywhere: Get-N2DAssignment, Add-N2DAssignment, or a file of another program.
/// All input objects together are one clustering. The names of clusters and classes can be numbers or case-sensitive text, and do not
/// have to agree: for ACC, the best one-to-one matching of clusters and classes is used.</para>
/// </summary>
[Cmdlet(VerbsDiagnostic.Measure, "N2DAssignment")]
[OutputType(typeof(AssignmentScore))]
public sealed class MeasureN2DAssignmentCommand : N2DCmdlet
{
    private readonly List<string?> _clusters = [];
    private readonly List<string?> _labels = [];

    /// <summary>
    /// <para type="description">The objects, one for each row. Dictionaries are accepted as well.</para>
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>
    /// <para type="description">The property that holds the cluster of an object. The value -1 means noise. Default:
    /// Cluster.</para>
    /// </summary>
    [Parameter(Position = 0)]
    [ObjectsArePiped("Measure-N2DAssignment", "cluster species")]
    [OneColumn]
    [ValidateNotNullOrEmpty]
    public string ClusterProperty { get; set; } = "Cluster";

    /// <summary>
    /// <para type="description">The property that holds the true class of an object. Objects without a value are not scored.
    /// Default: Label.</para>
    /// </summary>
    [Parameter(Position = 1)]
    [OneColumn]
    [ValidateNotNullOrEmpty]
    public string LabelProperty { get; set; } = "Label";

    /// <inheritdoc/>
    protected override void ProcessObject() => EndingAll(() =>
    {
        var number = _clusters.Count + 1;
        var cluster = ClusterNames.ReadCluster(InputObject, number);
        _labels.Add(LabelNames.Read(InputObject, number));
        _clusters.Add(cluster == Partition.Noise ? null : cluster);
    });

    /// <inheritdoc/>
    protected override void ProcessEnd() => EndingAll(() =>
    {
        var (labels, clusters) = (Labels.FromNames(_labels), Labels.FromNames(_clusters));
        ClusterNames.ThrowIfIds(clusters);
        LabelNames.ThrowIfIds(labels);
        WriteObject(AssignmentScore.Of(labels, [.. clusters.GetCodes()]) ?? throw NothingKnown());
    });

    private NameProperty ClusterNames => new(ClusterProperty, nameof(ClusterProperty));

    private NameProperty LabelNames => new(LabelProperty, nameof(LabelProperty));

    private N2DException NothingKnown() => _clusters.Count == 0
        ? new N2DException("EmptyDataset", ErrorKind.InvalidData, "No objects were piped, so there is nothing to score.")
        : new N2DException(
            "MissingLabel",
            ErrorKind.InvalidData,
            $"'{LabelProperty}' is empty in {(_clusters.Count == 1 ? "the only object" : $"all {_clusters.Count} objects")}. "
                + "Without known classes, there is no score. Name the property of the classes with -LabelProperty.",
            LabelProperty);
}
