using System.Management.Automation;
using N2D.Manifolds;
using N2D.Models;
using N2D.Neighbors;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Finds the manifold that the rows of an embedding lie on, by UMAP.</para>
/// <para type="description">Lays the rows out in few dimensions so that neighbours stay neighbours (McInnes, Healy and Melville, 2018). The same
/// seed gives the same result on any number of threads. The neighbours of the rows, the same for every seed, are kept with the embedding:
/// later calls on it with the same metric and no more neighbours reuse them.</para>
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "N2DUmap")]
[OutputType(typeof(Embedding))]
public sealed class InvokeN2DUmapCommand : FittingCmdlet
{
    private static readonly UmapOptions Defaults = new();

    /// <summary>
    /// <para type="description">How many rows around each, itself counted, make up its neighbourhood.</para>
    /// </summary>
    [Parameter]
    [Alias("n_neighbors")]
    public int NeighborCount { get; set; } = Defaults.NeighborCount;

    /// <summary>
    /// <para type="description">The number of dimensions of the result.</para>
    /// </summary>
    [Parameter]
    [Alias("n_components")]
    public int Dimension { get; set; } = Defaults.Dimension;

    /// <summary>
    /// <para type="description">How close rows may lie in the result; 0 packs clusters tightly.</para>
    /// </summary>
    [Parameter]
    [Alias("min_dist")]
    public float MinimumDistance { get; set; } = Defaults.MinimumDistance;

    /// <summary>
    /// <para type="description">The scale of the result.</para>
    /// </summary>
    [Parameter]
    public float Spread { get; set; } = Defaults.Spread;

    /// <summary>
    /// <para type="description">The distance between rows. Cosine, Correlation and Hellinger refuse rows that they are not defined for.</para>
    /// </summary>
    [Parameter]
    public DistanceMetric Metric { get; set; } = Defaults.Metric;

    /// <summary>
    /// <para type="description">The power of the Minkowski metric, 1 or more: 1 makes it Manhattan, 2 Euclidean, infinity Chebyshev. The other
    /// metrics have no use for it.</para>
    /// </summary>
    [Parameter]
    [Alias("p")]
    public double MinkowskiPower { get; set; } = Defaults.MinkowskiPower;

    /// <summary>
    /// <para type="description">The number of passes of the layout over the neighbours. Default: 500 up to 10000 rows, 200 above.</para>
    /// </summary>
    [Parameter]
    [Alias("n_epochs")]
    public int? Epoch { get; set; }

    /// <summary>
    /// <para type="description">Where the rows start: at the eigenvectors of their neighbourhood graph, or anywhere.</para>
    /// </summary>
    [Parameter]
    [Alias("init")]
    public UmapInitialization Initialization { get; set; } = Defaults.Initialization;

    /// <inheritdoc/>
    protected override void CheckParameters()
    {
        Options().ThrowIfNoCurveFits();
        if (MyInvocation.BoundParameters.ContainsKey(nameof(MinkowskiPower)) && Metric != DistanceMetric.Minkowski)
        {
            WriteWarning($"-MinkowskiPower counts with -Metric Minkowski alone; the metric here is {Metric}.");
        }
    }

    /// <inheritdoc/>
    protected override void CheckInput(Embedding input) => Options().ThrowIfTooFewRows(input.RowCount);

    /// <inheritdoc/>
    protected override void Fit()
    {
        var options = Options();
        var umap = RunLong("Finding the manifold", ThreadCount, execution => Umap.Fit(InputObject.GetRows(), options, execution));
        WriteObject(InputObject.Append(umap, umap.Layout));
    }

    private UmapOptions Options() => new()
    {
        NeighborCount = NeighborCount,
        Dimension = Dimension,
        MinimumDistance = MinimumDistance,
        Spread = Spread,
        Metric = Metric,
        MinkowskiPower = MinkowskiPower,
        Epochs = Epoch,
        Initialization = Initialization,
        Seed = Seed,
    };
}
