using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace N2D.Numerics;

/// <summary>
/// The scatter matrix of centered and scaled rows X, which is never computed: with the mean μ of X, each product with vectors B is
/// Xᵀ(X B) - n μ(μᵀB). So the memory grows with the columns, not with their square.
/// </summary>
internal sealed class ScatterProduct : ISymmetricOperator
{
    private const int LaneCount = 8;

    /// <summary>Rows are projected in groups, so that each direction is loaded once for a group.</summary>
    private const int GroupSize = CenteredRows.GroupSize;

    private const int MinRowsPerBlock = 256;

    /// <summary>The largest number of blocks of rows. Each has its own sums, as large as all directions.</summary>
    private const int MaxBlocks = 32;

    /// <summary>The columns whose sums are added at once.</summary>
    private const int ColumnsPerBlock = 256;

    private readonly CenteredRows _rows;
    private readonly Execution _execution;
    private readonly int _blockSize;

    /// <summary>The mean of X, d. It is not 0, because the rows are centered on means in single precision.</summary>
    private readonly double[] _mean;

    /// <summary>Creates the operator.</summary>
    /// <param name="rows">The rows X.</param>
    /// <param name="execution">Threads and cancellation.</param>
    public ScatterProduct(CenteredRows rows, Execution execution)
    {
        (_rows, _execution, Dimension) = (rows, execution, rows.Means.Length);
        _blockSize = BlockSize(rows.RowCount);
        _mean = new double[Dimension];
        for (var column = 0; column < Dimension && rows.Scale > 0; column++)
        {
            _mean[column] = (rows.ExactMeans[column] - rows.Means[column]) / rows.Scale;
        }
    }

    /// <inheritdoc/>
    public int Dimension { get; }

    /// <summary>The sums of a product for each column: those of each block of rows, in single precision.</summary>
    /// <param name="rowCount">n.</param>
    /// <param name="width">The number of vectors.</param>
    public static int SumsPerColumn(int rowCount, int width)
    {
        var blockSize = BlockSize(rowCount);
        return (rowCount + blockSize - 1) / blockSize * PrincipalAxes.StrideOf(width);
    }

    /// <summary>The sum of the diagonal: that of all squared distances from the mean.</summary>
    public double Trace()
    {
        var squares = ParallelRows.Sum(_rows.RowCount, _blockSize, _execution, (start, end) =>
        {
            var centered = new float[GroupSize * Dimension];
            var sum = 0.0;
            for (var row = start; row < end; row += GroupSize)
            {
                _rows.CopyGroup(row, end, centered);
                sum += FixedOrder.Dot<float>(centered, centered);
            }

            return sum;
        });
        return squares - (_rows.RowCount * FixedOrder.Dot<double>(_mean, _mean));
    }

    /// <inheritdoc/>
    public void Multiply(double[] vectors, double[] products)
    {
        var width = vectors.Length / Dimension;
        var stride = PrincipalAxes.StrideOf(width);
        var lanes = PrincipalAxes.ToLanes(vectors, Dimension, stride);
        var parts = new float[(_rows.RowCount + _blockSize - 1) / _blockSize][];
        ParallelRows.For(_rows.RowCount, _blockSize, _execution, (start, end) =>
        {
            var sums = new float[Dimension * stride];
            var centered = new float[GroupSize * Dimension];
            var projected = new float[GroupSize * stride];
            for (var row = start; row < end; row += GroupSize)
            {
                _execution.CancellationToken.ThrowIfCancellationRequested();
                _rows.CopyGroup(row, end, centered);
                PrincipalAxes.ProjectGroup(centered, lanes, Dimension, projected);
                AddOuterProducts(centered, projected, stride, sums);
            }

            parts[start / _blockSize] = sums;
        });
        Array.Clear(products);
        ParallelRows.For(Dimension, ColumnsPerBlock, _execution, [MethodImpl(MethodImplOptions.AggressiveOptimization)] (start, end) =>
        {
            foreach (var part in parts)
            {
                _execution.CancellationToken.ThrowIfCancellationRequested();
                for (var column = start; column < end; column++)
                {
                    for (var direction = 0; direction < width; direction++)
                    {
                        products[(direction * Dimension) + column] += part[(column * stride) + direction];
                    }
                }
            }
        });

        // Xᵀ X is the scatter matrix of the rows around 0; around their mean, it is less by n times the outer product of the mean.
        for (var direction = 0; direction < width; direction++)
        {
            var product = products.AsSpan(direction * Dimension, Dimension);
            var coordinate = FixedOrder.Dot<double>(_mean, vectors.AsSpan(direction * Dimension, Dimension));
            ScaledVector.Add(_mean, -_rows.RowCount * coordinate, product);
        }
    }

    private static int BlockSize(int rowCount) => Math.Max(MinRowsPerBlock, (rowCount + MaxBlocks - 1) / MaxBlocks);

    /// <summary>Adds the outer product of each row in a group and its coordinates.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddOuterProducts(float[] centered, float[] projected, int stride, float[] sums)
    {
        Debug.Assert(stride % LaneCount == 0, "The directions must fill whole registers.");
        Debug.Assert(centered.Length >= GroupSize * Dimension, "There must be a whole group of rows.");
        Debug.Assert(projected.Length >= GroupSize * stride, "There must be the coordinates of a whole group.");
        Debug.Assert(sums.Length >= Dimension * stride, "There must be a sum for each column and direction.");
        ref var source = ref MemoryMarshal.GetArrayDataReference(projected);
        ref var target = ref MemoryMarshal.GetArrayDataReference(sums);
        var (second, third, fourth) = (Dimension, 2 * Dimension, 3 * Dimension);
        for (var lane = 0; lane < stride; lane += LaneCount)
        {
            var p0 = Vector256.LoadUnsafe(ref source, (nuint)lane);
            var p1 = Vector256.LoadUnsafe(ref source, (nuint)(stride + lane));
            var p2 = Vector256.LoadUnsafe(ref source, (nuint)((2 * stride) + lane));
            var p3 = Vector256.LoadUnsafe(ref source, (nuint)((3 * stride) + lane));
            for (var column = 0; column < Dimension; column++)
            {
                var place = (nuint)((column * stride) + lane);
                var sum = Vector256.LoadUnsafe(ref target, place);
                sum = Vector256.MultiplyAddEstimate(Vector256.Create(centered[column]), p0, sum);
                sum = Vector256.MultiplyAddEstimate(Vector256.Create(centered[second + column]), p1, sum);
                sum = Vector256.MultiplyAddEstimate(Vector256.Create(centered[third + column]), p2, sum);
                sum = Vector256.MultiplyAddEstimate(Vector256.Create(centered[fourth + column]), p3, sum);
                sum.StoreUnsafe(ref target, place);
            }
        }
    }
}
