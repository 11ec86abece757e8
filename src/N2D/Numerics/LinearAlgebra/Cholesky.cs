using System.Numerics.Tensors;

namespace N2D.Numerics;

/// <summary>The Cholesky factor of a symmetric positive definite matrix, and its inverse.</summary>
/// <remarks>
/// Rows are worked on in groups: the rows before then come from memory once a group and not once a row, which makes both several times
/// faster where the matrix is larger than the caches. The sums are added up in the order of the plain loops.
/// </remarks>
internal static class Cholesky
{
    // A group of 3000 columns is 768 kB, within the level-2 cache.
    private const int RowsPerGroup = 32;

    /// <summary>Factors A = L Lᵀ.</summary>
    /// <param name="matrix">A, d x d, row after row; the part above the diagonal is not read.</param>
    /// <param name="dimension">d.</param>
    /// <param name="factor">Takes L, d rows of stride values; nothing is written above the diagonal.</param>
    /// <param name="stride">The distance between its rows, d or more.</param>
    /// <param name="cancellationToken">Looked at before each group of rows.</param>
    /// <returns>Whether the matrix is positive definite in double precision; if not, the factor is of no use.</returns>
    public static bool TryFactor(ReadOnlySpan<double> matrix, int dimension, Span<double> factor, int stride, CancellationToken cancellationToken)
    {
        for (var start = 0; start < dimension; start += RowsPerGroup)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var end = Math.Min(start + RowsPerGroup, dimension);
            for (var j = 0; j < start; j++)
            {
                var other = factor.Slice(j * stride, j + 1);
                for (var i = start; i < end; i++)
                {
                    Eliminate(factor.Slice(i * stride, j + 1), other, matrix[(i * dimension) + j]);
                }
            }

            for (var i = start; i < end; i++)
            {
                var row = factor.Slice(i * stride, i + 1);
                for (var j = start; j < i; j++)
                {
                    Eliminate(row[..(j + 1)], factor.Slice(j * stride, j + 1), matrix[(i * dimension) + j]);
                }

                var pivot = matrix[(i * dimension) + i] - FixedOrder.Dot<double>(row[..i], row[..i]);
                if (!(pivot > 0) || !double.IsFinite(pivot))
                {
                    return false;
                }

                row[i] = Math.Sqrt(pivot);
            }
        }

        return true;
    }

    /// <summary>Inverts a lower triangular matrix in its place.</summary>
    /// <param name="factor">L, d rows of stride values, with a positive diagonal; takes the inverse, lower triangular too.</param>
    /// <param name="dimension">d.</param>
    /// <param name="stride">The distance between its rows, d or more.</param>
    /// <param name="cancellationToken">Looked at before each group of rows.</param>
    public static void InvertFactor(Span<double> factor, int dimension, int stride, CancellationToken cancellationToken)
    {
        for (var start = 0; start < dimension; start += RowsPerGroup)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var end = Math.Min(start + RowsPerGroup, dimension);
            for (var j = 0; j < start; j++)
            {
                var inverted = factor.Slice(j * stride, j + 1);
                for (var i = start; i < end; i++)
                {
                    Substitute(factor.Slice(i * stride, j + 1), inverted);
                }
            }

            for (var i = start; i < end; i++)
            {
                var row = factor.Slice(i * stride, i + 1);
                for (var j = start; j < i; j++)
                {
                    Substitute(row[..(j + 1)], factor.Slice(j * stride, j + 1));
                }

                var pivot = row[i];
                TensorPrimitives.Divide(row, pivot, row);
                row[i] = 1 / pivot;
            }
        }
    }

    /// <summary>The last value of the row of L, of the value of A there.</summary>
    private static void Eliminate(Span<double> row, ReadOnlySpan<double> other, double value) =>
        row[^1] = (value - FixedOrder.Dot<double>(row[..^1], other[..^1])) / other[^1];

    /// <summary>Replaces the last value of a row of L, and adds what it brings to the values of the inverse before it.</summary>
    private static void Substitute(Span<double> row, ReadOnlySpan<double> inverted)
    {
        var weight = -row[^1];
        row[^1] = 0;
        TensorPrimitives.MultiplyAdd(inverted, weight, row, row);
    }
}
