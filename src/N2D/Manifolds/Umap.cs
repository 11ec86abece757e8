using N2D.Models;
using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>
/// A fitted UMAP, uniform manifold approximation and projection (McInnes, Healy and Melville, 2018): the rows laid out in few dimensions so that
/// neighbours stay neighbours.
/// </summary>
public sealed class Umap : FittedStage
{
    private Umap(UmapOptions options, Matrix rows, Matrix layout, LayoutCurve curve)
    {
        Options = options;
        Rows = rows;
        Layout = layout;
        (A, B) = curve;
    }

    /// <inheritdoc/>
    public override string Name => "Umap";

    /// <inheritdoc/>
    public override StageRole Role => StageRole.Manifold;

    /// <inheritdoc/>
    public override int InputDimension => Rows.ColumnCount;

    /// <inheritdoc/>
    public override int OutputDimension => Layout.ColumnCount;

    /// <inheritdoc/>
    public override int Seed => Options.Seed;

    /// <summary>What was asked for.</summary>
    public UmapOptions Options { get; }

    /// <summary>The n x d rows that it was fitted to.</summary>
    public Matrix Rows { get; }

    /// <summary>Where they lie in the layout, n x c.</summary>
    public Matrix Layout { get; }

    /// <summary>a of the layout's membership curve 1 / (1 + a x^(2b)).</summary>
    public double A { get; }

    /// <summary>b of the layout's membership curve.</summary>
    public double B { get; }

    /// <summary>Fits a layout. The same rows, options and seed give the same bytes on any number of threads.</summary>
    /// <param name="rows">n x d; n must be above the number of neighbours.</param>
    /// <param name="options">What to ask of it.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <exception cref="N2DException">
    /// There are too few rows (<c>TooFewRows</c>), the metric is not defined for a row (<c>UndefinedDistance</c>), or no curve has the minimum
    /// distance at the spread (<c>MinimumDistanceOutOfRange</c>).
    /// </exception>
    public static Umap Fit(Matrix rows, UmapOptions options, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(execution);
        options.ThrowIfTooFewRows(rows.RowCount);
        var clock = new StageClock(execution);
        var curve = LayoutCurve.Fit(options.Spread, options.MinimumDistance);
        var neighbors = clock.Time(
            "neighbours", 0, 0.3, part => NeighborSearch.Find(rows, options.NeighborCount - 1, options.Metric, options.Seed, part));
        var graph = clock.Time("graph", 0.3, 0.35, part => FuzzyGraph.Build(neighbors, part));
        var start = clock.Time("start", 0.35, 0.4, part => options.Initialization == UmapInitialization.Spectral
            ? SpectralInitialization.Compute(rows, graph, options.Dimension, options.Seed, part)
            : SpectralInitialization.Random(rows.RowCount, options.Dimension, options.Seed));
        var layout = clock.Time("layout", 0.4, 1, part =>
        {
            var blocks = new LayoutBlocks(Matrix.Own(start, options.Dimension), options.Seed, part);
            return new LayoutOptimizer(graph, blocks, start, curve, options).Run(part);
        });
        execution.Explain?.Invoke($"UMAP of {rows.RowCount} x {rows.ColumnCount} rows to {options.Dimension} dimensions: {clock.Summary}.");
        return new Umap(options, rows, Matrix.Own(layout, options.Dimension), curve) { Seconds = clock.TotalSeconds };
    }

    /// <summary>
    /// Lays out rows that it was not fitted to among those that it was, which stay where they are: each is drawn to the k nearest of them and pushed away by
    /// others, for 100 epochs, or a third of <see cref="UmapOptions.Epochs"/> if these were set, at a quarter of the learning rate.
    /// </summary>
    /// <remarks>
    /// Where a row goes depends on nothing but its values and the fit. It is the same to the last bit alone, in any batch, in any order, and on any
    /// number of threads. A row at distance 0 from one of the fit lies exactly where that one does, the first of several: so the rows of the fit keep
    /// their layout. Neighbours are found exactly, at n d coordinate differences a row. A call takes as long as some fifty rows before it comes to the first,
    /// so hand over many at once.
    /// </remarks>
    /// <param name="rows">n' x d.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <returns>n' x c.</returns>
    /// <exception cref="N2DException">
    /// The rows have another number of columns (<c>DimensionMismatch</c>), a value is NaN or infinite (<c>NotFinite</c>), or the metric is not defined for
    /// a row, or puts it at no finite distance from those of the fit (<c>UndefinedDistance</c>).
    /// </exception>
    public override Matrix Transform(Matrix rows, Execution execution)
    {
        ThrowIfMismatched(rows);
        ArgumentNullException.ThrowIfNull(execution);
        rows.ThrowIfNotFinite();
        return UmapTransform.Run(this, rows, execution);
    }
}
