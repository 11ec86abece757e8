using System.Diagnostics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace N2D.Numerics;

/// <summary>
/// A block of vectors for subspace iteration with a sparse symmetric matrix, row-major. Each entry of the matrix is read once for all
/// vectors, and each row of the block fills whole registers.
/// </summary>
internal sealed unsafe class VectorBlock : IDisposable
{
    private const int LaneCount = 8;
    private const int RowsPerBlock = 256;

    /// <summary>The number of values in a cache line.</summary>
    private const int LineLength = 16;

    /// <summary>The number of rows of a product after the current one, for which the rows of the source are prefetched.</summary>
    private const int PrefetchDistance = 2;

    /// <summary>Guard vectors, in addition to the wanted ones. More of them speed up convergence.</summary>
    private const int GuardVectors = 4;

    private readonly SparseMatrix _matrix;
    private readonly Execution _execution;
    private readonly int _width;
    private readonly int _stride;
    private readonly double[] _trivialEigenvector;
    private NativeVector _vectors;
    private NativeVector _products;
    private NativeVector _scratch;

    /// <summary>Creates a block of zeros.</summary>
    /// <param name="matrix">n x n, symmetric, eigenvalues in [-1, 1].</param>
    /// <param name="width">The number of vectors.</param>
    /// <param name="execution">Threads and cancellation.</param>
    public VectorBlock(SparseMatrix matrix, int width, Execution execution)
    {
        _matrix = matrix;
        _execution = execution;
        _width = width;
        _stride = (width + LaneCount - 1) / LaneCount * LaneCount;
        _trivialEigenvector = new double[matrix.RowCount];
        var length = ArraySize.Of(matrix.RowCount, _stride);
        _vectors = new NativeVector(length);
        _products = new NativeVector(length);
        _scratch = new NativeVector(length);
    }

    /// <summary>The best width for a number of wanted vectors, with guard vectors and whole registers.</summary>
    /// <param name="wanted">The number of wanted vectors.</param>
    /// <param name="max">The largest width.</param>
    public static int WidthFor(int wanted, int max) =>
        Math.Min((wanted + GuardVectors + LaneCount - 1) / LaneCount * LaneCount, max);

    /// <summary>Fills the vectors with standard normal deviates.</summary>
    public void FillAtRandom(int seed) =>
        ForRows((start, end) =>
        {
            for (var row = start; row < end; row++)
            {
                var random = new RandomSequence(seed, RandomPurpose.Initialization, row);
                foreach (ref var value in Row(_vectors, row))
                {
                    value = (float)random.NextGaussian();
                }
            }
        });

    /// <summary>
    /// Fills the vectors with those of a coarser graph: those of the normalized adjacency matrix, divided by the square roots of the row
    /// sums, have the same value in all rows of a group.
    /// </summary>
    /// <param name="coarse">As many vectors of the coarser graph.</param>
    /// <param name="coarsening">The groups.</param>
    /// <param name="rowSums">The row sums of this graph.</param>
    public void FillFrom(VectorBlock coarse, GraphCoarsening coarsening, double[] rowSums)
    {
        Debug.Assert(coarse._width == _width, "The blocks must have the same number of vectors.");
        var coarseSums = coarsening.Graph.RowSums();
        ForRows((start, end) =>
        {
            for (var row = start; row < end; row++)
            {
                var group = coarsening.Groups[row];
                TensorPrimitives.Multiply(
                    coarse.Row(coarse._vectors, group),
                    (float)Math.Sqrt(rowSums[row] / coarseSums[group]),
                    Row(_vectors, row));
            }
        });
    }

    /// <summary>Sets the trivial eigenvector, to be deflated: the square roots of the row sums, with eigenvalue 1.</summary>
    public void SetTrivialEigenvector(double[] rowSums)
    {
        var total = rowSums.Sum();
        for (var row = 0; row < rowSums.Length; row++)
        {
            _trivialEigenvector[row] = Math.Sqrt(rowSums[row] / total);
        }
    }

    /// <summary>The first vectors, n x count.</summary>
    public float[] Columns(int count)
    {
        var columns = new float[ArraySize.Of(_matrix.RowCount, count)];
        for (var row = 0; row < _matrix.RowCount; row++)
        {
            Row(_vectors, row)[..count].CopyTo(columns.AsSpan(row * count));
        }

        return columns;
    }

    /// <summary>
    /// Applies a Chebyshev filter: multiplies the vectors with a polynomial of the matrix that damps the eigenvalues in [-1, cut] and is 1
    /// at eigenvalue 1.
    /// </summary>
    public void Filter(int degree, double cut)
    {
        var center = (cut - 1) / 2;
        var halfWidth = (cut + 1) / 2;
        var sigma = halfWidth / (1 - center);
        var first = sigma;

        // products = (A - center) vectors sigma / halfWidth
        Multiply(_vectors, _products, (float)(sigma / halfWidth), (float)center, null, 0);
        for (var term = 2; term <= degree; term++)
        {
            var next = 1 / ((2 / first) - sigma);
            Multiply(_products, _scratch, (float)(2 * next / halfWidth), (float)center, _vectors, (float)(sigma * next));
            (_vectors, _products, _scratch) = (_products, _scratch, _vectors);
            sigma = next;
        }

        (_vectors, _products) = (_products, _vectors);
    }

    /// <summary>
    /// The Rayleigh-Ritz procedure: replaces the vectors with the Ritz vectors of their span, orthonormal, in order of descending Ritz
    /// value.
    /// </summary>
    /// <param name="wanted">The number of vectors for which to compute residuals.</param>
    /// <returns>The Ritz values, descending, and the residual of each wanted vector.</returns>
    public (double[] Values, double[] Residuals) RayleighRitz(int wanted)
    {
        Deflate();
        Orthonormalize();
        Multiply(_vectors, _products, 1, 0, null, 0);
        var (values, rotation) = SymmetricEigen.Decompose(Gram(_vectors, _products), _width, _execution.CancellationToken);
        Rotate(ref _vectors, rotation);
        Rotate(ref _products, rotation);
        return (values, Residuals(values, wanted));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _vectors.Dispose();
        _products.Dispose();
        _scratch.Dispose();
    }

    /// <summary>target = scale (A source - shift source) - weight previous.</summary>
    private void Multiply(NativeVector source, NativeVector target, float scale, float shift, NativeVector? previous, float weight)
    {
        Debug.Assert(
            !ReferenceEquals(source, target) && _stride % LaneCount == 0,
            "The blocks must not overlap, and fill whole registers.");
        ForRows([MethodImpl(MethodImplOptions.AggressiveOptimization)] (start, end) =>
        {
            var from = source.Values;
            var to = target.Values;
            var before = previous is null ? null : previous.Values;
            for (var row = start; row < end; row++)
            {
                for (var lane = 0; lane < _stride; lane += LaneCount)
                {
                    var place = (row * _stride) + lane;
                    var sum = RowProduct(row, from, lane);
                    var own = Vector256.Load(from + place);
                    var result = Vector256.Create(scale) * (sum - (Vector256.Create(shift) * own));
                    if (before is not null)
                    {
                        result -= Vector256.Create(weight) * Vector256.Load(before + place);
                    }

                    result.Store(to + place);
                }
            }
        });
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<float> RowProduct(int row, float* source, int lane)
    {
        var columns = _matrix.RowColumns(row);
        var values = _matrix.RowValues(row);
        var sum = Vector256<float>.Zero;
        if (lane == 0)
        {
            Prefetch(row, source);
        }

        for (var entry = 0; entry < columns.Length; entry++)
        {
            var value = Vector256.Load(source + (columns[entry] * _stride) + lane);
            sum = Vector256.MultiplyAddEstimate(Vector256.Create(values[entry]), value, sum);
        }

        return sum;
    }

    /// <summary>Prefetches the rows of the source that a later row of the product needs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Prefetch(int row, float* source)
    {
        if (!Sse.IsSupported || row + PrefetchDistance >= _matrix.RowCount)
        {
            return;
        }

        foreach (var column in _matrix.RowColumns(row + PrefetchDistance))
        {
            for (var line = 0; line < _stride; line += LineLength)
            {
                Sse.Prefetch0(source + (column * _stride) + line);
            }
        }
    }

    private void Deflate()
    {
        var coefficients = SumOverRows(_width, [MethodImpl(MethodImplOptions.AggressiveOptimization)] (row, sums) =>
        {
            var values = Row(_vectors, row);
            for (var column = 0; column < values.Length; column++)
            {
                sums[column] += _trivialEigenvector[row] * values[column];
            }
        });
        ForRows([MethodImpl(MethodImplOptions.AggressiveOptimization)] (start, end) =>
        {
            for (var row = start; row < end; row++)
            {
                var values = Row(_vectors, row);
                for (var column = 0; column < values.Length; column++)
                {
                    values[column] -= (float)(coefficients[column] * _trivialEigenvector[row]);
                }
            }
        });
    }

    /// <summary>
    /// Multiplies the vectors with the inverse square root of their Gram matrix; twice, for full orthogonality in float32.
    /// </summary>
    private void Orthonormalize()
    {
        for (var pass = 0; pass < 2; pass++)
        {
            var (values, vectors) = SymmetricEigen.Decompose(Gram(_vectors, _vectors), _width, _execution.CancellationToken);
            for (var column = 0; column < _width; column++)
            {
                // The limit keeps a direction that is lost in rounding errors small, instead of amplifying it.
                var scale = 1 / Math.Sqrt(Math.Max(values[column], 1e-12 * values[0]));
                for (var row = 0; row < _width; row++)
                {
                    vectors[(row * _width) + column] *= scale;
                }
            }

            Rotate(ref _vectors, vectors);
        }
    }

    /// <summary>Computes leftᵀ right, width x width, and makes it exactly symmetric.</summary>
    private double[] Gram(NativeVector left, NativeVector right)
    {
        var sums = SumOverRows(_width * _width, [MethodImpl(MethodImplOptions.AggressiveOptimization)] (row, gram) =>
        {
            var x = Row(left, row);
            Span<double> y = stackalloc double[_width];
            Widen(Row(right, row), y);
            for (var i = 0; i < x.Length; i++)
            {
                ScaledVector.Add(y, x[i], gram.AsSpan(i * x.Length, x.Length));
            }
        });
        for (var i = 0; i < _width; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var mean = (sums[(i * _width) + j] + sums[(j * _width) + i]) / 2;
                (sums[(i * _width) + j], sums[(j * _width) + i]) = (mean, mean);
            }
        }

        return sums;
    }

    /// <summary>block = block · matrix.</summary>
    private void Rotate(ref NativeVector block, double[] matrix)
    {
        var (source, target) = (block, _scratch);
        ForRows([MethodImpl(MethodImplOptions.AggressiveOptimization)] (start, end) =>
        {
            Span<double> sums = stackalloc double[_width];
            for (var row = start; row < end; row++)
            {
                sums.Clear();
                var values = Row(source, row);
                for (var i = 0; i < values.Length; i++)
                {
                    ScaledVector.Add(matrix.AsSpan(i * _width, _width), values[i], sums);
                }

                var rotated = Row(target, row);
                for (var column = 0; column < sums.Length; column++)
                {
                    rotated[column] = (float)sums[column];
                }
            }
        });
        (block, _scratch) = (target, source);
    }

    private double[] Residuals(double[] ritzValues, int wanted)
    {
        var squares = SumOverRows(wanted, [MethodImpl(MethodImplOptions.AggressiveOptimization)] (row, sums) =>
        {
            var products = Row(_products, row);
            var vectors = Row(_vectors, row);
            for (var column = 0; column < wanted; column++)
            {
                var residual = products[column] - (ritzValues[column] * vectors[column]);
                sums[column] += residual * residual;
            }
        });
        return Array.ConvertAll(squares, Math.Sqrt);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Widen(ReadOnlySpan<float> values, Span<double> doubles)
    {
        for (var column = 0; column < doubles.Length; column++)
        {
            doubles[column] = values[column];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<float> Row(NativeVector block, int row) => new(block.Values + (row * _stride), _width);

    private void ForRows(Action<int, int> body) => ParallelRows.For(_matrix.RowCount, RowsPerBlock, _execution, body);

    private double[] SumOverRows(int length, Action<int, double[]> addRow) =>
        ParallelRows.Sums(_matrix.RowCount, RowsPerBlock, length, _execution, addRow);
}
