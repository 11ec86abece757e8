using System.Management.Automation;
using N2D.Data;

namespace N2D.PowerShell;

/// <summary>Takes the rows of a table out of objects, by the names of their properties; the entries of a dictionary count as properties.</summary>
/// <param name="source">What messages call the objects.</param>
/// <param name="options">What the properties mean.</param>
internal sealed class PropertyRows(TableSource source, TableOptions options)
{
    private TableBuilder? _table;
    private string[] _names = [];
    private int _count;

    /// <summary>Adds an object; the first one says what the properties are.</summary>
    /// <param name="item">The object.</param>
    /// <param name="execution">Gets warnings and explanations at the end.</param>
    /// <exception cref="N2DException">A property is not there (<c>PropertyNotFound</c>), or what <see cref="TableBuilder"/> refuses.</exception>
    public void Add(PSObject item, Execution execution)
    {
        if (_table is null)
        {
            _names = ItemProperties.NamesOf(item);
            _table = new TableBuilder(source, _names, options, execution);
        }

        _table.BeginRow(++_count);
        for (var column = 0; column < _names.Length; column++)
        {
            if (!_table.IsUsed(column))
            {
                _table.Add(column, TableCell.Missing);
            }
            else if (ItemProperties.TryGet(item, _names[column], out var value))
            {
                _table.Add(column, ItemProperties.CellOf(value));
            }
            else
            {
                throw NotThere(_names[column], item);
            }
        }
    }

    /// <summary>The data set of all objects.</summary>
    /// <exception cref="N2DException">There were none (<c>EmptyDataset</c>), or what <see cref="TableBuilder"/> refuses.</exception>
    public Dataset Build() => _table?.Build()
        ?? throw new N2DException("EmptyDataset", ErrorKind.InvalidData, "No object came down the pipeline: there are no rows to make a data set of.");

    private N2DException NotThere(string name, PSObject item) => new(
        "PropertyNotFound",
        ErrorKind.InvalidData,
        $"Object {_count} has no property {Quotation.Of(name)}, which the first object has. It has: {Quotation.ListOf(ItemProperties.NamesOf(item))}. Give all objects the same properties, or leave the property out: {options.Terms.Parameter(nameof(TableOptions.ExcludedColumns))} {Quotation.ArgumentOf(name)}.",
        name);
}
