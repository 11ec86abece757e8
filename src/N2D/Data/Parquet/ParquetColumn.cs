namespace N2D.Data;

/// <summary>The cells of one column in one group of rows of a Parquet file.</summary>
/// <param name="leaf">The field.</param>
/// <param name="place">Its column in the table, from 0.</param>
internal abstract class ParquetColumn(ParquetLeaf leaf, int place)
{
    private const int MostRoom = 1 << 24;

    private bool _hasRoom;

    /// <summary>The field.</summary>
    protected ParquetLeaf Leaf => leaf;

    /// <summary>Its column in the table, from 0.</summary>
    protected int Place => place;

    /// <summary>Makes room in the table for the numbers of the column.</summary>
    /// <param name="table">The table, whose first rows have been looked at.</param>
    /// <param name="footer">The footer, which is not believed beyond what most files hold.</param>
    public void MakeRoom(TableBuilder table, ParquetFooter footer)
    {
        if (!_hasRoom)
        {
            table.Expect(place, (int)Math.Min(MostRoom, CountValues(footer)));
            _hasRoom = true;
        }
    }

    /// <summary>The numbers that the column holds in all rows.</summary>
    /// <param name="footer">The footer.</param>
    protected virtual long CountValues(ParquetFooter footer) => footer.RowCount;

    /// <summary>Decodes the cells of a group of rows.</summary>
    /// <param name="pages">Reads the file.</param>
    /// <param name="group">The group.</param>
    /// <returns>Whether there are cells.</returns>
    public abstract bool Read(ParquetPages pages, ParquetRowGroup group);

    /// <summary>Adds the cells of rows that were begun together.</summary>
    /// <param name="table">The table.</param>
    /// <param name="start">The first row in the group, from 0.</param>
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

    /// <summary>Adds a cell to the row that was begun.</summary>
    /// <param name="table">The table.</param>
    /// <param name="row">The row in the group, from 0.</param>
    /// <param name="number">The row in the file, from 1.</param>
    public abstract void AddTo(TableBuilder table, int row, int number);
}
