using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

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
        var ranges = new ColumnRanges(rows, blockSize, execution);
        ExactMeans = ranges.Means;
        _means = Array.ConvertAll(ExactMeans, mean => (float)mean);
        for (var column = 0; column < _means.Length; column++)
        {
            var mean = _means[column];
            Scale = Math.Max(Scale, Math.Max(ranges.Largest[column] - mean, mean - ranges.Least[column]));
        }
    }

    /// <summary>Centers rows with the means and the scale of other rows.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="means">d means.</param>
    /// <param name="scale">The divisor; with 0, all centered rows are zeros.</param>
    public CenteredRows(Matrix rows, float[] means, float scale)
    {
        _rows = rows;
        _means = means;
        ExactMeans = Array.ConvertAll(means, mean => (double)mean);
        Scale = scale;
    }

    /// <summary>The means of the columns, d.</summary>
    public float[] Means => _means;

    /// <summary>The means before rounding, d.</summary>
    public double[] ExactMeans { get; }

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
                Center(_rows.Row(firstRow + place), _means, Scale, row);
            }
            else
            {
                row.Clear();
            }
        }
    }

    /// <summary>target = (row - means) / scale. The rows may be so short that a library call would take longer than the work.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Center(ReadOnlySpan<float> row, ReadOnlySpan<float> means, float scale, Span<float> target)
    {
        Debug.Assert(means.Length == row.Length && target.Length == row.Length, "There must be a mean for each column.");
        ref var source = ref MemoryMarshal.GetReference(row);
        ref var center = ref MemoryMarshal.GetReference(means);
        ref var first = ref MemoryMarshal.GetReference(target);
        var column = 0;
        for (; column <= row.Length - Vector256<float>.Count; column += Vector256<float>.Count)
        {
            var place = (nuint)column;
            ((Vector256.LoadUnsafe(ref source, place) - Vector256.LoadUnsafe(ref center, place)) / scale).StoreUnsafe(ref first, place);
        }

        for (; column < row.Length; column++)
        {
            target[column] = (row[column] - means[column]) / scale;
        }
    }
}
