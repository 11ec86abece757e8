using N2D.Numerics;
using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>How well rows are rebuilt.</summary>
internal static class ReconstructionError
{
    /// <summary>The mean squared error of a network's reconstruction.</summary>
    /// <param name="network">On the processor.</param>
    /// <param name="rows">n x d.</param>
    /// <param name="execution">Progress and cancellation.</param>
    public static double Of(INetwork network, IDataMatrix rows, Execution execution)
    {
        var sum = 0.0;
        NetworkPass.Run(
            input => (network.Decode(network.Encode(input)) - input).square().sum(1, keepdim: true),
            CPU,
            rows,
            execution,
            (_, squares) =>
            {
                foreach (var square in squares)
                {
                    sum += square;
                }
            });
        return sum / ((double)rows.RowCount * rows.ColumnCount);
    }

    /// <summary>The mean squared error if each row were rebuilt as the mean of all: that of a network that knows nothing of them.</summary>
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
