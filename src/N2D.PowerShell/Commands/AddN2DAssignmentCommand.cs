using System.Collections;
using System.Management.Automation;
using System.Numerics;
using N2D.Models;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Adds Cluster and Probability to the objects that a data set was made from.</para>
/// <para type="description">Joins a clustering to objects: by id if the data set has ids, otherwise by order. Returns each object with
/// its cluster and the probability of the cluster. Other properties are added if the clustering has them: Confidence, for clusterers other
/// than Hdbscan and Spectral; Novelty, if a model was applied to the rows; OutlierScore, for Hdbscan; and ClusterName, if the clusters have
/// names (Rename-N2DCluster).</para>
/// <para type="description">The objects are not copied. The properties are added to the input objects themselves, or the entries to the
/// input dictionaries, so a variable that holds the objects shows the new properties too. Existing properties are kept.</para>
/// <para type="description">An object without a matching row, or with a property of the same name, is skipped with an error. Only the
/// first such object of each kind is reported at once. A single error at the end lists the others, with their numbers and ids.</para>
/// </summary>
[Cmdlet(VerbsCommon.Add, "N2DAssignment", DefaultParameterSetName = ById)]
[OutputType(typeof(PSObject))]
public sealed class AddN2DAssignmentCommand : N2DCmdlet
{
    private const string ById = "ById";

    private readonly List<PSObject> _ordered = [];
    private readonly LeftOutObjects _leftOut = new();
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private AssignmentLookup? _lookup;
    private string? _id;
    private bool _hasNames;
    private int _number;
    private int _droppedCount;
    private (int Count, int Number, string Id) _repeated;

    /// <summary>
    /// <para type="description">The clustering: from Invoke-N2DCluster, Optimize-N2DCluster, Invoke-N2D or Invoke-N2DModel, or a
    /// row of Compare-N2DMethod.</para>
    /// </summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Takes(typeof(ClusterResult))]
    [AllowNull]
    public ClusterResult Result { get; set; } = null!;

    /// <summary>
    /// <para type="description">The objects that the data set was made from; dictionaries get entries. When joining by order, the
    /// objects are returned only when all of them have arrived, since the count is the only check that none is missing.</para>
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>
    /// <para type="description">The property that holds the id of an object. With ids, there may be fewer objects than rows, in any
    /// order. Default: the property that the ids of the data set were taken from (ConvertTo-N2DDataset -IdProperty,
    /// Import-N2DDataset -IdColumn). Without ids, the first object is the first row, and so on.</para>
    /// </summary>
    [Parameter(Position = 1, ParameterSetName = ById)]
    [ObjectsArePiped("Add-N2DAssignment $result", "Name")]
    [OneColumn]
    [ValidateNotNullOrEmpty]
    public string? IdProperty { get; set; }

    /// <summary>
    /// <para type="description">Joins by order even if the data set has ids: the first object is the first row, and so on.</para>
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = "ByOrder")]
    public SwitchParameter ByOrder { get; set; }

    /// <summary>
    /// <para type="description">Also returns the objects whose rows were dropped because of missing values (-MissingValue Drop of
    /// Import-N2DDataset and ConvertTo-N2DDataset), with an empty Cluster and Probability. By default, these objects are skipped,
    /// and a warning gives their number.</para>
    /// </summary>
    [Parameter]
    public SwitchParameter IncludeDropped { get; set; }

    /// <summary>
    /// <para type="description">A prefix for the names of the new properties. For example, N2D gives N2DCluster. Default:
    /// none.</para>
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public string Prefix { get; set; } = "";

    /// <summary>
    /// <para type="description">Replaces existing properties of the same names.</para>
    /// </summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void CheckParameters()
    {
        StageInput.ThrowIfNoClusters(Result);
        _hasNames = Result.GetClusterNames().Count > 0;
        _id = ByOrder ? null : IdProperty ?? Result.GetEmbedding().GetIdName();
        _lookup = _id is null ? null : new AssignmentLookup(Result);
    }

    /// <inheritdoc/>
    protected override void ProcessObject()
    {
        if (_lookup is null)
        {
            EndingAll(() => ThrowIfBare(InputObject, _ordered.Count + 1));
            _ordered.Add(InputObject);
            return;
        }

        // An error in the first object, such as a missing property, would repeat for each object.
        if (++_number == 1)
        {
            EndingAll(() => IdPropertyOf(InputObject));
        }

        Join(InputObject, _number, () => _lookup.Find(FirstOf(IdOf(InputObject))));
    }

    /// <inheritdoc/>
    protected override void ProcessEnd()
    {
        if (_lookup is null)
        {
            JoinByOrder();
        }

        if (_repeated.Count > 0)
        {
            WriteWarning($"{Quantity.Of(_repeated.Count, "object")} had the id of an earlier one, such as object {_repeated.Number} "
                + $"('{_repeated.Id}'), and got the same cluster. Different objects, such as files of one name in "
                + "two folders, need different ids (-IdProperty).");
        }

        if (_droppedCount > 0)
        {
            WriteWarning($"{Quantity.Of(_droppedCount, "object")} had missing values, so "
                + $"{(_droppedCount == 1 ? "its row was" : "their rows were")} dropped from '{Result.Dataset}' and "
                + $"{(_droppedCount == 1 ? "has" : "have")} no cluster. To return them with an empty Cluster, use -IncludeDropped.");
        }

        foreach (var error in _leftOut.Rest())
        {
            Report(error);
        }
    }

    /// <summary>Rejects numbers and text: properties added to them are neither shown nor exported.</summary>
    private static void ThrowIfBare(PSObject item, int number)
    {
        if (item.BaseObject is (IConvertible and not DateTime) or Guid or BigInteger or IList)
        {
            throw new N2DException(
                "NoProperties",
                ErrorKind.InvalidArgument,
                $"Object {number}, '{ItemProperties.TextOf(item.BaseObject)}', is of type {item.BaseObject.GetType().Name}, which "
                    + "properties cannot be added to. Create an object for each value: ... | ForEach-Object { [pscustomobject] @{ "
                    + "Value = $_ } } | Add-N2DAssignment $result -ByOrder.",
                item.BaseObject);
        }
    }

    private void JoinByOrder()
    {
        RowAgreement.Check(Result, _ordered, WriteWarning);
        foreach (var (item, assignment) in _ordered.Zip(Result.EnumerateAssignments(includeDropped: true)))
        {
            Join(item, ++_number, () => assignment);
        }
    }

    /// <summary>Adds the assignment of an object, or collects the error.</summary>
    private void Join(PSObject item, int number, Func<ClusterAssignment> find)
    {
        try
        {
            Add(item, find());
        }
        catch (N2DException error)
        {
            var id = _id is not null && ItemProperties.TryGet(item, _id, out var value) ? ItemProperties.TextOf(value) : null;
            if (_leftOut.Add(error, number, id, item) is { } first)
            {
                Report(first);
            }
        }
    }

    private string IdOf(PSObject item) => ItemProperties.TextOf(IdPropertyOf(item))
        ?? throw new N2DException("IdEmpty", ErrorKind.InvalidData, $"The object's property '{_id}' is empty, so it cannot be joined by "
            + "id.", item);

    /// <summary>Returns the id, and records whether it occurred before.</summary>
    private string FirstOf(string id)
    {
        if (!_seen.Add(id))
        {
            _repeated = _repeated.Count == 0 ? (1, _number, id) : _repeated with { Count = _repeated.Count + 1 };
        }

        return id;
    }

    private object? IdPropertyOf(PSObject item) => ItemProperties.TryGet(item, _id!, out var id)
        ? id
        : throw new N2DException(
            "PropertyNotFound",
            ErrorKind.InvalidArgument,
            $"The object has no property '{_id}' to join it by. Its properties are: {ItemProperties.ListOf(ItemProperties.NamesOf(item))}. "
                + (IdProperty is null ? $"The ids of '{Result.Dataset}' come from this property. "
                + "Name the property that holds them now (-IdProperty), or join by order (-ByOrder)." : "Name another one (-IdProperty)."),
            item);

    private void Add(PSObject item, ClusterAssignment assignment)
    {
        if (assignment.Cluster is null && !IncludeDropped)
        {
            _droppedCount++;
            return;
        }

        (string Name, object? Value)[] added =
            [.. AssignmentProperties.Of(assignment, _hasNames).Select(property => (Prefix + property.Name, property.Value))];
        if (!Force && added.FirstOrDefault(property => ItemProperties.TryGet(item, property.Name, out _)).Name is { } taken)
        {
            throw new N2DException(
                "PropertyExists", ErrorKind.InvalidArgument, $"The object already has a property '{taken}'. "
                    + "Replace it (-Force), or give the new properties a prefix (-Prefix).", item);
        }

        foreach (var (name, value) in added)
        {
            ItemProperties.Set(item, name, value);
        }

        WriteObject(item);
    }
}
