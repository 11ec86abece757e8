using System.Diagnostics;
using System.Numerics.Tensors;

namespace N2D.Numerics;

/// <summary>
/// The rows of a matrix, centered on the column means and divided by the largest deviation, so that no square overflows. Rows are
/// computed in small groups on demand, so the matrix is never copied as a whole.
/// </summary>
internal sealed class CenteredRows
{
    /// <summary>The number of rows in a group.</summary>
    public const int GroupSize = 4;

    private readonly Matrix _rows;
    private readonly float[] _means;

    /// <summary>Computes the means and the scale of rows.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="blockSize">The number of rows in a block of work.</param>
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

    /// <summary>Centers rows with the means and the scale of other rows.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="means">d means.</param>
    /// <param name="scale">The divisor; with 0, all centered rows are zeros.</param>
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

    /// <summary>The divisor of the centered values; 0 if all rows are equal.</summary>
    public float Scale { get; }

    /// <summary>Copies a group of centered rows. Rows past the end become zeros.</summary>
    /// <param name="firstRow">The first row.</param>
    /// <param name="end">The row after the last valid one.</param>
    /// <param name="target">Receives GroupSize x d values.</param>
    public void CopyGroup(int firstRow, int end, Span<float> target)
    {
        var dimension = _rows.ColumnCount;
        Debug.Assert(target.Length >= GroupSize * dimension, "The target must have room for a group.");
        Debug.Assert(firstRow >= 0 && end <= _rows.RowCount, "The rows must be rows of the matrix.");
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
                largest[start / blockSize] =
                    MathF.Max(largest[start / blockSize], MathF.Abs(TensorPrimitives.MaxMagnitude<float>(deviations)));
            }
        });
        return largest.Max();
    }
}
