using System.Diagnostics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace N2D.Numerics;

/// <summary>
/// The first principal components of rows, by randomized subspace iteration (Halko, Martinsson and Tropp, 2011). It needs no covariance
/// matrix, so many columns take no more memory than the rows.
/// </summary>
/// <remarks>
/// The result is exact if the block is as wide as the number of columns. Otherwise, the components explain all but about 1e-5 of the
/// variance that the exact ones explain. Components with nearly equal variances can be rotations of each other.
/// </remarks>
internal sealed class PrincipalComponents
{
    /// <summary>Directions in addition to the wanted ones. More of them speed up convergence.</summary>
    private const int Oversampling = 6;

    private const int LaneCount = 8;

    /// <summary>Rows are projected in groups, so that each direction is loaded once for a group.</summary>
    private const int GroupSize = CenteredRows.GroupSize;

    private const int MinRowsPerBlock = 256;

    /// <summary>The largest number of blocks of rows. Each has its own sums, as large as all directions.</summary>
    private const int MaxBlocks = 32;

    private readonly CenteredRows _rows;
    private readonly Execution _execution;
    private readonly int _dimension;
    private readonly int _width;
    private readonly int _stride;
    private readonly int _blockSize;

    /// <summary>
    /// The iteration converges when a round increases the variance along the wanted directions by no more than this share.
    /// </summary>
    private readonly double _tolerance;

    private readonly int _maxIterations;

    private PrincipalComponents(Matrix rows, int count, Accuracy accuracy, Execution execution)
    {
        _execution = execution;
        _dimension = rows.ColumnCount;
        (_tolerance, _maxIterations) = accuracy == Accuracy.Full ? (1e-10, 100) : (1e-6, 20);
        var oversampling = accuracy == Accuracy.Full ? Math.Max(Oversampling, count) : Oversampling;
        _width = Math.Min(PrincipalAxes.StrideOf(count + oversampling), _dimension);
        _stride = PrincipalAxes.StrideOf(_width);
        _blockSize = Math.Max(MinRowsPerBlock, (rows.RowCount + MaxBlocks - 1) / MaxBlocks);
        _rows = new CenteredRows(rows, _blockSize, execution);
    }

    /// <summary>The accuracy of the components.</summary>
    internal enum Accuracy
    {
        /// <summary>All but about 1e-5 of the variance: enough for initial layouts, plots and the scale of distances.</summary>
        Rough,

        /// <summary>The precision of float32 sums, for PCA itself.</summary>
        Full,
    }

    /// <summary>Projects rows onto their first principal components, with <see cref="Accuracy.Rough"/>.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="count">The number of components, c, 1 to d.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>n x c centered coordinates, in order of descending variance.</returns>
    public static Matrix Project(Matrix rows, int count, Execution execution) =>
        Find(rows, count, Accuracy.Rough, execution).Project(rows, execution);

    /// <summary>Computes the first principal components of rows.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="count">The number of components, c, 1 to d.</param>
    /// <param name="accuracy">The accuracy.</param>
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
        var products = MultiplyByScatterMatrix(basis);
        var variance = LeadingVariance(basis, products, count);
        for (var iteration = 0; iteration < _maxIterations && _width < _dimension; iteration++)
        {
            _execution.Report($"round {iteration + 1}", (double)iteration / _maxIterations);
            basis = products;
            Orthonormalize(basis);
            products = MultiplyByScatterMatrix(basis);
            var earlier = variance;
            variance = LeadingVariance(basis, products, count);
            if (variance - earlier <= _tolerance * variance)
            {
                break;
            }
        }

        var (directions, variances) = RayleighRitz(basis, products, count);
        var total = TotalVariance();
        return new PrincipalAxes(
            _rows.Means,
            _rows.Scale,
            directions,
            Array.ConvertAll(variances, own => total > 0 ? Math.Max(own, 0) / total : 0),
            total * _rows.Scale * _rows.Scale / Math.Max(_rows.RowCount - 1, 1));
    }

    /// <summary>
    /// Computes XᵀX B for the centered and scaled rows X and the basis B. Both B and the result are w rows of d components.
    /// </summary>
    private double[] MultiplyByScatterMatrix(double[] basis)
    {
        var lanes = PrincipalAxes.ToLanes(basis, _dimension, _stride);
        var parts = new float[(_rows.RowCount + _blockSize - 1) / _blockSize][];
        ParallelRows.For(_rows.RowCount, _blockSize, _execution, (start, end) =>
        {
            var sums = new float[_dimension * _stride];
            var centered = new float[GroupSize * _dimension];
            var projected = new float[GroupSize * _stride];
            for (var row = start; row < end; row += GroupSize)
            {
                _execution.CancellationToken.ThrowIfCancellationRequested();
                _rows.CopyGroup(row, end, centered);
                PrincipalAxes.ProjectGroup(centered, lanes, _dimension, projected);
                AddOuterProducts(centered, projected, sums);
            }

            parts[start / _blockSize] = sums;
        });
        var products = new double[_width * _dimension];
        foreach (var part in parts)
        {
            for (var column = 0; column < _dimension; column++)
            {
                for (var direction = 0; direction < _width; direction++)
                {
                    products[(direction * _dimension) + column] += part[(column * _stride) + direction];
                }
            }
        }

        return products;
    }

    /// <summary>Adds the outer product of each row in a group and its coordinates.</summary>
    private void AddOuterProducts(float[] centered, float[] projected, float[] sums)
    {
        Debug.Assert(_stride % LaneCount == 0, "The directions must fill whole registers.");
        Debug.Assert(centered.Length >= GroupSize * _dimension, "There must be a whole group of rows.");
        Debug.Assert(projected.Length >= GroupSize * _stride, "There must be the coordinates of a whole group.");
        Debug.Assert(sums.Length >= _dimension * _stride, "There must be a sum for each column and direction.");
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
                sum = Vector256.MultiplyAddEstimate(Vector256.Create(centered[column]), p0, sum);
                sum = Vector256.MultiplyAddEstimate(Vector256.Create(centered[second + column]), p1, sum);
                sum = Vector256.MultiplyAddEstimate(Vector256.Create(centered[third + column]), p2, sum);
                sum = Vector256.MultiplyAddEstimate(Vector256.Create(centered[fourth + column]), p3, sum);
                sum.StoreUnsafe(ref target, place);
            }
        }
    }

    /// <summary>
    /// Gram-Schmidt orthonormalization, with two passes against rounding errors. A linearly dependent direction becomes zero.
    /// </summary>
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

    /// <summary>The variance along the first directions, up to a constant factor.</summary>
    private double LeadingVariance(double[] basis, double[] products, int count)
    {
        var length = Math.Min(count, _width) * _dimension;
        return FixedOrder.Dot<double>(basis.AsSpan(0, length), products.AsSpan(0, length));
    }

    /// <summary>The directions of largest variance in the span of the basis, c rows of d components, and their variances.</summary>
    private (double[] Directions, double[] Variances) RayleighRitz(double[] basis, double[] products, int count)
    {
        var projected = new double[_width * _width];
        for (var i = 0; i < _width; i++)
        {
            for (var j = 0; j < _width; j++)
            {
                var product = FixedOrder.Dot<double>(basis.AsSpan(i * _dimension, _dimension), products.AsSpan(j * _dimension, _dimension));
                projected[(i * _width) + j] += product / 2;
                projected[(j * _width) + i] += product / 2;
            }
        }

        var (values, vectors) = SymmetricEigen.Decompose(projected, _width, _execution.CancellationToken);
        var directions = new double[count * _dimension];
        for (var axis = 0; axis < count; axis++)
        {
            var target = directions.AsSpan(axis * _dimension, _dimension);
            for (var i = 0; i < _width; i++)
            {
                TensorPrimitives.MultiplyAdd(basis.AsSpan(i * _dimension, _dimension), vectors[(i * _width) + axis], target, target);
            }

            // The sign of a direction is arbitrary: make its largest component positive.
            if (TensorPrimitives.MaxMagnitude<double>(target) < 0)
            {
                TensorPrimitives.Negate(target, target);
            }
        }

        return (directions, values[..count]);
    }

    /// <summary>The total variance, up to the same factor.</summary>
    private double TotalVariance() => ParallelRows.Sum(_rows.RowCount, _blockSize, _execution, (start, end) =>
    {
        var centered = new float[GroupSize * _dimension];
        var sum = 0.0;
        for (var row = start; row < end; row += GroupSize)
        {
            _rows.CopyGroup(row, end, centered);
            sum += FixedOrder.Dot<float>(centered, centered);
        }

        return sum;
    });
}
