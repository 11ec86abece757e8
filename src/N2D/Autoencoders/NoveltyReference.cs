using N2D.Neighbors;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Autoencoders;

/// <summary>
/// Training rows that an autoencoder keeps, all or some, to tell how far others lie from them. The error of its reconstruction is none to go by: the longer the training on few rows, the smaller is
/// theirs, and with it what it would tell of others.
/// </summary>
internal sealed class NoveltyReference
{
    /// <summary>
    /// The nearest rows that a row is measured by, itself one of them: few enough for rows of small groups to have theirs, and more than one, which an outlier among the training rows
    /// would decide.
    /// </summary>
    private const int NeighborCount = 6;

    /// <summary>Rows that are kept, and looked at all of them, where a million and a half values would be fewer: past 7500 columns.</summary>
    private const int FewestRows = 200;

    private readonly FittedRows _rows;

    private NoveltyReference(FittedRows rows) => _rows = rows;

    /// <summary>As many training rows as exact search looks at for one of others (<see cref="NeighborIndex.ExactLimit"/>): a million and a half values, six megabytes of a model file; past 7500 columns 200 rows, 800 bytes a column.</summary>
    /// <param name="rows">All training rows.</param>
    public static NoveltyReference Of(IDataMatrix rows)
    {
        var count = Math.Max(FewestRows, (int)(NeighborIndex.ExactLimit / rows.ColumnCount));
        return new NoveltyReference(new FittedRows(rows.Sample(Math.Min(count, rows.RowCount)), new RowDistance(), NeighborCount - 1, double.PositiveInfinity));
    }

    /// <summary>The distance of each row from the fifth nearest of these, itself not counted.</summary>
    /// <param name="rows">n x d finite values.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    public float[] DistancesOf(Matrix rows, Execution execution) => _rows.Find(rows, Math.Min(NeighborCount, _rows.Rows.RowCount), execution).DistancesFromOthers();

    /// <summary>Hands the rows over to a model file.</summary>
    public void Write(ModelPartWriter part) => _rows.Write(part);

    /// <summary>Takes the rows out of a model file; null if an earlier version wrote it, which kept none.</summary>
    /// <param name="part">The model file.</param>
    /// <param name="columnCount">The columns that they must have.</param>
    public static NoveltyReference? Read(ModelPartReader part, int columnCount)
    {
        if (!part.Has("rows"))
        {
            return part.FormatVersion < 2 ? null : throw part.Corrupt("its training rows are missing");
        }

        var rows = FittedRows.Read(part, new RowDistance(), NeighborCount - 1);
        return rows.Rows.ColumnCount == columnCount ? new NoveltyReference(rows) : throw part.Corrupt("its training rows have other columns than it");
    }
}
