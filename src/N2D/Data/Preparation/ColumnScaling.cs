using System.Numerics.Tensors;
using N2D.Numerics;

namespace N2D.Data;

/// <summary>The fitted offset and scale of each column.</summary>
/// <param name="Offsets">The number to subtract from each column.</param>
/// <param name="Scales">The number to divide each column by afterward; above 0.</param>
internal sealed record ColumnScaling(double[] Offsets, double[] Scales)
{
    private const int RowsPerBlock = 256;

    /// <summary>The number of columns.</summary>
    public int Dimension => Offsets.Length;

    /// <summary>Fits the offsets and the scales to rows.</summary>
    /// <param name="rows">One or more rows of finite values.</param>
    /// <param name="method">The method; not None.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <param name="firstColumn">The first column to scale. Columns before it are ignored.</param>
    /// <returns>The scaling, and the number of columns with a single value. Such a column becomes 0.</returns>
    public static (ColumnScaling Scaling, int ConstantCount) Fit(
        Matrix rows, Standardization method, Execution execution, int firstColumn = 0)
    {
        var (smallest, largest) = Extremes(rows, execution);
        var (offsets, scales) = method == Standardization.ZScore
            ? MeansAndDeviations(rows, execution)
            : ([.. smallest.Select(value => (double)value)], smallest.Zip(largest, (low, high) => (double)high - low).ToArray());
        var constantCount = 0;
        for (var column = firstColumn; column < scales.Length; column++)
        {
            if (smallest[column] == largest[column])
            {
                // The computed mean of equal values can differ from that value in the last bit.
                (offsets[column], scales[column]) = (smallest[column], 1);
                constantCount++;
            }
        }

        return (new ColumnScaling(offsets[firstColumn..], scales[firstColumn..]), constantCount);
    }

    /// <summary>Scales a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="wide">Working memory of one row.</param>
    /// <param name="scaled">Receives the scaled row.</param>
    public void Apply(ReadOnlySpan<float> row, Span<double> wide, Span<float> scaled)
    {
        TensorPrimitives.ConvertTruncating<float, double>(row, wide);
        TensorPrimitives.Subtract(wide, Offsets, wide);
        TensorPrimitives.Divide(wide, Scales, wide);
        TensorPrimitives.ConvertTruncating<double, float>(wide, scaled);
    }

    /// <summary>Converts a scaled row back.</summary>
    /// <param name="scaled">The scaled row.</param>
    /// <param name="wide">Working memory of one row.</param>
    /// <param name="row">Receives the row.</param>
    public void Undo(ReadOnlySpan<float> scaled, Span<double> wide, Span<float> row)
    {
        TensorPrimitives.ConvertTruncating<float, double>(scaled, wide);
        TensorPrimitives.MultiplyAdd(wide, Scales, Offsets, wide);
        TensorPrimitives.ConvertTruncating<double, float>(wide, row);
    }

    private static (float[] Smallest, float[] Largest) Extremes(Matrix rows, Execution execution)
    {
        var (smallest, largest) = (rows.Row(0).ToArray(), rows.Row(0).ToArray());
        var merge = new Lock();
        ParallelRows.For(rows.RowCount, RowsPerBlock, execution, (start, end) =>
        {
            var (low, high) = (rows.Row(start).ToArray(), rows.Row(start).ToArray());
            for (var row = start + 1; row < end; row++)
            {
                TensorPrimitives.Min(low, rows.Row(row), low);
                TensorPrimitives.Max(high, rows.Row(row), high);
            }

            // The order of the blocks does not change the extremes.
            lock (merge)
            {
                TensorPrimitives.Min(smallest, low, smallest);
                TensorPrimitives.Max(largest, high, largest);
            }
        });
        return (smallest, largest);
    }

    private static (double[] Means, double[] Deviations) MeansAndDeviations(Matrix rows, Execution execution)
    {
        var (means, deviations) = ColumnMoments.Of(rows, execution);
        TensorPrimitives.Sqrt(deviations, deviations);
        return (means, deviations);
    }
}
