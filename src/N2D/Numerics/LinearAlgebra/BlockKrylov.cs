using System.Numerics.Tensors;

namespace N2D.Numerics;

/// <summary>
/// The largest eigenvalues and their eigenvectors of a large symmetric matrix A that is available as a matrix-vector product: the
/// Rayleigh-Ritz method on a block Krylov subspace with full reorthogonalization (block Lanczos; Golub and Van Loan, Matrix
/// Computations, section 10.3). When the basis is full, the iteration restarts with the best Ritz vectors.
/// </summary>
/// <remarks>
/// A block method finds multiple eigenvalues, which a single starting vector would miss. All computations are in double precision, and
/// results are the same on any number of threads.
/// </remarks>
internal sealed class BlockKrylov
{
    /// <summary>
    /// Guard vectors in a block, in addition to the wanted ones. More of them widen the spectral gap that determines convergence.
    /// </summary>
    private const int GuardVectors = 2;

    /// <summary>
    /// The size of the basis at which the iteration restarts. The time of the projected eigenproblem grows with its cube.
    /// </summary>
    private const int MaxBasisSize = 160;

    private const int MinBlocks = 4;
    private const int MaxStarts = 8;
    private const int ValuesPerBlock = 8192;

    private readonly int _size;
    private readonly int _width;
    private readonly int _maxBlocks;
    private readonly int _wanted;
    private readonly double _tolerance;
    private readonly int _seed;
    private readonly Multiply _multiply;
    private readonly Execution _execution;
    private readonly List<double[]> _basis = [];
    private readonly List<double[]> _imageBasis = [];
    private int _drawnCount;

    private BlockKrylov(int size, int wanted, double tolerance, int seed, Multiply multiply, Execution execution)
    {
        (_size, _wanted, _tolerance, _seed, _multiply, _execution) = (size, wanted, tolerance, seed, multiply, execution);
        _width = Math.Min(wanted + GuardVectors, size);
        _maxBlocks = Math.Max(MaxBasisSize / _width, MinBlocks);
    }

    /// <summary>Multiplies the matrix with vectors.</summary>
    /// <param name="vectors">Vectors of n values.</param>
    /// <param name="products">As many vectors, which receive the products.</param>
    internal delegate void Multiply(IReadOnlyList<double[]> vectors, IReadOnlyList<double[]> products);

    /// <summary>Computes the largest eigenvalues and their eigenvectors.</summary>
    /// <param name="size">n.</param>
    /// <param name="count">The number of eigenvalues, c, 1 to n.</param>
    /// <param name="tolerance">
    /// The largest residual |A x - lambda x| of a unit vector at convergence, relative to the smallest wanted eigenvalue.
    /// </param>
    /// <param name="seed">The seed of the initial vectors.</param>
    /// <param name="multiply">Multiplies the matrix with vectors.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <returns>The eigenvalues, descending, and the unit eigenvector of each, with its largest component positive.</returns>
    public static (double[] Values, double[][] Vectors) Find(
        int size, int count, double tolerance, int seed, Multiply multiply, Execution execution) =>
        new BlockKrylov(size, count, tolerance, seed, multiply, execution).Run();

    private (double[] Values, double[][] Vectors) Run()
    {
        List<double[]> next = [.. Enumerable.Range(0, _width).Select(_ => DrawVector())];
        for (var start = 0; ; start++)
        {
            _basis.Clear();
            _imageBasis.Clear();
            for (var block = 0; block < _maxBlocks && _basis.Count < _size; block++)
            {
                _execution.Report(
                    $"eigenvectors, block {(start * _maxBlocks) + block + 1}", 1 - PortableMath.Pow(0.9, (start * _maxBlocks) + block));
                AddBlock(next);
                var (values, ritzCoordinates) = SymmetricEigen.Decompose(Project(), _basis.Count, _execution.CancellationToken);
                var isLast = block == _maxBlocks - 1 || _basis.Count == _size;
                if (HasConverged(values, ritzCoordinates) || (isLast && (start == MaxStarts - 1 || _basis.Count == _size)))
                {
                    return (values[..Math.Min(_wanted, _basis.Count)], [
                        .. RitzVectors(_basis, ritzCoordinates, Math.Min(_wanted, _basis.Count)).Select(FixSign)
                    ]);
                }

                next = isLast
                    ? RitzVectors(_basis, ritzCoordinates, _width)
                    : [.. _imageBasis.TakeLast(Math.Min(_width, _imageBasis.Count)).Select(product => product.ToArray())];
            }
        }
    }

    /// <summary>
    /// Orthonormalizes vectors against the basis and each other, adds them to the basis, and multiplies the matrix with them.
    /// </summary>
    private void AddBlock(List<double[]> vectors)
    {
        var first = _basis.Count;
        foreach (var vector in vectors.Take(_size - first))
        {
            _execution.CancellationToken.ThrowIfCancellationRequested();
            var candidate = vector;
            while (!TryOrthonormalize(candidate))
            {
                // The basis spans the vector already, for example because the subspace is invariant. Continue in a random direction.
                candidate = DrawVector();
            }

            _basis.Add(candidate);
            _imageBasis.Add(new double[_size]);
        }

        _multiply(_basis.GetRange(first, _basis.Count - first), _imageBasis.GetRange(first, _imageBasis.Count - first));
    }

    private double[] DrawVector()
    {
        var vector = new double[_size];
        var random = new RandomSequence(_seed, RandomPurpose.Initialization, _drawnCount++, epoch: 2);
        foreach (ref var value in vector.AsSpan())
        {
            value = random.NextGaussian();
        }

        return vector;
    }

    private bool TryOrthonormalize(double[] vector)
    {
        var before = FixedOrder.Norm<double>(vector);
        var norm = before;
        for (var pass = 0; pass < 2; pass++)
        {
            var coefficients = new double[_basis.Count];
            ParallelRows.For(coefficients.Length, 4, _execution, (start, end) =>
            {
                for (var other = start; other < end; other++)
                {
                    coefficients[other] = FixedOrder.Dot<double>(_basis[other], vector);
                }
            });
            Subtract(vector, _basis, coefficients);
            norm = FixedOrder.Norm<double>(vector);
        }

        TensorPrimitives.Divide(vector, norm > 0 ? norm : 1, vector);
        return norm > 1e-10 * before;
    }

    /// <summary>Subtracts a linear combination of other vectors from a vector.</summary>
    private void Subtract(double[] vector, List<double[]> others, double[] coefficients) =>
        ParallelRows.For(_size, ValuesPerBlock, _execution, (start, end) =>
        {
            var part = vector.AsSpan(start, end - start);
            for (var other = 0; other < coefficients.Length; other++)
            {
                TensorPrimitives.MultiplyAdd(others[other].AsSpan(start, end - start), -coefficients[other], part, part);
            }
        });

    /// <summary>The projected matrix VᵀAV (Rayleigh quotient) of the basis V, m x m.</summary>
    private double[] Project()
    {
        var count = _basis.Count;
        var projected = new double[count * count];
        ParallelRows.For(count, 1, _execution, (start, end) =>
        {
            for (var i = start; i < end; i++)
            {
                for (var j = 0; j <= i; j++)
                {
                    projected[(i * count) + j] = FixedOrder.Dot<double>(_basis[i], _imageBasis[j]);
                }
            }
        });
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                projected[(j * count) + i] = projected[(i * count) + j];
            }
        }

        return projected;
    }

    private bool HasConverged(double[] values, double[] ritzCoordinates)
    {
        var wanted = Math.Min(_wanted, values.Length);
        var vectors = RitzVectors(_basis, ritzCoordinates, wanted);
        var images = RitzVectors(_imageBasis, ritzCoordinates, wanted);

        // Eigenvalues that are tiny relative to the largest are lost in rounding errors; they need not converge.
        var limit = _tolerance * Math.Max(values[wanted - 1], 1e-6 * values[0]);
        for (var place = 0; place < wanted; place++)
        {
            TensorPrimitives.MultiplyAdd(vectors[place], -values[place], images[place], images[place]);
            if (!(FixedOrder.Norm<double>(images[place]) <= limit))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The first linear combinations of vectors: Ritz vectors of the basis, or their products with the matrix.</summary>
    private List<double[]> RitzVectors(List<double[]> vectors, double[] ritzCoordinates, int count)
    {
        List<double[]> combined = [.. Enumerable.Range(0, count).Select(_ => new double[_size])];
        ParallelRows.For(_size, ValuesPerBlock, _execution, (start, end) =>
        {
            for (var column = 0; column < count; column++)
            {
                var part = combined[column].AsSpan(start, end - start);
                for (var row = 0; row < vectors.Count; row++)
                {
                    TensorPrimitives.MultiplyAdd(
                        vectors[row].AsSpan(start, end - start), ritzCoordinates[(row * vectors.Count) + column], part, part);
                }
            }
        });
        return combined;
    }

    private static double[] FixSign(double[] vector)
    {
        if (TensorPrimitives.MaxMagnitude<double>(vector) < 0)
        {
            TensorPrimitives.Negate(vector, vector);
        }

        return vector;
    }
}
