using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace N2D.Numerics;

/// <summary>
/// Projects rows to a few random directions, which nearly preserves their relative distances (Johnson and Lindenstrauss, 1984). For work
/// that needs only a rough geometry, and would otherwise read wide rows from memory many times.
/// </summary>
internal static class RandomProjection
{
    /// <summary>The columns that are projected at once, in as many registers as the width of the vectors requires: 4, 8 or 16.</summary>
    private const int ColumnMultiple = 64;
    private const int RowsPerBlock = 64;

    /// <summary>Projects rows. The first row becomes the origin, so that a large offset common to all rows costs no digits.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="columnCount">The number of directions, a multiple of 64.</param>
    /// <param name="seed">The seed of the directions.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>n x c.</returns>
    public static Matrix Project(Matrix rows, int columnCount, int seed, Execution execution)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(columnCount % ColumnMultiple, 0);
        var directions = new float[ArraySize.Of(rows.ColumnCount, columnCount)];
        for (var column = 0; column < rows.ColumnCount; column++)
        {
            // No epoch of a search uses this number.
            var random = new RandomSequence(seed, RandomPurpose.Neighbors, column, epoch: long.MinValue);
            foreach (ref var value in directions.AsSpan(column * columnCount, columnCount))
            {
                value = (float)random.NextGaussian();
            }
        }

        var projected = new float[ArraySize.Of(rows.RowCount, columnCount)];
        ParallelRows.For(rows.RowCount, RowsPerBlock, execution, (start, end) =>
        {
            // If their number is odd, the last row is its own partner.
            for (var row = start; row < end; row += 2)
            {
                var partner = Math.Min(row + 1, end - 1);
                var first = projected.AsSpan(row * columnCount, columnCount);
                var second = projected.AsSpan(partner * columnCount, columnCount);
                if (Vector512.IsHardwareAccelerated)
                {
                    Project<Width512<float>, Vector512<float>>(rows, row, partner, directions, first, second);
                }
                else if (Vector256.IsHardwareAccelerated)
                {
                    Project<Width256<float>, Vector256<float>>(rows, row, partner, directions, first, second);
                }
                else
                {
                    Project<Width128<float>, Vector128<float>>(rows, row, partner, directions, first, second);
                }
            }
        });
        return Matrix.Own(projected, columnCount);
    }

    /// <summary>Projects two rows, to four vectors of columns at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Project<TWidth, TVector>(
        Matrix rows, int row, int partner, ReadOnlySpan<float> directions, Span<float> projected, Span<float> projectedPartner)
        where TWidth : struct, IVectorWidth<TVector, float>
        where TVector : struct
    {
        Debug.Assert(projected.Length % (4 * TWidth.Lanes) == 0, "The columns must be whole groups of vectors.");
        var values = rows.Row(row);
        var partnerValues = rows.Row(partner)[..values.Length];
        var origin = rows.Row(0)[..values.Length];
        for (var start = 0; start < projected.Length; start += 4 * TWidth.Lanes)
        {
            TVector a = TWidth.Zero, b = TWidth.Zero, c = TWidth.Zero, d = TWidth.Zero;
            TVector e = TWidth.Zero, f = TWidth.Zero, g = TWidth.Zero, h = TWidth.Zero;
            ref var direction = ref Unsafe.Add(ref MemoryMarshal.GetReference(directions), start);
            for (var column = 0; column < values.Length; column++)
            {
                var (first, second) = (TWidth.Load(ref direction, 0), TWidth.Load(ref direction, (nuint)TWidth.Lanes));
                var third = TWidth.Load(ref direction, 2 * (nuint)TWidth.Lanes);
                var fourth = TWidth.Load(ref direction, 3 * (nuint)TWidth.Lanes);
                var value = TWidth.Broadcast(values[column] - origin[column]);
                a = TWidth.MultiplyAdd(value, first, a);
                b = TWidth.MultiplyAdd(value, second, b);
                c = TWidth.MultiplyAdd(value, third, c);
                d = TWidth.MultiplyAdd(value, fourth, d);
                value = TWidth.Broadcast(partnerValues[column] - origin[column]);
                e = TWidth.MultiplyAdd(value, first, e);
                f = TWidth.MultiplyAdd(value, second, f);
                g = TWidth.MultiplyAdd(value, third, g);
                h = TWidth.MultiplyAdd(value, fourth, h);
                direction = ref Unsafe.Add(ref direction, projected.Length);
            }

            Store<TWidth, TVector>(projected[start..], a, b, c, d);
            Store<TWidth, TVector>(projectedPartner[start..], e, f, g, h);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TWidth, TVector>(Span<float> target, TVector a, TVector b, TVector c, TVector d)
        where TWidth : struct, IVectorWidth<TVector, float>
        where TVector : struct
    {
        TWidth.Store(a, ref target[0], 0);
        TWidth.Store(b, ref target[0], (nuint)TWidth.Lanes);
        TWidth.Store(c, ref target[0], 2 * (nuint)TWidth.Lanes);
        TWidth.Store(d, ref target[0], 3 * (nuint)TWidth.Lanes);
    }
}
