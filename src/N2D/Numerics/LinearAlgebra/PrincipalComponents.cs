using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace N2D.Numerics;

/// <summary>
/// The first principal components of rows, by subspace iteration on the rows themselves (Halko, Martinsson and Tropp, 2011): no covariance matrix,
/// so that many columns cost no more memory than the rows.
/// </summary>
/// <remarks>
/// Exact where the block is as wide as there are columns. Elsewhere the components hold all but some 1e-5 of the variance that the exact
/// ones hold; where neighboring components have nearly the same variance, they may be any rotation of each other.
/// </remarks>
internal sealed class PrincipalComponents
{
    /// <summary>Directions beyond those wanted: the more, the wider the gap to what is damped.</summary>
    private const int SpareDirections = 6;

    private const int LaneCount = 8;

    /// <summary>Rows pass through the directions in groups, so that each direction is loaded once for all of them.</summary>
    private const int GroupSize = CenteredRows.GroupSize;

    private const int LeastRowsPerBlock = 256;

    /// <summary>Each block of rows has a sum of the size of the directions: no more of them than that.</summary>
    private const int MostBlocks = 32;

    private readonly CenteredRows _rows;
    private readonly Execution _execution;
    private readonly int _dimension;
    private readonly int _width;
    private readonly int _stride;
    private readonly int _blockSize;

    /// <summary>The iteration ends when a round adds no more than this share to the variance along the wanted directions.</summary>
    private readonly double _tolerance;

    private readonly int _mostIterations;

    private PrincipalComponents(Matrix rows, int count, Accuracy accuracy, Execution execution)
    {
        _execution = execution;
        _dimension = rows.ColumnCount;
        (_tolerance, _mostIterations) = accuracy == Accuracy.Full ? (1e-10, 100) : (1e-6, 20);
        var spare = accuracy == Accuracy.Full ? Math.Max(SpareDirections, count) : SpareDirections;
        _width = Math.Min(PrincipalAxes.StrideOf(count + spare), _dimension);
        _stride = PrincipalAxes.StrideOf(_width);
        _blockSize = Math.Max(LeastRowsPerBlock, (rows.RowCount + MostBlocks - 1) / MostBlocks);
        _rows = new CenteredRows(rows, _blockSize, execution);
    }

    /// <summary>How near to the exact components to come.</summary>
    internal enum Accuracy
    {
        /// <summary>All but some 1e-5 of the variance, for what only starts there or is looked at.</summary>
        Rough,

        /// <summary>As near as sums in float32 allow, for the components' own sake.</summary>
        Full,
    }

    /// <summary>Projects rows onto their first principal components, roughly.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="count">The number of components, c, 1 to d.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>n x c centerd coordinates, by descending variance.</returns>
    public static Matrix Project(Matrix rows, int count, Execution execution) => Find(rows, count, Accuracy.Rough, execution).Project(rows, execution);

    /// <summary>Finds the first principal components of rows.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="count">The number of components, c, 1 to d.</param>
    /// <param name="accuracy">How near to the exact ones to come.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    public static PrincipalAxes Find(Matrix rows, int count, Accuracy accuracy, Execution execution)
    {
        var components = new PrincipalComponents(rows, count, accuracy, execution);
        return components.Axes(count);
    }

    private PrincipalAxes Axes(int count)
    {
        var basis = new double[_width * _dimension];
        var random = new RandomSequence(0, RandomPurpose.Initialization);
        foreach (ref var value in basis.AsSpan())
        {
            value = random.NextGaussian();
        }

        Orthonormalize(basis);
        var scattered = Scatter(basis);
        var variance = LeadingVariance(basis, scattered, count);
        for (var iteration = 0; iteration < _mostIterations && _width < _dimension; iteration++)
        {
            _execution.Report($"round {iteration + 1}", (double)iteration / _mostIterations);
            basis = scattered;
            Orthonormalize(basis);
            scattered = Scatter(basis);
            var earlier = variance;
            variance = LeadingVariance(basis, scattered, count);
            if (variance - earlier <= _tolerance * variance)
            {
                break;
            }
        }

        var (directions, variances) = Leading(basis, scattered, count);
        var total = TotalVariance();
        return new PrincipalAxes(
            _rows.Means,
            _rows.Scale,
            directions,
            Array.ConvertAll(variances, own => total > 0 ? Math.Max(own, 0) / total : 0),
            total * _rows.Scale * _rows.Scale / Math.Max(_rows.RowCount - 1, 1));
    }

    /// <summary>X'X basis of the centerd and scaled rows X; both w rows of d components.</summary>
    private double[] Scatter(double[] basis)
    {
        var lanes = PrincipalAxes.Lanes(basis, _dimension, _stride);
        var parts = new float[(_rows.RowCount + _blockSize - 1) / _blockSize][];
        ParallelRows.For(_rows.RowCount, _blockSize, _execution, (start, end) =>
        {
            var sums = new float[_dimension * _stride];
            var centerd = new float[GroupSize * _dimension];
            var projected = new float[GroupSize * _stride];
            for (var row = start; row < end; row += GroupSize)
            {
                _execution.CancellationToken.ThrowIfCancellationRequested();
                _rows.CopyGroup(row, end, centerd);
                PrincipalAxes.ProjectGroup(centerd, lanes, _dimension, projected);
                AddOuterProducts(centerd, projected, sums);
            }

            parts[start / _blockSize] = sums;
        });
        var scattered = new double[_width * _dimension];
        foreach (var part in parts)
        {
            for (var column = 0; column < _dimension; column++)
            {
                for (var direction = 0; direction < _width; direction++)
                {
                    scattered[(direction * _dimension) + column] += part[(column * _stride) + direction];
                }
            }
        }

        return scattered;
    }

    /// <summary>Adds each row of a group times each of its coordinates.</summary>
    private void AddOuterProducts(float[] centerd, float[] projected, float[] sums)
    {
        ref var source = ref MemoryMarshal.GetArrayDataReference(projected);
        ref var target = ref MemoryMarshal.GetArrayDataReference(sums);
        var (second, third, fourth) = (_dimension, 2 * _dimension, 3 * _dimension);
        for (var lane = 0; lane < _stride; lane += LaneCount)
        {
            var p0 = Vector256.LoadUnsafe(ref source, (nuint)lane);
            var p1 = Vector256.LoadUnsafe(ref source, (nuint)(_stride + lane));
            var p2 = Vector256.LoadUnsafe(ref source, (nuint)((2 * _stride) + lane));
            var p3 = Vector256.LoadUnsafe(ref source, (nuint)((3 * _stride) + lane));
            for (var column = 0; column < _dimension; column++)
            {
                var place = (nuint)((column * _stride) + lane);
                var sum = Vector256.LoadUnsafe(ref target, place);
                sum = Vector256.FusedMultiplyAdd(Vector256.Create(centerd[column]), p0, sum);
                sum = Vector256.FusedMultiplyAdd(Vector256.Create(centerd[second + column]), p1, sum);
                sum = Vector256.FusedMultiplyAdd(Vector256.Create(centerd[third + column]), p2, sum);
                sum = Vector256.FusedMultiplyAdd(Vector256.Create(centerd[fourth + column]), p3, sum);
                sum.StoreUnsafe(ref target, place);
            }
        }
    }

    /// <summary>Gram and Schmidt, direction by direction, twice for rounding. A direction that the others span becomes zero.</summary>
    private void Orthonormalize(double[] basis)
    {
        for (var direction = 0; direction < _width; direction++)
        {
            var own = basis.AsSpan(direction * _dimension, _dimension);
            for (var pass = 0; pass < 2; pass++)
            {
                for (var earlier = 0; earlier < direction; earlier++)
                {
                    var other = basis.AsSpan(earlier * _dimension, _dimension);
                    TensorPrimitives.MultiplyAdd(other, -FixedOrder.Dot<double>(own, other), own, own);
                }
            }

            var norm = FixedOrder.Norm<double>(own);
            TensorPrimitives.Multiply(own, norm > 0 ? 1 / norm : 0, own);
        }
    }

    /// <summary>The variance along the first directions, but for a factor.</summary>
    private double LeadingVariance(double[] basis, double[] scattered, int count)
    {
        var length = Math.Min(count, _width) * _dimension;
        return FixedOrder.Dot<double>(basis.AsSpan(0, length), scattered.AsSpan(0, length));
    }

    /// <summary>The directions of largest variance within the span of the basis (Rayleigh and Ritz), c rows of d components, and their variances.</summary>
    private (double[] Directions, double[] Variances) Leading(double[] basis, double[] scattered, int count)
    {
        var inner = new double[_width * _width];
        for (var i = 0; i < _width; i++)
        {
            for (var j = 0; j < _width; j++)
            {
                var product = FixedOrder.Dot<double>(basis.AsSpan(i * _dimension, _dimension), scattered.AsSpan(j * _dimension, _dimension));
                inner[(i * _width) + j] += product / 2;
                inner[(j * _width) + i] += product / 2;
            }
        }

        var (values, vectors) = SymmetricEigen.Decompose(inner, _width, _execution.CancellationToken);
        var directions = new double[count * _dimension];
        for (var axis = 0; axis < count; axis++)
        {
            var target = directions.AsSpan(axis * _dimension, _dimension);
            for (var i = 0; i < _width; i++)
            {
                TensorPrimitives.MultiplyAdd(basis.AsSpan(i * _dimension, _dimension), vectors[(i * _width) + axis], target, target);
            }

            // A direction is as good as its opposite: the one whose largest component is positive.
            if (TensorPrimitives.MaxMagnitude<double>(target) < 0)
            {
                TensorPrimitives.Negate(target, target);
            }
        }

        return (directions, values[..count]);
    }

    /// <summary>The variance in all directions, but for the factor of the others.</summary>
    private double TotalVariance() => ParallelRows.Sum(_rows.RowCount, _blockSize, _execution, (start, end) =>
    {
        var centerd = new float[GroupSize * _dimension];
        var sum = 0.0;
        for (var row = start; row < end; row += GroupSize)
        {
            _rows.CopyGroup(row, end, centerd);
            sum += FixedOrder.Dot<float>(centerd, centerd);
        }

        return sum;
    });
}
