using System.Collections;
using System.Management.Automation;
using System.Numerics;
using N2D.Models;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Adds Cluster and Probability to the objects that a data set was made of.</para>
/// <para type="description">Joins a clustering to objects, by their ids where the data set has some and else by their order, and hands each object on with its cluster, the cluster's probability, of rows that a
/// model was applied to, its novelty where the model tells of one, and of Hdbscan its outlier score.</para>
/// <para type="description">The objects are not copied: the properties are added to the very objects that came in, the entries to the very dictionaries, so that a variable that holds them shows them as well.
/// Whatever they had before is there still.</para>
/// <para type="description">Objects that no row is found for, or that have properties of these names already, are left out: the first of each kind is an error at once, and those after it are one more error at
/// the end, with their numbers and ids.</para>
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
    private int _number;
    private int _droppedCount;
    private (int Count, int Number, string Id) _repeated;

    /// <summary>
    /// <para type="description">The clustering, of Invoke-N2DCluster, Invoke-N2D or Invoke-N2DModel, or a row of Compare-N2DMethod.</para>
    /// </summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Takes(typeof(ClusterResult))]
    [AllowNull]
    public ClusterResult Result { get; set; } = null!;

    /// <summary>
    /// <para type="description">The objects that its data set was made of; entries are added to dictionaries. By order, they are handed on when all have come, as only their number tells that
    /// none is missing.</para>
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>
    /// <para type="description">The property by which an object is told. The objects may then be fewer than rows, and in any order. Default: the one that the data set's ids were taken
    /// from (ConvertTo-N2DDataset -IdProperty, Import-N2DDataset -IdColumn); without ids the first object is the first row, and so on.</para>
    /// </summary>
    [Parameter(Position = 1, ParameterSetName = ById)]
    [ObjectsArePiped("Add-N2DAssignment $result", "Name")]
    [ValidateNotNullOrEmpty]
    public string? IdProperty { get; set; }

    /// <summary>
    /// <para type="description">The first object is the first row, and so on, though the data set has ids.</para>
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = "ByOrder")]
    public SwitchParameter ByOrder { get; set; }

    /// <summary>
    /// <para type="description">Also hands on the objects whose rows were left out for their missing values (-MissingValue Drop of Import-N2DDataset and
    /// ConvertTo-N2DDataset), with an empty Cluster and Probability. Default: such objects are left out here too, and a warning counts them.</para>
    /// </summary>
    [Parameter]
    public SwitchParameter IncludeDropped { get; set; }

    /// <summary>
    /// <para type="description">What the names of the new properties begin with, such as N2D for N2DCluster. Default: nothing.</para>
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public string Prefix { get; set; } = "";

    /// <summary>
    /// <para type="description">Replaces properties of these names that are there already.</para>
    /// </summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void CheckParameters()
    {
        StageInput.ThrowIfNoClusters(Result);
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

        // What the first object lacks is a slip that would be told once an object.
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
            Warn($"{Quantity.Of(_repeated.Count, "object")} had the id of an earlier one, such as object {_repeated.Number} ('{_repeated.Id}'), and got the same cluster. Objects that are not the same, as files of one name in two folders, "
                + "need ids that tell them apart (-IdProperty).");
        }

        if (_droppedCount > 0)
        {
            Warn($"{Quantity.Of(_droppedCount, "object")} had missing values, so that {(_droppedCount == 1 ? "its row was" : "their rows were")} left out of '{Result.Dataset}' and {(_droppedCount == 1 ? "has" : "have")} no cluster. To hand them on with an empty Cluster, use -IncludeDropped.");
        }

        foreach (var error in _leftOut.Rest())
        {
            Report(error);
        }
    }

    /// <summary>A number or a text would go on as it is: what is added to it is neither shown nor exported.</summary>
    private static void ThrowIfBare(PSObject item, int number)
    {
        if (item.BaseObject is (IConvertible and not DateTime) or Guid or BigInteger or IList)
        {
            throw new N2DException(
                "NoProperties",
                ErrorKind.InvalidArgument,
                $"Object {number}, '{ItemProperties.TextOf(item.BaseObject)}', is of type {item.BaseObject.GetType().Name}, which properties cannot be added to. Make an object of each: ... | ForEach-Object {{ [pscustomobject] @{{ Value = $_ }} }} | Add-N2DAssignment $result -ByOrder.",
                item.BaseObject);
        }
    }

    private void JoinByOrder()
    {
        if (_ordered.Count != Result.RowCount + Result.DroppedCount)
        {
            throw new N2DException(
                "ObjectCountMismatch",
                ErrorKind.InvalidArgument,
                $"{Quantity.Of(_ordered.Count, "object")} came, and '{Result.Dataset}' has {Quantity.Of(Result.RowCount + Result.DroppedCount, "row")}: by order, each object is one row. Give the objects that the data set was made of, or join by id (-IdProperty).",
                Result);
        }

        var agreement = new RowAgreement(Result);
        foreach (var (place, row) in Result.GetEmbedding().EnumeratePlaces().Select((place, row) => (place, row)))
        {
            agreement.Compare(_ordered[place], row);
        }

        if (agreement.Warning(_ordered.Count) is { } warning)
        {
            WriteWarning(warning);
        }

        foreach (var (item, assignment) in _ordered.Zip(Result.EnumerateAssignments(includeDropped: true)))
        {
            Join(item, ++_number, () => assignment);
        }
    }

    /// <summary>Adds what is found of an object, or takes note of what is in the way.</summary>
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
        ?? throw new N2DException("IdEmpty", ErrorKind.InvalidData, $"The object's property '{_id}' is empty, so that there is nothing to tell it by.", item);

    /// <summary>The id itself; that it came before is kept in mind.</summary>
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
            $"The object has no property '{_id}' to tell it by. It has: {ItemProperties.ListOf(ItemProperties.NamesOf(item))}. "
                + (IdProperty is null ? $"The ids of '{Result.Dataset}' are from there: say which property holds them now (-IdProperty), or join by order (-ByOrder)." : "Name another one (-IdProperty)."),
            item);

    private void Add(PSObject item, ClusterAssignment assignment)
    {
        if (assignment.Cluster is null && !IncludeDropped)
        {
            _droppedCount++;
            return;
        }

        (string Name, object? Value)[] added =
        [
            (Prefix + nameof(assignment.Cluster), assignment.Cluster),
            (Prefix + nameof(assignment.Probability), assignment.Probability),
            .. assignment.Novelty is { } novelty ? [(Prefix + nameof(assignment.Novelty), (object?)novelty)] : Array.Empty<(string, object?)>(),
            .. assignment.OutlierScore is { } score ? [(Prefix + nameof(assignment.OutlierScore), (object?)score)] : Array.Empty<(string, object?)>(),
        ];
        if (!Force && added.FirstOrDefault(property => ItemProperties.TryGet(item, property.Name, out _)).Name is { } taken)
        {
            throw new N2DException(
                "PropertyExists", ErrorKind.InvalidArgument, $"The object has a property '{taken}' already: replace it (-Force), or call the new ones otherwise (-Prefix).", item);
        }

        foreach (var (name, value) in added)
        {
            ItemProperties.Set(item, name, value);
        }

        WriteObject(item);
    }
}
