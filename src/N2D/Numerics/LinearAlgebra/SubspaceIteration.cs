using System.Diagnostics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace N2D.Numerics;

/// <summary>
/// The largest eigenvalues and their eigenvectors of a symmetric positive semidefinite matrix, by subspace iteration with Chebyshev
/// polynomials (Rutishauser, 1970): in each round, a polynomial of the matrix damps the eigenvalues below those of the block, and the
/// Rayleigh-Ritz procedure finds the best vectors in its span.
/// </summary>
/// <remarks>
/// Random vectors in addition to the wanted ones speed up convergence, and find multiple eigenvalues. The polynomial of degree m does as
/// much as m² plain iterations where eigenvalues are close.
/// </remarks>
internal sealed class SubspaceIteration
{
    /// <summary>The degree of the polynomial: with 6 to 12, about as many products are needed.</summary>
    private const int Degree = 8;

    /// <summary>
    /// The most by which a polynomial may raise the first direction above the last wanted one. Beyond it, the first one drowns the others
    /// in rounding errors.
    /// </summary>
    private const double MaxRise = 1e8;

    /// <summary>The length of a vector after orthogonalization, relative to before, below which only rounding errors are left.</summary>
    private const double MinNorm = 1e-12;

    /// <summary>The multiply-adds that repay the start of a thread.</summary>
    private const int MinProductsPerBlock = 1 << 20;

    /// <summary>The fewest rows of a block, which fill whole registers.</summary>
    private const int MinRowsPerBlock = 8;

    /// <summary>The most values of each vector that are rotated at once.</summary>
    private const int MaxValuesPerRotation = 128;

    private readonly ISymmetricOperator _matrix;
    private readonly int _dimension;
    private readonly int _width;
    private readonly int _count;
    private readonly Execution _execution;
    private RandomSequence _random = new(0, RandomPurpose.Initialization);
    private double[] _basis;
    private double[] _products;
    private double[] _scratch;

    private SubspaceIteration(ISymmetricOperator matrix, int count, int width, Execution execution)
    {
        (_matrix, _dimension, _count, _width, _execution) = (matrix, matrix.Dimension, count, width, execution);
        var length = ArraySize.Of(_width, _dimension);
        (_basis, _products, _scratch) = (new double[length], new double[length], new double[length]);
    }

    /// <summary>Computes the largest eigenvalues and their eigenvectors.</summary>
    /// <param name="matrix">The matrix.</param>
    /// <param name="count">The number of eigenvalues, c, 1 to w.</param>
    /// <param name="width">The number of vectors in the block, w, up to the dimension.</param>
    /// <param name="tolerance">
    /// The iteration converges when the estimated error of the sum of the eigenvalues is no more than this share.
    /// </param>
    /// <param name="maxRounds">The largest number of rounds.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <returns>c eigenvalues, descending, and c unit vectors of d values.</returns>
    public static (double[] Values, double[] Vectors) Find(
        ISymmetricOperator matrix, int count, int width, double tolerance, int maxRounds, Execution execution)
    {
        Debug.Assert(count >= 1 && count <= width && width <= matrix.Dimension, "The block must have room for the vectors.");
        return new SubspaceIteration(matrix, count, width, execution).Run(tolerance, maxRounds);
    }

    private (double[] Values, double[] Vectors) Run(double tolerance, int maxRounds)
    {
        foreach (ref var value in _basis.AsSpan())
        {
            value = _random.NextGaussian();
        }

        for (var round = 0; ; round++)
        {
            _execution.Report($"round {round + 1}", (double)round / maxRounds);
            Orthonormalize();
            _matrix.Multiply(_basis, _products);
            var values = RayleighRitz();
            if (round == maxRounds || !(Error(values) > tolerance * FixedOrder.Sum<double>(values.AsSpan(0, _count))))
            {
                return (values[.._count], _basis[..(_count * _dimension)]);
            }

            Filter(values);
        }
    }

    /// <summary>
    /// Replaces the basis with the Ritz vectors of its span, by descending Ritz value, and the products accordingly.
    /// </summary>
    /// <returns>The Ritz values.</returns>
    private double[] RayleighRitz()
    {
        var projected = new double[ArraySize.Of(_width, _width)];
        var blockSize = BlockSize(_width * (double)_dimension);
        ParallelRows.For(_width, blockSize, _execution, [MethodImpl(MethodImplOptions.AggressiveOptimization)] (start, end) =>
        {
            for (var i = start; i < end; i++)
            {
                _execution.CancellationToken.ThrowIfCancellationRequested();
                for (var j = 0; j <= i; j++)
                {
                    var value = FixedOrder.Dot<double>(Vector(_basis, i), Vector(_products, j));
                    (projected[(i * _width) + j], projected[(j * _width) + i]) = (value, value);
                }
            }
        });

        var (values, rotation) = SymmetricEigen.Decompose(projected, _width, _execution.CancellationToken);
        Rotate(ref _basis, rotation);
        Rotate(ref _products, rotation);
        return values;
    }

    private void Rotate(ref double[] block, double[] rotation)
    {
        var (source, target) = (block, _scratch);
        Array.Clear(target);

        // Some values of all vectors at once: they fit the second-level cache.
        var blockSize = Math.Min(MaxValuesPerRotation, BlockSize(_width * (double)_width));
        ParallelRows.For(_dimension, blockSize, _execution, [MethodImpl(MethodImplOptions.AggressiveOptimization)] (start, end) =>
        {
            for (var i = 0; i < _width; i++)
            {
                _execution.CancellationToken.ThrowIfCancellationRequested();
                var values = Vector(source, i)[start..end];
                for (var column = 0; column < _width; column++)
                {
                    ScaledVector.Add(values, rotation[(i * _width) + column], Vector(target, column)[start..end]);
                }
            }
        });
        (block, _scratch) = (target, source);
    }

    /// <summary>The rows in a block of work, given the multiply-adds of each.</summary>
    private static int BlockSize(double productsPerRow) =>
        (int)Math.Max(MinProductsPerBlock / productsPerRow, MinRowsPerBlock) / MinRowsPerBlock * MinRowsPerBlock;

    /// <summary>
    /// The estimated error of the sum of the wanted Ritz values. That of each is no more than its residual, nor than the square of the
    /// residual over the distance from the eigenvalues outside the block (Parlett, The Symmetric Eigenvalue Problem, section 11.7).
    /// </summary>
    private double Error(double[] values)
    {
        var error = 0.0;
        for (var place = 0; place < _count; place++)
        {
            var residual = Vector(_scratch, place);
            TensorPrimitives.MultiplyAdd(Vector(_basis, place), -values[place], Vector(_products, place), residual);
            var length = FixedOrder.Norm<double>(residual);
            error += length * Math.Min(1, length / (values[place] - values[^1]));
        }

        return error;
    }

    /// <summary>
    /// Multiplies the basis with the Chebyshev polynomial of the matrix that is between -1 and 1 up to the least Ritz value, and grows
    /// fast beyond it.
    /// </summary>
    private void Filter(double[] values)
    {
        var center = Math.Max(values[^1], 1e-15 * values[0]) / 2;
        var first = new Polynomial((values[0] - center) / center);
        var last = new Polynomial((values[_count - 1] - center) / center);

        // The polynomial of degree 1. The products with the basis are known.
        TensorPrimitives.MultiplyAdd(_basis, -center, _products, _products);
        TensorPrimitives.Divide(_products, center, _products);
        for (var degree = 2; degree <= Degree; degree++)
        {
            first.Raise();
            last.Raise();
            if (first.Value > MaxRise * last.Value)
            {
                break;
            }

            // T(n + 1) = 2 x T(n) - T(n - 1)
            _execution.CancellationToken.ThrowIfCancellationRequested();
            _matrix.Multiply(_products, _scratch);
            TensorPrimitives.MultiplyAdd(_products, -center, _scratch, _scratch);
            TensorPrimitives.Multiply(_scratch, 2 / center, _scratch);
            TensorPrimitives.Subtract(_scratch, _basis, _scratch);
            (_basis, _products, _scratch) = (_products, _scratch, _basis);
        }

        (_basis, _products) = (_products, _basis);
    }

    /// <summary>
    /// Gram-Schmidt orthonormalization, with two passes against rounding errors. Linearly dependent vectors are drawn again.
    /// </summary>
    private void Orthonormalize()
    {
        for (var place = 0; place < _width; place++)
        {
            _execution.CancellationToken.ThrowIfCancellationRequested();
            var own = Vector(_basis, place);
            while (!TryOrthonormalize(own, place))
            {
                foreach (ref var value in own)
                {
                    value = _random.NextGaussian();
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryOrthonormalize(Span<double> own, int place)
    {
        var before = FixedOrder.Norm<double>(own);
        for (var pass = 0; pass < 2; pass++)
        {
            for (var earlier = 0; earlier < place; earlier++)
            {
                var other = Vector(_basis, earlier);
                ScaledVector.Add(other, -FixedOrder.Dot<double>(own, other), own);
            }
        }

        var norm = FixedOrder.Norm<double>(own);
        TensorPrimitives.Divide(own, norm > 0 ? norm : 1, own);
        return norm > MinNorm * before;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<double> Vector(double[] block, int place) => block.AsSpan(place * _dimension, _dimension);

    /// <summary>The value of a Chebyshev polynomial at a point, from degree 1 on.</summary>
    private struct Polynomial
    {
        private readonly double _point;
        private double _before;

        public Polynomial(double point) => (_point, _before, Value) = (point, 1, point);

        public double Value { get; private set; }

        /// <summary>Raises the degree by one.</summary>
        public void Raise() => (_before, Value) = (Value, (2 * _point * Value) - _before);
    }
}
