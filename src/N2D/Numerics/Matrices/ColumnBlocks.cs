namespace N2D.Numerics;

/// <summary>
/// The rows of a matrix in blocks of a fixed number of rows, each block column-major. Kernels process one row per SIMD lane, however few
/// columns there are.
/// </summary>
/// <remarks>The last block is padded with rows of zeros. Ignore their results.</remarks>
internal sealed class ColumnBlocks
{
    /// <summary>The default block sizes are multiples of this number: four vectors of doubles on the widest hardware.</summary>
    public const int RowMultiple = 32;

    private readonly float[] _values;

    private ColumnBlocks(Matrix rows, float[] values, int blockSize)
    {
        Rows = rows;
        _values = values;
        BlockSize = blockSize;
    }

    /// <summary>The rows, for kernels that need them by row.</summary>
    public Matrix Rows { get; }

    /// <summary>The number of rows, n, without padding.</summary>
    public int RowCount => Rows.RowCount;

    /// <summary>The number of columns, d.</summary>
    public int ColumnCount => Rows.ColumnCount;

    /// <summary>The number of rows in a block.</summary>
    public int BlockSize { get; }

    /// <summary>The number of rows of all blocks, with padding.</summary>
    public int PaddedRowCount => (RowCount + BlockSize - 1) / BlockSize * BlockSize;

    /// <summary>All blocks, one after the other.</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>Copies the rows of a matrix into blocks.</summary>
    /// <param name="rows">n rows in d columns.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <remarks>A block of doubles fits the L1 cache if d is small, and the L2 cache up to a d of about 1000.</remarks>
    public static ColumnBlocks Of(Matrix rows, Execution execution) => Of(rows, rows.ColumnCount <= 16 ? 256 : 64, execution);

    /// <summary>Copies the rows of a matrix into blocks of a given size.</summary>
    /// <param name="rows">n rows in d columns.</param>
    /// <param name="blockSize">The number of rows in a block.</param>
    /// <param name="execution">Threads and cancellation.</param>
    public static ColumnBlocks Of(Matrix rows, int blockSize, Execution execution)
    {
        var (rowCount, columnCount) = (rows.RowCount, rows.ColumnCount);
        var blockCount = (int)(((long)rowCount + blockSize - 1) / blockSize);
        var values = new float[(long)blockCount * blockSize * columnCount];
        ParallelRows.For(rowCount, blockSize, execution, (start, end) =>
        {
            var block = values.AsSpan(start * columnCount, blockSize * columnCount);
            for (var row = start; row < end; row++)
            {
                var source = rows.Row(row);
                for (var column = 0; column < source.Length; column++)
                {
                    block[(column * blockSize) + row - start] = source[column];
                }
            }
        });
        return new ColumnBlocks(rows, values, blockSize);
    }

    /// <summary>
    /// The number of rows that kernels process in a block: the valid ones, rounded up to a multiple of <see cref="RowMultiple"/>.
    /// </summary>
    /// <param name="rowCount">The number of valid rows in the block.</param>
    public static int LaneCount(int rowCount) => (rowCount + RowMultiple - 1) / RowMultiple * RowMultiple;

    /// <summary>A block: d columns of BlockSize values.</summary>
    /// <param name="firstRow">The first row of the block, a multiple of BlockSize.</param>
    public ReadOnlySpan<float> Block(int firstRow) => _values.AsSpan(firstRow * ColumnCount, BlockSize * ColumnCount);

    /// <summary>Copies a row.</summary>
    /// <param name="row">Row, from 0.</param>
    /// <param name="target">Receives d values.</param>
    public void CopyRow(int row, Span<float> target)
    {
        var lane = row % BlockSize;
        var block = Block(row - lane);
        for (var column = 0; column < ColumnCount; column++)
        {
            target[column] = block[(column * BlockSize) + lane];
        }
    }
}
