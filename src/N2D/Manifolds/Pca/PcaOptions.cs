using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>What to ask of principal component analysis.</summary>
public sealed record PcaOptions : ManifoldOptions
{
    /// <summary>Ten components, as many dimensions as the N2D study's manifolds have.</summary>
    public PcaOptions()
        : base(dimension: 10)
    {
    }

    /// <inheritdoc/>
    protected override string Method => "PCA";

    /// <inheritdoc/>
    public override void ThrowIfTooFewRows(int rowCount) =>
        ThrowIfFewer(rowCount, Math.Max(Dimension, 2), $"to {Quantity.Of(Dimension, "dimension")}", "Ask for fewer dimensions (-Dimension), or give more rows.");

    private protected override FittedManifold FitChecked(Matrix rows, Execution execution, GivenNeighbors? neighbors)
    {
        RowUnit.ThrowIfOutOfRange(rows);
        return Pca.Fit(rows, this, execution);
    }
}
