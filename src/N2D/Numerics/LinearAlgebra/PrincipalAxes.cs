using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace N2D.Numerics;

/// <summary>The directions of largest variance of some rows, for these and others to be projected onto.</summary>
/// <param name="means">The means of the columns, d.</param>
/// <param name="scale">What centerd values are divided by so that no square overflows; 0 if the rows were all the same.</param>
/// <param name="directions">c rows of d components.</param>
/// <param name="varianceShares">The share of the variance along each, c.</param>
/// <param name="totalVariance">
/// The variance in all d columns together, of n - 1 rows; null where a model file of an earlier version does not say.
/// </param>
internal sealed class PrincipalAxes(float[] means, float scale, double[] directions, double[] varianceShares, double? totalVariance)
{
    private const int RowsPerBlock = 256;
    private const int LaneCount = 8;

    /// <summary>The least share of the variance that a direction is thought to have: values of float32 come out of the projection with some 1e-14 of it, squared, that is rounding alone.</summary>
    private const double LeastShare = 1e-10;

    private readonly float[] _lanes = Lanes(directions, means.Length, StrideOf(varianceShares.Length));

    /// <summary>The number of columns, d.</summary>
    public int Dimension => means.Length;

    /// <summary>The means of the columns, d.</summary>
    public float[] Means => means;

    /// <summary>What centered values are divided by so that no square overflows; 0 if the rows were all the same.</summary>
    public float Scale => scale;

    /// <summary>The directions, c rows of d components, by descending variance.</summary>
    public double[] Directions => directions;

    /// <summary>The share of the rows' variance along each direction, 0 to 1.</summary>
    public double[] VarianceShares => varianceShares;

    /// <summary>
    /// The variance in all columns together: the sum of squared distances from the means over n - 1. Null where a model file of an earlier
    /// version does not say.
    /// </summary>
    public double? TotalVariance => totalVariance;

    /// <summary>The first directions alone.</summary>
    /// <param name="count">How many, 1 to c.</param>
    public PrincipalAxes Take(int count) => count == varianceShares.Length ? this : new(means, scale, directions[..(count * means.Length)], varianceShares[..count], totalVariance);

    /// <summary>The coordinates of rows along the directions. A row's do not depend on which others it is with.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>n x c.</returns>
    public Matrix Project(Matrix rows, Execution execution)
    {
        var (count, stride) = (varianceShares.Length, StrideOf(varianceShares.Length));
        var source = new CenteredRows(rows, means, scale);
        var points = new float[rows.RowCount * count];
        ParallelRows.For(rows.RowCount, RowsPerBlock, execution, (start, end) =>
        {
            var centerd = new float[CenteredRows.GroupSize * means.Length];
            var projected = new float[CenteredRows.GroupSize * stride];
            for (var row = start; row < end; row += CenteredRows.GroupSize)
            {
                source.CopyGroup(row, end, centerd);
                ProjectGroup(centerd, _lanes, means.Length, projected);
                for (var place = 0; place < Math.Min(CenteredRows.GroupSize, end - row); place++)
                {
                    TensorPrimitives.Multiply(projected.AsSpan(place * stride, count), scale, points.AsSpan((row + place) * count, count));
                }
            }
        });
        return Matrix.Own(points, count);
    }

    /// <summary>The rows that have coordinates along the directions, and none off their plane.</summary>
    /// <param name="points">n x c.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>n x d.</returns>
    public Matrix Rebuild(Matrix points, Execution execution)
    {
        var dimension = means.Length;
        var values = new float[(long)points.RowCount * dimension];
        ParallelRows.For(points.RowCount, RowsPerBlock, execution, (start, end) =>
        {
            var sums = new double[dimension];
            for (var row = start; row < end; row++)
            {
                TensorPrimitives.ConvertTruncating<float, double>(means, sums);
                for (var direction = 0; direction < varianceShares.Length; direction++)
                {
                    TensorPrimitives.MultiplyAdd(directions.AsSpan(direction * dimension, dimension), (double)points[row, direction], sums, sums);
                }

                TensorPrimitives.ConvertTruncating<double, float>(sums, values.AsSpan(row * dimension, dimension));
            }
        });
        return Matrix.Own(values, dimension);
    }

    /// <summary>
    /// How far rows lie from those that the directions were found of: Mahalanobis' distance in probabilistic principal component analysis (Tipping and Bishop, 1999), which has the
    /// variance found along each of the directions, and that of the rest spread evenly over all others.
    /// </summary>
    /// <param name="rows">n x d.</param>
    /// <param name="points">Their coordinates along the directions, n x c.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>n distances, 0 or more, in units of the root of the rows' variance: of use beside those of other rows alone.</returns>
    public float[] Distances(Matrix rows, Matrix points, Execution execution)
    {
        var (dimension, count) = (means.Length, varianceShares.Length);
        var rest = Math.Max((1 - varianceShares.Sum()) / Math.Max(dimension - count, 1), LeastShare);
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
                    square += along * along / Math.Max(varianceShares[direction], LeastShare);
                }

                square += FixedOrder.Dot<double>(left, left) / rest;
                distances[row] = (float)Math.Min(Math.Sqrt(square), float.MaxValue);
            }
        });
        return distances;
    }

    /// <summary>The number of lanes that hold so many directions: whole registers.</summary>
    public static int StrideOf(int count) => (count + LaneCount - 1) / LaneCount * LaneCount;

    /// <summary>A few directions, column after column, a direction a lane.</summary>
    /// <param name="directions">c rows of d components.</param>
    /// <param name="dimension">d.</param>
    /// <param name="stride">Lanes, c or more.</param>
    public static float[] Lanes(double[] directions, int dimension, int stride)
    {
        var lanes = new float[dimension * stride];
        for (var place = 0; place < directions.Length; place++)
        {
            var (direction, column) = Math.DivRem(place, dimension);
            lanes[(column * stride) + direction] = (float)directions[place];
        }

        return lanes;
    }

    /// <summary>The coordinates of a group of rows along the directions.</summary>
    /// <param name="centerd">GroupSize x d.</param>
    /// <param name="lanes">d x stride.</param>
    /// <param name="dimension">d.</param>
    /// <param name="projected">Takes GroupSize x stride.</param>
    public static void ProjectGroup(float[] centerd, float[] lanes, int dimension, float[] projected)
    {
        ref var directions = ref MemoryMarshal.GetArrayDataReference(lanes);
        ref var target = ref MemoryMarshal.GetArrayDataReference(projected);
        var stride = projected.Length / CenteredRows.GroupSize;
        var (second, third, fourth) = (dimension, 2 * dimension, 3 * dimension);
        for (var lane = 0; lane < stride; lane += LaneCount)
        {
            var (p0, p1, p2, p3) = (Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero);
            for (var column = 0; column < dimension; column++)
            {
                var direction = Vector256.LoadUnsafe(ref directions, (nuint)((column * stride) + lane));
                p0 = Vector256.FusedMultiplyAdd(Vector256.Create(centerd[column]), direction, p0);
                p1 = Vector256.FusedMultiplyAdd(Vector256.Create(centerd[second + column]), direction, p1);
                p2 = Vector256.FusedMultiplyAdd(Vector256.Create(centerd[third + column]), direction, p2);
                p3 = Vector256.FusedMultiplyAdd(Vector256.Create(centerd[fourth + column]), direction, p3);
            }

            p0.StoreUnsafe(ref target, (nuint)lane);
            p1.StoreUnsafe(ref target, (nuint)(stride + lane));
            p2.StoreUnsafe(ref target, (nuint)((2 * stride) + lane));
            p3.StoreUnsafe(ref target, (nuint)((3 * stride) + lane));
        }
    }
}
