using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace N2D.Numerics;

/// <summary>The means, the smallest and the largest values of the columns of rows, in one pass.</summary>
internal sealed class ColumnRanges
{
    /// <summary>Computes them.</summary>
    /// <param name="rows">n x d, finite values, at least one row.</param>
    /// <param name="blockSize">The number of rows in a block of work. Sums are added block by block.</param>
    /// <param name="execution">Threads and cancellation.</param>
    public ColumnRanges(Matrix rows, int blockSize, Execution execution)
    {
        var dimension = rows.ColumnCount;
        var parts = new Part[(int)(((long)rows.RowCount + blockSize - 1) / blockSize)];
        ParallelRows.For(rows.RowCount, blockSize, execution, (start, end) =>
        {
            var part = new Part(new double[dimension], rows.Row(start).ToArray(), rows.Row(start).ToArray());
            for (var row = start; row < end; row++)
            {
                Add(rows.Row(row), part);
            }

            parts[start / blockSize] = part;
        });
        (Means, Least, Largest) = parts[0];
        foreach (var part in parts[1..])
        {
            for (var column = 0; column < dimension; column++)
            {
                Means[column] += part.Sums[column];
                Least[column] = Math.Min(Least[column], part.Least[column]);
                Largest[column] = Math.Max(Largest[column], part.Largest[column]);
            }
        }

        foreach (ref var mean in Means.AsSpan())
        {
            mean /= rows.RowCount;
        }
    }

    /// <summary>The means, d.</summary>
    public double[] Means { get; }

    /// <summary>The smallest values, d.</summary>
    public float[] Least { get; }

    /// <summary>The largest values, d.</summary>
    public float[] Largest { get; }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(ReadOnlySpan<float> row, Part part)
    {
        var (sums, least, largest) = part;
        ref var source = ref MemoryMarshal.GetReference(row);
        ref var sum = ref MemoryMarshal.GetArrayDataReference(sums);
        ref var low = ref MemoryMarshal.GetArrayDataReference(least);
        ref var high = ref MemoryMarshal.GetArrayDataReference(largest);
        var column = 0;
        for (; column <= row.Length - Vector256<float>.Count; column += Vector256<float>.Count)
        {
            var place = (nuint)column;
            var values = Vector256.LoadUnsafe(ref source, place);
            Vector256.Min(Vector256.LoadUnsafe(ref low, place), values).StoreUnsafe(ref low, place);
            Vector256.Max(Vector256.LoadUnsafe(ref high, place), values).StoreUnsafe(ref high, place);
            var (lower, upper) = Vector256.Widen(values);
            (Vector256.LoadUnsafe(ref sum, place) + lower).StoreUnsafe(ref sum, place);
            (Vector256.LoadUnsafe(ref sum, place + 4) + upper).StoreUnsafe(ref sum, place + 4);
        }

        for (; column < row.Length; column++)
        {
            var value = row[column];
            sums[column] += value;
            least[column] = value < least[column] ? value : least[column];
            largest[column] = value > largest[column] ? value : largest[column];
        }
    }

    /// <summary>The sums, the smallest and the largest values of a block of rows.</summary>
    private readonly record struct Part(double[] Sums, float[] Least, float[] Largest);
}
