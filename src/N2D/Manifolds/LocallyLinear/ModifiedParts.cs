using System.Numerics.Tensors;
using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>
/// The quadratic forms of each row in the modified locally linear embedding (Zhang and Wang, 2007, algorithm 3). They use several
/// combinations of a row's neighbors that are near it, as many as the noise of the data allows, instead of only the nearest.
/// </summary>
internal sealed class ModifiedParts
{
    private const int RowsPerBlock = 64;

    /// <summary>The least norm of a reflection (scikit-learn's modified_tol).</summary>
    private const double LeastReflection = 1e-12;

    private readonly Matrix _rows;
    private readonly NeighborGraph _neighbors;
    private readonly LocallyLinearEmbeddingOptions _options;
    private readonly int _count;

    /// <summary>The number of eigenvalues that can be nonzero with this number of columns.</summary>
    private readonly int _rank;
    private readonly double[][] _values;
    private readonly double[][] _vectors;

    private ModifiedParts(Matrix rows, NeighborGraph neighbors, LocallyLinearEmbeddingOptions options)
    {
        (_rows, _neighbors, _options) = (rows, neighbors, options);
        _count = neighbors.NeighborCount;
        _rank = Math.Min(_count, rows.ColumnCount);
        (_values, _vectors) = (new double[rows.RowCount][], new double[rows.RowCount][]);
    }

    /// <summary>Builds the forms, n matrices of (k + 1) x (k + 1).</summary>
    public static double[] Build(Matrix rows, NeighborGraph neighbors, LocallyLinearEmbeddingOptions options, Execution execution)
    {
        var parts = new ModifiedParts(rows, neighbors, options);
        parts.Decompose(execution);
        return parts.Combine(parts.NoiseRatio(), execution);
    }

    /// <summary>The principal axes of each row's neighbors relative to the row.</summary>
    private void Decompose(Execution execution) => ParallelRows.For(_rows.RowCount, RowsPerBlock, execution, (start, end) =>
    {
        var barycenter = new BarycentricWeights(_count, _rows.ColumnCount, _options.Regularization);
        for (var row = start; row < end; row++)
        {
            barycenter.Measure(_rows.Row(row), _rows, _neighbors.Neighbors(row));
            (_values[row], _vectors[row]) = SymmetricEigen.Decompose(barycenter.Gram, _count, execution.CancellationToken);
            for (var place = 0; place < _count; place++)
            {
                _values[row][place] = place < _rank ? Math.Max(_values[row][place], 0) : 0;
            }
        }
    });

    /// <summary>eta: the median over the rows of the variance outside the layout's dimensions, relative to that inside.</summary>
    private double NoiseRatio()
    {
        var ratios = Array.ConvertAll(_values, values =>
        {
            var within = values.Take(_options.Dimension).Sum();
            return within > 0 ? values.Skip(_options.Dimension).Sum() / within : 0;
        });
        Array.Sort(ratios);
        return (ratios[(ratios.Length - 1) / 2] + ratios[ratios.Length / 2]) / 2;
    }

    private double[] Combine(double noiseRatio, Execution execution)
    {
        var size = _count + 1;
        var parts = new double[(long)_rows.RowCount * size * size];
        ParallelRows.For(_rows.RowCount, RowsPerBlock, execution, (start, end) =>
        {
            for (var row = start; row < end; row++)
            {
                var width = CombinationCount(_values[row], noiseRatio);
                FillPart(Combinations(row, width), width, parts.AsSpan(row * size * size, size * size));
            }
        });
        return parts;
    }

    /// <summary>s: the number of axes along which the variance of the neighbors counts as noise.</summary>
    private int CombinationCount(double[] values, double noiseRatio)
    {
        var total = FixedOrder.Sum<double>(values);
        var (count, sum) = (_count - _rank, 0.0);
        for (var place = 0; place < _rank - 1; place++)
        {
            sum += values[place];
            count += (total / sum) - 1 < noiseRatio ? 1 : 0;
        }

        return Math.Max(count, 1);
    }

    /// <summary>W: the combinations as columns, k x s.</summary>
    private double[] Combinations(int row, int width)
    {
        var (weights, vectors, first) = (RegularWeights(row), _vectors[row], _count - width);
        var sums = new double[width];
        for (var column = 0; column < width; column++)
        {
            for (var place = 0; place < _count; place++)
            {
                sums[column] += vectors[(place * _count) + first + column];
            }
        }

        var alpha = FixedOrder.Norm<double>(sums) / Math.Sqrt(width);
        var reflection = Array.ConvertAll(sums, sum => alpha - sum);
        var norm = FixedOrder.Norm<double>(reflection);
        TensorPrimitives.Multiply(reflection, norm < LeastReflection ? 0 : 1 / norm, reflection);
        var combinations = new double[_count * width];
        for (var place = 0; place < _count; place++)
        {
            var own = vectors.AsSpan((place * _count) + first, width);
            var share = 2 * FixedOrder.Dot<double>(own, reflection);
            for (var column = 0; column < width; column++)
            {
                combinations[(place * width) + column] = own[column] - (share * reflection[column]) + ((1 - alpha) * weights[place]);
            }
        }

        return combinations;
    }

    /// <summary>The weights of the standard variant, computed from the axes.</summary>
    private double[] RegularWeights(int row)
    {
        var (values, vectors) = (_values[row], _vectors[row]);
        var total = FixedOrder.Sum<double>(values);
        var added = _options.Regularization * (total > 0 ? total : 1);
        var weights = new double[_count];
        for (var axis = 0; axis < _count; axis++)
        {
            var sum = 0.0;
            for (var place = 0; place < _count; place++)
            {
                sum += vectors[(place * _count) + axis];
            }

            for (var place = 0; place < _count; place++)
            {
                weights[place] += vectors[(place * _count) + axis] * sum / (values[axis] + added);
            }
        }

        TensorPrimitives.Divide(weights, FixedOrder.Sum<double>(weights), weights);
        return weights;
    }

    /// <summary>The form (1' - W)' (1' - W). Its first row and column belong to the row itself.</summary>
    private void FillPart(double[] combinations, int width, Span<double> part)
    {
        var size = _count + 1;
        part[0] = width;
        for (var i = 0; i < _count; i++)
        {
            var own = combinations.AsSpan(i * width, width);
            var sum = -FixedOrder.Sum<double>(own);
            (part[i + 1], part[(i + 1) * size]) = (sum, sum);
            for (var j = 0; j < _count; j++)
            {
                part[((i + 1) * size) + j + 1] = FixedOrder.Dot<double>(own, combinations.AsSpan(j * width, width));
            }
        }
    }
}
