namespace N2D.Numerics;

/// <summary>The variance of the columns of a matrix.</summary>
internal static class ColumnVariance
{
    /// <summary>
    /// Computes the mean variance of the columns. Tolerances are relative to it, so that they do not depend on the columns' units.
    /// </summary>
    /// <param name="rows">n rows.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <param name="weights">The weight of each row, with a mean of 1; null if each row counts once.</param>
    public static double Mean(Matrix rows, Execution execution, double[]? weights = null)
    {
        var sums = ParallelRows.Sums(rows.RowCount, 1024, rows.ColumnCount, execution, (row, sums) =>
        {
            // Multiplication by 1 is exact.
            var values = rows.Row(row);
            var weight = weights is null ? 1 : weights[row];
            for (var column = 0; column < values.Length; column++)
            {
                sums[column] += weight * values[column];
            }
        });
        var means = Array.ConvertAll(sums, sum => sum / rows.RowCount);
        var squares = ParallelRows.Sum(rows.RowCount, 1024, execution, (start, end) =>
        {
            var sum = 0.0;
            for (var row = start; row < end; row++)
            {
                var values = rows.Row(row);
                var weight = weights is null ? 1 : weights[row];
                for (var column = 0; column < values.Length; column++)
                {
                    sum += weight * ((values[column] - means[column]) * (values[column] - means[column]));
                }
            }

            return sum;
        });
        return squares / rows.RowCount / rows.ColumnCount;
    }
}
