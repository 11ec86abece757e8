using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using N2D.Numerics;

namespace N2D.Autoencoders;

/// <summary>The gradient of the loss by the biases of a layer: the sum of the rows of a matrix, from the first to the last.</summary>
/// <param name="rows">m x outputs.</param>
/// <param name="offset">The index of the first bias among the parameters.</param>
/// <param name="target">Receives the sums.</param>
internal sealed unsafe class ColumnSums(MatrixView rows, int offset, IGradientTarget target) : IJobSet
{
    private const int ColumnsPerJob = 128;

    /// <inheritdoc/>
    public int JobCount => (rows.ColumnCount + ColumnsPerJob - 1) / ColumnsPerJob;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int job)
    {
        var start = job * ColumnsPerJob;
        var count = Math.Min(ColumnsPerJob, rows.ColumnCount - start);
        var sums = stackalloc float[ColumnsPerJob];
        new Span<float>(sums, count).Clear();
        for (var row = 0; row < rows.RowCount; row++)
        {
            Add(rows.Row(row) + start, sums, count);
        }

        target.Receive(offset + start, sums, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(float* values, float* sums, int count)
    {
        var i = 0;
        for (; i <= count - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            (Vector256.Load(sums + i) + Vector256.Load(values + i)).Store(sums + i);
        }

        for (; i < count; i++)
        {
            sums[i] += values[i];
        }
    }
}
