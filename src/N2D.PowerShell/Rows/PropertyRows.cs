using System.Collections;
using System.Management.Automation;
using N2D.Data;
using N2D.Pipeline;

namespace N2D.PowerShell;

/// <summary>Takes the rows of a table out of objects, by the names of their properties; the entries of a dictionary count as properties.</summary>
/// <remarks>The first objects together say what the properties are. A property that an object lacks is a missing value, as in JSON.</remarks>
/// <param name="source">What messages call the objects.</param>
/// <param name="options">What the properties mean.</param>
internal sealed class PropertyRows(TableSource source, TableOptions options)
{
    private const int FirstCount = 100;

    private readonly List<PSObject> _first = [];
    private TableBuilder? _table;
    private string[] _names = [];
    private int _count;

    /// <summary>Adds an object.</summary>
    /// <param name="item">The object.</param>
    /// <param name="execution">Gets warnings and explanations at the end.</param>
    /// <exception cref="N2DException">It is text or a number, and has no properties of its own (<c>NoProperties</c>), or what <see cref="TableBuilder"/> refuses.</exception>
    public void Add(PSObject item, Execution execution)
    {
        ThrowIfBare(item, _count + _first.Count + 1);
        if (_table is not null)
        {
            AddRow(item);
            return;
        }

        _first.Add(item);
        if (_first.Count == FirstCount)
        {
            Begin(execution);
        }
    }

    /// <summary>The data set of all objects.</summary>
    /// <param name="execution">Gets warnings and explanations.</param>
    /// <exception cref="N2DException">There were none (<c>EmptyDataset</c>), or what <see cref="TableBuilder"/> refuses.</exception>
    public Dataset Build(Execution execution)
    {
        if (_table is null && _first.Count > 0)
        {
            Begin(execution);
        }

        return _table?.Build()
            ?? throw new N2DException("EmptyDataset", ErrorKind.InvalidData, "No object came down the pipeline: there are no rows to make a data set of.");
    }

    /// <summary>Text and numbers have properties, such as Length, that are not what is meant.</summary>
    private static void ThrowIfBare(PSObject item, int number)
    {
        if (item.BaseObject is string)
        {
            throw new N2DException(
                "NoProperties", ErrorKind.InvalidArgument, $"Object {number} is text. Read a file with Import-N2DDataset, or make objects of text first: ... | ConvertFrom-Csv, or ... | ConvertFrom-Json.", item);
        }

        if (item.BaseObject is (IConvertible and not DateTime) or (IList and not IDictionary))
        {
            throw NoProperties(item, number);
        }
    }

    private static N2DException NoProperties(PSObject item, int number) => new(
        "NoProperties",
        ErrorKind.InvalidArgument,
        $"Object {number} is of type {item.BaseObject.GetType().Name} and has no properties to take numbers from. Make an object of each: ... | ForEach-Object {{ [pscustomobject] @{{ Value = $_ }} }}.",
        item);

    private void Begin(Execution execution)
    {
        _names = [.. _first.SelectMany(ItemProperties.NamesOf).Distinct(StringComparer.OrdinalIgnoreCase)];
        if (_names.Length == 0)
        {
            throw NoProperties(_first[0], 1);
        }

        _table = new TableBuilder(source, _names, options, execution);
        foreach (var item in _first)
        {
            AddRow(item);
        }

        _first.Clear();
    }

    private void AddRow(PSObject item)
    {
        _table!.BeginRow(++_count);
        var isAnyThere = false;
        for (var column = 0; column < _names.Length; column++)
        {
            var isThere = TryGet(item, _names[column], _table.IsUsed(column), out var value);
            isAnyThere |= isThere;
            _table.Add(column, isThere ? ItemProperties.CellOf(value) : TableCell.Missing);
        }

        // The names of an object's properties are looked at only where none of those that are wanted is there.
        if (!isAnyThere && ItemProperties.NamesOf(item).Length == 0)
        {
            throw NoProperties(item, _count);
        }
    }

    /// <summary>Some properties of the system's objects cannot be read, such as the exit code of a running process.</summary>
    private static bool TryGet(PSObject item, string name, bool isUsed, out object? value)
    {
        value = null;
        try
        {
            return isUsed && ItemProperties.TryGet(item, name, out value);
        }
        catch (GetValueException)
        {
            return false;
        }
    }
}
