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
    // The cluster of a noise row in Get-N2DAssignment.
    private const string Noise = "-1";

    // A property with more values probably holds ids. Every pair of values would be counted.
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
        var cluster = TextOf(ClusterProperty, nameof(ClusterProperty))
            ?? throw Unusable("MissingCluster", ClusterProperty, " is empty. Every object needs a cluster; -1 means noise.");
        _labels.Add(TextOf(LabelProperty, nameof(LabelProperty)));
        _clusters.Add(cluster == Noise ? null : cluster);
    });

    /// <inheritdoc/>
    protected override void ProcessEnd() => EndingAll(() =>
    {
        var (labels, clusters) = (Labels.FromNames(_labels), Labels.FromNames(_clusters));
        ThrowIfIds(clusters, ClusterProperty);
        ThrowIfIds(labels, LabelProperty);
        WriteObject(AssignmentScore.Of(labels, [.. clusters.GetCodes()]) ?? throw NothingKnown());
    });

    private static void ThrowIfIds(Labels names, string property)
    {
        if (names.ClassCount > MostNames)
        {
            throw new N2DException(
                "TooManyNames", ErrorKind.InvalidArgument, $"'{property}' has {names.ClassCount} values in "
                    + $"{Quantity.Of(names.RowCount, "object")}, but at most {MostNames} can be scored. "
                    + "It probably holds ids, not clusters or classes.", property);
        }
    }

    private string? TextOf(string property, string parameter)
    {
        if (!ItemProperties.TryGet(InputObject, property, out var value))
        {
            var advice = InputObject.BaseObject is ClusterResult
                ? "A clustering already has its scores: Acc, Nmi, Ari. Get-N2DAssignment returns its rows."
                : $"The properties are: {ItemProperties.ListOf(ItemProperties.NamesOf(InputObject))}. "
                    + $"Name the right one with -{parameter}.";
            throw Unusable("PropertyNotFound", property, $" does not exist. {advice}");
        }

        if (value is IEnumerable and not string)
        {
            throw Unusable("NotAName", property, $" is a {value.GetType().Name}, not the name of a cluster or a class. "
                + "Each object needs a single value.");
        }

        return ItemProperties.TextOf(value)?.Trim() is { Length: > 0 } text ? NameOf(text) : null;
    }

    /// <summary>Normalizes integers that other programs write with a fraction, such as -1.0.</summary>
    private static string NameOf(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsInteger(number)
            && Math.Abs(number) <= int.MaxValue
            ? ((int)number).ToString(CultureInfo.InvariantCulture)
            : text;

    private N2DException NothingKnown() => _clusters.Count == 0
        ? new N2DException("EmptyDataset", ErrorKind.InvalidData, "No objects were piped, so there is nothing to score.")
        : new N2DException(
            "MissingLabel",
            ErrorKind.InvalidData,
            $"'{LabelProperty}' is empty in {(_clusters.Count == 1 ? "the only object" : $"all {_clusters.Count} objects")}. "
                + "Without known classes, there is no score. Name the property of the classes with -LabelProperty.",
            LabelProperty);

    private N2DException Unusable(string errorId, string property, string what) =>
        new(errorId, ErrorKind.InvalidData, $"Object {_clusters.Count + 1}, property '{property}'{what}", property);
}
