using System.Globalization;
using System.Management.Automation;
using N2D.Models;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.PowerShell;

/// <summary>Checks whether objects that are joined by order hold the numbers of the rows.</summary>
/// <remarks>
/// Sorted objects would get the clusters of other objects without any other sign. Properties with the name of a column are compared, if the
/// rows are in memory unchanged. Objects without such properties cannot be checked.
/// </remarks>
/// <param name="result">The clustering of the rows.</param>
internal sealed class RowAgreement(ClusterResult result)
{
    private readonly Matrix? _rows = result.GetEmbedding().GetDataset() is { Divisor: 1 } dataset && dataset.GetOffsets() is null
        ? dataset.GetSourceRows() as Matrix
        : null;
    private readonly IReadOnlyList<string> _columns = result.GetEmbedding().GetDataset().GetColumnNames();
    private readonly Dataset _dataset = result.GetEmbedding().GetDataset();
    private string? _first;
    private int _differing;

    /// <summary>Compares an object with a row.</summary>
    /// <param name="item">The object.</param>
    /// <param name="row">The row that it is joined to, from 0.</param>
    public void Compare(PSObject item, int row)
    {
        if (_rows is null)
        {
            return;
        }

        var values = _rows.GetRow(row);
        for (var column = 0; column < values.Length; column++)
        {
            if (!float.IsNaN(values[column]) && !_dataset.IsCategory(column)
                && ItemProperties.TryGet(item, _columns[column], out var value)
                && (float?)ItemProperties.NumberOf(value) is { } own && own != values[column])
            {
                _differing++;
                _first ??= string.Create(CultureInfo.InvariantCulture, $"object {row + 1}: '{_columns[column]}' is {own}, and "
                    + $"{values[column]} in the row");
                return;
            }
        }
    }

    /// <summary>The warning about objects that differ; null if none do.</summary>
    /// <param name="count">The number of objects.</param>
    public string? Warning(int count) => _first is null
        ? null
        : $"{_differing} of {Quantity.Of(count, "object")} {(_differing == 1 ? "differs" : "differ")} from the rows of "
            + $"'{result.Dataset}' in the same order. The first is {_first}. If the objects were sorted "
            + "or changed, join them by id (ConvertTo-N2DDataset -IdProperty).";
}
