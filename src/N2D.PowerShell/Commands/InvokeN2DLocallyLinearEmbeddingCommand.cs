using System.Management.Automation;
using N2D.Manifolds;
using N2D.Pipeline;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Flattens the manifold that the rows of an embedding lie on, by locally linear embedding.</para>
/// <para type="description">Writes each row as a combination of its neighbours, and lays the rows out so that the same combinations make them there (Roweis and Saul, 2000). It refuses
/// rows that fall into parts: nothing would tell how these lie to each other.</para>
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "N2DLocallyLinearEmbedding")]
[OutputType(typeof(Embedding))]
public sealed class InvokeN2DLocallyLinearEmbeddingCommand : ManifoldCmdlet
{
    private static readonly LocallyLinearEmbeddingOptions Defaults = new();

    /// <summary>
    /// <para type="description">How many nearest other rows each is written by, as scikit-learn counts them. Default 20. Range: 1 to 1024, and fewer than there are
    /// rows.</para>
    /// </summary>
    [Parameter]
    [Alias("n_neighbors")]
    [WholeNumber]
    public int NeighborCount { get; set; } = Defaults.NeighborCount;

    /// <summary>
    /// <para type="description">The number of dimensions of the result. Default 10. Range: 1 to 512.</para>
    /// </summary>
    [Parameter]
    [Alias("n_components")]
    [WholeNumber]
    public int Dimension { get; set; } = Defaults.Dimension;

    /// <summary>
    /// <para type="description">By the one best combination of neighbours (Standard) or by several good ones (Modified), which needs as many neighbours as dimensions.</para>
    /// </summary>
    [Parameter]
    [Alias("method")]
    public LocallyLinearVariant Variant { get; set; } = Defaults.Variant;

    /// <summary>
    /// <para type="description">How much equal weights are preferred. Default 0.001. Range: above 0.</para>
    /// </summary>
    [Parameter]
    [Alias("reg")]
    public double Regularization { get; set; } = Defaults.Regularization;

    /// <inheritdoc/>
    protected override ManifoldOptions Options() => new LocallyLinearEmbeddingOptions
    {
        NeighborCount = NeighborCount,
        Dimension = Dimension,
        Variant = Variant,
        Regularization = Regularization,
        Seed = Seed,
    };
}
