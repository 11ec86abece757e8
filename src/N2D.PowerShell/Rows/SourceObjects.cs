using System.Management.Automation;
using N2D.Data;
using N2D.Models;
using N2D.Pipeline;

namespace N2D.PowerShell;

/// <summary>The objects that the rows of a clustering were made from, in the order of the rows.</summary>
internal sealed class SourceObjects
{
    /// <summary>The number of objects whose properties are known to exist, as in ConvertTo-N2DDataset.</summary>
    private const int FirstCount = 100;

    private static readonly TableTerms Terms = new() { Column = "property" };

    private readonly string _dataset;
    private readonly string? _idName;
    private readonly PSObject[] _objects;

    private SourceObjects(string dataset, string? idName, PSObject[] objects) =>
        (_dataset, _idName, _objects) = (dataset, idName, objects);

    /// <summary>The number of objects, which is that of the rows.</summary>
    public int Count => _objects.Length;

    /// <summary>The object of a row.</summary>
    /// <param name="row">The row, from 0.</param>
    public PSObject this[int row] => _objects[row];

    /// <summary>Rejects a property with texts without the objects that have it.</summary>
    /// <param name="given">The objects; null for none.</param>
    /// <param name="textProperty">The property; null for none.</param>
    /// <exception cref="N2DException">There are no objects (<c>SourceObjectRequired</c>).</exception>
    public static void ThrowIfMissing(PSObject[]? given, string? textProperty)
    {
        if (textProperty is not null && given is null or [{ BaseObject: Embedding }])
        {
            throw new N2DException(
                "SourceObjectRequired",
                ErrorKind.InvalidArgument,
                "A data set holds no texts. Provide the objects that hold them: -SourceObject $lines -TextProperty message.");
        }
    }

    /// <summary>
    /// Finds the object of each row: by id if the rows have ids and the objects have the property of the ids, otherwise by order.
    /// </summary>
    /// <param name="result">The clustering.</param>
    /// <param name="given">The objects.</param>
    /// <param name="warn">Receives a warning about objects that seem to be in another order.</param>
    /// <exception cref="N2DException">
    /// A row has no object (<c>IdNotFound</c>), or the number of objects is not that of the rows (<c>ObjectCountMismatch</c>).
    /// </exception>
    public static SourceObjects Of(ClusterResult result, IReadOnlyList<PSObject> given, Action<string> warn)
    {
        var embedding = result.GetEmbedding();
        var id = embedding.GetIds() is not null && embedding.GetIdName() is { } name && given.Count > 0
            && ItemProperties.TryGet(given[0], name, out _)
                ? name
                : null;
        return new(result.Dataset, id, id is null ? ByOrder(result, given, warn) : ById(result, given, id));
    }

    /// <summary>The text of a property for each row; null if it is empty.</summary>
    /// <param name="property">The property's name.</param>
    /// <exception cref="N2DException">No object has the property (<c>PropertyNotFound</c>).</exception>
    public string?[] TextsOf(string property)
    {
        var isThere = false;
        var texts = Array.ConvertAll(_objects, item =>
        {
            var has = ItemProperties.TryGet(item, property, out var value);
            isThere |= has;
            return has ? ItemProperties.TextOf(value) : null;
        });
        return isThere
            ? texts
            : throw new N2DException(
                "PropertyNotFound",
                ErrorKind.InvalidArgument,
                $"No object has a property {Quotation.Of(property)}. The properties of the first object are: "
                    + $"{ItemProperties.ListOf(ItemProperties.NamesOf(_objects[0]))}.",
                property);
    }

    /// <summary>
    /// The properties of the objects, without those of ids, texts, and assignments: the clusters themselves would explain clusters best.
    /// </summary>
    /// <param name="textProperty">The property with texts; null for none.</param>
    public IReadOnlyList<string> PropertiesBut(string? textProperty) =>
    [
        .. PropertyNames()
            .Except([_idName ?? "", textProperty ?? "", .. AssignmentProperties.On(_objects[0])], StringComparer.OrdinalIgnoreCase),
    ];

    /// <summary>
    /// Makes a data set of properties. A property with text that is not a number becomes a column of categories. Properties with several
    /// kinds of values, and those of all objects together, are read as by ConvertTo-N2DDataset.
    /// </summary>
    /// <param name="properties">The properties: names or wildcards. Null for all but those of ids, texts and assignments.</param>
    /// <param name="textProperty">The property with texts, which is left out; null for none.</param>
    /// <param name="execution">Cancellation.</param>
    public Dataset ToDataset(IReadOnlyList<string>? properties, string? textProperty, Execution execution)
    {
        var names = PropertyNames();
        var wanted = properties ?? PropertiesBut(textProperty);
        WildcardPattern[] patterns = [.. wanted.Select(name => new WildcardPattern(name, WildcardOptions.IgnoreCase))];
        string[] categories = [.. names.Where(name => Array.Exists(patterns, pattern => pattern.IsMatch(name)) && HasText(name))];
        var rows = new PropertyRows(
            new TableSource(_dataset, $"'{_dataset}'", _dataset, "object"),
            new TableOptions { Columns = wanted, CategoryColumns = categories, Terms = Terms });
        foreach (var item in _objects)
        {
            execution.CancellationToken.ThrowIfCancellationRequested();
            rows.Add(item, execution with { Warn = null, Explain = null });
        }

        return rows.Build(execution with { Warn = null, Explain = null });
    }

    private string[] PropertyNames() =>
        [.. _objects.Take(FirstCount).SelectMany(ItemProperties.NamesOf).Distinct(StringComparer.OrdinalIgnoreCase)];

    private static PSObject[] ByOrder(ClusterResult result, IReadOnlyList<PSObject> given, Action<string> warn)
    {
        RowAgreement.Check(result, given, warn);
        return [.. result.GetEmbedding().EnumeratePlaces().Select(place => given[place])];
    }

    private static PSObject[] ById(ClusterResult result, IReadOnlyList<PSObject> given, string id)
    {
        var byId = new Dictionary<string, PSObject>(StringComparer.Ordinal);
        foreach (var item in given)
        {
            if (ItemProperties.TryGet(item, id, out var value) && ItemProperties.TextOf(value) is { } text)
            {
                byId.TryAdd(text, item);
            }
        }

        return
        [
            .. result.GetEmbedding().GetIds()!.Select(text => byId.TryGetValue(text, out var item)
                ? item
                : throw new N2DException(
                    "IdNotFound",
                    ErrorKind.NotFound,
                    $"No object has the {Quotation.Of(id)} {Quotation.Of(text)} of a row of '{result.Dataset}'. Provide all objects that "
                        + "the data set was made from.",
                    text)),
        ];
    }

    private bool HasText(string property) => Array.Exists(_objects, item =>
        ItemProperties.TryGet(item, property, out var value)
        && ItemProperties.CellOf(value) is { Kind: TableCellKind.Text or TableCellKind.Other } cell
        && cell.Text is { } text && !MissingMarks.Default.Contains(text) && ItemProperties.NumberOf(value) is null);
}
