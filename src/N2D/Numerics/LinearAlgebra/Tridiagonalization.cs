using System.Diagnostics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace N2D.Numerics;

/// <summary>
/// The reduction of a symmetric matrix A to a tridiagonal matrix T by Householder reflections, A = Q T Qᵀ (Golub and Van Loan, Matrix
/// Computations, section 8.3.1).
/// </summary>
/// <remarks>
/// The reflections eliminate the last row first, as tred2 of EISPACK does. Row i of the lower triangle then is the vector to reflect, and
/// later the vector of the reflection, so that all loops are over rows.
/// </remarks>
internal static class Tridiagonalization
{
    /// <summary>
    /// The squared length below which a row counts as zero, relative to the largest element of the matrix. Squares near the least double
    /// have lost their precision, and a reflection computed from them would not be orthogonal.
    /// </summary>
    private const double Negligible = 1e-280;

    /// <summary>Reduces a matrix.</summary>
    /// <param name="matrix">size x size values no larger than 1. Receives Qᵀ. Only the lower triangle is read.</param>
    /// <param name="diagonal">Receives the diagonal of T.</param>
    /// <param name="offDiagonal">Receives element (i, i + 1) of T at place i, and 0 at the last place.</param>
    /// <param name="cancellationToken">Checked for each row.</param>
    public static void Reduce(double[] matrix, double[] diagonal, double[] offDiagonal, CancellationToken cancellationToken)
    {
        var size = diagonal.Length;
        Debug.Assert(matrix.Length == size * size && offDiagonal.Length == size, "The matrix must be square, and T of the same size.");
        var halfSquares = new double[size];
        var products = new double[size];
        for (var row = size - 1; row > 0; row--)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var vector = matrix.AsSpan(row * size, row);
            (offDiagonal[row - 1], halfSquares[row]) = ToReflection(vector);
            if (halfSquares[row] > 0)
            {
                ReflectBothSides(matrix, size, vector, halfSquares[row], products.AsSpan(0, row));
            }
        }

        Accumulate(matrix, diagonal, halfSquares, cancellationToken);
    }

    /// <summary>
    /// Replaces a vector x with the vector v of the reflection I - v vᵀ / h that maps x to a multiple of the last unit vector.
    /// </summary>
    /// <returns>The last component of the mapped vector, and h = vᵀv / 2, or 0 if no reflection is needed.</returns>
    private static (double Mapped, double HalfSquare) ToReflection(Span<double> vector)
    {
        var last = vector[^1];
        if (!(FixedOrder.Dot<double>(vector[..^1], vector[..^1]) > Negligible))
        {
            return (last, 0);
        }

        var square = FixedOrder.Dot<double>(vector, vector);

        // The sign avoids cancellation in the difference.
        var mapped = -Math.CopySign(Math.Sqrt(square), last);
        vector[^1] = last - mapped;
        return (mapped, square - (last * mapped));
    }

    /// <summary>
    /// Computes P A P for the leading part of the matrix and P = I - v vᵀ / h: A - v qᵀ - q vᵀ, with p = A v / h and
    /// q = p - v (pᵀv / 2 h).
    /// </summary>
    private static void ReflectBothSides(double[] matrix, int size, ReadOnlySpan<double> vector, double halfSquare, Span<double> products)
    {
        products.Clear();
        for (var row = 0; row < vector.Length; row++)
        {
            var left = matrix.AsSpan(row * size, row);
            var before = products[..row];
            products[row] = FixedOrder.Dot<double>(left, vector[..row]) + (matrix[(row * size) + row] * vector[row]);
            TensorPrimitives.MultiplyAdd(left, vector[row], before, before);
        }

        TensorPrimitives.Divide(products, halfSquare, products);
        TensorPrimitives.MultiplyAdd(vector, -FixedOrder.Dot<double>(products, vector) / (2 * halfSquare), products, products);
        for (var row = 0; row < vector.Length; row++)
        {
            SubtractTwo(matrix.AsSpan(row * size, row + 1), vector[row], products, products[row], vector);
        }
    }

    /// <summary>target -= a x + b y, for the first values of x and y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SubtractTwo(Span<double> target, double a, ReadOnlySpan<double> x, double b, ReadOnlySpan<double> y)
    {
        Debug.Assert(x.Length >= target.Length && y.Length >= target.Length, "There must be a value for each of the target.");
        ref var first = ref MemoryMarshal.GetReference(target);
        ref var left = ref MemoryMarshal.GetReference(x);
        ref var right = ref MemoryMarshal.GetReference(y);
        var place = 0;
        for (; place <= target.Length - Vector256<double>.Count; place += Vector256<double>.Count)
        {
            var sum = (Vector256.Create(a) * Vector256.LoadUnsafe(ref left, (nuint)place))
                + (Vector256.Create(b) * Vector256.LoadUnsafe(ref right, (nuint)place));
            (Vector256.LoadUnsafe(ref first, (nuint)place) - sum).StoreUnsafe(ref first, (nuint)place);
        }

        for (; place < target.Length; place++)
        {
            target[place] -= (a * x[place]) + (b * y[place]);
        }
    }

    /// <summary>Replaces the vectors of the reflections with the transpose of their product, and takes the diagonal out.</summary>
    private static void Accumulate(double[] matrix, double[] diagonal, double[] halfSquares, CancellationToken cancellationToken)
    {
        var size = diagonal.Length;
        for (var row = 0; row < size; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var vector = matrix.AsSpan(row * size, row);
            if (halfSquares[row] > 0)
            {
                for (var other = 0; other < row; other++)
                {
                    var target = matrix.AsSpan(other * size, row);
                    TensorPrimitives.MultiplyAdd(vector, -FixedOrder.Dot<double>(target, vector) / halfSquares[row], target, target);
                }
            }

            diagonal[row] = matrix[(row * size) + row];
            matrix.AsSpan(row * size, size).Clear();
            matrix[(row * size) + row] = 1;
        }
    }
}
