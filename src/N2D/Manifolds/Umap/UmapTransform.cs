using System.Globalization;
using N2D.Neighbors;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Manifolds;

/// <summary>Places new rows in the layout of a fitted UMAP: each as umap-learn 0.5 would transform it alone.</summary>
/// <remarks>
/// In umap-learn, the position of a row depends on the other rows of the call: their number determines the number of epochs, their largest
/// membership the rates of edges, their mean distance the least sigma, and they share one random sequence. Here all of these depend only on
/// the row itself.
/// </remarks>
internal sealed class UmapTransform
{
    private readonly Umap _umap;
    private readonly FittedRows _rows;
    private readonly UmapPlaces _places;

    /// <summary>Prepares to place rows.</summary>
    /// <param name="umap">The fit.</param>
    /// <param name="rows">The rows that were laid out.</param>
    /// <param name="layout">Their coordinates.</param>
    public UmapTransform(Umap umap, FittedRows rows, Matrix layout)
    {
        _umap = umap;
        _rows = rows;
        _places = new UmapPlaces(umap.Options, layout, new MembershipCurve(umap.A, umap.B));
    }

    /// <summary>Places rows.</summary>
    /// <param name="rows">n' x d finite values.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <returns>The positions, n' x c, and the distances of the rows from those of the fit.</returns>
    public MeasuredRows Run(Matrix rows, Execution execution)
    {
        var options = _umap.Options;
        var clock = new StageClock(execution);
        var neighbors = clock.Time(
            "neighbors", 0, 0.5, part => _rows.Find(rows, options.NeighborCount, part));
        var distances = neighbors.DistancesFromOthers();
        neighbors = neighbors.CutAt(options.DisconnectionCut);
        ThrowIfIsolated(neighbors, options);
        var layout = clock.Time("layout", 0.5, 1, part => _places.On(options.LaterDevice, rows, neighbors, part));
        execution.Explain?.Invoke(
            $"UMAP of {Quantity.Of(rows.RowCount, "new row")} among the {_rows.Rows.RowCount} of the fit: {clock.Summary}.");
        return new MeasuredRows(layout, distances);
    }

    private static void ThrowIfIsolated(NeighborGraph neighbors, UmapOptions options)
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
                        $"Row {row + 1} has no neighbor among the rows of the fit: all of them are at distance "
                        + $"{options.DisconnectionLimit} or more. ")
                        + $"Remove the row, or fit with a larger {nameof(options.DisconnectionDistance)}.",
                    row)
                {
                    Options = [nameof(options.DisconnectionDistance)],
                };
            }
        }
    }
}
