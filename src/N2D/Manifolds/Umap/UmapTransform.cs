using System.Globalization;
using N2D.Neighbors;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Manifolds;

/// <summary>Lays out rows that UMAP was not fitted to: each as umap-learn 0.5 would transform it alone.</summary>
/// <remarks>
/// In umap-learn the place of a row depends on what else is transformed: the number of rows decides the number of epochs, the largest membership among
/// them how often an edge is drawn, their mean distance the least sigma, and one stream of random numbers goes through them all. Here all of these are
/// those of the row alone.
/// </remarks>
internal sealed class UmapTransform
{
    private const int RowsPerBlock = 32;

    private readonly Umap _umap;
    private readonly FittedRows _rows;
    private readonly AlignedRows _places;

    /// <summary>Prepares to lay out rows, call after call.</summary>
    /// <param name="umap">The fit.</param>
    /// <param name="rows">The rows that it laid out.</param>
    /// <param name="layout">Where they lie.</param>
    public UmapTransform(Umap umap, FittedRows rows, Matrix layout)
    {
        _umap = umap;
        _rows = rows;
        _places = new AlignedRows(layout.RowCount, umap.OutputDimension);
        for (var row = 0; row < _places.RowCount; row++)
        {
            layout.Row(row).CopyTo(_places[row]);
        }
    }

    /// <summary>Lays out rows.</summary>
    /// <param name="rows">n' x d finite values.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <returns>n' x c, and how far each row lies from those of the fit.</returns>
    public MeasuredRows Run(Matrix rows, Execution execution)
    {
        var options = _umap.Options;
        var clock = new StageClock(execution);
        var neighbors = clock.Time(
            "neighbors", 0, 0.5, part => _rows.Find(rows, options.NeighborCount, part));
        var distances = neighbors.DistancesFromOthers();
        neighbors = neighbors.CutAt(options.DisconnectionCut);
        ThrowIfAlone(neighbors, options);
        var layout = clock.Time("layout", 0.5, 1, part => LayOut(rows, neighbors, part));
        execution.Explain?.Invoke($"UMAP of {rows.RowCount} other rows among the {_rows.Rows.RowCount} of the fit: {clock.Summary}.");
        return new MeasuredRows(layout, distances);
    }

    private static void ThrowIfAlone(NeighborGraph neighbors, UmapOptions options)
    {
        for (var row = 0; row < neighbors.RowCount; row++)
        {
            if (float.IsPositiveInfinity(neighbors.Distances(row)[0]))
            {
                throw new N2DException(
                    "NoNeighbors",
                    ErrorKind.InvalidData,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Row {row + 1} has no neighbor among the rows of the fit: all are {options.DisconnectionLimit} or more away. ")
                        + "Remove it, or fit with a larger disconnection distance.",
                    row);
            }
        }
    }

    private Matrix LayOut(Matrix rows, NeighborGraph neighbors, Execution execution)
    {
        var dimension = _umap.OutputDimension;
        var layout = new float[rows.RowCount * dimension];
        var done = 0;
        ParallelRows.For(rows.RowCount, RowsPerBlock, execution, (start, end) =>
        {
            var placement = new OutOfSamplePlacement(_places, new MembershipCurve(_umap.A, _umap.B), _umap.Options);
            for (var row = start; row < end; row++)
            {
                placement.Compute(rows.Row(row), neighbors.Neighbors(row), neighbors.Distances(row), execution.CancellationToken);
                placement.Coordinates[..dimension].CopyTo(layout.AsSpan(row * dimension));
            }

            var finished = Interlocked.Add(ref done, end - start);
            execution.Report($"layout of {finished} of {Quantity.Of(rows.RowCount, "row")}", (double)finished / rows.RowCount);
        });
        return Matrix.Own(layout, dimension);
    }
}
