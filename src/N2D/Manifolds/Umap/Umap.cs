using System.Globalization;
using System.Numerics.Tensors;
using N2D.Neighbors;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Manifolds;

/// <summary>
/// A fitted UMAP, uniform manifold approximation and projection (McInnes, Healy and Melville, 2018): the rows laid out in few dimensions so that
/// neighbors stay neighbors.
/// </summary>
public sealed class Umap : FittedStage, IModelPart<Umap>
{
    private static readonly UmapOptions Defaults = new();

    private readonly FittedRows _rows;
    private readonly Matrix _layout;
    private readonly int[]? _groups;
    private readonly Matrix? _initialLayout;
    private readonly NumericTarget? _target;
    private readonly Lazy<Matrix> _allRows;
    private readonly Lazy<UmapTransform> _transform;

    /// <summary>Keeps a fit.</summary>
    /// <param name="options">What was asked for.</param>
    /// <param name="rows">The rows that were laid out, the distinct ones where identical ones share a place.</param>
    /// <param name="layout">Where they lie.</param>
    /// <param name="groups">Which of these each row of the fit is; null if each is itself.</param>
    /// <param name="given">Where the rows of the fit were to start, and what they were to be ordered by.</param>
    /// <param name="curve">The membership curve.</param>
    /// <param name="isSupervised">Whether labels or targets took part.</param>
    private Umap(
        UmapOptions options, FittedRows rows, Matrix layout, int[]? groups, (Matrix? InitialLayout, NumericTarget? Target) given, LayoutCurve curve, bool isSupervised)
    {
        Options = options;
        (_initialLayout, _target) = given;
        IsSupervised = isSupervised;
        (_rows, _layout, _groups) = (rows, layout, groups);
        Layout = groups is null ? layout : layout.Select(groups);
        (A, B) = curve;
        _allRows = new Lazy<Matrix>(() => groups is null ? rows.Rows : rows.Rows.Select(groups));
        _transform = new Lazy<UmapTransform>(() => new UmapTransform(this, rows, layout));
    }

    /// <inheritdoc/>
    /// <remarks>One that was shown the labels is called by another name, so that nobody takes its scores for those of clusters found without them.</remarks>
    public override string Name => IsSupervised ? "SupervisedUmap" : "Umap";

    /// <inheritdoc/>
    public override StageRole Role => StageRole.Manifold;

    /// <inheritdoc/>
    public override int InputDimension => _rows.Rows.ColumnCount;

    /// <inheritdoc/>
    public override int OutputDimension => Layout.ColumnCount;

    /// <inheritdoc/>
    public override int Seed => Options.Seed;

    /// <inheritdoc/>
    public override string Settings => StageSettings.TextOf(
    [
        new("NeighborCount", Options.NeighborCount),
        new("Dimension", Options.Dimension),
        new("MinimumDistance", Options.MinimumDistance),
        new("Spread", Options.Spread, Defaults.Spread),
        new("Metric", Options.Metric),
        new("MinkowskiPower", Options.MinkowskiPower, Defaults.MinkowskiPower),
        new("Epoch", Options.EpochsFor(_layout.RowCount)),
        _initialLayout is null ? new("Initialization", Options.Initialization, Defaults.Initialization) : new("InitialEmbedding", "given"),
        new("Unique", Options.Unique, Defaults.Unique),
        new("LocalConnectivity", Options.LocalConnectivity, Defaults.LocalConnectivity),
        new("SetOperationMixRatio", Options.SetOperationMixRatio, Defaults.SetOperationMixRatio),
        new("DisconnectionDistance", Options.DisconnectionDistance),
        new("LearningRate", Options.LearningRate, Defaults.LearningRate),
        new("NegativeSampleRate", Options.NegativeSampleRate, Defaults.NegativeSampleRate),
        new("RepulsionStrength", Options.RepulsionStrength, Defaults.RepulsionStrength),
        new("TargetWeight", Options.TargetWeight, Defaults.TargetWeight),
        new("TargetMetric", _target is null ? null : TargetMetric.Euclidean),
        new("TargetNeighborCount", Options.TargetNeighborCount),
        new("DensityWeight", Options.DensityWeight, Defaults.DensityWeight),
        new("Neighbor", Given is null ? null : "given"),
        new("AddedRowCount", AddedRowCount, 0),
        new("Seed", Seed),
    ]);

    /// <summary>What was asked for.</summary>
    public UmapOptions Options { get; }

    /// <summary>The neighbors that the fit was given; null if it searched for them itself.</summary>
    private GivenNeighbors? Given { get; init; }

    /// <summary>How many of the rows came by <see cref="Update"/>.</summary>
    public int AddedRowCount { get; private init; }

    /// <inheritdoc/>
    public override string WhyNoInverse =>
        "UMAP learns no way back from its layout to rows. Decode what went into it instead, such as an autoencoder's codes, or the mean of each cluster's.";

    /// <summary>Whether it was fitted to the labels or targets of the rows as well.</summary>
    public bool IsSupervised { get; }

    /// <summary>The n x d rows that it was fitted to.</summary>
    public Matrix Rows => _allRows.Value;

    /// <summary>Where they lie in the layout, n x c.</summary>
    public Matrix Layout { get; }

    /// <summary>a of the layout's membership curve 1 / (1 + a x^(2b)).</summary>
    public double A { get; }

    /// <summary>b of the layout's membership curve.</summary>
    public double B { get; }

    /// <summary>Fits a layout. The same rows, options and seed give the same bytes on any number of threads.</summary>
    /// <param name="rows">n x d; n must be above the number of neighbors.</param>
    /// <param name="options">What to ask of it.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <param name="labels">
    /// The classes of the rows, for a layout that also keeps classes together; unknown ones are welcome. Null for one that knows of none.
    /// </param>
    /// <param name="initialLayout">
    /// n x c coordinates to start at, whatever <see cref="UmapOptions.Initialization"/>; their place and scale do not count. Null to start as the options say.
    /// </param>
    /// <param name="given">
    /// The neighbors of the rows, in place of a search. The options' metric says which distance they were measured by: rows that come
    /// later are placed by it,
    /// and by their values.
    /// </param>
    /// <param name="target">
    /// A number a row, for a layout that also keeps rows of like numbers together, in place of labels; unknown ones are welcome. Null for one that knows of none.
    /// </param>
    /// <exception cref="N2DException">
    /// There are too few rows (<c>TooFewRows</c>), the metric is not defined for a row (<c>UndefinedDistance</c>), no curve has the minimum
    /// distance at the spread (<c>MinimumDistanceOutOfRange</c>), the labels, the targets or the starting coordinates are not those of the rows
    /// (<c>LabelCountMismatch</c>, <c>TargetCountMismatch</c>, <c>InitialLayoutMismatch</c>), hardly any target is known (<c>TooFewTargets</c>), the coordinates or the rows are not finite (<c>NotFinite</c>), the rows have fewer columns than
    /// principal components are to be started at (<c>TooFewColumns</c>), no two rows are neighbors (<c>NoNeighbors</c>), or the layout left the range of
    /// numbers (<c>LayoutDiverged</c>).
    /// </exception>
    public static Umap Fit(
        Matrix rows,
        UmapOptions options,
        Execution execution,
        Labels? labels = null,
        Matrix? initialLayout = null,
        GivenNeighbors? given = null,
        NumericTarget? target = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(execution);
        ThrowIfNotFitting(rows, options, labels, initialLayout);
        ThrowIfUnfitTarget(rows, options, labels, target);
        ThrowIfUnfitNeighbors(rows, options, given);
        rows.ThrowIfNotFinite();
        if (!options.Unique)
        {
            return FitDistinct(rows, options, execution, labels, initialLayout, given, target);
        }

        var distinct = DistinctRows.Of(rows, execution);
        ThrowIfTooAlike(distinct, options);
        ExplainDistinct(distinct, execution);
        var ofDistinct = FitDistinct(
            distinct.Rows,
            options,
            execution,
            labels is null ? null : distinct.FirstOf(labels),
            initialLayout is null ? null : distinct.FirstOf(initialLayout),
            given: null,
            target?.MeanOf(distinct));
        return distinct.Count == distinct.RowCount
            ? ofDistinct
            : new Umap(options, ofDistinct._rows, ofDistinct.Layout, distinct.Groups, (initialLayout, target), new LayoutCurve(ofDistinct.A, ofDistinct.B), ofDistinct.IsSupervised)
            { Seconds = ofDistinct.Seconds };
    }

    private static Umap FitDistinct(
        Matrix rows,
        UmapOptions options,
        Execution execution,
        Labels? labels,
        Matrix? initialLayout,
        GivenNeighbors? given,
        NumericTarget? target)
    {
        var clock = new StageClock(execution);
        var curve = LayoutCurve.Fit(options.Spread, options.MinimumDistance);
        var found = clock.Time(
            "neighbors",
            0,
            0.3,
            part => given?.First(options.NeighborCount - 1, part) ?? NeighborSearch.Find(rows, options.NeighborCount - 1, options.Distance, part));
        if (given is not null)
        {
            GivenNeighbors.WarnIfOthers(found, rows, options.Distance, execution);
        }

        var neighbors = found.CutAt(options.DisconnectionCut);
        var graph = clock.Time("graph", 0.3, 0.35, part => BuildGraph(neighbors, options, labels, target, part));
        var components = ConnectedComponents.Find(graph);
        ExplainGraph(graph, components, execution);
        var start = clock.Time("start", 0.35, 0.4, part => StartingLayout.Find(rows, graph, components, options, initialLayout, part));
        var layout = clock.Time("layout", 0.4, 1, part => LayOut(neighbors, graph, start, curve, options, part));
        execution.Explain?.Invoke($"UMAP of {rows.RowCount} x {rows.ColumnCount} rows to {Quantity.Of(options.Dimension, "dimension")}: {clock.Summary}.");
        return new Umap(
            options,
            new FittedRows(rows, options.Distance, options.NeighborCount - 1),
            Matrix.Own(layout, options.Dimension),
            groups: null,
            (initialLayout, target),
            curve,
            labels is not null || target is not null)
        {
            Seconds = clock.TotalSeconds,
            Given = given is null ? null : GivenNeighbors.Of(found),
        };
    }

    /// <summary>
    /// Fits anew to these rows and more (umap-learn's <c>update</c>), beginning where they lie: rows of the fit at their places, the
    /// others where
    /// <see cref="Transform"/> puts them. The neighbors are those of all rows together. Rows of the fit move a little, as others come
    /// among them.
    /// </summary>
    /// <remarks>
    /// The layout goes on for 100 epochs, or a third of <see cref="UmapOptions.Epochs"/> if these were set, at a quarter of the learning
    /// rate, as for unseen
    /// rows. umap-learn begins again at the full rate, which moves the rows of the fit far more.
    /// </remarks>
    /// <param name="rows">n' x d rows that were not in the fit.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <returns>The fit to n + n' rows, those of this one first.</returns>
    /// <exception cref="N2DException">
    /// It was fitted to labels, to distinct rows or to given neighbors (<c>UpdateNotPossible</c>); or as for <see cref="Transform"/>.
    /// </exception>
    public Umap Update(Matrix rows, Execution execution)
    {
        ThrowIfMismatched(rows);
        ArgumentNullException.ThrowIfNull(execution);
        ThrowIfNoUpdate();
        var clock = new StageClock(execution);
        var options = Options with { Epochs = OutOfSamplePlacement.EpochsOf(Options), LearningRate = OutOfSamplePlacement.LearningRateShare * Options.LearningRate };
        var added = clock.Time("places", 0, 0.3, part => Transform(rows, part));
        var all = Matrix.Own([.. Rows.Values, .. rows.Values], rows.ColumnCount);
        var neighbors = clock.Time("neighbors", 0.3, 0.6, part => NeighborSearch.Find(all, Options.NeighborCount - 1, Options.Distance, part))
            .CutAt(Options.DisconnectionCut);
        var graph = clock.Time("graph", 0.6, 0.65, part => BuildGraph(neighbors, Options, labels: null, target: null, part));
        var curve = new LayoutCurve(A, B);
        float[] start = [.. Layout.Values, .. StartingLayout.Parted(added, Layout.RowCount, Seed)];
        var layout = clock.Time("layout", 0.65, 1, part => LayOut(neighbors, graph, start, curve, options, part));
        execution.Explain?.Invoke(
            $"UMAP of {Rows.RowCount} x {Rows.ColumnCount} rows, updated with {Quantity.Of(rows.RowCount, "row")}: {clock.Summary}.");
        return new Umap(
            Options,
            new FittedRows(all, Options.Distance, Options.NeighborCount - 1),
            Matrix.Own(layout, options.Dimension),
            groups: null,
            (null, null),
            curve,
            isSupervised: false)
        {
            Seconds = Seconds + clock.TotalSeconds,
            AddedRowCount = AddedRowCount + rows.RowCount,
        };
    }

    /// <summary>Refuses to take in more rows where it cannot be done.</summary>
    /// <exception cref="N2DException">It cannot (<c>UpdateNotPossible</c>).</exception>
    internal void ThrowIfNoUpdate()
    {
        var reason = IsSupervised ? "labels, and the model does not keep those of its rows"
            : Options.Unique ? "distinct rows, and added rows may be identical to them"
            : Given is not null ? "given neighbors, and those among the added rows are not known"
            : null;
        if (reason is not null)
        {
            throw new N2DException(
                "UpdateNotPossible", ErrorKind.InvalidArgument, $"This UMAP was fitted to {reason}. Fit it anew to all rows together.", Name);
        }
    }

    /// <inheritdoc/>
    public override Embedding Refit(Embedding input, int seed, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(input);
        var labels = IsSupervised && _target is null ? input.GetLabels() : null;
        var umap = Fit(input.GetRows(), Options with { Seed = seed }, execution, labels, _initialLayout, Given, _target);
        return input.Append(umap, umap.Layout);
    }

    void IModelPart<Umap>.Write(ModelPartWriter part)
    {
        part.Set("options", Options);
        part.Set("isSupervised", IsSupervised);
        part.Set("addedRowCount", AddedRowCount);
        part.Set("curve", new LayoutCurve(A, B));
        _rows.Write(part);
        part.Add("layout", _layout);
        if (_groups is not null)
        {
            part.Add<int>("groups", _groups, _groups.Length);
        }

        _target?.Write(part);
        if (_initialLayout is not null)
        {
            part.Add("initialLayout", _initialLayout);
        }

        Given?.Write(part);
    }

    static Umap IModelPart<Umap>.Read(ModelPartReader part)
    {
        var (options, curve) = (part.Get<UmapOptions>("options"), part.Get<LayoutCurve>("curve"));
        var rowCount = part.SizeOf("rows");
        options.ThrowIfTooFewRows(rowCount);
        if (!double.IsFinite(curve.A) || !double.IsFinite(curve.B) || curve.A <= 0 || curve.B <= 0)
        {
            throw part.Corrupt("its membership curve is none");
        }

        var groups = part.Has("groups") ? part.GetIndices("groups", rowCount, part.SizeOf("groups", rank: 1)) : null;
        var givenCount = groups?.Length ?? rowCount;
        return new Umap(
            options,
            FittedRows.Read(part, options.Distance, options.NeighborCount - 1),
            part.GetMatrix("layout", rowCount, options.Dimension),
            groups,
            (part.Has("initialLayout") ? part.GetMatrix("initialLayout", givenCount, options.Dimension) : null, NumericTarget.Read(part, givenCount)),
            curve,
            part.Get<bool>("isSupervised"))
        {
            Seconds = part.Seconds,
            AddedRowCount = part.Find<int>("addedRowCount") ?? 0,
            Given = GivenNeighbors.Read(part, rowCount, options.NeighborCount - 1),
        };
    }

    private static void ThrowIfNotFitting(Matrix rows, UmapOptions options, Labels? labels, Matrix? initialLayout)
    {
        options.ThrowIfTooFewRows(rows.RowCount);
        if (labels is not null && labels.RowCount != rows.RowCount)
        {
            throw new N2DException(
                "LabelCountMismatch", ErrorKind.InvalidArgument, $"There {Quantity.Are(labels.RowCount, "label")} for {Quantity.Of(rows.RowCount, "row")}; give one a row.", labels);
        }

        if (initialLayout is not null)
        {
            options.ThrowIfNotInitialLayout(initialLayout, rows.RowCount);
        }
        else if (options.Initialization == UmapInitialization.Pca && rows.ColumnCount < options.Dimension)
        {
            throw new N2DException(
                "TooFewColumns",
                ErrorKind.InvalidArgument,
                $"A layout in {Quantity.Of(options.Dimension, "dimension")} cannot start at the principal components of {Quantity.Of(rows.ColumnCount, "column")}. "
                    + "Ask for fewer dimensions (-Dimension), or another start (-Initialization).",
                rows.ColumnCount);
        }
    }

    private static void ThrowIfUnfitTarget(Matrix rows, UmapOptions options, Labels? labels, NumericTarget? target)
    {
        if (target is not null && labels is not null)
        {
            throw new ArgumentException("A layout is supervised by labels or by numbers, and not by both.", nameof(target));
        }

        if (target is not null)
        {
            options.ThrowIfNotTarget(target, rows.RowCount);
        }
    }

    private static void ThrowIfUnfitNeighbors(Matrix rows, UmapOptions options, GivenNeighbors? given)
    {
        if (given is null)
        {
            return;
        }

        options.ThrowIfNotNeighbors(given, rows.RowCount);
        if (options.Unique)
        {
            throw new N2DException(
                "UniqueWithNeighbors",
                ErrorKind.InvalidArgument,
                "Given neighbors are those of all rows, so identical rows cannot be laid out as one. Leave out one of the two.",
                given)
            { Options = [nameof(UmapOptions.Unique), "Neighbor"] };
        }
    }

    private static void ThrowIfTooAlike(DistinctRows distinct, UmapOptions options)
    {
        if (distinct.Count <= options.NeighborCount)
        {
            throw new N2DException(
                "TooFewRows",
                ErrorKind.InvalidArgument,
                $"UMAP of distinct rows with {Quantity.Of(options.NeighborCount, "neighbor")} needs at least {options.NeighborCount + 1} of them; of {Quantity.Of(distinct.RowCount, "row")}, "
                    + $"{distinct.Count} {(distinct.Count == 1 ? "is" : "are")} distinct. Ask for fewer neighbors, or lay out all rows.",
                distinct.Count);
        }
    }

    private static void ExplainDistinct(DistinctRows distinct, Execution execution) => execution.Explain?.Invoke(
        $"Distinct rows: {distinct.Count} of {distinct.RowCount}{(distinct.Count < distinct.RowCount ? "; identical ones share a place." : ".")}");

    private static SparseMatrix BuildGraph(NeighborGraph neighbors, UmapOptions options, Labels? labels, NumericTarget? target, Execution execution)
    {
        var graph = FuzzyGraph.Build(neighbors, options, execution);
        if (labels is not null)
        {
            execution.Explain?.Invoke(
                $"Supervised by the labels of {labels.KnownCount} of {Quantity.Of(labels.RowCount, "row")}: scores against them tell nothing of rows without.");
            graph = CategoricalIntersection.Apply(graph, labels, options.TargetWeight, execution);
        }
        else if (target is not null)
        {
            execution.Explain?.Invoke(
                $"Supervised by the numbers of {target.KnownCount} of {Quantity.Of(target.RowCount, "row")}: how well the layout follows them tells nothing of rows without.");
            graph = TargetIntersection.Apply(graph, target, options.TargetNeighborCount ?? options.NeighborCount, options.TargetWeight, execution);
        }

        return graph.Values.Length > 0
            ? graph
            : throw new N2DException(
                "NoNeighbors",
                ErrorKind.InvalidData,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"No two rows are neighbors: all are {options.DisconnectionLimit} or more apart, give no membership to each other, or are of different classes. ")
                    + "Raise the disconnection distance or the mix ratio of the set operation, or lower the target weight.");
    }

    /// <summary>Optimizes the layout from a start.</summary>
    /// <returns>n x c coordinates.</returns>
    /// <exception cref="N2DException">The layout left the range of numbers (<c>LayoutDiverged</c>).</exception>
    private static float[] LayOut(
        NeighborGraph neighbors, SparseMatrix graph, float[] start, LayoutCurve curve, UmapOptions options, Execution execution)
    {
        var blocks = new LayoutBlocks(Matrix.Own(start, options.Dimension), options.Seed, execution);
        var logRadii = options.DensityWeight > 0 ? LocalRadii.Logarithms(neighbors, graph, execution) : null;
        var layout = new LayoutOptimizer(graph, blocks, start, curve, options, logRadii).Run(execution);
        ThrowIfDiverged(layout, options);
        return layout;
    }

    private static void ThrowIfDiverged(float[] layout, UmapOptions options)
    {
        if (!TensorPrimitives.IsFiniteAll<float>(layout))
        {
            throw new N2DException(
                "LayoutDiverged",
                ErrorKind.InvalidArgument,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The layout left the range of numbers, with learning rate {options.LearningRate} and spread {options.Spread}. ")
                    + "Lower the learning rate (-LearningRate), or take a spread nearer to 1 (-Spread).");
        }
    }

    private static void ExplainGraph(SparseMatrix graph, List<int[]> components, Execution execution)
    {
        var lone = components.Count(members => graph.RowColumns(members[0]).IsEmpty);
        execution.Explain?.Invoke(
            $"Graph: {graph.Values.Length / 2} edges between {Quantity.Of(graph.RowCount, "row")}, in {components.Count} connected component{(components.Count == 1 ? "" : "s")}; "
            + lone switch
            {
                0 => "every row has an edge.",
                1 => "1 of them is a row without any edge, which stays where it starts.",
                _ => $"{lone} of them are rows without any edge, which stay where they start.",
            });
        if (lone > 0)
        {
            execution.Warn?.Invoke(
                $"{lone} of {Quantity.Of(graph.RowCount, "row")} {(lone == 1 ? "has" : "have")} no neighbor, and will lie where the layout starts: nothing can be told from "
                + "the place. A larger disconnection distance (-DisconnectionDistance) finds neighbors for rows far from all others.");
        }
    }

    /// <summary>
    /// Lays out rows that it was not fitted to among those that it was, which stay where they are: each is drawn to the k nearest of them and pushed away by
    /// others, for 100 epochs, or a third of <see cref="UmapOptions.Epochs"/> if these were set, at a quarter of the learning rate.
    /// </summary>
    /// <remarks>
    /// Where a row goes depends on nothing but its values and the fit. It is the same to the last bit alone, in any batch, in any order, and on any
    /// number of threads. A row at distance 0 from one of the fit lies exactly where that one does, the first of several: so the rows of the fit keep
    /// their layout. Neighbors are found exactly up to one and a half million coordinate differences a row, n d, and past that by walks along the graph of the fit's
    /// neighbors, which find nearly all (<see cref="NeighborIndex"/>). The first call prepares that, which may take seconds; later ones need not. Labels and densities that the fit heeded are not asked of these rows.
    /// </remarks>
    /// <param name="rows">n' x d.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <returns>n' x c.</returns>
    /// <exception cref="N2DException">
    /// The rows have another number of columns (<c>DimensionMismatch</c>), a value is NaN or infinite (<c>NotFinite</c>), the metric is not defined for
    /// a row, or puts it at no finite distance from those of the fit (<c>UndefinedDistance</c>), or all of them are at the disconnection distance or
    /// farther from a row (<c>NoNeighbors</c>).
    /// </exception>
    public override Matrix Transform(Matrix rows, Execution execution) => Measure(rows, execution).Rows;

    /// <inheritdoc/>
    /// <remarks>The distance is that of the farthest of a row's k neighbors among the rows of the fit, the row itself being one of them.</remarks>
    public override MeasuredRows Measure(Matrix rows, Execution execution)
    {
        ThrowIfMismatched(rows);
        ArgumentNullException.ThrowIfNull(execution);
        rows.ThrowIfNotFinite();
        return _transform.Value.Run(rows, execution);
    }
}
