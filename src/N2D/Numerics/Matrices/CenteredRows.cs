using System.Numerics.Tensors;

namespace N2D.Numerics;

/// <summary>
/// The rows of a matrix less the means of their columns, divided by the largest distance of a value from its mean so that no square overflows.
/// They are made a group at a time, as they are wanted: the rows are not copied as a whole.
/// </summary>
internal sealed class CenteredRows
{
    /// <summary>Rows a group.</summary>
    public const int GroupSize = 4;

    private readonly Matrix _rows;
    private readonly float[] _means;

    /// <summary>Measures means and scale.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="blockSize">Rows that a thread takes at once.</param>
    /// <param name="execution">Threads and cancellation.</param>
    public CenteredRows(Matrix rows, int blockSize, Execution execution)
    {
        _rows = rows;
        var sums = ParallelRows.Sums(rows.RowCount, blockSize, rows.ColumnCount, execution, (row, sums) =>
        {
            var values = rows.Row(row);
            for (var column = 0; column < values.Length; column++)
            {
                sums[column] += values[column];
            }
        });
        _means = Array.ConvertAll(sums, sum => (float)(sum / rows.RowCount));
        Scale = LargestDeviation(blockSize, execution);
    }

    /// <summary>Centers rows on means, and by a scale, that others have.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="means">d means.</param>
    /// <param name="scale">What to divide by; 0 makes zeros of all rows.</param>
    public CenteredRows(Matrix rows, float[] means, float scale)
    {
        _rows = rows;
        _means = means;
        Scale = scale;
    }

    /// <summary>The means of the columns, d.</summary>
    public float[] Means => _means;

    /// <summary>The number of rows, n.</summary>
    public int RowCount => _rows.RowCount;

    /// <summary>What the rows were divided by; 0 if they are all the same.</summary>
    public float Scale { get; }

    /// <summary>Copies a group of rows; zeros for those past the end.</summary>
    /// <param name="firstRow">The first of them.</param>
    /// <param name="end">The row after the last one there is.</param>
    /// <param name="target">Takes GroupSize x d values.</param>
    public void CopyGroup(int firstRow, int end, Span<float> target)
    {
        var dimension = _rows.ColumnCount;
        for (var place = 0; place < GroupSize; place++)
        {
            var row = target.Slice(place * dimension, dimension);
            if (firstRow + place < end && Scale > 0)
            {
                TensorPrimitives.Subtract(_rows.Row(firstRow + place), _means, row);
                TensorPrimitives.Divide(row, Scale, row);
            }
            else
            {
                row.Clear();
            }
        }
    }

    private float LargestDeviation(int blockSize, Execution execution)
    {
        var largest = new float[(_rows.RowCount + blockSize - 1) / blockSize];
        ParallelRows.For(_rows.RowCount, blockSize, execution, (start, end) =>
        {
            var deviations = new float[_means.Length];
            for (var row = start; row < end; row++)
            {
                TensorPrimitives.Subtract(_rows.Row(row), _means, deviations);
                largest[start / blockSize] = MathF.Max(largest[start / blockSize], MathF.Abs(TensorPrimitives.MaxMagnitude<float>(deviations)));
            }
        });
        return largest.Max();
    }
}
