using System.Management.Automation;
using N2D.Manifolds;
using N2D.Pipeline;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Projects rows onto their principal components.</para>
/// <para type="description">Rotates the rows to the directions of largest variance, and keeps the first ones (Pearson, 1901). PCA is
/// linear, so it is the baseline for manifold learners. The result does not depend on a seed.</para>
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "N2DPca")]
[OutputType(typeof(Embedding))]
public sealed class InvokeN2DPcaCommand : ManifoldCmdlet
{
    private static readonly PcaOptions Defaults = new();

    /// <summary>
    /// <para type="description">The number of dimensions of the result. Default 10. Range: 1 to 512, and at most the number of columns and
    /// the number of rows.</para>
    /// </summary>
    [Parameter]
    [Alias("n_components")]
    [WholeNumber]
    public int Dimension { get; set; } = Defaults.Dimension;

    /// <summary>
    /// <para type="description">The fraction of the variance to keep, instead of -Dimension: the result has the smallest number of
    /// dimensions that explains more than this, at most 512. Get-N2DExplainedVariance lists the fraction of each component.
    /// Default: none; -Dimension is used. Range: above 0 and below 1.</para>
    /// </summary>
    [Parameter]
    public double? ExplainedVariance { get; set; }

    /// <inheritdoc/>
    protected override void CheckParameters()
    {
        if (ExplainedVariance is not null && IsBound(nameof(Dimension)))
        {
            throw new N2DException(
                "DimensionTwice",
                ErrorKind.InvalidArgument,
                "-Dimension and -ExplainedVariance both set the number of components. Remove one of them.",
                ExplainedVariance);
        }

        base.CheckParameters();
    }

    /// <inheritdoc/>
    protected override ManifoldOptions Options() => new PcaOptions
    { Dimension = Dimension, ExplainedVariance = ExplainedVariance, Seed = Seed };
}
