using System.Management.Automation;
using N2D.Manifolds;
using N2D.Neighbors;
using N2D.Pipeline;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Embeds rows by Isomap.</para>
/// <para type="description">Finds a layout in which straight distances approximate distances along the manifold, measured from neighbor
/// to neighbor (Tenenbaum, de Silva and Langford, 2000). With up to 5000 rows, all distances are computed; with more, only those to
/// landmarks (de Silva and Tenenbaum, 2004).</para>
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "N2DIsomap")]
[OutputType(typeof(Embedding))]
public sealed class InvokeN2DIsomapCommand : NeighborManifoldCmdlet
{
    private static readonly IsomapOptions Defaults = new();

    /// <summary>
    /// <para type="description">The number of nearest neighbors of each row, without the row itself, as in scikit-learn. Default
    /// 20. Range: 1 or more, and fewer than there are rows.</para>
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
    /// <para type="description">The number of landmarks: random rows to which the distances of all rows are computed. More
    /// landmarks are more exact and slower. Default: all rows up to 5000, otherwise 500. Range: 2 or more, and more than
    /// dimensions.</para>
    /// </summary>
    [Parameter]
    [WholeNumber]
    public int? LandmarkCount { get; set; }

    /// <summary>
    /// <para type="description">The distance between rows. The names of scikit-learn, such as cityblock or l2, are accepted as
    /// well.</para>
    /// </summary>
    [Parameter]
    [TakesMetric]
    public DistanceMetric Metric { get; set; } = Defaults.Metric;

    /// <summary>
    /// <para type="description">The power of the Minkowski metric: 1 is Manhattan, 2 is Euclidean, infinity is Chebyshev. Other
    /// metrics do not use it. Default 2. Range: 1 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("p")]
    public double MinkowskiPower { get; set; } = Defaults.MinkowskiPower;

    /// <summary>
    /// <para type="description">The neighbors of the rows, used instead of a search. Give one of these: the path of an .npz file with the
    /// arrays indices and distances, n x k, as scikit-learn's kneighbors returns them; the path of a .npy file of n x n distances; objects
    /// with Index, Neighbor and Distance, one for each neighbor of a row, numbered from 0; or a data set of n x n distances. A row may list
    /// itself. The distances of each row must be ascending. -Metric states how they were measured; new rows are placed by it.</para>
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
    protected override NeighborManifoldOptions NeighborOptions() => new IsomapOptions
    {
        NeighborCount = NeighborCount,
        Dimension = Dimension,
        LandmarkCount = LandmarkCount,
        Metric = Metric,
        MinkowskiPower = MinkowskiPower,
        Seed = Seed,
    };
}
