using System.Globalization;
using System.Management.Automation;
using N2D.Models;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.PowerShell;

/// <summary>Tells whether objects that are taken for the rows of a data set by their order hold the numbers of these rows.</summary>
/// <remarks>
/// Objects that were sorted since would get each other's clusters, and nothing else would show it. What is called like a column is compared, where the rows are in memory as they
/// came; of objects that have no such property nothing can be told.
/// </remarks>
/// <param name="result">The clustering of the rows.</param>
internal sealed class RowAgreement(ClusterResult result)
{
    private readonly Matrix? _rows = result.GetEmbedding().GetDataset() is { Divisor: 1 } dataset && dataset.GetOffsets() is null ? dataset.GetSourceRows() as Matrix : null;
    private readonly IReadOnlyList<string> _columns = result.GetEmbedding().GetDataset().GetColumnNames();
    private readonly Dataset _dataset = result.GetEmbedding().GetDataset();
    private string? _first;
    private int _differing;

    /// <summary>Compares an object with a row.</summary>
    /// <param name="item">The object.</param>
    /// <param name="row">The row that it is taken for, from 0.</param>
    public void Compare(PSObject item, int row)
    {
        if (_rows is null)
        {
            return;
        }

        var values = _rows.Row(row);
        for (var column = 0; column < values.Length; column++)
        {
            if (!float.IsNaN(values[column]) && !_dataset.IsCategory(column)
                && ItemProperties.TryGet(item, _columns[column], out var value)
                && (float?)ItemProperties.NumberOf(value) is { } own && own != values[column])
            {
                _differing++;
                _first ??= string.Create(CultureInfo.InvariantCulture, $"object {row + 1}, whose '{_columns[column]}' is {own} where the row's is {values[column]}");
                return;
            }
        }
    }

    /// <summary>What is to be told of objects that differ; null if none did.</summary>
    /// <param name="count">The number of objects.</param>
    public string? Warning(int count) => _first is null
        ? null
        : $"{_differing} of {Quantity.Of(count, "object")} {(_differing == 1 ? "holds" : "hold")} other numbers than the rows of '{result.Dataset}' that they are taken for by order, the first of them {_first}. Were they sorted or changed since? "
            + "Ids find each object its own row: ConvertTo-N2DDataset -IdProperty.";
}
