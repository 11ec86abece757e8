namespace N2D.Data;

/// <summary>Reads the cells of a table column from a row group of a Parquet file.</summary>
/// <param name="leaf">The Parquet column.</param>
/// <param name="place">The table column, from 0.</param>
internal abstract class ParquetColumn(ParquetLeaf leaf, int place)
{
    private const int MaxReserved = 1 << 24;

    private bool _hasRoom;

    /// <summary>The Parquet column.</summary>
    protected ParquetLeaf Leaf => leaf;

    /// <summary>The table column, from 0.</summary>
    protected int Place => place;

    /// <summary>Reserves memory in the table for the numbers of the column.</summary>
    /// <param name="table">The table, which has inspected its first rows.</param>
    /// <param name="footer">The footer. It is trusted only up to a usual size.</param>
    public void MakeRoom(TableBuilder table, ParquetFooter footer)
    {
        if (!_hasRoom)
        {
            table.Expect(place, (int)Math.Min(MaxReserved, CountValues(footer)));
            _hasRoom = true;
        }
    }

    /// <summary>Counts the numbers of the column in all rows.</summary>
    /// <param name="footer">The footer.</param>
    protected virtual long CountValues(ParquetFooter footer) => footer.RowCount;

    /// <summary>Decodes the cells of a row group.</summary>
    /// <param name="pages">The page reader.</param>
    /// <param name="group">The row group.</param>
    /// <returns>Whether there are cells.</returns>
    public abstract bool Read(ParquetPages pages, ParquetRowGroup group);

    /// <summary>Adds the cells of a block of rows to the table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="start">The first row in the row group, from 0.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="number">The first row in the file, from 1.</param>
    public virtual void AddTo(TableBuilder table, int start, int count, int number)
    {
        for (var row = 0; row < count; row++)
        {
            table.MoveTo(number + row);
            AddTo(table, start + row, number + row);
        }
    }

    /// <summary>Adds a cell to the current row of the table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="row">The row in the row group, from 0.</param>
    /// <param name="number">The row in the file, from 1.</param>
    public abstract void AddTo(TableBuilder table, int row, int number);
}
