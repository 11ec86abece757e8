using System.Numerics.Tensors;

namespace N2D.Numerics;

/// <summary>The Cholesky factor of a symmetric positive definite matrix, and its inverse.</summary>
internal static class Cholesky
{
    /// <summary>Factors A = L Lᵀ.</summary>
    /// <param name="matrix">d x d, row after row; the part above the diagonal is not read.</param>
    /// <param name="dimension">d.</param>
    /// <param name="factor">Takes L, d x d; zero above the diagonal.</param>
    /// <returns>Whether the matrix is positive definite in double precision; if not, the factor is of no use.</returns>
    public static bool TryFactor(ReadOnlySpan<double> matrix, int dimension, Span<double> factor)
    {
        factor.Clear();
        for (var i = 0; i < dimension; i++)
        {
            var row = factor.Slice(i * dimension, dimension);
            for (var j = 0; j < i; j++)
            {
                var other = factor.Slice(j * dimension, j + 1);
                row[j] = (matrix[(i * dimension) + j] - TensorPrimitives.Dot<double>(row[..j], other[..j])) / other[j];
            }

            var pivot = matrix[(i * dimension) + i] - TensorPrimitives.Dot<double>(row[..i], row[..i]);
            if (!(pivot > 0) || !double.IsFinite(pivot))
            {
                return false;
            }

            row[i] = Math.Sqrt(pivot);
        }

        return true;
    }

    /// <summary>Inverts a lower triangular matrix.</summary>
    /// <param name="factor">L, d x d, row after row, with a positive diagonal.</param>
    /// <param name="dimension">d.</param>
    /// <param name="inverse">Takes the inverse of L, lower triangular too; d rows of stride values.</param>
    /// <param name="stride">The distance between its rows, d or more.</param>
    public static void InvertFactor(ReadOnlySpan<double> factor, int dimension, Span<double> inverse, int stride)
    {
        for (var i = 0; i < dimension; i++)
        {
            var row = inverse.Slice(i * stride, i + 1);
            row.Clear();
            for (var j = 0; j < i; j++)
            {
                var target = row[..(j + 1)];
                TensorPrimitives.MultiplyAdd(inverse.Slice(j * stride, j + 1), -factor[(i * dimension) + j], target, target);
            }

            var pivot = factor[(i * dimension) + i];
            TensorPrimitives.Divide(row, pivot, row);
            row[i] = 1 / pivot;
        }
    }
}
