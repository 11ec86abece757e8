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

    private readonly PrincipalAxes _axes;

    private Pca(PcaOptions options, PrincipalAxes axes, Matrix layout)
        : base(options, axes.Dimension, layout) => _axes = axes;

    /// <inheritdoc/>
    public override string Name => "Pca";

    /// <inheritdoc/>
    public override string Settings => StageSettings.TextOf(new StageSettings.Setting("Dimension", Options.Dimension));

    /// <summary>What was asked for.</summary>
    public PcaOptions Options => (PcaOptions)Asked;

    /// <summary>The share of the rows' variance along each direction, descending, 0 to 1; 0 where the rows are all the same.</summary>
    public IReadOnlyList<double> GetVarianceShares() => _axes.VarianceShares;

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
            var axes = PrincipalComponents.Find(others, Options.Dimension, PrincipalComponents.Precision.Full, execution with { Progress = null });

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
        if (rows.ColumnCount < options.Dimension)
        {
            throw new N2DException(
                "TooFewColumns",
                ErrorKind.InvalidArgument,
                $"There are no {options.Dimension} principal components of {Quantity.Of(rows.ColumnCount, "column")}. Ask for fewer dimensions (-Dimension).",
                rows.ColumnCount);
        }

        var clock = new StageClock(execution);
        var axes = clock.Time("directions", 0, 0.9, part => PrincipalComponents.Find(rows, options.Dimension, PrincipalComponents.Precision.Full, part));
        var layout = clock.Time("projection", 0.9, 1, part => axes.Project(rows, part));
        execution.Explain?.Invoke(string.Create(
            CultureInfo.InvariantCulture,
            $"PCA of {rows.RowCount} x {rows.ColumnCount} rows to {Quantity.Of(options.Dimension, "dimension")}, which hold {axes.VarianceShares.Sum():P2} of the variance: {clock.Summary}."));
        return new Pca(options, axes, layout) { Seconds = clock.TotalSeconds };
    }

    void IModelPart<Pca>.Write(ModelPartWriter part)
    {
        part.Set("options", Options);
        part.Add("layout", Layout);
        part.Set("scale", _axes.Scale);
        part.Add<float>("means", _axes.Means, InputDimension);
        part.Add<double>("directions", _axes.Directions, OutputDimension, InputDimension);
        part.Add<double>("varianceShares", _axes.VarianceShares, OutputDimension);
    }

    static Pca IModelPart<Pca>.Read(ModelPartReader part)
    {
        var options = part.Get<PcaOptions>("options");
        return new Pca(options, ReadAxes(part, options.Dimension), part.GetMatrix("layout", columnCount: options.Dimension)) { Seconds = part.Seconds };
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
            part.GetArray<double>("varianceShares", count));
    }

    /// <inheritdoc/>
    public override string? WhyNoInverse => null;

    /// <summary>The points of the plane that have these coordinates.</summary>
    private protected override Matrix InverseChecked(Matrix rows, Execution execution) => _axes.Rebuild(rows, execution);

    private protected override Matrix TransformChecked(Matrix rows, Execution execution) => _axes.Project(rows, execution);

    /// <summary>A row lies as far from those of the fit as their Gaussian has it (<see cref="PrincipalAxes.Distances"/>): off their plane, or far out in it.</summary>
    private protected override MeasuredRows MeasureChecked(Matrix rows, Execution execution)
    {
        var points = _axes.Project(rows, execution);
        return new MeasuredRows(points, _axes.Distances(rows, points, execution));
    }
}
