using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>Options of Isomap. Neighbors and dimensions default to those of the N2D study's UMAP.</summary>
public sealed record IsomapOptions : NeighborManifoldOptions
{
    /// <summary>The largest number of rows that are all landmarks, which makes Isomap exact: 25 million distances, 100 MB.</summary>
    internal const int ExactRowCount = 5000;

    /// <summary>The default number of landmarks of more rows.</summary>
    internal const int DefaultLandmarkCount = 500;

    private readonly RowDistance _distance = new();

    /// <summary>Creates the default options, with ten dimensions.</summary>
    public IsomapOptions()
        : base(dimension: 10)
    {
    }

    /// <summary>
    /// n_neighbors: the number of nearest neighbors that each row is connected with, without the row itself. Too few tear the manifold; too
    /// many make shortcuts between its parts. Range: 1 or more, and less than n.
    /// </summary>
    [OptionRange(1)]
    public int NeighborCount
    {
        get;
        init => field = Check(value);
    } = 20;

    /// <summary>
    /// The number of landmarks: random rows to which the distances of all rows are computed. More landmarks are more exact, and need more
    /// time and memory. Null for all rows up to 5000, otherwise 500. Range: 2 or more, and more than the dimension.
    /// </summary>
    [OptionRange(2)]
    public int? LandmarkCount
    {
        get;
        init => field = Check(value);
    }

    /// <summary>metric: the distance between rows.</summary>
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

    /// <inheritdoc/>
    protected internal override string Method => "Isomap";

    /// <inheritdoc/>
    private protected override IReadOnlyList<string> UsedInputs => [nameof(ManifoldContext.Neighbors)];

    /// <inheritdoc/>
    internal override RowDistance Distance => _distance;

    /// <summary>The number of landmarks of n rows.</summary>
    internal int LandmarkCountFor(int rowCount) =>
        Math.Min(LandmarkCount ?? (rowCount <= ExactRowCount ? rowCount : DefaultLandmarkCount), rowCount);

    /// <inheritdoc/>
    /// <exception cref="N2DException">
    /// There are too few rows (<c>TooFewRows</c>), or too many or too few landmarks (<c>LandmarkCountOutOfRange</c>).
    /// </exception>
    public override void ThrowIfTooFewRows(int rowCount)
    {
        ThrowIfFewer(rowCount, NeighborCount + 1, $"with {Quantity.Of(NeighborCount, "neighbor")}", nameof(NeighborCount));
        ThrowIfFewer(rowCount, Dimension + 1, $"to {Quantity.Of(Dimension, "dimension")}", nameof(Dimension));
        var landmarkCount = LandmarkCountFor(rowCount);
        if (landmarkCount <= Dimension)
        {
            throw new N2DException(
                "LandmarkCountOutOfRange",
                ErrorKind.InvalidArgument,
                $"{Method} to {Quantity.Of(Dimension, "dimension")} needs at least {Quantity.Of(Dimension + 1, "landmark")}; there "
                    + $"{Quantity.Are(landmarkCount)}. Use a larger {nameof(LandmarkCount)} or a smaller {nameof(Dimension)}.",
                LandmarkCount)
            {
                Options = [nameof(LandmarkCount), nameof(Dimension)],
            };
        }

        if ((long)landmarkCount * rowCount > Array.MaxLength)
        {
            throw new N2DException(
                "LandmarkCountOutOfRange",
                ErrorKind.InvalidArgument,
                $"The distances of {rowCount} rows to {landmarkCount} landmarks exceed the largest array of .NET. Use a smaller "
                    + $"{nameof(LandmarkCount)}.",
                LandmarkCount)
            {
                Options = [nameof(LandmarkCount)],
            };
        }
    }

    /// <inheritdoc/>
    /// <exception cref="N2DException">
    /// As for every learner; or there are too many or too few landmarks (<c>LandmarkCountOutOfRange</c>), the values are too large or too
    /// small (<c>ValuesTooLarge</c>, <c>ValuesTooSmall</c>), or the metric is not defined for a row (<c>UndefinedDistance</c>).
    /// </exception>
    public override Isomap Fit(Matrix rows, Execution execution, ManifoldContext? context = null) =>
        (Isomap)base.Fit(rows, execution, context);

    /// <inheritdoc/>
    internal override int NeighborCountFor(int rowCount) => NeighborCount;

    /// <inheritdoc/>
    private protected override FittedManifold FitChecked(Matrix rows, Execution execution, ManifoldContext context)
    {
        RowUnit.ThrowIfOutOfRange(rows);
        return Isomap.Fit(rows, this, execution, context);
    }
}
