using N2D.Models;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.PowerShell;

/// <summary>The values of rows in the columns of their data set, as they were read. The pixels of images are left out.</summary>
/// <param name="result">The clustering of the rows.</param>
internal sealed class SourceColumns(ClusterResult result)
{
    private readonly Dataset _dataset = result.GetEmbedding().GetDataset();
    private readonly IDataMatrix _rows = result.GetEmbedding().GetDataset().GetSourceRows();
    private readonly ColumnOffsets _offsets = new(result.GetEmbedding().GetDataset());

    /// <summary>The values of a row: numbers, categories, or null for missing values.</summary>
    /// <param name="row">The row, from 0.</param>
    public IEnumerable<(string Name, object? Value)> Of(int row)
    {
        if (_dataset.ImageShape is not null)
        {
            yield break;
        }

        var (values, names) = (_rows.GetRow(row), _dataset.GetColumnNames());
        for (var column = 0; column < values.Length; column++)
        {
            var value = values[column];
            yield return (names[column], value switch
            {
                float.NaN => null,
                >= 0 when _dataset.IsCategory(column) => _dataset.CategoryOf(column, (int)value),
                _ when _dataset.IsCategory(column) => null,
                _ => _offsets.Restore(column, value),
            });
        }
    }
}
