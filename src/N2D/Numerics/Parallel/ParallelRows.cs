namespace N2D.Numerics;

/// <summary>
/// Parallel loops over rows. Rows are split into blocks of a fixed size, and sums are added block by block in the order of the rows, so
/// results do not depend on the number of threads.
/// </summary>
internal static class ParallelRows
{
    /// <summary>The values of a vector in a block: enough to repay a thread's start.</summary>
    private const int ValuesPerBlock = 1 << 16;

    /// <summary>Runs a body over blocks of rows. Each call must write only what belongs to its own rows.</summary>
    /// <param name="rowCount">The number of rows.</param>
    /// <param name="blockSize">The number of rows in a block. The token is checked before each block.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <param name="body">Receives the first row of a block and the row after its last.</param>
    public static void For(int rowCount, int blockSize, Execution execution, Action<int, int> body)
    {
        var blockCount = (int)(((long)rowCount + blockSize - 1) / blockSize);
        if (execution.ThreadCount == 1 || blockCount <= 1)
        {
            for (var block = 0; block < blockCount; block++)
            {
                execution.CancellationToken.ThrowIfCancellationRequested();
                RunBlock(block);
            }

            return;
        }

        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = execution.ThreadCount,
            CancellationToken = execution.CancellationToken,
        };
        ParallelLoop.For(blockCount, options, RunBlock);

        void RunBlock(int block)
        {
            var start = block * blockSize;
            body(start, start + Math.Min(blockSize, rowCount - start));
        }
    }

    /// <summary>Runs a body over blocks of a vector's values. Each call must write only what belongs to its own values.</summary>
    /// <param name="count">The number of values.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <param name="body">Receives the first value of a block and the value after its last.</param>
    public static void ForValues(int count, Execution execution, Action<int, int> body) => For(count, ValuesPerBlock, execution, body);

    /// <summary>Sums a value over blocks of rows, in the order of the rows.</summary>
    /// <param name="rowCount">The number of rows.</param>
    /// <param name="blockSize">The number of rows in a block.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <param name="blockSum">Computes the sum of a block, given its first row and the row after its last.</param>
    public static double Sum(int rowCount, int blockSize, Execution execution, Func<int, int, double> blockSum)
    {
        var sums = new double[(int)(((long)rowCount + blockSize - 1) / blockSize)];
        For(rowCount, blockSize, execution, (start, end) => sums[start / blockSize] = blockSum(start, end));
        var total = 0.0;
        foreach (var sum in sums)
        {
            total += sum;
        }

        return total;
    }

    /// <summary>Sums several values over all rows, in the order of the rows.</summary>
    /// <param name="rowCount">The number of rows.</param>
    /// <param name="blockSize">The number of rows in a block.</param>
    /// <param name="length">The number of values.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <param name="addRow">Adds a row's values to the sums of its block.</param>
    public static double[] Sums(int rowCount, int blockSize, int length, Execution execution, Action<int, double[]> addRow)
    {
        var parts = new double[(int)(((long)rowCount + blockSize - 1) / blockSize)][];
        For(rowCount, blockSize, execution, (start, end) =>
        {
            var sums = new double[length];
            for (var row = start; row < end; row++)
            {
                addRow(row, sums);
            }

            parts[start / blockSize] = sums;
        });
        var total = new double[length];
        foreach (var part in parts)
        {
            for (var i = 0; i < length; i++)
            {
                total[i] += part[i];
            }
        }

        return total;
    }
}
