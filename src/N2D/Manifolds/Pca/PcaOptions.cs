using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>Options of principal component analysis.</summary>
public sealed record PcaOptions : ManifoldOptions
{
    /// <summary>Creates the default options, with ten components, as in the manifolds of the N2D study.</summary>
    public PcaOptions()
        : base(dimension: 10)
    {
    }

    /// <summary>
    /// The fraction of the variance to keep: the layout has the smallest number of components that explains more than this, and
    /// <see cref="ManifoldOptions.Dimension"/> has no effect. Larger values keep more components. Null to keep
    /// <see cref="ManifoldOptions.Dimension"/> components. Range: above 0 and below 1.
    /// </summary>
    /// <exception cref="N2DException">The value is out of range (<c>ExplainedVarianceOutOfRange</c>).</exception>
    [OptionRange(0, 1, ExcludesLeast = true, ExcludesMost = true)]
    public double? ExplainedVariance
    {
        get;
        init => field = Check(value);
    }

    /// <inheritdoc/>
    protected internal override string Method => "PCA";

    /// <inheritdoc/>
    public override void ThrowIfTooFewRows(int rowCount)
    {
        if (ExplainedVariance is not null)
        {
            ThrowIfFewer(rowCount, 2, "by explained variance", option: null);
            return;
        }

        ThrowIfFewer(rowCount, Math.Max(Dimension, 2), $"to {Quantity.Of(Dimension, "dimension")}", nameof(Dimension));
    }

    /// <inheritdoc/>
    /// <exception cref="N2DException">
    /// As for every learner; or the rows have fewer columns than dimensions (<c>TooFewColumns</c>), the values are too large or too small
    /// (<c>ValuesTooLarge</c>, <c>ValuesTooSmall</c>), or 512 components explain less than the requested variance
    /// (<c>TooManyComponents</c>).
    /// </exception>
    public override Pca Fit(Matrix rows, Execution execution, ManifoldContext? context = null) => (Pca)base.Fit(rows, execution, context);

    /// <inheritdoc/>
    private protected override FittedManifold FitChecked(Matrix rows, Execution execution, ManifoldContext context)
    {
        RowUnit.ThrowIfOutOfRange(rows);
        return Pca.Fit(rows, this, execution);
    }
}
