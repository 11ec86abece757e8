using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>Adds rows to a fitted UMAP, and optimizes the layout of all rows together.</summary>
internal static class UmapUpdate
{
    /// <summary>Adds rows to a fit that <see cref="Umap.ThrowIfNoUpdate"/> accepts.</summary>
    /// <param name="umap">The fit.</param>
    /// <param name="rows">n' x d.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    public static Umap Run(Umap umap, Matrix rows, Execution execution)
    {
        var clock = new StageClock(execution);
        var options = umap.Options;
        var shorter = options with
        {
            Epochs = OutOfSamplePlacement.EpochsOf(options),
            LearningRate = OutOfSamplePlacement.LearningRateShare * options.LearningRate,
            Device = options.LaterDevice,
        };
        var added = clock.Time("places", 0, 0.3, part => umap.Transform(rows, part));
        var all = Matrix.Own([.. umap.Rows.Values, .. rows.Values], rows.ColumnCount);
        var (found, searchDevice) =
            clock.Time("neighbors", 0.3, 0.6, part => shorter.NeighborsOf(all, ManifoldContext.Empty, part));
        var neighbors = found.CutAt(options.DisconnectionCut);
        var graph = clock.Time("graph", 0.6, 0.65, part => GraphConstruction.Build(neighbors, options, ManifoldContext.Empty, part));
        var curve = new MembershipCurve(umap.A, umap.B);
        float[] initial = [.. umap.Layout.Values, .. LayoutInitialization.AddNoise(added, umap.Layout.RowCount, options.Seed)];
        var (layout, layoutDevice) = clock.Time(
            "layout", 0.65, 1, part => GraphLayout.Optimize(neighbors, graph, initial, curve, shorter, part));
        execution.Explain?.Invoke(
            $"UMAP of {umap.Rows.RowCount} x {umap.Rows.ColumnCount} rows, updated with {Quantity.Of(rows.RowCount, "row")}: "
                + $"{clock.Summary}.");
        return new Umap(options, new FittedRows(all, options.Distance, options.NeighborCount - 1), layout, curve, ManifoldContext.Empty)
        {
            Seconds = umap.Seconds + clock.TotalSeconds,
            AddedRowCount = umap.AddedRowCount + rows.RowCount,
            FitDevice = UmapFit.DeviceOf(searchDevice, layoutDevice),
        };
    }
}
