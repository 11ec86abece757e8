using N2D.Neighbors;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Manifolds;

/// <summary>
/// A fitted UMAP, uniform manifold approximation and projection (McInnes, Healy and Melville, 2018): a layout of the rows in few dimensions
/// in which neighbors stay neighbors. Create it with <see cref="UmapOptions.Fit"/>.
/// </summary>
/// <remarks>
/// <para>
/// <see cref="FittedManifold.Transform"/> places new rows among those of the fit, which keep their positions. Each new row is attracted by
/// its k nearest rows of the fit and repelled by others, for 100 epochs, or a third of <see cref="UmapOptions.Epochs"/> if that is set, at
/// a quarter of the learning rate. Labels and densities that the fit used do not apply to new rows.
/// </para>
/// <para>
/// The position of a new row depends only on its values and the fit. It has the same bits alone, in any batch, in any order, and on any
/// number of threads. A row at distance 0 from a row of the fit gets exactly the position of that row, or of the first of several: so the
/// rows of the fit keep their layout.
/// </para>
/// <para>
/// Neighbors are found exactly up to one and a half million coordinate differences for each row (n d). Beyond that they are found by walks
/// along the graph of the fit's neighbors, which find nearly all (<see cref="NeighborIndex"/>). The first call prepares the search, which
/// may take seconds.
/// </para>
/// <para>
/// <see cref="FittedStage.Measure"/> measures the distance to the farthest of a row's k neighbors among the rows of the fit, the row itself
/// being one of them.
/// </para>
/// <para>
/// Transform and Measure throw <see cref="N2DException"/> if the metric is not defined for a row, or its distance from the rows of the fit
/// is not finite (<c>UndefinedDistance</c>), or if all rows of the fit are at the disconnection distance or farther (<c>NoNeighbors</c>).
/// </para>
/// </remarks>
public sealed class Umap : FittedManifold, IModelPart<Umap>
{
    private static readonly UmapOptions Defaults = new();

    private readonly FittedRows _rows;
    private readonly Matrix _layout;
    private readonly int[]? _groups;
    private readonly Lazy<Matrix> _allRows;
    private readonly Lazy<UmapTransform> _transform;

    /// <summary>Creates a fitted UMAP.</summary>
    /// <param name="options">The options of the fit.</param>
    /// <param name="rows">The rows that were laid out: only the distinct ones if identical rows share a position.</param>
    /// <param name="layout">Their coordinates.</param>
    /// <param name="curve">The membership curve.</param>
    /// <param name="context">The optional inputs that the fit keeps, for all its rows.</param>
    /// <param name="groups">The index among the distinct rows of each row of the fit; null if all rows were laid out.</param>
    internal Umap(
        UmapOptions options, FittedRows rows, Matrix layout, MembershipCurve curve, ManifoldContext context, int[]? groups = null)
        : base(options, rows.Rows.ColumnCount, groups is null ? layout : layout.Select(groups))
    {
        (_rows, _layout, _groups) = (rows, layout, groups);
        (A, B) = curve;
        Context = context;
        _allRows = new Lazy<Matrix>(() => groups is null ? rows.Rows : rows.Rows.Select(groups));
        _transform = new Lazy<UmapTransform>(() => new UmapTransform(this, rows, layout));
    }

    /// <inheritdoc/>
    /// <remarks>
    /// A supervised fit has another name, so that its scores are not mistaken for those of clusters found without labels.
    /// </remarks>
    public override string Name => IsSupervised ? "SupervisedUmap" : "Umap";

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
        Context.InitialLayout is null
            ? new("Initialization", Options.Initialization, Defaults.Initialization)
            : new("InitialEmbedding", "given"),
        new("Unique", Options.Unique, Defaults.Unique),
        new("LocalConnectivity", Options.LocalConnectivity, Defaults.LocalConnectivity),
        new("SetOperationMixRatio", Options.SetOperationMixRatio, Defaults.SetOperationMixRatio),
        new("DisconnectionDistance", Options.DisconnectionDistance),
        new("LearningRate", Options.LearningRate, Defaults.LearningRate),
        new("NegativeSampleRate", Options.NegativeSampleRate, Defaults.NegativeSampleRate),
        new("RepulsionStrength", Options.RepulsionStrength, Defaults.RepulsionStrength),
        new("TargetWeight", Options.TargetWeight, Defaults.TargetWeight),
        new("TargetMetric", Context.Targets is null ? null : TargetMetric.Euclidean),
        new("TargetNeighborCount", Options.TargetNeighborCount),
        new("DensityWeight", Options.DensityWeight, Defaults.DensityWeight),
        new("Neighbor", Context.Neighbors is null ? null : "given"),
        new("AddedRowCount", AddedRowCount, 0),
        new("Seed", Seed),
    ]);

    /// <summary>The options of the fit.</summary>
    public UmapOptions Options => (UmapOptions)FitOptions;

    /// <summary>The number of rows that <see cref="Update"/> added.</summary>
    public int AddedRowCount { get; internal init; }

    /// <summary>Whether the fit used the labels or targets of the rows.</summary>
    public bool IsSupervised { get; internal init; }

    /// <summary>The rows of the fit, n x d.</summary>
    public Matrix Rows => _allRows.Value;

    /// <summary>The parameter a of the layout's membership curve 1 / (1 + a x^(2b)).</summary>
    public double A { get; }

    /// <summary>The parameter b of the layout's membership curve.</summary>
    public double B { get; }

    /// <summary>
    /// Adds rows to the fit, as umap-learn's <c>update</c> does. The rows of the fit start at their positions, and the new ones where
    /// <see cref="FittedManifold.Transform"/> places them. Neighbors are searched among all rows together, so the rows of the fit move a
    /// little.
    /// </summary>
    /// <remarks>
    /// The optimization continues for 100 epochs, or a third of <see cref="UmapOptions.Epochs"/> if that is set, at a quarter of the
    /// learning rate, as for new rows. umap-learn restarts at the full rate, which moves the rows of the fit far more.
    /// </remarks>
    /// <param name="rows">n' x d rows that are not part of the fit.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <returns>The fit to all n + n' rows. The rows of this fit come first.</returns>
    /// <exception cref="N2DException">
    /// The fit used labels, distinct rows or given neighbors (<c>UpdateNotPossible</c>); or as for
    /// <see cref="FittedManifold.Transform"/>.
    /// </exception>
    public Umap Update(Matrix rows, Execution execution)
    {
        ThrowIfMismatched(rows);
        ArgumentNullException.ThrowIfNull(execution);
        ThrowIfNoUpdate();
        return UmapUpdate.Run(this, rows, execution);
    }

    /// <summary>Throws if rows cannot be added.</summary>
    /// <exception cref="N2DException">Rows cannot be added (<c>UpdateNotPossible</c>).</exception>
    internal void ThrowIfNoUpdate()
    {
        var reason = IsSupervised ? "labels, which the model does not keep"
            : Options.Unique ? "distinct rows, and new rows may be identical to them"
            : Context.Neighbors is not null ? "given neighbors, which do not include those of new rows"
            : null;
        if (reason is not null)
        {
            throw new N2DException(
                "UpdateNotPossible",
                ErrorKind.InvalidArgument,
                $"This UMAP was fitted to {reason}. Fit a new one to all rows together.",
                Name);
        }
    }

    /// <summary>The same fit, for the rows whose distinct rows this one was fitted to.</summary>
    /// <param name="groups">The index among the distinct rows of each row.</param>
    /// <param name="context">The optional inputs, for all rows.</param>
    internal Umap OfGroups(int[] groups, ManifoldContext context) =>
        new(Options, _rows, _layout, new MembershipCurve(A, B), context with { Labels = null }, groups)
        {
            IsSupervised = IsSupervised,
            FitDevice = FitDevice,
            Seconds = Seconds,
        };

    void IModelPart<Umap>.Write(ModelPartWriter part)
    {
        part.Set("options", Options);
        part.Set("isSupervised", IsSupervised);
        part.Set("addedRowCount", AddedRowCount);
        part.Set("curve", new MembershipCurve(A, B));
        _rows.Write(part);
        part.Add("layout", _layout);
        if (_groups is not null)
        {
            part.Add<int>("groups", _groups, _groups.Length);
        }

        Context.Targets?.Write(part);
        if (Context.InitialLayout is { } initial)
        {
            part.Add("initialLayout", initial);
        }

        Context.Neighbors?.Write(part);
    }

    static Umap IModelPart<Umap>.Read(ModelPartReader part)
    {
        var (options, curve) = (part.Get<UmapOptions>("options"), part.Get<MembershipCurve>("curve"));
        var rowCount = part.SizeOf("rows");
        options.ThrowIfTooFewRows(rowCount);
        if (!double.IsFinite(curve.A) || !double.IsFinite(curve.B) || curve.A <= 0 || curve.B <= 0)
        {
            throw part.Corrupt("its membership curve has no valid parameters");
        }

        var groups = part.Has("groups") ? part.GetIndices("groups", rowCount, part.SizeOf("groups", rank: 1)) : null;
        var inputCount = groups?.Length ?? rowCount;
        var context = new ManifoldContext
        {
            Neighbors = GivenNeighbors.Read(part, rowCount, options.NeighborCount - 1),
            InitialLayout = part.Has("initialLayout") ? part.GetMatrix("initialLayout", inputCount, options.Dimension) : null,
            Targets = NumericTarget.Read(part, inputCount),
        };
        return new Umap(
            options,
            FittedRows.Read(part, options.Distance, options.NeighborCount - 1),
            part.GetMatrix("layout", rowCount, options.Dimension),
            curve,
            context,
            groups)
        {
            IsSupervised = part.Get<bool>("isSupervised"),
            Seconds = part.Seconds,
            AddedRowCount = part.Find<int>("addedRowCount") ?? 0,
            FitDevice = part.Device,
        };
    }

    /// <summary>A supervised fit without kept targets used labels: those of the embedding that it is fitted to.</summary>
    private protected override ManifoldContext ContextFor(Embedding input) =>
        IsSupervised && Context.Targets is null ? Context with { Labels = input.GetLabels() } : Context;

    private protected override MeasuredRows MeasureChecked(Matrix rows, Execution execution) => _transform.Value.Run(rows, execution);
}
