using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace N2D.Numerics;

/// <summary>Eliminates the first rows of a dense symmetric matrix: the step that a sparse Cholesky factorization is made of.</summary>
internal static class FrontalMatrix
{
    /// <summary>Columns that are eliminated together; their part of two rows is 1 kB.</summary>
    private const int PanelWidth = 64;

    private const int RowsPerBlock = 16;

    /// <summary>Up to so many rows it is not worth waking other threads.</summary>
    private const int LeastParallelSize = 256;

    /// <summary>Factors the first columns, and takes what they explain off the rest.</summary>
    /// <param name="matrix">m x m values, row after row, of which those up to the diagonal count: in the first p columns they become L, and in the others the Schur complement.</param>
    /// <param name="size">m.</param>
    /// <param name="pivotCount">p.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <returns>Whether the first rows are positive definite.</returns>
    public static bool TryEliminate(double[] matrix, int size, int pivotCount, Execution execution)
    {
        var threads = size < LeastParallelSize ? execution with { ThreadCount = 1 } : execution;
        for (var first = 0; first < pivotCount; first += PanelWidth)
        {
            var end = Math.Min(first + PanelWidth, pivotCount);
            if (!TryFactorDiagonal(matrix, size, first, end))
            {
                return false;
            }

            ParallelRows.For(size - end, RowsPerBlock, threads, (start, stop) =>
            {
                for (var row = end + start; row < end + stop; row++)
                {
                    SolveRow(matrix, size, row, first, end);
                }
            });
            ParallelRows.For(size - end, RowsPerBlock, threads, (start, stop) => UpdateRows(matrix, size, end, end + start, end + stop, first));
        }

        return true;
    }

    private static bool TryFactorDiagonal(double[] matrix, int size, int first, int end)
    {
        for (var row = first; row < end; row++)
        {
            SolveRow(matrix, size, row, first, row);
            var own = matrix.AsSpan((row * size) + first, row - first);
            ref var pivot = ref matrix[(row * size) + row];
            pivot -= FixedOrder.Dot<double>(own, own);
            if (!(pivot > 0))
            {
                return false;
            }

            pivot = Math.Sqrt(pivot);
        }

        return true;
    }

    /// <summary>A row's values in some columns that are factored.</summary>
    private static void SolveRow(double[] matrix, int size, int row, int first, int end)
    {
        var own = matrix.AsSpan((row * size) + first, end - first);
        for (var column = 0; column < own.Length; column++)
        {
            var other = matrix.AsSpan(((first + column) * size) + first, column + 1);
            own[column] = (own[column] - FixedOrder.Dot<double>(own[..column], other[..column])) / other[column];
        }
    }

    /// <summary>Takes the products of the panel's rows off some rows, up to the diagonal: two rows by four at a time.</summary>
    private static void UpdateRows(double[] matrix, int size, int panelEnd, int start, int stop, int first)
    {
        ref var values = ref MemoryMarshal.GetArrayDataReference(matrix);
        var width = panelEnd - first;
        for (var row = start; row < stop; row += 2)
        {
            // The last row is done twice where their number is odd, once for nothing.
            var second = Math.Min(row + 1, stop - 1);
            var column = panelEnd;
            for (; column + 3 <= row; column += 4)
            {
                UpdateTile(ref values, size, row, second, column, first, width);
            }

            for (; column <= second; column++)
            {
                var other = matrix.AsSpan((column * size) + first, width);
                if (column <= row)
                {
                    matrix[(row * size) + column] -= FixedOrder.Dot<double>(matrix.AsSpan((row * size) + first, width), other);
                }

                if (second != row)
                {
                    matrix[(second * size) + column] -= FixedOrder.Dot<double>(matrix.AsSpan((second * size) + first, width), other);
                }
            }
        }
    }

    private static void UpdateTile(ref double values, int size, int row, int second, int column, int first, int width)
    {
        ref var x0 = ref Unsafe.Add(ref values, (nint)((row * size) + first));
        ref var x1 = ref Unsafe.Add(ref values, (nint)((second * size) + first));
        ref var y0 = ref Unsafe.Add(ref values, (nint)((column * size) + first));
        ref var y1 = ref Unsafe.Add(ref y0, size);
        ref var y2 = ref Unsafe.Add(ref y1, size);
        ref var y3 = ref Unsafe.Add(ref y2, size);
        Vector256<double> a0 = default, a1 = default, a2 = default, a3 = default, b0 = default, b1 = default, b2 = default, b3 = default;
        nuint place = 0;
        for (; place + 4 <= (nuint)width; place += 4)
        {
            var (a, b) = (Vector256.LoadUnsafe(ref x0, place), Vector256.LoadUnsafe(ref x1, place));
            var y = Vector256.LoadUnsafe(ref y0, place);
            (a0, b0) = (Vector256.FusedMultiplyAdd(a, y, a0), Vector256.FusedMultiplyAdd(b, y, b0));
            y = Vector256.LoadUnsafe(ref y1, place);
            (a1, b1) = (Vector256.FusedMultiplyAdd(a, y, a1), Vector256.FusedMultiplyAdd(b, y, b1));
            y = Vector256.LoadUnsafe(ref y2, place);
            (a2, b2) = (Vector256.FusedMultiplyAdd(a, y, a2), Vector256.FusedMultiplyAdd(b, y, b2));
            y = Vector256.LoadUnsafe(ref y3, place);
            (a3, b3) = (Vector256.FusedMultiplyAdd(a, y, a3), Vector256.FusedMultiplyAdd(b, y, b3));
        }

        var (upper, lower) = (Totals(a0, a1, a2, a3), Totals(b0, b1, b2, b3));
        for (; place < (nuint)width; place++)
        {
            var y = Vector256.Create(Unsafe.Add(ref y0, place), Unsafe.Add(ref y1, place), Unsafe.Add(ref y2, place), Unsafe.Add(ref y3, place));
            upper = Vector256.FusedMultiplyAdd(Vector256.Create(Unsafe.Add(ref x0, place)), y, upper);
            lower = Vector256.FusedMultiplyAdd(Vector256.Create(Unsafe.Add(ref x1, place)), y, lower);
        }

        Subtract(ref Unsafe.Add(ref values, (nint)((row * size) + column)), upper);
        if (second != row)
        {
            Subtract(ref Unsafe.Add(ref values, (nint)((second * size) + column)), lower);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Totals(Vector256<double> s0, Vector256<double> s1, Vector256<double> s2, Vector256<double> s3) =>
        Vector256.Create(Vector256.Sum(s0), Vector256.Sum(s1), Vector256.Sum(s2), Vector256.Sum(s3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Subtract(ref double target, Vector256<double> values) => (Vector256.LoadUnsafe(ref target) - values).StoreUnsafe(ref target);
}
