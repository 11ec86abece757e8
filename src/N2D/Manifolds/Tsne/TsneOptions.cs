using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>Options of t-SNE. The defaults are scikit-learn's.</summary>
public sealed record TsneOptions : NeighborManifoldOptions
{
    /// <summary>The largest number of rows whose pairs all repel each other: up to here that is as fast as a tree.</summary>
    internal const int ExactRowCount = 2000;

    /// <summary>The largest number of dimensions in which a tree summarizes far rows: in more it would visit nearly all pairs.</summary>
    internal const int MostTreeDimensions = 3;

    /// <summary>The automatic learning rate from which exaggerated steps are as long as the others: scikit-learn's least rate.</summary>
    private const double FullExaggeratedRate = 50;

    /// <summary>The least learning rate of exaggerated steps, relative to the automatic one.</summary>
    private const double LeastExaggeratedShare = 0.25;

    private readonly RowDistance _distance = new();

    /// <summary>Creates the default options, with two dimensions.</summary>
    public TsneOptions()
        : base(dimension: 2)
    {
    }

    /// <summary>
    /// perplexity: the effective number of neighbors of each row. The search finds three times as many. Larger values preserve more global
    /// structure; smaller values favor local detail. Range: 1 or more, and less than n.
    /// </summary>
    [OptionRange(1)]
    public double Perplexity
    {
        get;
        init => field = Check(value);
    } = 30;

    /// <summary>early_exaggeration: the factor of the attraction in the first steps, in which clusters form. Range: 1 or more.</summary>
    [OptionRange(1)]
    public double EarlyExaggeration
    {
        get;
        init => field = Check(value);
    } = 12;

    /// <summary>n_iter: the number of steps, including those of the exaggeration. Range: 0 or more.</summary>
    [OptionRange(0)]
    public int Iterations
    {
        get;
        init => field = Check(value);
    } = 1000;

    /// <summary>The number of first steps with exaggerated attraction and a low momentum; 250 in scikit-learn. Range: 0 or more.</summary>
    [OptionRange(0)]
    public int ExaggerationIterations
    {
        get;
        init => field = Check(value);
    } = 250;

    /// <summary>
    /// learning_rate: the step size. Larger values converge in fewer steps; the layout diverges if they are too large. Null for n / early
    /// exaggeration / 4 (Belkina et al., 2019, in scikit-learn's scale, where a gradient has a factor of 4), and less during the
    /// exaggeration for fewer than 2400 rows. Range: above 0.
    /// </summary>
    /// <remarks>
    /// scikit-learn's automatic rate is at least 50. Gradients are proportional to 1 / n, so this is too large for few rows: the layout
    /// jumps between poor solutions. Over 88 data sets of 30 to 150 rows, the median divergence without that limit is 5 % lower.
    /// </remarks>
    [OptionRange(0, ExcludesLeast = true)]
    public double? LearningRate
    {
        get;
        init => field = Check(value);
    }

    /// <summary>
    /// angle: the largest width of a far group of rows, relative to its distance, that repels as a single point (Barnes and Hut's theta).
    /// Larger values are faster and less exact; 0 compares all pairs. Layouts in more than three dimensions, or of at most 2000 rows,
    /// always compare all pairs. Range: 0 to 1.
    /// </summary>
    [OptionRange(0, 1)]
    public double Angle
    {
        get;
        init => field = Check(value);
    } = 0.5;

    /// <summary>metric: the distance between rows. Similarities are computed from its square.</summary>
    public DistanceMetric Metric
    {
        get => _distance.Metric;
        init => _distance = _distance with { Metric = value };
    }

    /// <summary>p: the power of the Minkowski metric. Other metrics do not use it. Range: 1 or more.</summary>
    public double MinkowskiPower
    {
        get => _distance.MinkowskiPower;
        init => _distance = _distance with { MinkowskiPower = value };
    }

    /// <summary>init: how the layout is initialized, unless the fit is given an initial layout.</summary>
    public TsneInitialization Initialization { get; init; } = TsneInitialization.Pca;

    /// <inheritdoc/>
    protected internal override string Method => "t-SNE";

    /// <inheritdoc/>
    private protected override IReadOnlyList<string> UsedInputs =>
        [nameof(ManifoldContext.Neighbors), nameof(ManifoldContext.InitialLayout)];

    /// <inheritdoc/>
    private protected override string NeighborOption => nameof(Perplexity);

    /// <inheritdoc/>
    internal override RowDistance Distance => _distance;

    /// <inheritdoc/>
    public override void ThrowIfTooFewRows(int rowCount) => ThrowIfFewer(
        rowCount,
        (int)Math.Min(Math.Floor(Perplexity) + 1, int.MaxValue),
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"at perplexity {Perplexity}"),
        nameof(Perplexity));

    /// <summary>The learning rate for n rows.</summary>
    internal double LearningRateFor(int rowCount) => LearningRate ?? (rowCount / EarlyExaggeration / 4);

    /// <summary>The learning rate during the exaggeration: few rows find a better layout with small first steps.</summary>
    internal double ExaggeratedLearningRateFor(int rowCount)
    {
        var rate = LearningRateFor(rowCount);
        return LearningRate ?? (rate * Math.Clamp(rate / FullExaggeratedRate, LeastExaggeratedShare, 1));
    }

    /// <inheritdoc/>
    /// <exception cref="N2DException">
    /// As for every learner; or the rows have fewer columns than the principal components that the layout starts at
    /// (<c>TooFewColumns</c>), the metric is not defined for a row (<c>UndefinedDistance</c>), or a coordinate of the layout is not finite
    /// (<c>LayoutDiverged</c>).
    /// </exception>
    public override Tsne Fit(Matrix rows, Execution execution, ManifoldContext? context = null) =>
        (Tsne)base.Fit(rows, execution, context);

    /// <inheritdoc/>
    internal override int NeighborCountFor(int rowCount) => (int)Math.Min(rowCount - 1, (3 * Perplexity) + 1);

    /// <summary>The angle for n rows.</summary>
    internal double AngleFor(int rowCount) => rowCount <= ExactRowCount ? 0 : Angle;

    /// <inheritdoc/>
    private protected override FittedManifold FitChecked(Matrix rows, Execution execution, ManifoldContext context)
    {
        if (Initialization == TsneInitialization.Pca && context.InitialLayout is null)
        {
            LayoutInitialization.ThrowIfTooFewColumns(rows.ColumnCount, Dimension);
        }

        return Tsne.Fit(rows, this, execution, context);
    }
}
