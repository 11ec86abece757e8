namespace N2D.Numerics;

/// <summary>
/// The rows of a matrix in blocks of a fixed number of rows, each block column after column: kernels then handle one row a SIMD
/// lane, however few columns there are.
/// </summary>
/// <remarks>The last block is filled up with rows of zeros, whose results are to be ignored.</remarks>
internal sealed class ColumnBlocks
{
    /// <summary>The block size is a multiple of it, unless asked for: four vectors of doubles on the widest hardware.</summary>
    public const int RowMultiple = 32;

    private readonly float[] _values;

    private ColumnBlocks(float[] values, int rowCount, int columnCount, int blockSize)
    {
        _values = values;
        RowCount = rowCount;
        ColumnCount = columnCount;
        BlockSize = blockSize;
    }

    /// <summary>The number of rows, n, without those that fill the last block.</summary>
    public int RowCount { get; }

    /// <summary>The number of columns, d.</summary>
    public int ColumnCount { get; }

    /// <summary>Rows a block.</summary>
    public int BlockSize { get; }

    /// <summary>Lays out the rows of a matrix.</summary>
    /// <param name="rows">n rows in d columns.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <remarks>A block of doubles fits the level-1 cache where d is small and the level-2 cache up to d of about a thousand.</remarks>
    public static ColumnBlocks Of(Matrix rows, Execution execution) => Of(rows, rows.ColumnCount <= 16 ? 256 : 64, execution);

    /// <summary>Lays out the rows of a matrix in blocks of a size that the caller's kernel asks for.</summary>
    /// <param name="rows">n rows in d columns.</param>
    /// <param name="blockSize">Rows a block.</param>
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
        return new ColumnBlocks(values, rowCount, columnCount, blockSize);
    }

    /// <summary>How many rows of a block kernels have to look at where so many are valid: whole multiples of <see cref="RowMultiple"/>.</summary>
    /// <param name="rowCount">Rows of the block that are not filled up.</param>
    public static int LaneCount(int rowCount) => (rowCount + RowMultiple - 1) / RowMultiple * RowMultiple;

    /// <summary>One block: d columns of BlockSize values.</summary>
    /// <param name="firstRow">The first row of the block, a multiple of BlockSize.</param>
    public ReadOnlySpan<float> Block(int firstRow) => _values.AsSpan(firstRow * ColumnCount, BlockSize * ColumnCount);

    /// <summary>Copies one row out.</summary>
    /// <param name="row">Row, from 0.</param>
    /// <param name="target">Takes d values.</param>
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
