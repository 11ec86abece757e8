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
    private const int LaneCount = 8;
    private const int RowsPerBlock = 64;

    /// <summary>Projects rows.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="columnCount">The number of directions, a multiple of eight.</param>
    /// <param name="seed">The seed of the directions.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>n x c.</returns>
    public static Matrix Project(Matrix rows, int columnCount, int seed, Execution execution)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(columnCount % LaneCount, 0);
        var directions = new float[rows.ColumnCount * columnCount];
        for (var column = 0; column < rows.ColumnCount; column++)
        {
            var random = new RandomSequence(seed, RandomPurpose.Neighbors, column, epoch: long.MinValue);
            foreach (ref var value in directions.AsSpan(column * columnCount, columnCount))
            {
                value = (float)random.NextGaussian();
            }
        }

        var projected = new float[ArraySize.Of(rows.RowCount, columnCount)];
        ParallelRows.For(rows.RowCount, RowsPerBlock, execution, (start, end) =>
        {
            for (var row = start; row < end; row++)
            {
                ProjectRow(rows.Row(row), directions, projected.AsSpan(row * columnCount, columnCount));
            }
        });
        return Matrix.Own(projected, columnCount);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ProjectRow(ReadOnlySpan<float> row, ReadOnlySpan<float> directions, Span<float> projected)
    {
        projected.Clear();
        ref var first = ref MemoryMarshal.GetReference(directions);
        ref var sums = ref MemoryMarshal.GetReference(projected);
        for (var column = 0; column < row.Length; column++)
        {
            var value = Vector256.Create(row[column]);
            for (var lane = 0; lane < projected.Length; lane += LaneCount)
            {
                var direction = Vector256.LoadUnsafe(ref first, (nuint)((column * projected.Length) + lane));
                var sum = Vector256.LoadUnsafe(ref sums, (nuint)lane);
                Vector256.MultiplyAddEstimate(value, direction, sum).StoreUnsafe(ref sums, (nuint)lane);
            }
        }
    }
}
