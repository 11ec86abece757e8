using System.Collections;
using System.Management.Automation;
using N2D.Data;
using N2D.Pipeline;

namespace N2D.PowerShell;

/// <summary>Reads the rows of a table from the properties of objects. The entries of a dictionary count as properties.</summary>
/// <remarks>The first objects together determine the properties. A property that an object lacks is a missing value, as in JSON.</remarks>
/// <param name="source">What messages call the objects.</param>
/// <param name="options">The roles of the properties.</param>
internal sealed class PropertyRows(TableSource source, TableOptions options)
{
    private const int FirstCount = 100;

    private readonly List<PSObject> _first = [];
    private TableBuilder? _table;
    private string[] _names = [];
    private int _count;

    /// <summary>Adds an object.</summary>
    /// <param name="item">The object.</param>
    /// <param name="execution">Warnings and explanations.</param>
    /// <exception cref="N2DException">
    /// The object is text or a number, without properties (<c>NoProperties</c>), or <see cref="TableBuilder"/> rejects it.
    /// </exception>
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
    /// <param name="execution">Warnings and explanations.</param>
    /// <exception cref="N2DException">There are no objects (<c>EmptyDataset</c>), or <see cref="TableBuilder"/> rejects them.</exception>
    public Dataset Build(Execution execution)
    {
        if (_table is null && _first.Count > 0)
        {
            Begin(execution);
        }

        return _table?.Build()
            ?? throw new N2DException("EmptyDataset", ErrorKind.InvalidData, "No objects were piped, so there are no rows.");
    }

    /// <summary>Rejects text and numbers: they have properties such as Length, but not those that the user means.</summary>
    private static void ThrowIfBare(PSObject item, int number)
    {
        if (item.BaseObject is string)
        {
            throw new N2DException(
                "NoProperties", ErrorKind.InvalidArgument, $"Object {number} is text. Read files with Import-N2DDataset, or convert "
                    + "text to objects first: ... | ConvertFrom-Csv, or ... | ConvertFrom-Json.", item);
        }

        if (item.BaseObject is (IConvertible and not DateTime) or (IList and not IDictionary))
        {
            throw NoProperties(item, number);
        }
    }

    private static N2DException NoProperties(PSObject item, int number) => new(
        "NoProperties",
        ErrorKind.InvalidArgument,
        $"Object {number} is of type {item.BaseObject.GetType().Name} and has no properties. Create an object for each value: ... "
            + $"| ForEach-Object {{ [pscustomobject] @{{ Value = $_ }} }}.",
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

        // The names of all properties are only read if the object has none of the expected ones.
        if (!isAnyThere && ItemProperties.NamesOf(item).Length == 0)
        {
            throw NoProperties(item, _count);
        }
    }

    /// <summary>Reads a property. Some cannot be read, such as the exit code of a running process.</summary>
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
