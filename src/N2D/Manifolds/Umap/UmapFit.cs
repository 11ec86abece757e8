using N2D.Devices;
using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>Fits UMAP, in the paper's steps: neighbors, graph construction, initialization, graph layout.</summary>
internal static class UmapFit
{
    /// <summary>Fits a layout to valid, finite rows. If the options ask for it, identical rows are laid out as one.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="options">The options.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <param name="context">The optional inputs of the fit.</param>
    public static Umap Run(Matrix rows, UmapOptions options, Execution execution, ManifoldContext context)
    {
        if (!options.Unique)
        {
            return FitRows(rows, options, execution, context);
        }

        var distinct = DistinctRows.Of(rows, execution);
        ThrowIfTooFewDistinct(distinct, options);
        execution.Explain?.Invoke(
            $"Distinct rows: {distinct.Count} of {distinct.RowCount}{(distinct.Count < distinct.RowCount ? "; identical rows share a "
                + "position." : ".")}");
        var umap = FitRows(distinct.Rows, options, execution, distinct.ContextOf(context));
        return distinct.Count == distinct.RowCount ? umap : umap.OfGroups(distinct.Groups, context);
    }

    /// <summary>The device that a fit records: the GPU if one of the two stages ran there.</summary>
    /// <param name="search">The name of the device that searched the neighbors.</param>
    /// <param name="layout">The device that optimized the layout.</param>
    public static string DeviceOf(string search, ComputeDevice layout) => layout == ComputeDevice.Cpu ? search : layout.ToString();

    private static Umap FitRows(Matrix rows, UmapOptions options, Execution execution, ManifoldContext context)
    {
        var clock = new StageClock(execution);
        var curve = MembershipCurve.Fit(options.Spread, options.MinimumDistance);
        var (found, device) = clock.Time("neighbors", 0, 0.3, part => FindNeighbors(rows, options, context, part));
        var neighbors = found.CutAt(options.DisconnectionCut);
        var graph = clock.Time("graph", 0.3, 0.35, part => GraphConstruction.Build(neighbors, options, context, part));
        var components = ConnectedComponents.Find(graph);
        GraphConstruction.Explain(graph, components, execution);
        var initial = clock.Time(
            "start", 0.35, 0.4, part => LayoutInitialization.Compute(rows, graph, components, options, context.InitialLayout, part));
        var (layout, layoutDevice) = clock.Time(
            "layout", 0.4, 1, part => GraphLayout.Optimize(neighbors, graph, initial, curve, options, part));
        execution.Explain?.Invoke(
            $"UMAP of {rows.RowCount} x {rows.ColumnCount} rows to {Quantity.Of(options.Dimension, "dimension")}: {clock.Summary}.");
        return new Umap(options, new FittedRows(rows, options.Distance, options.NeighborCount - 1), layout, curve, context.Kept(found))
        {
            IsSupervised = context.Labels is not null || context.Targets is not null,
            FitDevice = DeviceOf(device, layoutDevice),
            Seconds = clock.TotalSeconds,
        };
    }

    private static (NeighborGraph Graph, string Device) FindNeighbors(
        Matrix rows, UmapOptions options, ManifoldContext context, Execution execution)
    {
        var found = options.NeighborsOf(rows, context, execution);
        if (context.Neighbors is not null)
        {
            GivenNeighbors.WarnIfDifferent(found.Graph, rows, options.Distance, execution);
        }

        return found;
    }

    private static void ThrowIfTooFewDistinct(DistinctRows distinct, UmapOptions options)
    {
        if (distinct.Count <= options.NeighborCount)
        {
            throw new N2DException(
                "TooFewRows",
                ErrorKind.InvalidArgument,
                $"UMAP of distinct rows with {Quantity.Of(options.NeighborCount, "neighbor")} needs at least {options.NeighborCount + 1} "
                    + $"distinct rows; {distinct.Count} of {Quantity.Of(distinct.RowCount, "row")} {(distinct.Count == 1 ? "is" : "are")} "
                    + $"distinct. Use a smaller {nameof(options.NeighborCount)}, or do not use {nameof(options.Unique)}.",
                distinct.Count)
            {
                Options = [nameof(options.NeighborCount), nameof(options.Unique)],
            };
        }
    }
}
