using System.Numerics.Tensors;

namespace N2D.Numerics;

/// <summary>
/// The largest eigenvalues of a large symmetric matrix that is known by its products with vectors alone, and their eigenvectors: Rayleigh and Ritz over a Krylov space that grows
/// by a block of vectors at a time, every one orthogonal to all before (Golub and Van Loan, Matrix Computations, section 10.3), started anew at the best vectors when it is full.
/// </summary>
/// <remarks>A block finds eigenvalues that occur several times, as a single vector would not. All is in double, and the same on any number of threads.</remarks>
internal sealed class BlockKrylov
{
    /// <summary>Vectors a block beyond those wanted: the more, the wider the gap to what is not.</summary>
    private const int SpareVectors = 2;

    /// <summary>Vectors in the space before it is started anew: decomposing the matrix within it takes time that grows with their cube.</summary>
    private const int MostVectors = 160;

    private const int LeastBlocks = 4;
    private const int MostStarts = 8;
    private const int ValuesPerBlock = 8192;

    private readonly int _size;
    private readonly int _width;
    private readonly int _mostBlocks;
    private readonly int _wanted;
    private readonly double _tolerance;
    private readonly int _seed;
    private readonly Multiply _multiply;
    private readonly Execution _execution;
    private readonly List<double[]> _basis = [];
    private readonly List<double[]> _products = [];
    private int _drawn;

    private BlockKrylov(int size, int wanted, double tolerance, int seed, Multiply multiply, Execution execution)
    {
        (_size, _wanted, _tolerance, _seed, _multiply, _execution) = (size, wanted, tolerance, seed, multiply, execution);
        _width = Math.Min(wanted + SpareVectors, size);
        _mostBlocks = Math.Max(MostVectors / _width, LeastBlocks);
    }

    /// <summary>Multiplies vectors with the matrix.</summary>
    /// <param name="vectors">Some vectors of n values.</param>
    /// <param name="products">As many, which take the products.</param>
    internal delegate void Multiply(IReadOnlyList<double[]> vectors, IReadOnlyList<double[]> products);

    /// <summary>Finds the largest eigenvalues.</summary>
    /// <param name="size">n.</param>
    /// <param name="count">How many, c, 1 to n.</param>
    /// <param name="tolerance">The largest |A x - lambda x| of a unit vector at which the search ends, as a share of the least wanted eigenvalue.</param>
    /// <param name="seed">The seed of the vectors to start with.</param>
    /// <param name="multiply">Multiplies with the matrix.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <returns>The eigenvalues, descending, and for each its eigenvector of length 1, whose largest component is positive.</returns>
    public static (double[] Values, double[][] Vectors) Find(int size, int count, double tolerance, int seed, Multiply multiply, Execution execution) =>
        new BlockKrylov(size, count, tolerance, seed, multiply, execution).Run();

    private (double[] Values, double[][] Vectors) Run()
    {
        List<double[]> next = [.. Enumerable.Range(0, _width).Select(_ => Draw())];
        for (var start = 0; ; start++)
        {
            _basis.Clear();
            _products.Clear();
            for (var block = 0; block < _mostBlocks && _basis.Count < _size; block++)
            {
                _execution.Report($"eigenvectors, block {(start * _mostBlocks) + block + 1}", 1 - Math.Pow(0.9, (start * _mostBlocks) + block));
                AddBlock(next);
                var (values, rotation) = SymmetricEigen.Decompose(Inner(), _basis.Count, _execution.CancellationToken);
                var isLast = block == _mostBlocks - 1 || _basis.Count == _size;
                if (HasConverged(values, rotation) || (isLast && (start == MostStarts - 1 || _basis.Count == _size)))
                {
                    return (values[..Math.Min(_wanted, _basis.Count)], [.. Ritz(_basis, rotation, Math.Min(_wanted, _basis.Count)).Select(Upright)]);
                }

                next = isLast ? Ritz(_basis, rotation, _width) : [.. _products.TakeLast(Math.Min(_width, _products.Count)).Select(product => product.ToArray())];
            }
        }
    }

    /// <summary>Makes vectors orthogonal to the basis and to each other, and part of it.</summary>
    private void AddBlock(List<double[]> vectors)
    {
        var first = _basis.Count;
        foreach (var vector in vectors.Take(_size - first))
        {
            _execution.CancellationToken.ThrowIfCancellationRequested();
            var candidate = vector;
            while (!TryOrthonormalize(candidate))
            {
                // The basis spans it already, as it does when the space is closed under the matrix: go on in any other direction.
                candidate = Draw();
            }

            _basis.Add(candidate);
            _products.Add(new double[_size]);
        }

        _multiply(_basis.GetRange(first, _basis.Count - first), _products.GetRange(first, _products.Count - first));
    }

    private double[] Draw()
    {
        var vector = new double[_size];
        var random = new RandomSequence(_seed, RandomPurpose.Initialization, _drawn++, epoch: 2);
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
            var shares = new double[_basis.Count];
            ParallelRows.For(shares.Length, 4, _execution, (start, end) =>
            {
                for (var other = start; other < end; other++)
                {
                    shares[other] = FixedOrder.Dot<double>(_basis[other], vector);
                }
            });
            Subtract(vector, _basis, shares);
            norm = FixedOrder.Norm<double>(vector);
        }

        TensorPrimitives.Divide(vector, norm > 0 ? norm : 1, vector);
        return norm > 1e-10 * before;
    }

    /// <summary>Takes shares of other vectors off a vector.</summary>
    private void Subtract(double[] vector, List<double[]> others, double[] shares) =>
        ParallelRows.For(_size, ValuesPerBlock, _execution, (start, end) =>
        {
            var part = vector.AsSpan(start, end - start);
            for (var other = 0; other < shares.Length; other++)
            {
                TensorPrimitives.MultiplyAdd(others[other].AsSpan(start, end - start), -shares[other], part, part);
            }
        });

    /// <summary>The matrix within the basis, m x m.</summary>
    private double[] Inner()
    {
        var count = _basis.Count;
        var inner = new double[count * count];
        ParallelRows.For(count, 1, _execution, (start, end) =>
        {
            for (var i = start; i < end; i++)
            {
                for (var j = 0; j <= i; j++)
                {
                    inner[(i * count) + j] = FixedOrder.Dot<double>(_basis[i], _products[j]);
                }
            }
        });
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                inner[(j * count) + i] = inner[(i * count) + j];
            }
        }

        return inner;
    }

    private bool HasConverged(double[] values, double[] rotation)
    {
        var wanted = Math.Min(_wanted, values.Length);
        var vectors = Ritz(_basis, rotation, wanted);
        var images = Ritz(_products, rotation, wanted);

        // What is next to nothing beside the largest eigenvalue drowns in rounding: it need not converge.
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

    /// <summary>The first combinations of vectors.</summary>
    private List<double[]> Ritz(List<double[]> vectors, double[] rotation, int count)
    {
        List<double[]> combined = [.. Enumerable.Range(0, count).Select(_ => new double[_size])];
        ParallelRows.For(_size, ValuesPerBlock, _execution, (start, end) =>
        {
            for (var column = 0; column < count; column++)
            {
                var part = combined[column].AsSpan(start, end - start);
                for (var row = 0; row < vectors.Count; row++)
                {
                    TensorPrimitives.MultiplyAdd(vectors[row].AsSpan(start, end - start), rotation[(row * vectors.Count) + column], part, part);
                }
            }
        });
        return combined;
    }

    private static double[] Upright(double[] vector)
    {
        if (TensorPrimitives.MaxMagnitude<double>(vector) < 0)
        {
            TensorPrimitives.Negate(vector, vector);
        }

        return vector;
    }
}
