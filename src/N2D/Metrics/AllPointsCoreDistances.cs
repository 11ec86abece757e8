using System.Buffers;
using System.Numerics.Tensors;
using N2D.Numerics;

namespace N2D.Metrics;

/// <summary>
/// All-points core distances (Moulavi et al., 2014, definition 1): for n rows in d columns, the mean of distance^-d over the other rows,
/// to the power -1/d.
/// </summary>
internal static class AllPointsCoreDistances
{
    /// <summary>Computes the squared core distance of each row; 0 for a row that has a duplicate.</summary>
    /// <param name="rows">The rows of a cluster, at least two.</param>
    /// <param name="blocks">The same rows in blocks.</param>
    /// <param name="execution">Threads and cancellation.</param>
    public static double[] Squared(Matrix rows, ColumnBlocks blocks, Execution execution)
    {
        var paddedCount = blocks.PaddedRowCount;
        var cores = new double[rows.RowCount];
        ParallelRows.For(rows.RowCount, 32, execution, (start, end) =>
        {
            var (squared, powers) = (ArrayPool<double>.Shared.Rent(paddedCount), ArrayPool<double>.Shared.Rent(cores.Length));
            for (var row = start; row < end; row++)
            {
                PairwiseDistances.Squared(blocks, rows.Row(row), squared.AsSpan(0, paddedCount));

                // The distance of the row to itself does not count: its term is 0.
                squared[row] = double.PositiveInfinity;
                cores[row] = OfRow(squared.AsSpan(0, cores.Length), powers.AsSpan(0, cores.Length), rows.ColumnCount);
            }

            ArrayPool<double>.Shared.Return(squared);
            ArrayPool<double>.Shared.Return(powers);
        });
        return cores;
    }

    private static double OfRow(Span<double> squared, Span<double> powers, int dimension)
    {
        var nearest = TensorPrimitives.Min<double>(squared);
        if (nearest == 0)
        {
            return 0;
        }

        // Terms relative to that of the nearest row are at most 1, so that no power overflows; those that underflow are negligible.
        TensorPrimitives.Divide(nearest, squared, squared);
        var sum = SumOfPowers(squared, powers, dimension);
        return nearest * PortableMath.Pow((squared.Length - 1) / sum, 2.0 / dimension);
    }

    /// <summary>The sum of the ratios to the power dimension / 2, by repeated squaring. Overwrites the ratios.</summary>
    private static double SumOfPowers(Span<double> ratios, Span<double> powers, int dimension)
    {
        powers.Fill(1);
        if (int.IsOddInteger(dimension))
        {
            TensorPrimitives.Sqrt<double>(ratios, powers);
        }

        for (var rest = dimension / 2; rest > 0; rest /= 2)
        {
            if (int.IsOddInteger(rest))
            {
                TensorPrimitives.Multiply<double>(powers, ratios, powers);
            }

            TensorPrimitives.Multiply<double>(ratios, ratios, ratios);
        }

        return FixedOrder.Sum<double>(powers);
    }
}
