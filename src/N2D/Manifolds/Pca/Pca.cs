using System.Globalization;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Manifolds;

/// <summary>
/// A fitted principal component analysis (Pearson, 1901): the rows projected onto the orthogonal directions of largest variance. PCA is
/// linear, so it is the baseline for manifold learners. Create it with <see cref="PcaOptions.Fit"/>.
/// </summary>
/// <remarks>
/// The largest component of each direction is positive. The result does not depend on the seed.
/// </remarks>
public sealed class Pca : FittedManifold, IModelPart<Pca>
{
    /// <summary>The number of folds of the cross-fitting.</summary>
    private const int FoldCount = 10;

    /// <summary>
    /// The number of components that is tried first for an explained variance; it is doubled until it suffices.
    /// </summary>
    private const int FirstCount = 16;

    /// <summary>The upper limit of <see cref="ManifoldOptions.Dimension"/>.</summary>
    private const int MostComponents = 512;

    private readonly PrincipalAxes _axes;

    private Pca(PcaOptions options, PrincipalAxes axes, Matrix layout)
        : base(options, axes.Dimension, layout) => _axes = axes;

    /// <inheritdoc/>
    public override string Name => "Pca";

    /// <inheritdoc/>
    public override string Settings => StageSettings.TextOf(Options.ExplainedVariance is { } share
        ? new StageSettings.Setting("ExplainedVariance", share)
        : new StageSettings.Setting("Dimension", Options.Dimension));

    /// <summary>The options of the fit.</summary>
    public PcaOptions Options => (PcaOptions)FitOptions;

    /// <summary>The fraction of the variance along each direction, descending, 0 to 1; 0 if all rows are equal.</summary>
    public IReadOnlyList<double> GetVarianceShares() => _axes.VarianceShares;

    /// <summary>
    /// The total variance of the rows of the fit in all columns, with n - 1 degrees of freedom; 0 if all rows are equal. For a model file
    /// of an earlier version it is computed from the layout.
    /// </summary>
    public double TotalVariance => _axes.TotalVariance ?? TotalOfLayout();

    /// <summary>
    /// The variance that each component explains, in the order of the columns of the layout.
    /// </summary>
    public IReadOnlyList<ComponentVariance> GetExplainedVariance()
    {
        var (total, cumulative) = (TotalVariance, 0.0);
        var components = new ComponentVariance[_axes.VarianceShares.Length];
        for (var component = 0; component < components.Length; component++)
        {
            // Each fraction is rounded separately, so their sum may slightly exceed 1.
            var share = _axes.VarianceShares[component];
            cumulative = Math.Min(cumulative + share, 1);
            components[component] = new ComponentVariance(component + 1, share * total, share, cumulative);
        }

        return components;
    }

    /// <summary>The directions: c rows of length 1 in d columns.</summary>
    public Matrix GetDirections() => Matrix.Own(Array.ConvertAll(_axes.Directions, value => (float)value), InputDimension);

    /// <inheritdoc/>
    /// <remarks>
    /// Cross-fitting: the distances of each tenth of the rows are those from the components of the other nine tenths. Rough components are
    /// enough: they differ from exact ones by rotations between directions of nearly equal variance, which the distance weights nearly
    /// equally. On Usps, the 99th percentile of the distances differs by 0.02 %, and they take a sixth of the time.
    /// </remarks>
    internal override MeasuredRows MeasureLeftOut(Matrix rows, Execution execution)
    {
        var measured = Measure(rows, execution);
        var foldCount = Math.Min(FoldCount, rows.RowCount);
        if (foldCount < 3)
        {
            return measured;
        }

        // Folds are random: with sorted or periodic rows, folds would not be representative.
        var order = Enumerable.Range(0, rows.RowCount).ToArray();
        new RandomSequence(Seed, RandomPurpose.Sampling).Shuffle<int>(order);
        var distances = new float[rows.RowCount];
        var variance = ColumnVariance.Mean(rows, execution);
        for (var fold = 0; fold < foldCount; fold++)
        {
            var places = Enumerable.Range(0, order.Length);
            var others = rows.Select([.. places.Where(place => place % foldCount != fold).Select(place => order[place])]);
            var ofFold = rows.Select([.. places.Where(place => place % foldCount == fold).Select(place => order[place])]);
            var axes =
                PrincipalComponents.Find(others, OutputDimension, PrincipalComponents.Accuracy.Rough, execution with { Progress = null });

            // Distances are in units of the variance of the rows of the components.
            var ofOthers = ColumnVariance.Mean(others, execution);
            var unit = ofOthers > 0 ? Math.Sqrt(variance / ofOthers) : 1;
            var found = axes.Distances(ofFold, axes.Project(ofFold, execution), execution);
            for (var place = 0; place < found.Length; place++)
            {
                distances[order[(place * foldCount) + fold]] = (float)Math.Min(found[place] * unit, float.MaxValue);
            }

            execution.Report("components of nine tenths", (fold + 1.0) / foldCount);
        }

        return measured with { Distances = distances };
    }

    /// <summary>Fits the directions to valid, finite rows.</summary>
    internal static Pca Fit(Matrix rows, PcaOptions options, Execution execution)
    {
        if (options.ExplainedVariance is null && rows.ColumnCount < options.Dimension)
        {
            throw new N2DException(
                "TooFewColumns",
                ErrorKind.InvalidArgument,
                $"{Quantity.Of(rows.ColumnCount, "column")} {(rows.ColumnCount == 1 ? "has" : "have")} no more than {rows.ColumnCount} "
                    + $"principal {(rows.ColumnCount == 1 ? "component" : "components")}; "
                    + $"{nameof(options.Dimension)} is {options.Dimension}. Set it to {rows.ColumnCount} or less.",
                rows.ColumnCount)
            {
                Options = [nameof(options.Dimension)],
            };
        }

        var clock = new StageClock(execution);
        var axes = clock.Time("directions", 0, 0.9, part => options.ExplainedVariance is { } share
            ? FindShare(rows, share, part)
            : PrincipalComponents.Find(rows, options.Dimension, PrincipalComponents.Accuracy.Full, part));
        var layout = clock.Time("projection", 0.9, 1, part => axes.Project(rows, part));
        execution.Explain?.Invoke(string.Create(
            CultureInfo.InvariantCulture,
            $"PCA of {rows.RowCount} x {rows.ColumnCount} rows to {Quantity.Of(axes.VarianceShares.Length, "dimension")}, which hold "
                + $"{axes.VarianceShares.Sum():P2} of the variance: {clock.Summary}."));
        return new Pca(options, axes, layout) { Seconds = clock.TotalSeconds };
    }

    void IModelPart<Pca>.Write(ModelPartWriter part)
    {
        part.Set("options", Options);
        part.Add("layout", Layout);
        part.Set("scale", _axes.Scale);
        part.Set("totalVariance", _axes.TotalVariance);
        part.Add<float>("means", _axes.Means, InputDimension);
        part.Add<double>("directions", _axes.Directions, OutputDimension, InputDimension);
        part.Add<double>("varianceShares", _axes.VarianceShares, OutputDimension);
    }

    static Pca IModelPart<Pca>.Read(ModelPartReader part)
    {
        var options = part.Get<PcaOptions>("options");
        var count = options.ExplainedVariance is null ? options.Dimension : part.SizeOf("varianceShares", rank: 1);
        return new Pca(options, ReadAxes(part, count), part.GetMatrix("layout", columnCount: count)) { Seconds = part.Seconds };
    }

    private static PrincipalAxes ReadAxes(ModelPartReader part, int count)
    {
        var (scale, dimension) = (part.Get<float>("scale"), part.SizeOf("means", rank: 1));
        if (!float.IsFinite(scale) || scale < 0 || dimension < 1)
        {
            throw part.Corrupt($"rows of {dimension} columns cannot have been divided by {scale}");
        }

        return new PrincipalAxes(
            part.GetArray<float>("means", dimension),
            scale,
            part.GetArray<double>("directions", count, dimension),
            part.GetArray<double>("varianceShares", count),
            part.Find<double>("totalVariance"));
    }

    /// <inheritdoc/>
    public override string? WhyNoInverse => null;

    /// <summary>The points of the fitted subspace with these coordinates.</summary>
    private protected override Matrix InverseChecked(Matrix rows, Execution execution) => _axes.Reconstruct(rows, execution);

    private protected override Matrix TransformChecked(Matrix rows, Execution execution) => _axes.Project(rows, execution);

    /// <summary>The smallest number of components that explain more than a fraction of the variance, as in scikit-learn.</summary>
    private static PrincipalAxes FindShare(Matrix rows, double share, Execution execution)
    {
        // Centered rows span at most n - 1 directions.
        var most = Math.Min(Math.Min(rows.ColumnCount, rows.RowCount - 1), MostComponents);
        for (var count = Math.Min(FirstCount, most); ; count = Math.Min(2 * count, most))
        {
            var axes = PrincipalComponents.Find(rows, count, PrincipalComponents.Accuracy.Full, execution);
            var cumulative = 0.0;
            for (var component = 0; component < count; component++)
            {
                cumulative += axes.VarianceShares[component];
                if (cumulative > share)
                {
                    return axes.Take(component + 1);
                }
            }

            if (axes.TotalVariance == 0)
            {
                return axes.Take(1);
            }

            if (count == most)
            {
                // All possible directions explain the whole variance, except for rounding.
                return most < MostComponents || most == rows.ColumnCount
                    ? axes
                    : throw new N2DException(
                        "TooManyComponents",
                        ErrorKind.InvalidArgument,
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"The first {count} principal components explain {cumulative:P2} of the variance; {share:P2} is requested. "
                                + $"Use a smaller {nameof(PcaOptions.ExplainedVariance)}, "
                                + $"or a {nameof(PcaOptions.Dimension)} up to {MostComponents}."),
                        share)
                    {
                        Options = [nameof(PcaOptions.ExplainedVariance), nameof(PcaOptions.Dimension)],
                    };
            }
        }
    }

    /// <summary>The total variance: that along the components, divided by the fraction that they explain.</summary>
    private double TotalOfLayout()
    {
        var shares = _axes.VarianceShares.Sum();
        if (shares <= 0 || Layout.RowCount < 2)
        {
            return 0;
        }

        return ColumnVariance.Mean(Layout, Execution.Default) * Layout.ColumnCount * Layout.RowCount / (Layout.RowCount - 1) / shares;
    }

    /// <summary>Projects rows, and measures their distances from the Gaussian of the fit (<see cref="PrincipalAxes.Distances"/>).</summary>
    private protected override MeasuredRows MeasureChecked(Matrix rows, Execution execution)
    {
        var points = _axes.Project(rows, execution);
        return new MeasuredRows(points, _axes.Distances(rows, points, execution));
    }
}
