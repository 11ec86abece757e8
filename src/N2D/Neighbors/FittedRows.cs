using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Neighbors;

/// <summary>
/// The rows of a fit, with an index to search the nearest of them to new rows. The index is built for the first search, kept, and saved in
/// model files.
/// </summary>
internal sealed class FittedRows
{
    /// <summary>The least number of neighbors of a search graph: with fewer it is not connected.</summary>
    private const int FewestNeighbors = 15;

    /// <summary>The interval of cancellation checks while another thread builds the index.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly RowDistance _distance;
    private readonly int _neighborCount;
    private readonly double _exactLimit;
    private NeighborIndex? _index;

    /// <summary>Creates an object that builds its index later.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="distance">The distance.</param>
    /// <param name="neighborCount">The number of neighbors that the fit searched, below n. They are cached with the rows.</param>
    /// <param name="exactLimit">
    /// The limit of exact search (see <see cref="NeighborIndex.Build"/>); infinite to always search exactly.
    /// </param>
    public FittedRows(Matrix rows, RowDistance distance, int neighborCount, double exactLimit = NeighborIndex.ExactLimit)
    {
        Rows = rows;
        _distance = distance;
        _exactLimit = exactLimit;
        _neighborCount = Math.Min(Math.Max(neighborCount, FewestNeighbors), rows.RowCount - 1);
    }

    /// <summary>The rows, n x d.</summary>
    public Matrix Rows { get; }

    /// <summary>
    /// Finds the nearest rows of each query: exactly if that is cheap, otherwise by walks along a graph (<see cref="NeighborIndex"/>).
    /// </summary>
    /// <param name="queries">q x d finite values.</param>
    /// <param name="neighborCount">k, 1 to n.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <exception cref="N2DException">
    /// The metric is not defined for a query, or fewer than k rows are at a finite distance from it (<c>UndefinedDistance</c>).
    /// </exception>
    public NeighborGraph Find(Matrix queries, int neighborCount, Execution execution) =>
        Index(execution).Find(queries, neighborCount, execution);

    /// <summary>Writes the rows and the index to a model file.</summary>
    public void Write(ModelPartWriter part)
    {
        part.Add("rows", Rows);
        Index(part.Execution).Graph?.Write(part);
    }

    /// <summary>Reads the rows and the index from a model file.</summary>
    /// <param name="part">The model file.</param>
    /// <param name="distance">The distance.</param>
    /// <param name="neighborCount">As in the fit.</param>
    public static FittedRows Read(ModelPartReader part, RowDistance distance, int neighborCount)
    {
        var rows = part.GetMatrix("rows");
        return new FittedRows(rows, distance, neighborCount)
        {
            _index = SearchGraph.Read(part, rows.RowCount) is { } graph
                ? NeighborIndex.Walked(rows, distance, graph, Execution.Default)
                : NeighborIndex.Exact(rows, distance, Execution.Default),
        };
    }

    private NeighborIndex Index(Execution execution)
    {
        if (Volatile.Read(ref _index) is { } ready)
        {
            return ready;
        }

        // For millions of rows another thread may build the index for minutes. Waiting can be canceled.
        while (!_lock.TryEnter(Patience))
        {
            execution.CancellationToken.ThrowIfCancellationRequested();
        }

        try
        {
            return _index ??= NeighborIndex.Build(Rows, _distance, _neighborCount, execution, _exactLimit);
        }
        finally
        {
            _lock.Exit();
        }
    }
}
