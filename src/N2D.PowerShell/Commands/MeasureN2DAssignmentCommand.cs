using System.Collections;
using System.Globalization;
using System.Management.Automation;
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
    // Of a row in no cluster, as Get-N2DAssignment has it.
    private const string Noise = "-1";

    // Past these a property holds ids, whose every pair would be counted.
    private const int MostNames = 10_000;

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
    [ValidateNotNullOrEmpty]
    public string ClusterProperty { get; set; } = "Cluster";

    /// <summary>
    /// <para type="description">The property that holds the true class of an object. Objects without a value are not scored.
    /// Default: Label.</para>
    /// </summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string LabelProperty { get; set; } = "Label";

    /// <inheritdoc/>
    protected override void ProcessObject() => EndingAll(() =>
    {
        var cluster = TextOf(ClusterProperty, nameof(ClusterProperty))
            ?? throw Unusable("MissingCluster", ClusterProperty, " is empty; every object needs its cluster, -1 where it is in none.");
        _labels.Add(TextOf(LabelProperty, nameof(LabelProperty)));
        _clusters.Add(cluster == Noise ? null : cluster);
    });

    /// <inheritdoc/>
    protected override void ProcessEnd() => EndingAll(() =>
    {
        var (labels, clusters) = (Labels.FromNames(_labels), Labels.FromNames(_clusters));
        ThrowIfIds(clusters, ClusterProperty);
        ThrowIfIds(labels, LabelProperty);
        WriteObject(AssignmentScore.Of(labels, clusters.Codes) ?? throw NothingKnown());
    });

    private static void ThrowIfIds(Labels names, string property)
    {
        if (names.ClassCount > MostNames)
        {
            throw new N2DException(
                "TooManyNames", ErrorKind.InvalidArgument, $"'{property}' has {names.ClassCount} values in {Quantity.Of(names.RowCount, "object")}, where up to {MostNames} are scored: it seems to tell the objects apart, and not their groups.", property);
        }
    }

    private string? TextOf(string property, string parameter)
    {
        if (!ItemProperties.TryGet(InputObject, property, out var value))
        {
            var advice = InputObject.BaseObject is ClusterResult
                ? "A clustering has its scores with it: Acc, Nmi, Ari; its rows are given by Get-N2DAssignment."
                : $"It has: {ItemProperties.ListOf(ItemProperties.NamesOf(InputObject))}. Name the right one: -{parameter}.";
            throw Unusable("PropertyNotFound", property, $" is not there. {advice}");
        }

        if (value is IEnumerable and not string)
        {
            throw Unusable("NotAName", property, $" is a {value.GetType().Name}, which is no name of a cluster or a class; one value an object is.");
        }

        return ItemProperties.TextOf(value)?.Trim() is { Length: > 0 } text ? NameOf(text) : null;
    }

    /// <summary>A whole number as other programs write it, such as -1.0 where a column was one of fractions, is that number.</summary>
    private static string NameOf(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsInteger(number) && Math.Abs(number) <= int.MaxValue
            ? ((int)number).ToString(CultureInfo.InvariantCulture)
            : text;

    private N2DException NothingKnown() => _clusters.Count == 0
        ? new N2DException("EmptyDataset", ErrorKind.InvalidData, "No object came down the pipeline: there is nothing to score.")
        : new N2DException(
            "MissingLabel",
            ErrorKind.InvalidData,
            $"'{LabelProperty}' is empty in {(_clusters.Count == 1 ? "the one object" : $"all {_clusters.Count} objects")}: without a known class there is nothing to score by. Name the property of the classes: -LabelProperty.",
            LabelProperty);

    private N2DException Unusable(string errorId, string property, string what) =>
        new(errorId, ErrorKind.InvalidData, $"Object {_clusters.Count + 1}, property '{property}'{what}", property);
}
