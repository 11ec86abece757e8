using N2D.Numerics;

namespace N2D.Autoencoders;

/// <summary>Computes the error of reconstructions.</summary>
internal static class ReconstructionError
{
    /// <summary>Returns the mean squared error of a network's reconstruction.</summary>
    /// <param name="network">The network.</param>
    /// <param name="rows">n x d.</param>
    /// <param name="execution">Progress and cancellation.</param>
    public static double Of(INetwork network, IDataMatrix rows, Execution execution)
    {
        var sum = 0.0;
        var reconstruction = Array.Empty<float>();
        NetworkPass.Run(RowErrors, rows, 1, execution, (_, errors) => sum += Total(errors));
        return sum / ((double)rows.RowCount * rows.ColumnCount);

        void RowErrors(ReadOnlySpan<float> block, Span<float> errors)
        {
            reconstruction = reconstruction.Length < block.Length ? new float[block.Length] : reconstruction;
            network.Reconstruct(block, reconstruction.AsSpan(0, block.Length));
            OfRows(block, reconstruction.AsSpan(0, block.Length), errors);
        }
    }

    /// <summary>Computes the squared error of each row.</summary>
    /// <param name="rows">m x d.</param>
    /// <param name="reconstruction">m x d.</param>
    /// <param name="errors">Receives the m errors.</param>
    public static void OfRows(ReadOnlySpan<float> rows, ReadOnlySpan<float> reconstruction, Span<float> errors)
    {
        var columnCount = rows.Length / errors.Length;
        for (var row = 0; row < errors.Length; row++)
        {
            var start = row * columnCount;
            errors[row] = FixedOrder.SquaredDistance(rows.Slice(start, columnCount), reconstruction.Slice(start, columnCount));
        }
    }

    /// <summary>Returns the sum of the errors of rows, first to last.</summary>
    public static double Total(ReadOnlySpan<float> errors)
    {
        var sum = 0.0;
        foreach (var error in errors)
        {
            sum += error;
        }

        return sum;
    }

    /// <summary>
    /// Returns the mean squared error of the mean row as the reconstruction of each row: that of a network without information.
    /// </summary>
    /// <param name="rows">n x d.</param>
    /// <param name="execution">Progress and cancellation.</param>
    public static double OfMean(IDataMatrix rows, Execution execution)
    {
        var means = new double[rows.ColumnCount];
        ForEachRow(rows, execution, row => Add(row, means, 1.0 / rows.RowCount));
        var sum = 0.0;
        ForEachRow(rows, execution, row => sum += SquaredDistance(row, means));
        return sum / ((double)rows.RowCount * rows.ColumnCount);
    }

    private static void ForEachRow(IDataMatrix rows, Execution execution, Action<ReadOnlySpan<float>> body) =>
        rows.ForEachBlock("comparing the error with that of the mean", execution, (_, block) =>
        {
            for (var start = 0; start < block.Length; start += rows.ColumnCount)
            {
                body(block.Span.Slice(start, rows.ColumnCount));
            }

            return true;
        });

    private static void Add(ReadOnlySpan<float> row, double[] sums, double weight)
    {
        for (var column = 0; column < sums.Length; column++)
        {
            sums[column] += weight * row[column];
        }
    }

    private static double SquaredDistance(ReadOnlySpan<float> row, double[] means)
    {
        var sum = 0.0;
        for (var column = 0; column < means.Length; column++)
        {
            sum += (row[column] - means[column]) * (row[column] - means[column]);
        }

        return sum;
    }
}
