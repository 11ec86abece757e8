using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace N2D.Numerics;

/// <summary>
/// The dense kernel of the multifrontal Cholesky factorization (Duff and Reid, 1983): eliminates the pivots of a front, and leaves the
/// contribution block, the Schur complement of the other variables.
/// </summary>
internal static class FrontalMatrix
{
    /// <summary>The number of pivots that are eliminated together. Their part of two rows takes 1 kB.</summary>
    private const int PanelWidth = 64;

    private const int RowsPerBlock = 16;

    /// <summary>The size below which other threads cost more than they save.</summary>
    private const int MinParallelSize = 256;

    /// <summary>Eliminates the pivots of a front in place.</summary>
    /// <param name="front">
    /// m x m values, row-major; only the lower triangle is used. The first p columns become columns of L, the others the contribution
    /// block.
    /// </param>
    /// <param name="size">m.</param>
    /// <param name="pivotCount">p, 0 to m.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <returns>Whether the block of the pivots is positive definite.</returns>
    public static bool TryEliminate(double[] front, int size, int pivotCount, Execution execution)
    {
        Debug.Assert(size >= 0 && (long)size * size <= front.Length, "The front must have m x m values.");
        Debug.Assert(pivotCount >= 0 && pivotCount <= size, "The pivots must be variables of the front.");
        var threads = size < MinParallelSize ? execution with { ThreadCount = 1 } : execution;
        for (var first = 0; first < pivotCount; first += PanelWidth)
        {
            var end = Math.Min(first + PanelWidth, pivotCount);
            if (!TryFactorDiagonal(front, size, first, end))
            {
                return false;
            }

            ParallelRows.For(size - end, RowsPerBlock, threads, (start, stop) =>
            {
                for (var row = end + start; row < end + stop; row++)
                {
                    SolveRow(front, size, row, first, end);
                }
            });
            ParallelRows.For(
                size - end,
                RowsPerBlock,
                threads,
                (start, stop) => UpdateTrailingRows(front, size, end, end + start, end + stop, first));
        }

        return true;
    }

    private static bool TryFactorDiagonal(double[] front, int size, int first, int end)
    {
        for (var row = first; row < end; row++)
        {
            SolveRow(front, size, row, first, row);
            var target = front.AsSpan((row * size) + first, row - first);
            ref var pivot = ref front[(row * size) + row];
            pivot -= FixedOrder.Dot<double>(target, target);
            if (!(pivot > 0))
            {
                return false;
            }

            pivot = Math.Sqrt(pivot);
        }

        return true;
    }

    /// <summary>Computes a row of L in the columns of a panel: a triangular solve with the panel's diagonal block.</summary>
    private static void SolveRow(double[] front, int size, int row, int first, int end)
    {
        var target = front.AsSpan((row * size) + first, end - first);
        for (var column = 0; column < target.Length; column++)
        {
            var other = front.AsSpan(((first + column) * size) + first, column + 1);
            target[column] = (target[column] - FixedOrder.Dot<double>(target[..column], other[..column])) / other[column];
        }
    }

    /// <summary>
    /// Subtracts the product of the panel and its transpose from some rows, up to the diagonal, in tiles of two rows by four columns.
    /// </summary>
    private static void UpdateTrailingRows(double[] front, int size, int panelEnd, int start, int stop, int first)
    {
        Debug.Assert(panelEnd <= start && start <= stop && (long)stop * size <= front.Length, "The rows must be below the panel.");
        ref var values = ref MemoryMarshal.GetArrayDataReference(front);
        var width = panelEnd - first;
        for (var row = start; row < stop; row += 2)
        {
            // With an odd number of rows, the tile of the last row contains it twice; the copy is not stored.
            var second = Math.Min(row + 1, stop - 1);
            var column = panelEnd;
            for (; column + 3 <= row; column += 4)
            {
                UpdateTile(ref values, size, row, second, column, first, width);
            }

            for (; column <= second; column++)
            {
                var other = front.AsSpan((column * size) + first, width);
                if (column <= row)
                {
                    front[(row * size) + column] -= FixedOrder.Dot<double>(front.AsSpan((row * size) + first, width), other);
                }

                if (second != row)
                {
                    front[(second * size) + column] -= FixedOrder.Dot<double>(front.AsSpan((second * size) + first, width), other);
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
        Debug.Assert(first >= 0 && width > 0 && first + width <= column, "The panel must be left of the tile.");
        Debug.Assert(column + 3 <= row && row <= second && second < size, "The tile must be in the lower triangle of the front.");
        Vector256<double> a0 = default, a1 = default, a2 = default, a3 = default, b0 = default, b1 = default, b2 = default, b3 = default;
        nuint place = 0;
        for (; place + 4 <= (nuint)width; place += 4)
        {
            var (a, b) = (Vector256.LoadUnsafe(ref x0, place), Vector256.LoadUnsafe(ref x1, place));
            var y = Vector256.LoadUnsafe(ref y0, place);
            (a0, b0) = (Vector256.MultiplyAddEstimate(a, y, a0), Vector256.MultiplyAddEstimate(b, y, b0));
            y = Vector256.LoadUnsafe(ref y1, place);
            (a1, b1) = (Vector256.MultiplyAddEstimate(a, y, a1), Vector256.MultiplyAddEstimate(b, y, b1));
            y = Vector256.LoadUnsafe(ref y2, place);
            (a2, b2) = (Vector256.MultiplyAddEstimate(a, y, a2), Vector256.MultiplyAddEstimate(b, y, b2));
            y = Vector256.LoadUnsafe(ref y3, place);
            (a3, b3) = (Vector256.MultiplyAddEstimate(a, y, a3), Vector256.MultiplyAddEstimate(b, y, b3));
        }

        var (upper, lower) = (Totals(a0, a1, a2, a3), Totals(b0, b1, b2, b3));
        for (; place < (nuint)width; place++)
        {
            var y = Vector256.Create(
                Unsafe.Add(ref y0, place), Unsafe.Add(ref y1, place), Unsafe.Add(ref y2, place), Unsafe.Add(ref y3, place));
            upper = Vector256.MultiplyAddEstimate(Vector256.Create(Unsafe.Add(ref x0, place)), y, upper);
            lower = Vector256.MultiplyAddEstimate(Vector256.Create(Unsafe.Add(ref x1, place)), y, lower);
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
    private static void Subtract(ref double target, Vector256<double> values) =>
        (Vector256.LoadUnsafe(ref target) - values).StoreUnsafe(ref target);
}
