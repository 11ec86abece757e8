using System.Runtime.InteropServices;
using N2D.Numerics;
using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>Computes the error of reconstructions.</summary>
internal static class ReconstructionError
{
    /// <summary>Returns the mean squared error of a network's reconstruction.</summary>
    /// <param name="network">A network on the CPU.</param>
    /// <param name="rows">n x d.</param>
    /// <param name="execution">Progress and cancellation.</param>
    public static double Of(INetwork network, IDataMatrix rows, Execution execution)
    {
        var sum = 0.0;
        NetworkPass.Run(input => RowErrors(network, input), CPU, rows, execution, (_, errors) => sum += Total(errors));
        return sum / ((double)rows.RowCount * rows.ColumnCount);
    }

    /// <summary>Returns the sum of the squared errors of rows, the same for any number of threads.</summary>
    /// <param name="network">A network on any device.</param>
    /// <param name="rows">m x d, on the same device.</param>
    public static double SumOf(INetwork network, Tensor rows) =>
        Total(MemoryMarshal.Cast<byte, float>(RowErrors(network, rows).cpu().bytes));

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

    /// <summary>
    /// Returns the squared error of each row. If libtorch sums over all rows, the order depends on the number of threads.
    /// </summary>
    private static Tensor RowErrors(INetwork network, Tensor rows) =>
        (network.Decode(network.Encode(rows)) - rows).square().sum(1, keepdim: true);

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
