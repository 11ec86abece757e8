using System.Diagnostics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace N2D.Numerics;

/// <summary>Principal axes: the directions of largest variance of some rows, onto which these and other rows can be projected.</summary>
/// <param name="means">The means of the columns, d.</param>
/// <param name="scale">The divisor of centered values, so that no square overflows; 0 if all rows were equal.</param>
/// <param name="directions">c rows of d components.</param>
/// <param name="varianceShares">The share of the variance along each direction, c.</param>
/// <param name="totalVariance">
/// The total variance of all d columns, with divisor n - 1; null if the model file of an earlier version lacks it.
/// </param>
internal sealed class PrincipalAxes(float[] means, float scale, double[] directions, double[] varianceShares, double? totalVariance)
{
    private const int RowsPerBlock = 256;
    private const int LaneCount = 8;

    /// <summary>
    /// The lower limit for the variance share of a direction. Rounding errors of float32 alone amount to a share of about 1e-14.
    /// </summary>
    private const double MinVarianceShare = 1e-10;

    private readonly float[] _lanes = ToLanes(directions, means.Length, StrideOf(varianceShares.Length));

    /// <summary>The number of columns, d.</summary>
    public int Dimension => means.Length;

    /// <summary>The means of the columns, d.</summary>
    public float[] Means => means;

    /// <summary>The divisor of centered values, so that no square overflows; 0 if all rows were equal.</summary>
    public float Scale => scale;

    /// <summary>The directions, c rows of d components, by descending variance.</summary>
    public double[] Directions => directions;

    /// <summary>The share of the rows' variance along each direction, 0 to 1.</summary>
    public double[] VarianceShares => varianceShares;

    /// <summary>
    /// The total variance of all columns: the sum of squared distances from the means over n - 1. Null if the model file of an earlier
    /// version lacks it.
    /// </summary>
    public double? TotalVariance => totalVariance;

    /// <summary>The first axes only.</summary>
    /// <param name="count">The number of axes, 1 to c.</param>
    public PrincipalAxes Take(int count) => count == varianceShares.Length
        ? this
        : new(means, scale, directions[..(count * means.Length)], varianceShares[..count], totalVariance);

    /// <summary>Projects rows onto the axes. The coordinates of a row do not depend on the other rows.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>n x c.</returns>
    public Matrix Project(Matrix rows, Execution execution)
    {
        var (count, stride) = (varianceShares.Length, StrideOf(varianceShares.Length));
        var source = new CenteredRows(rows, means, scale);
        var points = new float[ArraySize.Of(rows.RowCount, count)];
        ParallelRows.For(rows.RowCount, RowsPerBlock, execution, (start, end) =>
        {
            var centered = new float[CenteredRows.GroupSize * means.Length];
            var projected = new float[CenteredRows.GroupSize * stride];
            for (var row = start; row < end; row += CenteredRows.GroupSize)
            {
                source.CopyGroup(row, end, centered);
                ProjectGroup(centered, _lanes, means.Length, projected);
                for (var place = 0; place < Math.Min(CenteredRows.GroupSize, end - row); place++)
                {
                    TensorPrimitives.Multiply(projected.AsSpan(place * stride, count), scale, points.AsSpan((row + place) * count, count));
                }
            }
        });
        return Matrix.Own(points, count);
    }

    /// <summary>Reconstructs rows from their coordinates along the axes (the inverse transform of PCA).</summary>
    /// <param name="points">n x c.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>n x d.</returns>
    public Matrix Reconstruct(Matrix points, Execution execution)
    {
        var dimension = means.Length;
        var values = new float[ArraySize.Of(points.RowCount, dimension)];
        ParallelRows.For(points.RowCount, RowsPerBlock, execution, (start, end) =>
        {
            var sums = new double[dimension];
            for (var row = start; row < end; row++)
            {
                TensorPrimitives.ConvertTruncating<float, double>(means, sums);
                for (var direction = 0; direction < varianceShares.Length; direction++)
                {
                    TensorPrimitives.MultiplyAdd(
                        directions.AsSpan(direction * dimension, dimension), (double)points[row, direction], sums, sums);
                }

                TensorPrimitives.ConvertTruncating<double, float>(sums, values.AsSpan(row * dimension, dimension));
            }
        });
        return Matrix.Own(values, dimension);
    }

    /// <summary>
    /// The distances of rows from the rows of the fit: the Mahalanobis distance of probabilistic principal component analysis (Tipping and
    /// Bishop, 1999). It uses the variance along each axis, and spreads the remaining variance evenly over all other directions.
    /// </summary>
    /// <param name="rows">n x d.</param>
    /// <param name="points">Their coordinates along the axes, n x c.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>n distances, 0 or more, in units of the root of the total variance. Only comparisons between rows are meaningful.</returns>
    public float[] Distances(Matrix rows, Matrix points, Execution execution)
    {
        var (dimension, count) = (means.Length, varianceShares.Length);
        var rest = Math.Max((1 - varianceShares.Sum()) / Math.Max(dimension - count, 1), MinVarianceShare);
        var distances = new float[rows.RowCount];
        ParallelRows.For(rows.RowCount, RowsPerBlock, execution, (start, end) =>
        {
            var (left, center) = (new double[dimension], new double[dimension]);
            TensorPrimitives.ConvertTruncating<float, double>(means, center);
            for (var row = start; row < end; row++)
            {
                TensorPrimitives.ConvertTruncating<float, double>(rows.Row(row), left);
                TensorPrimitives.Subtract<double>(left, center, left);
                var square = 0.0;
                for (var direction = 0; direction < count; direction++)
                {
                    double along = points[row, direction];
                    TensorPrimitives.MultiplyAdd(directions.AsSpan(direction * dimension, dimension), -along, left, left);
                    square += along * along / Math.Max(varianceShares[direction], MinVarianceShare);
                }

                // Axes in all directions leave nothing but rounding errors.
                square += count < dimension ? FixedOrder.Dot<double>(left, left) / rest : 0;
                distances[row] = (float)Math.Min(Math.Sqrt(square), float.MaxValue);
            }
        });
        return distances;
    }

    /// <summary>The number of lanes for a number of directions, rounded up to whole registers.</summary>
    public static int StrideOf(int count) => (count + LaneCount - 1) / LaneCount * LaneCount;

    /// <summary>Transposes directions for <see cref="ProjectGroup"/>: one lane for each direction.</summary>
    /// <param name="directions">c rows of d components.</param>
    /// <param name="dimension">d.</param>
    /// <param name="stride">The number of lanes, c or more.</param>
    /// <returns>d x stride.</returns>
    public static float[] ToLanes(double[] directions, int dimension, int stride)
    {
        var lanes = new float[dimension * stride];
        for (var place = 0; place < directions.Length; place++)
        {
            var (direction, column) = Math.DivRem(place, dimension);
            lanes[(column * stride) + direction] = (float)directions[place];
        }

        return lanes;
    }

    /// <summary>Projects a group of rows onto directions.</summary>
    /// <param name="centered">GroupSize x d.</param>
    /// <param name="lanes">d x stride.</param>
    /// <param name="dimension">d.</param>
    /// <param name="projected">Receives GroupSize x stride values.</param>
    public static void ProjectGroup(float[] centered, float[] lanes, int dimension, float[] projected)
    {
        ref var directions = ref MemoryMarshal.GetArrayDataReference(lanes);
        ref var target = ref MemoryMarshal.GetArrayDataReference(projected);
        var stride = projected.Length / CenteredRows.GroupSize;
        Debug.Assert(
            stride % LaneCount == 0 && projected.Length == CenteredRows.GroupSize * stride,
            "The coordinates must fill whole registers.");
        Debug.Assert(lanes.Length >= dimension * stride, "The directions must have as many lanes as the coordinates.");
        Debug.Assert(centered.Length >= CenteredRows.GroupSize * dimension, "There must be a whole group of rows.");
        var (second, third, fourth) = (dimension, 2 * dimension, 3 * dimension);
        for (var lane = 0; lane < stride; lane += LaneCount)
        {
            var (p0, p1, p2, p3) = (Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero);
            for (var column = 0; column < dimension; column++)
            {
                var direction = Vector256.LoadUnsafe(ref directions, (nuint)((column * stride) + lane));
                p0 = Vector256.MultiplyAddEstimate(Vector256.Create(centered[column]), direction, p0);
                p1 = Vector256.MultiplyAddEstimate(Vector256.Create(centered[second + column]), direction, p1);
                p2 = Vector256.MultiplyAddEstimate(Vector256.Create(centered[third + column]), direction, p2);
                p3 = Vector256.MultiplyAddEstimate(Vector256.Create(centered[fourth + column]), direction, p3);
            }

            p0.StoreUnsafe(ref target, (nuint)lane);
            p1.StoreUnsafe(ref target, (nuint)(stride + lane));
            p2.StoreUnsafe(ref target, (nuint)((2 * stride) + lane));
            p3.StoreUnsafe(ref target, (nuint)((3 * stride) + lane));
        }
    }
}
