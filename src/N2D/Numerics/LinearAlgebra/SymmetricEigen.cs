using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace N2D.Numerics;

/// <summary>
/// All eigenvalues and eigenvectors of a small symmetric matrix, by the cyclic Jacobi method (Golub and Van Loan, Matrix Computations,
/// section 8.5). Slow for thousands of columns, but accurate, and with the same bits on every machine.
/// </summary>
internal static class SymmetricEigen
{
    private const int MaxSweeps = 60;

    /// <summary>Computes the eigendecomposition of a matrix.</summary>
    /// <param name="matrix">size x size values, symmetric. It is not modified.</param>
    /// <param name="size">The number of rows and columns.</param>
    /// <param name="cancellationToken">Checked before each row of a sweep: a few hundred columns take seconds.</param>
    /// <returns>
    /// The eigenvalues in descending order, and size x size values whose column j is the unit eigenvector of eigenvalue j, with its largest
    /// component positive.
    /// </returns>
    public static (double[] Values, double[] Vectors) Decompose(ReadOnlySpan<double> matrix, int size, CancellationToken cancellationToken)
    {
        Debug.Assert(matrix.Length == size * size, "The matrix must be square.");
        var work = matrix.ToArray();
        var vectors = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            vectors[(i * size) + i] = 1;
        }

        for (var sweep = 0; sweep < MaxSweeps && !IsDiagonal(work, size); sweep++)
        {
            for (var p = 0; p < size - 1; p++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                for (var q = p + 1; q < size; q++)
                {
                    Rotate(work, vectors, size, p, q);
                }
            }
        }

        return Sorted(work, vectors, size);
    }

    private static bool IsDiagonal(double[] work, int size)
    {
        var (diagonal, off) = (0.0, 0.0);
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                var square = work[(i * size) + j] * work[(i * size) + j];
                if (i == j)
                {
                    diagonal += square;
                }
                else
                {
                    off += square;
                }
            }
        }

        return off <= 1e-30 * diagonal;
    }

    /// <summary>Zeroes element (p, q) by a rotation in the plane of p and q.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rotate(double[] work, double[] vectors, int size, int p, int q)
    {
        var off = work[(p * size) + q];
        if (off == 0)
        {
            return;
        }

        var theta = (work[(q * size) + q] - work[(p * size) + p]) / (2 * off);
        var tangent = Math.CopySign(1, theta) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
        var cosine = 1 / Math.Sqrt((tangent * tangent) + 1);
        var sine = tangent * cosine;
        for (var i = 0; i < size; i++)
        {
            RotatePair(ref work[(i * size) + p], ref work[(i * size) + q], cosine, sine);
        }

        for (var i = 0; i < size; i++)
        {
            RotatePair(ref work[(p * size) + i], ref work[(q * size) + i], cosine, sine);
            RotatePair(ref vectors[(i * size) + p], ref vectors[(i * size) + q], cosine, sine);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RotatePair(ref double x, ref double y, double cosine, double sine) =>
        (x, y) = ((cosine * x) - (sine * y), (sine * x) + (cosine * y));

    private static (double[] Values, double[] Vectors) Sorted(double[] work, double[] vectors, int size)
    {
        var order = Enumerable.Range(0, size).OrderByDescending(i => work[(i * size) + i]).ToArray();
        var values = new double[size];
        var sorted = new double[size * size];
        for (var place = 0; place < size; place++)
        {
            var column = order[place];
            values[place] = work[(column * size) + column];
            var largest = 0.0;
            for (var i = 0; i < size; i++)
            {
                var component = vectors[(i * size) + column];
                largest = Math.Abs(component) > Math.Abs(largest) ? component : largest;
            }

            for (var i = 0; i < size; i++)
            {
                sorted[(i * size) + place] = largest < 0 ? -vectors[(i * size) + column] : vectors[(i * size) + column];
            }
        }

        return (values, sorted);
    }
}
