using System.Management.Automation;
using N2D.Manifolds;
using N2D.Pipeline;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Embeds rows by locally linear embedding.</para>
/// <para type="description">Describes each row as a combination of its neighbors, and finds the layout in which the same combinations
/// hold (Roweis and Saul, 2000). Rows whose neighbor graph is not connected are refused, because the positions of the parts relative to
/// each other would be arbitrary.</para>
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "N2DLocallyLinearEmbedding")]
[OutputType(typeof(Embedding))]
public sealed class InvokeN2DLocallyLinearEmbeddingCommand : NeighborManifoldCmdlet
{
    private static readonly LocallyLinearEmbeddingOptions Defaults = new();

    /// <summary>
    /// <para type="description">The number of nearest neighbors of each row, without the row itself, as in scikit-learn. Default
    /// 20. Range: 1 to 1024, and fewer than there are rows.</para>
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
    /// <para type="description">Standard uses the best combination of neighbors. Modified uses several good ones, which makes the
    /// layout more stable. Modified needs at least as many neighbors as dimensions.</para>
    /// </summary>
    [Parameter]
    [Alias("method")]
    public LocallyLinearVariant Variant { get; set; } = Defaults.Variant;

    /// <summary>
    /// <para type="description">The regularization of the weights. Larger values make them more equal. Default 0.001. Range: above
    /// 0.</para>
    /// </summary>
    [Parameter]
    [Alias("reg")]
    public double Regularization { get; set; } = Defaults.Regularization;

    /// <inheritdoc/>
    protected override NeighborManifoldOptions NeighborOptions() => new LocallyLinearEmbeddingOptions
    {
        NeighborCount = NeighborCount,
        Dimension = Dimension,
        Variant = Variant,
        Regularization = Regularization,
        Seed = Seed,
    };
}
