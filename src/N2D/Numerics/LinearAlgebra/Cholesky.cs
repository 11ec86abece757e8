using System.Diagnostics;
using System.Numerics.Tensors;

namespace N2D.Numerics;

/// <summary>The Cholesky factorization of a dense symmetric positive definite matrix, and the inverse of the factor.</summary>
/// <remarks>
/// Rows are processed in panels, so that the earlier rows are read once for each panel instead of once for each row: several times faster
/// if the matrix is larger than the caches. The order of additions is that of the plain loops.
/// </remarks>
internal static class Cholesky
{
    // A panel of 3000 columns takes 768 kB, within the L2 cache.
    private const int RowsPerPanel = 32;

    /// <summary>Factors A = L Lᵀ.</summary>
    /// <param name="matrix">A, d x d, row-major. The part above the diagonal is not read.</param>
    /// <param name="dimension">d.</param>
    /// <param name="factor">Receives L, d rows of stride values. Nothing is written above the diagonal.</param>
    /// <param name="stride">The number of values from one row of L to the next, d or more.</param>
    /// <param name="cancellationToken">Checked before each panel of rows.</param>
    /// <returns>Whether the matrix is positive definite in double precision. If not, the factor is invalid.</returns>
    public static bool TryFactor(
        ReadOnlySpan<double> matrix, int dimension, Span<double> factor, int stride, CancellationToken cancellationToken)
    {
        Debug.Assert(matrix.Length >= dimension * dimension, "The matrix must be square.");
        Debug.Assert(stride >= dimension && factor.Length >= ((dimension - 1) * stride) + dimension, "The factor must have room for L.");
        for (var start = 0; start < dimension; start += RowsPerPanel)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var end = Math.Min(start + RowsPerPanel, dimension);
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

    /// <summary>Inverts a lower triangular matrix in place.</summary>
    /// <param name="factor">
    /// L, d rows of stride values, with a positive diagonal. Receives the inverse, which is lower triangular too.
    /// </param>
    /// <param name="dimension">d.</param>
    /// <param name="stride">The number of values from one row to the next, d or more.</param>
    /// <param name="cancellationToken">Checked before each panel of rows.</param>
    public static void InvertFactor(Span<double> factor, int dimension, int stride, CancellationToken cancellationToken)
    {
        for (var start = 0; start < dimension; start += RowsPerPanel)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var end = Math.Min(start + RowsPerPanel, dimension);
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

    /// <summary>Computes the last value in the row of L from the value of A.</summary>
    private static void Eliminate(Span<double> row, ReadOnlySpan<double> other, double value) =>
        row[^1] = (value - FixedOrder.Dot<double>(row[..^1], other[..^1])) / other[^1];

    /// <summary>Eliminates the last value in a row of L, and adds its contribution to the values of the inverse before it.</summary>
    private static void Substitute(Span<double> row, ReadOnlySpan<double> inverted)
    {
        var weight = -row[^1];
        row[^1] = 0;
        TensorPrimitives.MultiplyAdd(inverted, weight, row, row);
    }
}
