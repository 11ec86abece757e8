using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Neighbors;

/// <summary>
/// The rows of a fit, among which the nearest to other rows are found, call after call. What the search needs is prepared when it is first wanted and kept; a model
/// file has it with the rows.
/// </summary>
internal sealed class FittedRows
{
    /// <summary>Neighbors of a row that a graph to walk along is made of at least: of fewer it falls into pieces.</summary>
    private const int FewestNeighbors = 15;

    /// <summary>How long one who waits for another's index sleeps before a look at the cancellation.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly RowDistance _distance;
    private readonly int _neighborCount;
    private readonly double _exactLimit;
    private NeighborIndex? _index;

    /// <summary>Keeps the rows of a fit.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="distance">The distance.</param>
    /// <param name="neighborCount">The neighbors of each row among the others, below n, that the fit found: a search for as many comes for nothing.</param>
    /// <param name="exactLimit">Where walks begin, as <see cref="NeighborIndex.Build"/> has it; infinite for exact search whatever it costs.</param>
    public FittedRows(Matrix rows, RowDistance distance, int neighborCount, double exactLimit = NeighborIndex.ExactLimit)
    {
        Rows = rows;
        _distance = distance;
        _exactLimit = exactLimit;
        _neighborCount = Math.Min(Math.Max(neighborCount, FewestNeighbors), rows.RowCount - 1);
    }

    /// <summary>The rows, n x d.</summary>
    public Matrix Rows { get; }

    /// <summary>Finds the nearest of the rows for each of other ones: exactly where that is cheap, and by walks along a graph where it is not (<see cref="NeighborIndex"/>).</summary>
    /// <param name="queries">q x d finite values.</param>
    /// <param name="neighborCount">k, 1 to n.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <exception cref="N2DException">
    /// The metric is not defined for a query, or puts it at no finite distance from k of the rows (<c>UndefinedDistance</c>).
    /// </exception>
    public NeighborGraph Find(Matrix queries, int neighborCount, Execution execution) => Index(execution).Find(queries, neighborCount, execution);

    /// <summary>Hands rows and index over to a model file.</summary>
    public void Write(ModelPartWriter part)
    {
        part.Add("rows", Rows);
        Index(Execution.Default).Graph?.Write(part);
    }

    /// <summary>Makes the same of what was handed over.</summary>
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

        // To build takes minutes where there are millions of rows, and Ctrl+C is for those who wait as well.
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
