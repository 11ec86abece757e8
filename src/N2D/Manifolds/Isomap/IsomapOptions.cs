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
    protected override string Method => "Isomap";

    /// <summary>The metric, with its power.</summary>
    internal RowDistance Distance => _distance;

    /// <summary>The landmarks of so many rows.</summary>
    internal int LandmarkCountFor(int rowCount) => Math.Min(LandmarkCount ?? (rowCount <= ExactRowCount ? rowCount : DefaultLandmarkCount), rowCount);

    /// <inheritdoc/>
    public override void ThrowIfTooFewRows(int rowCount)
    {
        ThrowIfFewer(rowCount, NeighborCount + 1, $"with {Quantity.Of(NeighborCount, "neighbor")}", "Ask for fewer neighbors (-NeighborCount), or give more rows.");
        ThrowIfFewer(rowCount, Dimension + 1, $"to {Quantity.Of(Dimension, "dimension")}", "Ask for fewer dimensions (-Dimension), or give more rows.");
        if (LandmarkCountFor(rowCount) <= Dimension)
        {
            throw new N2DException(
                "LandmarkCountOutOfRange",
                ErrorKind.InvalidArgument,
                $"{Quantity.Of(LandmarkCountFor(rowCount), "landmark")} span{(LandmarkCountFor(rowCount) == 1 ? "s" : "")} no {Quantity.Of(Dimension, "dimension")}: ask for more of them (-LandmarkCount), or for fewer dimensions (-Dimension).",
                LandmarkCount);
        }

        if ((long)LandmarkCountFor(rowCount) * rowCount > Array.MaxLength)
        {
            throw new N2DException(
                "LandmarkCountOutOfRange",
                ErrorKind.InvalidArgument,
                $"{LandmarkCountFor(rowCount)} landmarks of {rowCount} rows have more distances than fit into one array: ask for fewer of them (-LandmarkCount).",
                LandmarkCount);
        }
    }

    private protected override int? NeighborsNeeded(int rowCount) => NeighborCount;

    private protected override FittedManifold FitChecked(Matrix rows, Execution execution, GivenNeighbors? neighbors)
    {
        RowUnit.ThrowIfOutOfRange(rows);
        return Isomap.Fit(rows, this, execution, neighbors);
    }
}
