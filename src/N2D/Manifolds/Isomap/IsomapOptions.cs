using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>What to ask of Isomap. Neighbors and dimensions are as many as the N2D study's UMAP has.</summary>
public sealed record IsomapOptions : ManifoldOptions
{
    /// <summary>Up to so many rows every row is a landmark, which makes Isomap exact: 25 million distances, 100 MB.</summary>
    internal const int ExactRowCount = 5000;

    /// <summary>The landmarks of more rows.</summary>
    internal const int DefaultLandmarkCount = 500;

    private readonly RowDistance _distance = new();

    /// <summary>Ten dimensions.</summary>
    public IsomapOptions()
        : base(dimension: 10)
    {
    }

    /// <summary>
    /// n_neighbors: how many nearest other rows each row is connected with, 1 or more. Few tear the manifold, many take a short cut to what lies beside it.
    /// </summary>
    [OptionRange(1)]
    public int NeighborCount
    {
        get;
        init => field = Check(value);
    } = 20;

    /// <summary>
    /// The number of rows, drawn at random, that the distances of all rows are measured to, above the dimension; null for all rows up to 5000, and 500 of more. Time and memory
    /// grow with it.
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

    /// <summary>p: the power of the Minkowski metric, 1 or more. The other metrics have no use for it.</summary>
    public double MinkowskiPower
    {
        get => _distance.MinkowskiPower;
        init => _distance = _distance with { MinkowskiPower = value };
    }

    /// <inheritdoc/>
    protected internal override string Method => "Isomap";

    /// <inheritdoc/>
    private protected override IReadOnlyList<string> UsedInputs => [nameof(ManifoldContext.Neighbors)];

    /// <summary>The metric, with its power.</summary>
    internal RowDistance Distance => _distance;

    /// <summary>The landmarks of so many rows.</summary>
    internal int LandmarkCountFor(int rowCount) => Math.Min(LandmarkCount ?? (rowCount <= ExactRowCount ? rowCount : DefaultLandmarkCount), rowCount);

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
    /// As for every learner; or there are too many or too few landmarks (<c>LandmarkCountOutOfRange</c>), the values are too large or too small
    /// (<c>ValuesTooLarge</c>, <c>ValuesTooSmall</c>), or the metric is not defined for a row (<c>UndefinedDistance</c>).
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
