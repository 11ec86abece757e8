using System.Numerics.Tensors;

namespace N2D.Numerics;

/// <summary>The mean and the variance (divided by n) of each column, in two passes, which avoids cancellation.</summary>
/// <param name="Means">The means.</param>
/// <param name="Variances">The variances.</param>
internal sealed record ColumnMoments(double[] Means, double[] Variances)
{
    private const int RowsPerBlock = 256;

    /// <summary>Computes the moments of rows. Sums are taken in the order of the rows, for any number of threads.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="execution">Threads and cancellation.</param>
    public static ColumnMoments Of(Matrix rows, Execution execution)
    {
        var means = ParallelRows.Sums(rows.RowCount, RowsPerBlock, rows.ColumnCount, execution, (row, sums) =>
        {
            var values = rows.Row(row);
            for (var column = 0; column < values.Length; column++)
            {
                sums[column] += values[column];
            }
        });
        TensorPrimitives.Divide(means, rows.RowCount, means);
        var variances = ParallelRows.Sums(rows.RowCount, RowsPerBlock, rows.ColumnCount, execution, (row, sums) =>
        {
            var values = rows.Row(row);
            for (var column = 0; column < values.Length; column++)
            {
                var difference = values[column] - means[column];
                sums[column] += difference * difference;
            }
        });
        TensorPrimitives.Divide(variances, rows.RowCount, variances);
        return new(means, variances);
    }
}
