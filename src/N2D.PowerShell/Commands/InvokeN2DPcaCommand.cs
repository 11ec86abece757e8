using System.Management.Automation;
using N2D.Manifolds;
using N2D.Pipeline;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Projects the rows of an embedding onto their principal components.</para>
/// <para type="description">Turns the rows to the directions in which they vary most and keeps the first ones (Pearson, 1901). It bends nothing: what a
/// manifold learner finds beyond it is the manifold. Nothing in it is random.</para>
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "N2DPca")]
[OutputType(typeof(Embedding))]
public sealed class InvokeN2DPcaCommand : ManifoldCmdlet
{
    private static readonly PcaOptions Defaults = new();

    /// <summary>
    /// <para type="description">The number of dimensions of the result. Default 10. Range: 1 to 512, and no more than there are columns or rows.</para>
    /// </summary>
    [Parameter]
    [Alias("n_components")]
    [WholeNumber]
    public int Dimension { get; set; } = Defaults.Dimension;

    /// <summary>
    /// <para type="description">The share of the variance that the result keeps, in place of -Dimension: as many dimensions as it takes to
    /// exceed it, at most 512. Larger values
    /// keep more dimensions. Get-N2DExplainedVariance lists the share of each. Default: none, and -Dimension counts. Range: above 0 and
    /// below 1.</para>
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
                "-Dimension and -ExplainedVariance both say how many components to keep. Give one of the two.",
                ExplainedVariance);
        }

        base.CheckParameters();
    }

    /// <inheritdoc/>
    protected override ManifoldOptions Options() => new PcaOptions { Dimension = Dimension, ExplainedVariance = ExplainedVariance, Seed = Seed };
}
