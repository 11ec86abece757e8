using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Neighbors;

/// <summary>
/// Training rows, all or a sample, that the novelty of other rows is measured against. The reconstruction error is no measure of novelty:
/// the longer the training on few rows, the smaller their error, and the less informative it is about other
/// rows.
/// </summary>
internal sealed class NoveltyReference
{
    /// <summary>
    /// The number of nearest rows that define a row's distance, itself included. Small enough for rows of small groups, and more than one,
    /// so that a single outlier among the training rows does not decide.
    /// </summary>
    private const int NeighborCount = 6;

    /// <summary>The least number of rows to keep. It matters for more than 7500 columns.</summary>
    private const int MinRowCount = 200;

    private readonly FittedRows _rows;

    private NoveltyReference(FittedRows rows) => _rows = rows;

    /// <summary>
    /// Keeps as many training rows as exact search covers (<see cref="NeighborIndex.ExactLimit"/>): 1.5 million values, or 6 MB in a model
    /// file. With more than 7500 columns, 200 rows: 800 bytes for each column.
    /// </summary>
    /// <param name="rows">All training rows.</param>
    public static NoveltyReference Of(IDataMatrix rows)
    {
        var count = Math.Max(MinRowCount, (int)(NeighborIndex.ExactLimit / rows.ColumnCount));
        return new NoveltyReference(
            new FittedRows(rows.Sample(Math.Min(count, rows.RowCount)), new RowDistance(), NeighborCount - 1, double.PositiveInfinity));
    }

    /// <summary>Returns the distance of each row from the fifth nearest of the kept rows, itself not counted.</summary>
    /// <param name="rows">n x d finite values.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    public float[] DistancesOf(Matrix rows, Execution execution) =>
        _rows.Find(rows, Math.Min(NeighborCount, _rows.Rows.RowCount), execution).DistancesFromOthers();

    /// <summary>Writes the rows to a model file.</summary>
    public void Write(ModelPartWriter part) => _rows.Write(part);

    /// <summary>Reads the rows from a model file; null if its format is 1, which has none.</summary>
    /// <param name="part">The model file.</param>
    /// <param name="columnCount">The required number of columns.</param>
    public static NoveltyReference? Read(ModelPartReader part, int columnCount)
    {
        if (!part.Has("rows"))
        {
            return part.FormatVersion < 2 ? null : throw part.Corrupt("its training rows are missing");
        }

        var rows = FittedRows.Read(part, new RowDistance(), NeighborCount - 1);
        return rows.Rows.ColumnCount == columnCount
            ? new NoveltyReference(rows)
            : throw part.Corrupt("its training rows have another number of columns");
    }
}
