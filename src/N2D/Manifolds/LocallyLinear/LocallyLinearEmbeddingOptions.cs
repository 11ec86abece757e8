using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>
/// Options of locally linear embedding. Neighbors and dimensions default to those of the N2D study's UMAP, the others to those of
/// scikit-learn.
/// </summary>
public sealed record LocallyLinearEmbeddingOptions : NeighborManifoldOptions
{
    /// <summary>Creates the default options, with ten dimensions.</summary>
    public LocallyLinearEmbeddingOptions()
        : base(dimension: 10)
    {
    }

    /// <summary>
    /// n_neighbors: the number of nearest neighbors that describe each row, without the row itself. The modified variant needs at least as
    /// many as dimensions. Range: 1 to 1024, and less than n.
    /// </summary>
    [OptionRange(1, 1024)]
    public int NeighborCount
    {
        get;
        init => field = Check(value);
    } = 20;

    /// <summary>
    /// reg: the regularization, which is added to the diagonal of the neighbors' inner products, relative to the sum of the diagonal.
    /// Without it, more neighbors than columns have no unique best combination. Range: above 0.
    /// </summary>
    [OptionRange(0, ExcludesLeast = true)]
    public double Regularization
    {
        get;
        init => field = Check(value);
    } = 1e-3;

    /// <summary>method: how rows are described by their neighbors.</summary>
    public LocallyLinearVariant Variant { get; init; } = LocallyLinearVariant.Standard;

    /// <inheritdoc/>
    /// <remarks>Always Euclidean, because rows are described by linear combinations.</remarks>
    internal override RowDistance Distance { get; } = new();

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
