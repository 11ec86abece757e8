using System.Management.Automation;
using N2D.Manifolds;
using N2D.Neighbors;
using N2D.Pipeline;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Lays the rows of an embedding out for the eye, by t-SNE.</para>
/// <para type="description">Lays the rows out so that each has the same neighbors in the layout (van der Maaten and Hinton, 2008). Up to three dimensions take
/// O(n log n) time (Barnes and Hut), more take O(n^2). It places no rows that it has not seen.</para>
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "N2DTsne")]
[OutputType(typeof(Embedding))]
public sealed class InvokeN2DTsneCommand : ManifoldCmdlet
{
    private static readonly TsneOptions Defaults = new();

    private int? _dimension;

    /// <summary>
    /// <para type="description">How many rows around each count as its neighbors, in effect. Default 30. Range: 1 or more, and fewer than there are rows.</para>
    /// </summary>
    [Parameter]
    public double Perplexity { get; set; } = Defaults.Perplexity;

    /// <summary>
    /// <para type="description">The number of dimensions of the result. Default: that of -InitialEmbedding, else 2. More than 3 take far longer. Range: 1 to 512.</para>
    /// </summary>
    [Parameter]
    [Alias("n_components")]
    [WholeNumber]
    public int Dimension
    {
        get => _dimension ?? InitialEmbedding?.Dimension ?? Defaults.Dimension;
        set => _dimension = value;
    }

    /// <summary>
    /// <para type="description">By how much neighbors attract more in the first 250 steps, so that clusters find each other. Default 12. Range: 1 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("early_exaggeration")]
    public double EarlyExaggeration { get; set; } = Defaults.EarlyExaggeration;

    /// <summary>
    /// <para type="description">The number of steps. Default 1000. Range: 0 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("n_iter", "max_iter")]
    [WholeNumber]
    public int Iteration { get; set; } = Defaults.Iterations;

    /// <summary>
    /// <para type="description">The length of a step. Larger values reach a layout in fewer steps; too large ones throw rows apart. Default: the
    /// number of rows divided by four times the early exaggeration; fewer than 2400 rows start with a smaller one.
    /// Range: above 0.</para>
    /// </summary>
    [Parameter]
    [Alias("learning_rate")]
    public double? LearningRate { get; set; }

    /// <summary>
    /// <para type="description">How wide a far group of rows may be, as a share of its distance, to repel as one; 0 makes every pair count. Default 0.5. Up to 2000
    /// rows, and in more than three dimensions, every pair counts anyway. Range: 0 to 1.</para>
    /// </summary>
    [Parameter]
    public double Angle { get; set; } = Defaults.Angle;

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
    /// <para type="description">Where the rows start: at their principal components (Pca), or anywhere (Random).</para>
    /// </summary>
    [Parameter]
    [Alias("init")]
    [TakesStart]
    public TsneInitialization Initialization { get; set; } = Defaults.Initialization;

    /// <summary>
    /// <para type="description">The neighbors of the rows, in place of a search: the path of an .npz file with the arrays indices and
    /// distances, n x k, as scikit-learn's
    /// kneighbors returns them; the path of a .npy file of n x n distances; objects with Index, Neighbor and Distance, one for each
    /// neighbor of a row, from 0; or a
    /// data set of n x n distances. It does not matter whether a row counts itself, but distances must ascend.</para>
    /// </summary>
    [Parameter]
    [Alias("precomputed_knn")]
    [TakesNeighbors]
    [ValidateNotNull]
    public NeighborArgument? Neighbor { get; set; }

    /// <inheritdoc/>
    private protected override NeighborArgument? GivenNeighbors => Neighbor;

    /// <inheritdoc/>
    private protected override Embedding? GivenLayout => InitialEmbedding;

    /// <summary>
    /// <para type="description">Coordinates of the same rows to start at instead: an embedding, such as that of Invoke-N2DPca, or a list of numbers for each row. Where they lie and
    /// how large they are do not count: rows start close to each other. The same start makes layouts that can be compared.</para>
    /// </summary>
    [Parameter]
    [Alias("InitialLayout")]
    [TakesCoordinates]
    [ValidateNotNull]
    public Embedding? InitialEmbedding { get; set; }

    /// <inheritdoc/>
    protected override void CheckParameters()
    {
        base.CheckParameters();
        WarnIfPowerIsUnused(Metric);
    }

    /// <inheritdoc/>
    protected override ManifoldOptions Options() => new TsneOptions
    {
        Perplexity = Perplexity,
        Dimension = Dimension,
        EarlyExaggeration = EarlyExaggeration,
        Iterations = Iteration,
        LearningRate = LearningRate,
        Angle = Angle,
        Metric = Metric,
        MinkowskiPower = MinkowskiPower,
        Initialization = Initialization,
        Seed = Seed,
    };
}
