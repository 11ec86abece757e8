using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>What to ask of t-SNE. The defaults are scikit-learn's.</summary>
public sealed record TsneOptions : ManifoldOptions
{
    /// <summary>Up to so many rows every pair repels, as that takes no longer than a tree.</summary>
    internal const int ExactRowCount = 2000;

    /// <summary>The most dimensions in which a tree sums up far rows; in more it would look at nearly all pairs anyway.</summary>
    internal const int MostTreeDimensions = 3;

    /// <summary>From this automatic learning rate on, exaggerated steps are as long as the others: scikit-learn's least rate.</summary>
    private const double FullExaggeratedRate = 50;

    /// <summary>The least share of the automatic learning rate that exaggerated steps have.</summary>
    private const double LeastExaggeratedShare = 0.25;

    private readonly RowDistance _distance = new();

    /// <summary>Two dimensions, to be looked at.</summary>
    public TsneOptions()
        : base(dimension: 2)
    {
    }

    /// <summary>
    /// perplexity: how many rows around each count as its neighbors, in effect, 1 or more and below n. Three times as many are looked at. Few show
    /// fine structure, many the broad one.
    /// </summary>
    [OptionRange(1)]
    public double Perplexity
    {
        get;
        init => field = Check(value);
    } = 30;

    /// <summary>early_exaggeration: by how much neighbors attract more at first, so that clusters find each other; 1 or more.</summary>
    [OptionRange(1)]
    public double EarlyExaggeration
    {
        get;
        init => field = Check(value);
    } = 12;

    /// <summary>n_iter: the steps of the layout, 0 or more, those of the exaggeration among them.</summary>
    [OptionRange(0)]
    public int Iterations
    {
        get;
        init => field = Check(value);
    } = 1000;

    /// <summary>The first steps, in which neighbors attract more and the momentum is low, 0 or more; 250 in scikit-learn.</summary>
    [OptionRange(0)]
    public int ExaggerationIterations
    {
        get;
        init => field = Check(value);
    } = 250;

    /// <summary>
    /// learning_rate: the length of a step, above 0. Larger values reach a layout in fewer steps; too large ones throw rows apart. Null for
    /// n / early exaggeration / 4 (Belkina et al., 2019, in scikit-learn's scale, where a gradient has a factor of 4), and less while the exaggeration lasts where
    /// there are fewer than 2400 rows.
    /// </summary>
    /// <remarks>
    /// scikit-learn's automatic rate is 50 or more. Gradients are proportional to 1 / n, so that this is too much for few rows: they leap from one poor layout to the next.
    /// Over 88 sets of 30 to 150 rows, the divergence without that limit is 5 % lower in the median.
    /// </remarks>
    [OptionRange(0, ExcludesLeast = true)]
    public double? LearningRate
    {
        get;
        init => field = Check(value);
    }

    /// <summary>
    /// angle: the width of a far group of rows, as a share of its distance, up to which it repels as one, 0 to 1 (Barnes and Hut's theta). 0 makes every pair count. Layouts of
    /// more than three dimensions, and of no more than 2000 rows, have every pair count at any angle.
    /// </summary>
    [OptionRange(0, 1)]
    public double Angle
    {
        get;
        init => field = Check(value);
    } = 0.5;

    /// <summary>metric: the distance between rows; its square is what the neighborhoods are made of.</summary>
    public DistanceMetric Metric
    {
        get => _distance.Metric;
        init => _distance = _distance with { Metric = value };
    }

    /// <summary>p: the power of the Minkowski metric, 1 or more. The other metrics have no use for it.</summary>
    public double MinkowskiPower
    {
        get => _distance.MinkowskiPower;
        init => _distance = _distance with { MinkowskiPower = value };
    }

    /// <summary>init: where the rows start.</summary>
    public TsneInitialization Initialization { get; init; } = TsneInitialization.Pca;

    /// <inheritdoc/>
    protected internal override string Method => "t-SNE";

    /// <inheritdoc/>
    private protected override IReadOnlyList<string> UsedInputs => [nameof(ManifoldContext.Neighbors), nameof(ManifoldContext.InitialLayout)];

    /// <inheritdoc/>
    private protected override string NeighborOption => nameof(Perplexity);

    /// <summary>The metric, with its power.</summary>
    internal RowDistance Distance => _distance;

    /// <inheritdoc/>
    public override void ThrowIfTooFewRows(int rowCount) => ThrowIfFewer(
        rowCount,
        (int)Math.Min(Math.Floor(Perplexity) + 1, int.MaxValue),
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"at perplexity {Perplexity}"),
        nameof(Perplexity));

    /// <summary>The length of a step in a layout of so many rows.</summary>
    internal double LearningRateFor(int rowCount) => LearningRate ?? (rowCount / EarlyExaggeration / 4);

    /// <summary>The length of a step while the exaggeration lasts: few rows find a better layout if they come together slowly.</summary>
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

    /// <summary>The angle at which a layout of so many rows is computed.</summary>
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
