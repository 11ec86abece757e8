using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>What to ask of a locally linear embedding. Neighbors and dimensions are as many as the N2D study's UMAP has; the rest as in scikit-learn.</summary>
public sealed record LocallyLinearEmbeddingOptions : ManifoldOptions
{

    /// <summary>Ten dimensions.</summary>
    public LocallyLinearEmbeddingOptions()
        : base(dimension: 10)
    {
    }

    /// <summary>n_neighbors: how many nearest other rows each row is written by, 1 or more; for the modified variant no fewer than dimensions.</summary>
    [OptionRange(1, 1024)]
    public int NeighborCount
    {
        get;
        init => field = Check(value);
    } = 20;

    /// <summary>reg: what is added to the diagonal of the neighbors' inner products, as a share of its sum, above 0: without it more neighbors than columns have no one best combination.</summary>
    [OptionRange(0, ExcludesLeast = true)]
    public double Regularization
    {
        get;
        init => field = Check(value);
    } = 1e-3;

    /// <summary>method: how rows are written by their neighbors.</summary>
    public LocallyLinearVariant Variant { get; init; } = LocallyLinearVariant.Standard;

    /// <summary>The distance that neighbors are found by: combinations of rows are straight, and so is it.</summary>
    internal static RowDistance Distance { get; } = new();

    /// <inheritdoc/>
    protected internal override string Method => "LLE";

    /// <summary>Throws if the modified variant has fewer neighbors than dimensions.</summary>
    /// <exception cref="N2DException">It has (<c>TooFewNeighbors</c>).</exception>
    public override void ThrowIfInconsistent()
    {
        if (Variant == LocallyLinearVariant.Modified && NeighborCount < Dimension)
        {
            throw new N2DException(
                "TooFewNeighbors",
                ErrorKind.InvalidArgument,
                $"Modified LLE to {Quantity.Of(Dimension, "dimension")} needs at least as many neighbors; {nameof(NeighborCount)} is "
                    + $"{NeighborCount}. Use a larger {nameof(NeighborCount)} or a smaller {nameof(Dimension)}.",
                NeighborCount)
            {
                Options = [nameof(NeighborCount), nameof(Dimension)],
            };
        }
    }

    /// <inheritdoc/>
    public override void ThrowIfTooFewRows(int rowCount)
    {
        ThrowIfFewer(rowCount, NeighborCount + 1, $"with {Quantity.Of(NeighborCount, "neighbor")}", nameof(NeighborCount));
        ThrowIfFewer(rowCount, Dimension + 2, $"to {Quantity.Of(Dimension, "dimension")}", nameof(Dimension));
    }

    /// <inheritdoc/>
    /// <exception cref="N2DException">
    /// As for every learner; or the neighbor graph is not connected (<c>DisconnectedRows</c>), or the equations do not fit into memory
    /// (<c>FactorTooLarge</c>).
    /// </exception>
    public override LocallyLinearEmbedding Fit(Matrix rows, Execution execution, ManifoldContext? context = null) =>
        (LocallyLinearEmbedding)base.Fit(rows, execution, context);

    /// <inheritdoc/>
    internal override int NeighborCountFor(int rowCount) => NeighborCount;

    /// <inheritdoc/>
    private protected override FittedManifold FitChecked(Matrix rows, Execution execution, ManifoldContext context) =>
        LocallyLinearEmbedding.Fit(rows, this, execution);
}
