using System.Runtime.InteropServices;
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
        NetworkPass.Run(input => RowErrors(network, input), CPU, rows, execution, (_, errors) => sum += Total(errors));
        return sum / ((double)rows.RowCount * rows.ColumnCount);
    }

    /// <summary>The sum of the squared errors of some rows, the same for any number of threads.</summary>
    /// <param name="network">On any device.</param>
    /// <param name="rows">m x d, on the same.</param>
    public static double SumOf(INetwork network, Tensor rows) => Total(MemoryMarshal.Cast<byte, float>(RowErrors(network, rows).cpu().bytes));

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

    /// <summary>Row by row, as libtorch sums everything at once in an order that depends on the number of threads.</summary>
    private static Tensor RowErrors(INetwork network, Tensor rows) => (network.Decode(network.Encode(rows)) - rows).square().sum(1, keepdim: true);

    private static double Total(ReadOnlySpan<float> errors)
    {
        var sum = 0.0;
        foreach (var error in errors)
        {
            sum += error;
        }

        return sum;
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
