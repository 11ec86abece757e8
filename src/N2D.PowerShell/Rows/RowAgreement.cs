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
internal sealed class RowAgreement
{
    private readonly Dataset _dataset;
    private readonly Matrix? _rows;
    private readonly IReadOnlyList<string> _columns;
    private string? _first;
    private int _differing;

    private RowAgreement(Dataset dataset)
    {
        _dataset = dataset;
        _rows = dataset.Divisor == 1 && dataset.GetOffsets() is null ? dataset.GetSourceRows() as Matrix : null;
        _columns = dataset.GetColumnNames();
    }

    /// <summary>Rejects objects of another number than the rows, and warns about objects that hold other numbers.</summary>
    /// <param name="result">The clustering of the rows.</param>
    /// <param name="objects">The objects that the rows were made from, also those of dropped rows.</param>
    /// <param name="warn">Receives the warning.</param>
    /// <exception cref="N2DException">The number of objects is not that of the rows (<c>ObjectCountMismatch</c>).</exception>
    public static void Check(ClusterResult result, IReadOnlyList<PSObject> objects, Action<string> warn)
    {
        if (objects.Count != result.RowCount + result.DroppedCount)
        {
            throw new N2DException(
                "ObjectCountMismatch",
                ErrorKind.InvalidArgument,
                $"'{result.Dataset}' has {Quantity.Of(result.RowCount + result.DroppedCount, "row")}, but there "
                    + $"{Quantity.Are(objects.Count, "object")}. Joining by order needs one object for each row. Provide the objects that "
                    + "the data set was made from, in the same order, or join them by id (ConvertTo-N2DDataset -IdProperty, "
                    + "Import-N2DDataset -IdColumn).",
                result);
        }

        var agreement = new RowAgreement(result.GetEmbedding().GetDataset());
        foreach (var (row, place) in result.GetEmbedding().EnumeratePlaces().Index())
        {
            agreement.Compare(objects[place], row);
        }

        if (agreement._first is { } first)
        {
            warn($"{agreement._differing} of {Quantity.Of(objects.Count, "object")} "
                + $"{(agreement._differing == 1 ? "differs" : "differ")} from the rows of '{result.Dataset}' in the same order. The first "
                + $"is {first}. If the objects were sorted or changed, join them by id (ConvertTo-N2DDataset -IdProperty).");
        }
    }

    private void Compare(PSObject item, int row)
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
}
