using System.Globalization;
using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>Lays out rows that UMAP was not fitted to: each as umap-learn 0.5 would transform it alone.</summary>
/// <remarks>
/// In umap-learn the place of a row depends on what else is transformed: the number of rows decides the number of epochs, the largest membership among
/// them how often an edge is drawn, their mean distance the least sigma, and one stream of random numbers goes through them all. Here all of these are
/// those of the row alone.
/// </remarks>
internal static class UmapTransform
{
    private const int RowsPerBlock = 32;

    /// <summary>Lays out rows.</summary>
    /// <param name="umap">The fit.</param>
    /// <param name="rows">n' x d finite values.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <returns>n' x c.</returns>
    public static Matrix Run(Umap umap, Matrix rows, Execution execution)
    {
        var options = umap.Options;
        var clock = new StageClock(execution);
        var neighbors = clock.Time(
            "neighbours", 0, 0.5, part => NeighborSearch.FindAmong(rows, umap.Rows, options.NeighborCount, options.Distance, part));
        neighbors = neighbors.CutAt(options.DisconnectionLimit);
        ThrowIfAlone(neighbors, options);
        var layout = clock.Time("layout", 0.5, 1, part => LayOut(umap, rows, neighbors, part));
        execution.Explain?.Invoke($"UMAP of {rows.RowCount} other rows among the {umap.Rows.RowCount} of the fit: {clock.Summary}.");
        return layout;
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
                        $"Row {row + 1} has no neighbour among the rows of the fit: all are {options.DisconnectionLimit} or more away. ")
                        + "Remove it, or fit with a larger disconnection distance.",
                    row);
            }
        }
    }

    private static Matrix LayOut(Umap umap, Matrix rows, NeighborGraph neighbors, Execution execution)
    {
        var dimension = umap.OutputDimension;
        var fitted = new AlignedRows(umap.Layout.RowCount, dimension);
        for (var row = 0; row < fitted.RowCount; row++)
        {
            umap.Layout.Row(row).CopyTo(fitted[row]);
        }

        var layout = new float[rows.RowCount * dimension];
        var done = 0;
        ParallelRows.For(rows.RowCount, RowsPerBlock, execution, (start, end) =>
        {
            var position = new UnseenPosition(fitted, new LayoutCurve(umap.A, umap.B), umap.Options);
            for (var row = start; row < end; row++)
            {
                position.Find(rows.Row(row), neighbors.Neighbors(row), neighbors.Distances(row), execution.CancellationToken);
                position.Coordinates[..dimension].CopyTo(layout.AsSpan(row * dimension));
            }

            var finished = Interlocked.Add(ref done, end - start);
            execution.Report($"layout of {finished} of {rows.RowCount} rows", (double)finished / rows.RowCount);
        });
        return Matrix.Own(layout, dimension);
    }
}
