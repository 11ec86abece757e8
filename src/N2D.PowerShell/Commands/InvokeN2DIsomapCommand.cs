using System.Management.Automation;
using N2D.Manifolds;
using N2D.Neighbors;
using N2D.Pipeline;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Unrolls the manifold that the rows of an embedding lie on, by Isomap.</para>
/// <para type="description">Lays the rows out so that their straight distances are those along the manifold, from neighbour to neighbour (Tenenbaum, de Silva and Langford,
/// 2000). Up to 5000 rows it is exact; the distances of more rows are measured to landmarks alone (de Silva and Tenenbaum, 2004).</para>
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "N2DIsomap")]
[OutputType(typeof(Embedding))]
public sealed class InvokeN2DIsomapCommand : ManifoldCmdlet
{
    private static readonly IsomapOptions Defaults = new();

    /// <summary>
    /// <para type="description">How many nearest other rows each is connected with, as scikit-learn counts them. Default 20. Range: 1 or more, and fewer than there
    /// are rows.</para>
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
    /// <para type="description">How many rows, drawn at random, the distances of all are measured to. Default: all up to 5000 rows, 500 of more. Range: 2 or more,
    /// and more than dimensions.</para>
    /// </summary>
    [Parameter]
    [WholeNumber]
    public int? LandmarkCount { get; set; }

    /// <summary>
    /// <para type="description">The distance between rows; scikit-learn's names, such as cityblock or l2, are known as well.</para>
    /// </summary>
    [Parameter]
    [TakesMetric]
    public DistanceMetric Metric { get; set; } = Defaults.Metric;

    /// <summary>
    /// <para type="description">The power of the Minkowski metric: 1 makes it Manhattan, 2 Euclidean, infinity Chebyshev. The other metrics do not use it. Default 2.
    /// Range: 1 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("p")]
    public double MinkowskiPower { get; set; } = Defaults.MinkowskiPower;

    /// <summary>
    /// <para type="description">The neighbors of the rows, in place of a search: the path of an .npz file with the arrays indices and
    /// distances, n x k, as scikit-learn's
    /// kneighbors returns them; the path of a .npy file of n x n distances; objects with Index, Neighbor and Distance, one for each
    /// neighbor of a row, from 0; or a
    /// data set of n x n distances. It does not matter whether a row counts itself, but distances must ascend. -Metric says by which
    /// distance they were measured: it
    /// places rows that come later, by their values.</para>
    /// </summary>
    [Parameter]
    [Alias("precomputed_knn")]
    [TakesNeighbors]
    [ValidateNotNull]
    public NeighborArgument? Neighbor { get; set; }

    /// <inheritdoc/>
    private protected override NeighborArgument? GivenNeighbors => Neighbor;

    /// <inheritdoc/>
    protected override void CheckParameters()
    {
        base.CheckParameters();
        WarnIfPowerIsUnused(Metric);
    }

    /// <inheritdoc/>
    protected override ManifoldOptions Options() => new IsomapOptions
    {
        NeighborCount = NeighborCount,
        Dimension = Dimension,
        LandmarkCount = LandmarkCount,
        Metric = Metric,
        MinkowskiPower = MinkowskiPower,
        Seed = Seed,
    };
}
