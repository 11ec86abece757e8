using System.Diagnostics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace N2D.Numerics;

/// <summary>
/// All eigenvalues and eigenvectors of a small symmetric matrix: tridiagonalization and the QL method with implicit shifts (Golub and Van
/// Loan, Matrix Computations, section 8.3; imtql2 of EISPACK). The bits are the same on every machine.
/// </summary>
internal static class SymmetricEigen
{
    /// <summary>An eigenvalue takes two iterations on average.</summary>
    private const int MaxIterationsPerValue = 60;

    /// <summary>The spacing of doubles at 1.</summary>
    private const double Epsilon = 2.220446049250313e-16;

    /// <summary>Computes the eigendecomposition of a matrix.</summary>
    /// <param name="matrix">size x size values, finite and symmetric. It is not modified.</param>
    /// <param name="size">The number of rows and columns.</param>
    /// <param name="cancellationToken">Checked for each row and iteration: a thousand columns take seconds.</param>
    /// <returns>
    /// The eigenvalues in descending order, and size x size values whose column j is the unit eigenvector of eigenvalue j, with its largest
    /// component positive.
    /// </returns>
    /// <exception cref="ArithmeticException">The matrix has values that are not finite, or an eigenvalue does not converge.</exception>
    public static (double[] Values, double[] Vectors) Decompose(ReadOnlySpan<double> matrix, int size, CancellationToken cancellationToken)
    {
        Debug.Assert(matrix.Length == size * size, "The matrix must be square.");
        var exponent = ScaleOf(matrix);
        var rows = new double[matrix.Length];
        for (var place = 0; place < rows.Length; place++)
        {
            rows[place] = Math.ScaleB(matrix[place], -exponent);
        }

        var values = new double[size];
        var offDiagonal = new double[size];
        Tridiagonalization.Reduce(rows, values, offDiagonal, cancellationToken);
        Diagonalize(values, offDiagonal, rows, cancellationToken);
        for (var place = 0; place < size; place++)
        {
            values[place] = Math.ScaleB(values[place], exponent);
        }

        return Sorted(values, rows);
    }

    /// <summary>The exponent of the power of two by which to divide the matrix, so that no square overflows.</summary>
    private static int ScaleOf(ReadOnlySpan<double> matrix)
    {
        var largest = matrix.IsEmpty ? 0 : Math.Abs(TensorPrimitives.MaxMagnitude(matrix));
        if (!double.IsFinite(largest))
        {
            throw new ArithmeticException("Eigenvalues cannot be computed: the matrix has values that are not finite.");
        }

        return largest > 0 ? Math.ILogB(largest) + 1 : 0;
    }

    /// <summary>Replaces the diagonal of a tridiagonal matrix with its eigenvalues, and rotates rows of vectors accordingly.</summary>
    private static void Diagonalize(double[] diagonal, double[] offDiagonal, double[] rows, CancellationToken cancellationToken)
    {
        for (var first = 0; first < diagonal.Length; first++)
        {
            for (var iteration = 0; EndOfBlock(diagonal, offDiagonal, first) is var last && last > first; iteration++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (iteration == MaxIterationsPerValue)
                {
                    throw new ArithmeticException(
                        $"Eigenvalue {first + 1} of {diagonal.Length} did not converge within {MaxIterationsPerValue} iterations.");
                }

                Iterate(diagonal, offDiagonal, rows, first, last);
            }
        }
    }

    /// <summary>The first place from a place on whose element next to the diagonal is negligible.</summary>
    private static int EndOfBlock(double[] diagonal, double[] offDiagonal, int first)
    {
        var last = first;
        while (last < diagonal.Length - 1
            && !(Math.Abs(offDiagonal[last]) <= Epsilon * (Math.Abs(diagonal[last]) + Math.Abs(diagonal[last + 1]))))
        {
            last++;
        }

        return last;
    }

    /// <summary>One QL iteration with Wilkinson's shift on the block from the first to the last place.</summary>
    private static void Iterate(double[] diagonal, double[] offDiagonal, double[] rows, int first, int last)
    {
        var size = diagonal.Length;
        var slope = (diagonal[first + 1] - diagonal[first]) / (2 * offDiagonal[first]);
        var shift = diagonal[first] - (offDiagonal[first] / (slope + Math.CopySign(Hypotenuse(slope, 1), slope)));
        var (sine, cosine, taken) = (1.0, 1.0, 0.0);
        var pivot = diagonal[last] - shift;
        for (var place = last - 1; place >= first; place--)
        {
            var (bulge, rest) = (sine * offDiagonal[place], cosine * offDiagonal[place]);
            var length = Hypotenuse(bulge, pivot);
            offDiagonal[place + 1] = length;
            if (length == 0)
            {
                // The block has split: the iteration goes on with its parts.
                diagonal[place + 1] -= taken;
                offDiagonal[last] = 0;
                return;
            }

            (sine, cosine) = (bulge / length, pivot / length);
            pivot = diagonal[place + 1] - taken;
            var sum = ((diagonal[place] - pivot) * sine) + (2 * cosine * rest);
            taken = sine * sum;
            diagonal[place + 1] = pivot + taken;
            pivot = (cosine * sum) - rest;
            Rotate(rows.AsSpan(place * size, size), rows.AsSpan((place + 1) * size, size), cosine, sine);
        }

        diagonal[first] -= taken;
        offDiagonal[first] = pivot;
        offDiagonal[last] = 0;
    }

    /// <summary>The length of (x, y), without underflow of the squares.</summary>
    private static double Hypotenuse(double x, double y)
    {
        var (larger, smaller) = (Math.Max(Math.Abs(x), Math.Abs(y)), Math.Min(Math.Abs(x), Math.Abs(y)));
        if (smaller == 0)
        {
            return larger;
        }

        var ratio = smaller / larger;
        return larger * Math.Sqrt(1 + (ratio * ratio));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rotate(Span<double> x, Span<double> y, double cosine, double sine)
    {
        Debug.Assert(x.Length == y.Length, "The rows must have the same length.");
        ref var upper = ref MemoryMarshal.GetReference(x);
        ref var lower = ref MemoryMarshal.GetReference(y);
        var (cosines, sines) = (Vector256.Create(cosine), Vector256.Create(sine));
        var place = 0;
        for (; place <= x.Length - Vector256<double>.Count; place += Vector256<double>.Count)
        {
            var own = Vector256.LoadUnsafe(ref upper, (nuint)place);
            var other = Vector256.LoadUnsafe(ref lower, (nuint)place);
            ((cosines * own) - (sines * other)).StoreUnsafe(ref upper, (nuint)place);
            ((sines * own) + (cosines * other)).StoreUnsafe(ref lower, (nuint)place);
        }

        for (; place < x.Length; place++)
        {
            (x[place], y[place]) = ((cosine * x[place]) - (sine * y[place]), (sine * x[place]) + (cosine * y[place]));
        }
    }

    /// <summary>Sorts eigenvalues, and makes the rows of their vectors columns.</summary>
    private static (double[] Values, double[] Vectors) Sorted(double[] values, double[] rows)
    {
        var size = values.Length;
        var order = Enumerable.Range(0, size).OrderByDescending(place => values[place]).ToArray();
        var sorted = new double[rows.Length];
        for (var column = 0; column < size; column++)
        {
            var vector = rows.AsSpan(order[column] * size, size);
            var largest = 0.0;
            foreach (var component in vector)
            {
                largest = Math.Abs(component) > Math.Abs(largest) ? component : largest;
            }

            var sign = largest < 0 ? -1 : 1;
            for (var row = 0; row < size; row++)
            {
                sorted[(row * size) + column] = sign * vector[row];
            }
        }

        return (Array.ConvertAll(order, place => values[place]), sorted);
    }
}
