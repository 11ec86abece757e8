using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>The repulsion of every pair of rows, in any number of dimensions, eight rows at a time. O(n^2 c).</summary>
/// <param name="rowCount">n.</param>
/// <param name="dimension">c.</param>
internal sealed class PairwiseRepulsion(int rowCount, int dimension) : ITsneRepulsion
{
    private const int LaneCount = 8;

    /// <summary>
    /// Rows whose similarities are summed in float32 before they are added to a double. The token is checked after each such sum.
    /// </summary>
    private const int RowsPerSum = 1024;

    private readonly float _inverseFreedom = 1f / StudentTail.FreedomIn(dimension);
    private readonly int _twicePower = StudentTail.FreedomIn(dimension) + 1;

    // A copy of the coordinates, row by row, for contiguous reads.
    private readonly float[] _rows = new float[ArraySize.Of(rowCount, dimension)];

    /// <inheritdoc/>
    public double Compute(float[] positions, float[] forces, Execution execution)
    {
        Debug.Assert(positions.Length == _rows.Length && forces.Length == _rows.Length, "There must be c axes of n values.");
        for (var index = 0; index < _rows.Length; index++)
        {
            var (row, axis) = Math.DivRem(index, dimension);
            _rows[index] = positions[(axis * rowCount) + row];
        }

        // Each row also repels itself, which adds 1 to the similarities and no force.
        return ParallelRows.Sum(
            rowCount, LaneCount, execution, (start, end) => Repel(positions, forces, start, end, execution.CancellationToken)) - rowCount;
    }

    /// <summary>Computes the repulsion of at most eight rows by all rows.</summary>
    /// <returns>The sum of their similarities.</returns>
    private double Repel(float[] positions, float[] forces, int start, int end, CancellationToken cancellationToken)
    {
        Debug.Assert(end - start is > 0 and <= LaneCount, "A group has at most eight rows.");
        Span<Vector256<float>> own = stackalloc Vector256<float>[dimension];
        Span<Vector256<float>> differences = stackalloc Vector256<float>[dimension];
        Span<Vector256<float>> sums = stackalloc Vector256<float>[dimension];
        Span<float> lanes = stackalloc float[LaneCount];
        sums.Clear();
        for (var axis = 0; axis < dimension; axis++)
        {
            positions.AsSpan((axis * rowCount) + start, end - start).CopyTo(lanes);
            own[axis] = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(lanes));
        }

        var total = 0.0;
        for (var first = 0; first < rowCount; first += RowsPerSum)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var similarities = RepelBy(first, Math.Min(first + RowsPerSum, rowCount), own, differences, sums);
            for (var lane = 0; lane < end - start; lane++)
            {
                total += similarities[lane];
            }
        }

        for (var axis = 0; axis < dimension; axis++)
        {
            sums[axis].StoreUnsafe(ref MemoryMarshal.GetReference(lanes));
            lanes[..(end - start)].CopyTo(forces.AsSpan((axis * rowCount) + start));
        }

        return total;
    }

    /// <summary>Adds the repulsion by some rows.</summary>
    private Vector256<float> RepelBy(
        int first, int end, ReadOnlySpan<Vector256<float>> own, Span<Vector256<float>> differences, Span<Vector256<float>> sums)
    {
        var similarities = Vector256<float>.Zero;
        for (var row = first; row < end; row++)
        {
            var index = _rows.AsSpan(row * dimension, dimension);
            var square = Vector256<float>.Zero;
            for (var axis = 0; axis < index.Length; axis++)
            {
                var difference = own[axis] - Vector256.Create(index[axis]);
                differences[axis] = difference;
                square = Vector256.MultiplyAddEstimate(difference, difference, square);
            }

            var inverse =
                Vector256<float>.One / Vector256.MultiplyAddEstimate(square, Vector256.Create(_inverseFreedom), Vector256<float>.One);
            var similarity = StudentTail.Similarity(inverse, _twicePower);
            similarities += similarity;
            var weight = similarity * inverse;
            for (var axis = 0; axis < index.Length; axis++)
            {
                sums[axis] = Vector256.MultiplyAddEstimate(weight, differences[axis], sums[axis]);
            }
        }

        return similarities;
    }
}
