using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>What to ask of a locally linear embedding. Neighbours and dimensions are as many as the N2D study's UMAP has; the rest as in scikit-learn.</summary>
public sealed record LocallyLinearEmbeddingOptions : ManifoldOptions
{
    private readonly int _neighborCount = 20;
    private readonly double _regularization = 1e-3;

    /// <summary>Ten dimensions.</summary>
    public LocallyLinearEmbeddingOptions()
        : base(dimension: 10)
    {
    }

    /// <summary>n_neighbors: how many nearest other rows each row is written by, 1 or more; for the modified variant no fewer than dimensions.</summary>
    public int NeighborCount
    {
        get => _neighborCount;
        init => _neighborCount = Check(value, value is >= 1 and <= 1024, nameof(NeighborCount), "1 to 1024");
    }

    /// <summary>reg: what is added to the diagonal of the neighbours' inner products, as a share of its sum, above 0: without it more neighbours than columns have no one best combination.</summary>
    public double Regularization
    {
        get => _regularization;
        init => _regularization = Check(value, value > 0 && double.IsFinite(value), nameof(Regularization), "above 0");
    }

    /// <summary>method: how rows are written by their neighbours.</summary>
    public LocallyLinearVariant Variant { get; init; } = LocallyLinearVariant.Standard;

    /// <summary>The distance that neighbours are found by: combinations of rows are straight, and so is it.</summary>
    internal static RowDistance Distance { get; } = new();

    /// <inheritdoc/>
    protected override string Method => "LLE";

    /// <inheritdoc/>
    public override void ThrowIfTooFewRows(int rowCount)
    {
        ThrowIfTooFewNeighbors();
        ThrowIfFewer(rowCount, NeighborCount + 1, $"with {Quantity.Of(NeighborCount, "neighbour")}", "Ask for fewer neighbours (-NeighborCount), or give more rows.");
        ThrowIfFewer(rowCount, Dimension + 2, $"to {Quantity.Of(Dimension, "dimension")}", "Ask for fewer dimensions (-Dimension), or give more rows.");
    }

    /// <summary>Refuses fewer neighbours than the modified variant has dimensions.</summary>
    /// <exception cref="N2DException">They are (<c>TooFewNeighbors</c>).</exception>
    public void ThrowIfTooFewNeighbors()
    {
        if (Variant == LocallyLinearVariant.Modified && NeighborCount < Dimension)
        {
            throw new N2DException(
                "TooFewNeighbors",
                ErrorKind.InvalidArgument,
                $"Modified LLE to {Quantity.Of(Dimension, "dimension")} needs as many neighbours; {NeighborCount} are asked for. Ask for more (-NeighborCount), or for fewer dimensions (-Dimension).",
                NeighborCount);
        }
    }

    private protected override FittedManifold FitChecked(Matrix rows, Execution execution, GivenNeighbors? neighbors) => LocallyLinearEmbedding.Fit(rows, this, execution);
}
