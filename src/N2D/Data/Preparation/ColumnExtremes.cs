using System.Numerics.Tensors;
using N2D.Numerics;

namespace N2D.Data;

/// <summary>The smallest and the largest value of each column. A column without a value has NaN.</summary>
/// <param name="Smallest">The smallest values, d.</param>
/// <param name="Largest">The largest values, d.</param>
internal sealed record ColumnExtremes(float[] Smallest, float[] Largest)
{
    /// <summary>Finds the extremes in one pass over the rows.</summary>
    /// <param name="rows">n x d, at least one row; NaN is a missing value.</param>
    /// <param name="cancellation">Cancels the pass.</param>
    public static ColumnExtremes Of(Matrix rows, CancellationToken cancellation)
    {
        const int ValuesPerCheck = 1 << 24;
        var (smallest, largest) = (rows.Row(0).ToArray(), rows.Row(0).ToArray());
        var rowsPerCheck = Math.Max(1, ValuesPerCheck / rows.ColumnCount);
        for (var row = 1; row < rows.RowCount; row++)
        {
            if (row % rowsPerCheck == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            // MinNumber and MaxNumber ignore NaN.
            TensorPrimitives.MinNumber(smallest, rows.Row(row), smallest);
            TensorPrimitives.MaxNumber(largest, rows.Row(row), largest);
        }

        return new ColumnExtremes(smallest, largest);
    }
}
