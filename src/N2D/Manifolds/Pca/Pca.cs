using System.Globalization;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Manifolds;

/// <summary>
/// A fitted principal component analysis (Pearson, 1901): the rows along the orthogonal directions in which they vary most. It bends nothing, and so is
/// what a manifold learner has to beat.
/// </summary>
/// <remarks>
/// Each direction's largest component is positive. Nothing in it is random: the seed changes nothing.
/// </remarks>
public sealed class Pca : FittedManifold, IModelPart<Pca>
{
    /// <summary>Parts of the rows, each of which is told of by components of the others.</summary>
    private const int FoldCount = 10;

    /// <summary>
    /// How many components are looked for first where their number is to be found; twice as many each time they do not suffice.
    /// </summary>
    private const int FirstCount = 16;

    /// <summary>The largest dimension that <see cref="ManifoldOptions.Dimension"/> takes.</summary>
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

    /// <summary>What was asked for.</summary>
    public PcaOptions Options => (PcaOptions)Asked;

    /// <summary>The share of the rows' variance along each direction, descending, 0 to 1; 0 where the rows are all the same.</summary>
    public IReadOnlyList<double> GetVarianceShares() => _axes.VarianceShares;

    /// <summary>
    /// The variance of the rows of the fit in all their columns together, of n - 1 degrees of freedom. Of a model file of an earlier
    /// version it is told from the layout; 0 where the rows
    /// are all the same.
    /// </summary>
    public double TotalVariance => _axes.TotalVariance ?? TotalOfLayout();

    /// <summary>
    /// What each component explains, in the order of the columns of the layout: one object each, for Format-Table or Export-Csv.
    /// </summary>
    public IReadOnlyList<ComponentVariance> GetExplainedVariance()
    {
        var (total, cumulative) = (TotalVariance, 0.0);
        var components = new ComponentVariance[_axes.VarianceShares.Length];
        for (var component = 0; component < components.Length; component++)
        {
            // Each share is rounded on its own: all of them may exceed the whole by a trace.
            var share = _axes.VarianceShares[component];
            cumulative = Math.Min(cumulative + share, 1);
            components[component] = new ComponentVariance(component + 1, share * total, share, cumulative);
        }

        return components;
    }

    /// <summary>The directions, c rows of length 1 in d columns.</summary>
    public Matrix GetDirections() => Matrix.Own(Array.ConvertAll(_axes.Directions, value => (float)value), InputDimension);

    /// <inheritdoc/>
    /// <remarks>By cross-fitting: a tenth of the rows at a time is told of by the components of the other nine.</remarks>
    internal override MeasuredRows MeasureLeftOut(Matrix rows, Execution execution)
    {
        var measured = Measure(rows, execution);
        var foldCount = Math.Min(FoldCount, rows.RowCount);
        if (foldCount < 3)
        {
            return measured;
        }

        // At random: rows that come in turns, as by kind, would make folds of some kinds alone.
        var order = Enumerable.Range(0, rows.RowCount).ToArray();
        new RandomSequence(Seed, RandomPurpose.Sampling).Shuffle<int>(order);
        var distances = new float[rows.RowCount];
        var variance = ColumnVariance.Mean(rows, execution);
        for (var fold = 0; fold < foldCount; fold++)
        {
            var places = Enumerable.Range(0, order.Length);
            var others = rows.Select([.. places.Where(place => place % foldCount != fold).Select(place => order[place])]);
            var ofFold = rows.Select([.. places.Where(place => place % foldCount == fold).Select(place => order[place])]);
            var axes = PrincipalComponents.Find(others, OutputDimension, PrincipalComponents.Precision.Full, execution with { Progress = null });

            // Distances are in units of the variance of the rows that the components are of.
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

    /// <summary>Fits the directions to rows that are enough and finite.</summary>
    internal static Pca Fit(Matrix rows, PcaOptions options, Execution execution)
    {
        if (options.ExplainedVariance is null && rows.ColumnCount < options.Dimension)
        {
            throw new N2DException(
                "TooFewColumns",
                ErrorKind.InvalidArgument,
                $"There are no {options.Dimension} principal components of {Quantity.Of(rows.ColumnCount, "column")}. Ask for fewer dimensions (-Dimension).",
                rows.ColumnCount);
        }

        var clock = new StageClock(execution);
        var axes = clock.Time("directions", 0, 0.9, part => options.ExplainedVariance is { } share
            ? FindShare(rows, share, part)
            : PrincipalComponents.Find(rows, options.Dimension, PrincipalComponents.Precision.Full, part));
        var layout = clock.Time("projection", 0.9, 1, part => axes.Project(rows, part));
        execution.Explain?.Invoke(string.Create(
            CultureInfo.InvariantCulture,
            $"PCA of {rows.RowCount} x {rows.ColumnCount} rows to {Quantity.Of(axes.VarianceShares.Length, "dimension")}, which hold {axes.VarianceShares.Sum():P2} of the variance: {clock.Summary}."));
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

    /// <summary>The points of the plane that have these coordinates.</summary>
    private protected override Matrix InverseChecked(Matrix rows, Execution execution) => _axes.Reconstruct(rows, execution);

    private protected override Matrix TransformChecked(Matrix rows, Execution execution) => _axes.Project(rows, execution);

    /// <summary>The fewest components that together hold more than a share of the variance, as scikit-learn counts them.</summary>
    private static PrincipalAxes FindShare(Matrix rows, double share, Execution execution)
    {
        // Centerd rows span at most n - 1 directions.
        var most = Math.Min(Math.Min(rows.ColumnCount, rows.RowCount - 1), MostComponents);
        for (var count = Math.Min(FirstCount, most); ; count = Math.Min(2 * count, most))
        {
            var axes = PrincipalComponents.Find(rows, count, PrincipalComponents.Precision.Full, execution);
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
                // Where these are all directions that there are, only rounding keeps them from holding everything.
                return most < MostComponents || most == rows.ColumnCount
                    ? axes
                    : throw new N2DException(
                        "TooManyComponents",
                        ErrorKind.InvalidArgument,
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"The first {count} principal components hold {cumulative:P2} of the variance, and {share:P2} was asked for. Ask for a smaller share, or for a number of dimensions up to {MostComponents}."),
                        share);
            }
        }
    }

    /// <summary>The variance along the components, over the share that they have of all.</summary>
    private double TotalOfLayout()
    {
        var shares = _axes.VarianceShares.Sum();
        if (shares <= 0 || Layout.RowCount < 2)
        {
            return 0;
        }

        return ColumnVariance.Mean(Layout, Execution.Default) * Layout.ColumnCount * Layout.RowCount / (Layout.RowCount - 1) / shares;
    }

    /// <summary>A row lies as far from those of the fit as their Gaussian has it (<see cref="PrincipalAxes.Distances"/>): off their plane, or far out in it.</summary>
    private protected override MeasuredRows MeasureChecked(Matrix rows, Execution execution)
    {
        var points = _axes.Project(rows, execution);
        return new MeasuredRows(points, _axes.Distances(rows, points, execution));
    }
}
