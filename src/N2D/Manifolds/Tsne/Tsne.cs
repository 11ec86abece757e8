using System.Globalization;
using N2D.Neighbors;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Manifolds;

/// <summary>
/// A fitted t-SNE, t-distributed stochastic neighbor embedding (van der Maaten and Hinton, 2008): a layout in which each row has the same
/// neighbors, with similarities of the heavier tails of Student's distribution. Create it with <see cref="TsneOptions.Fit"/>.
/// </summary>
public sealed class Tsne : FittedManifold, IModelPart<Tsne>
{
    /// <summary>The initial standard deviation of the first dimension.</summary>
    private const float StartScale = 1e-4f;

    /// <summary>The standard deviation of the noise on given coordinates, relative to theirs. It separates coincident rows.</summary>
    private const double NoiseShare = 1e-5;

    private static readonly TsneOptions Defaults = new();

    private Tsne(TsneOptions options, int inputDimension, Matrix layout, ManifoldContext context)
        : base(options, inputDimension, layout) => Context = context;

    /// <inheritdoc/>
    public override string Name => "Tsne";

    /// <inheritdoc/>
    public override string Settings => StageSettings.TextOf(
    [
        new("Perplexity", Options.Perplexity),
        new("Dimension", Options.Dimension),
        new("EarlyExaggeration", Options.EarlyExaggeration, Defaults.EarlyExaggeration),
        new("Iteration", Options.Iterations, Defaults.Iterations),
        new("ExaggerationIteration", Options.ExaggerationIterations, Defaults.ExaggerationIterations),
        new("LearningRate", Options.LearningRate),
        new("Angle", Options.Angle, Defaults.Angle),
        new("Metric", Options.Metric, Defaults.Metric),
        new("MinkowskiPower", Options.MinkowskiPower, Defaults.MinkowskiPower),
        Context.InitialLayout is null
            ? new("Initialization", Options.Initialization, Defaults.Initialization)
            : new("InitialEmbedding", "given"),
        new("Neighbor", Context.Neighbors is null ? null : "given"),
        new("Seed", Seed),
    ]);

    /// <inheritdoc/>
    public override string WhyNoTransform =>
        "t-SNE cannot place new rows in its layout. Fit it to all rows together, or use UMAP, Isomap, LLE or PCA, which place new rows.";

    /// <summary>The options of the fit.</summary>
    public TsneOptions Options => (TsneOptions)FitOptions;

    /// <summary>
    /// The Kullback-Leibler divergence of the layout's similarities from those of the rows, in nats, which the fit minimizes. Rows that are
    /// not among each other's neighbors (three times the perplexity) have no similarity.
    /// </summary>
    public required double Divergence { get; init; }

    /// <summary>Fits a layout to valid, finite rows.</summary>
    internal static Tsne Fit(Matrix rows, TsneOptions options, Execution execution, ManifoldContext context)
    {
        var clock = new StageClock(execution);
        var (neighbors, device) = clock.Time("neighbors", 0, 0.3, part => options.NeighborsOf(rows, context, part));
        var graph = clock.Time("graph", 0.3, 0.33, part => PerplexityGraph.Build(neighbors, options.Perplexity, part));
        var start = clock.Time("start", 0.33, 0.35, part => Start(rows, options, context.InitialLayout, part));
        var (layout, divergence) = clock.Time("layout", 0.35, 1, part => new TsneDescent(graph, start, options).Run(part));
        ThrowIfDiverged(layout, options);
        execution.Explain?.Invoke(string.Create(
            CultureInfo.InvariantCulture,
            $"t-SNE of {rows.RowCount} x {rows.ColumnCount} rows to {Quantity.Of(options.Dimension, "dimension")}, Kullback-Leibler "
                + $"divergence {divergence:F4}: {clock.Summary}."));
        return new Tsne(options, rows.ColumnCount, layout, context.Kept(neighbors))
        {
            Divergence = divergence,
            Seconds = clock.TotalSeconds,
            FitDevice = device,
        };
    }

    void IModelPart<Tsne>.Write(ModelPartWriter part)
    {
        part.Set("options", Options);
        part.Set("inputDimension", InputDimension);
        part.Set("divergence", Divergence);
        part.Add("layout", Layout);
        Context.Neighbors?.Write(part);
        if (Context.InitialLayout is { } initial)
        {
            part.Add("initialLayout", initial);
        }
    }

    static Tsne IModelPart<Tsne>.Read(ModelPartReader part)
    {
        var (options, inputDimension, divergence) =
            (part.Get<TsneOptions>("options"), part.Get<int>("inputDimension"), part.Get<double>("divergence"));
        var rowCount = part.SizeOf("layout");
        options.ThrowIfTooFewRows(rowCount);
        var context = new ManifoldContext
        {
            Neighbors = GivenNeighbors.Read(part, rowCount, options.NeighborCountFor(rowCount)),
            InitialLayout = part.Has("initialLayout") ? part.GetMatrix("initialLayout", rowCount, options.Dimension) : null,
        };
        return inputDimension >= 1 && double.IsFinite(divergence)
            ? new Tsne(options, inputDimension, part.GetMatrix("layout", columnCount: options.Dimension), context)
            {
                Divergence = divergence,
                Seconds = part.Seconds,
                FitDevice = part.Device,
            }
            : throw part.Corrupt($"its number of columns is {inputDimension}, and its divergence is {divergence}");
    }

    /// <summary>Never called (see <see cref="WhyNoTransform"/>).</summary>
    private protected override MeasuredRows MeasureChecked(Matrix rows, Execution execution) =>
        throw new NotSupportedException(WhyNoTransform);

    private static Matrix Start(Matrix rows, TsneOptions options, Matrix? initialLayout, Execution execution)
    {
        if (initialLayout is not null && WidestDeviation(initialLayout) is var width and > 0)
        {
            var given = LayoutInitialization.Center(initialLayout);
            for (var place = 0; place < given.Length; place++)
            {
                var noise = NoiseShare * new RandomSequence(options.Seed, RandomPurpose.Initialization, place, epoch: 1).NextGaussian();
                given[place] = (float)(StartScale * ((given[place] / width) + noise));
            }

            return Matrix.Own(given, options.Dimension);
        }

        if (initialLayout is null && options.Initialization == TsneInitialization.Pca)
        {
            var points = PrincipalComponents.Project(RowUnit.Scale(rows, RowUnit.ExponentOf(rows)), options.Dimension, execution);
            var variance = Enumerable.Range(0, points.RowCount).Average(row => (double)points[row, 0] * points[row, 0]);
            if (variance > 0)
            {
                return Matrix.Own(
                    Array.ConvertAll(points.UnsafeValues, value => (float)(StartScale * value / Math.Sqrt(variance))), options.Dimension);
            }
        }

        var values = new float[ArraySize.Of(rows.RowCount, options.Dimension)];
        for (var place = 0; place < values.Length; place++)
        {
            values[place] = StartScale * (float)new RandomSequence(options.Seed, RandomPurpose.Initialization, place).NextGaussian();
        }

        return Matrix.Own(values, options.Dimension);
    }

    /// <summary>The largest standard deviation of a dimension.</summary>
    private static double WidestDeviation(Matrix layout)
    {
        var widest = 0.0;
        for (var column = 0; column < layout.ColumnCount; column++)
        {
            var (mean, squares) = (0.0, 0.0);
            for (var row = 0; row < layout.RowCount; row++)
            {
                var difference = layout[row, column] - mean;
                mean += difference / (row + 1);
                squares += difference * (layout[row, column] - mean);
            }

            widest = Math.Max(widest, squares / layout.RowCount);
        }

        return Math.Sqrt(widest);
    }

    private static void ThrowIfDiverged(Matrix layout, TsneOptions options)
    {
        if (!System.Numerics.Tensors.TensorPrimitives.IsFiniteAll(layout.Values))
        {
            throw new N2DException(
                "LayoutDiverged",
                ErrorKind.InvalidArgument,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The layout diverged: its coordinates are no longer finite, at early exaggeration {options.EarlyExaggeration} and "
                    + $"learning rate {options.LearningRateFor(layout.RowCount)}. ")
                    + $"Use a smaller {nameof(options.EarlyExaggeration)} or {nameof(options.LearningRate)}.")
            {
                Options = [nameof(options.EarlyExaggeration), nameof(options.LearningRate)],
            };
        }
    }
}
