using System.Management.Automation;
using N2D.Manifolds;
using N2D.Neighbors;
using N2D.Pipeline;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Computes a layout of the rows of an embedding for plots, by t-SNE.</para>
/// <para type="description">Computes a layout in which each row has the same neighbors (van der Maaten and Hinton, 2008). Up to three
/// dimensions take O(n log n) time (Barnes and Hut), more take O(n^2). t-SNE cannot place new rows.</para>
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "N2DTsne")]
[OutputType(typeof(Embedding))]
public sealed class InvokeN2DTsneCommand : NeighborManifoldCmdlet
{
    private static readonly TsneOptions Defaults = new();

    private int? _dimension;

    /// <summary>
    /// <para type="description">The effective number of neighbors of each row. Larger values show broader structure; smaller values show
    /// finer structure. Default 30. Range: 1 or more, and fewer than there are rows.</para>
    /// </summary>
    [Parameter]
    public double Perplexity { get; set; } = Defaults.Perplexity;

    /// <summary>
    /// <para type="description">The number of dimensions of the result. More than 3 take much longer. Default: that of -InitialEmbedding,
    /// otherwise 2. Range: 1 to 512.</para>
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
    /// <para type="description">The factor by which neighbors attract each other more in the first 250 steps, so that clusters form.
    /// Default 12. Range: 1 or more.</para>
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
    /// <para type="description">The step size. Larger values need fewer steps; too large values scatter the rows. Default: the number of
    /// rows divided by four times the early exaggeration; fewer than 2400 rows start with a smaller value. Range: above 0.</para>
    /// </summary>
    [Parameter]
    [Alias("learning_rate")]
    public double? LearningRate { get; set; }

    /// <summary>
    /// <para type="description">The accuracy of the repulsion (Barnes-Hut): the size of a group of rows relative to its distance, up to
    /// which it repels as a single point. Larger values are faster and less exact; 0 computes all pairs. Up to 2000 rows, and in more than
    /// three dimensions, all pairs are always computed. Default 0.5. Range: 0 to 1.</para>
    /// </summary>
    [Parameter]
    public double Angle { get; set; } = Defaults.Angle;

    /// <summary>
    /// <para type="description">The distance between rows. The names of scikit-learn, such as cityblock or l2, are accepted as well.</para>
    /// </summary>
    [Parameter]
    [TakesMetric]
    public DistanceMetric Metric { get; set; } = Defaults.Metric;

    /// <summary>
    /// <para type="description">The power of the Minkowski metric: 1 is Manhattan, 2 is Euclidean, infinity is Chebyshev. Other metrics do
    /// not use it. Default 2. Range: 1 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("p")]
    public double MinkowskiPower { get; set; } = Defaults.MinkowskiPower;

    /// <summary>
    /// <para type="description">The initial layout: principal components (Pca), or random positions (Random).</para>
    /// </summary>
    [Parameter]
    [Alias("init")]
    [TakesStart]
    public TsneInitialization Initialization { get; set; } = Defaults.Initialization;

    /// <summary>
    /// <para type="description">The neighbors of the rows, instead of a search: the path of an .npz file with the arrays indices and
    /// distances, n x k, as returned by kneighbors of scikit-learn; the path of a .npy file of n x n distances; objects with the properties
    /// Index, Neighbor and Distance, one for each neighbor of a row, with indices from 0; or a data set of n x n distances. Rows can be
    /// listed as their own neighbors. Distances must be in ascending order.</para>
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
    /// <para type="description">The initial coordinates of the same rows, instead of -Initialization: an embedding, such as the output of
    /// Invoke-N2DPca, or a list of numbers for each row. Position and scale have no effect: rows start close to each other. Layouts from
    /// the same start are easier to compare.</para>
    /// </summary>
    [Parameter]
    [Alias("InitialLayout")]
    [RejectsCopies]
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
    protected override NeighborManifoldOptions NeighborOptions() => new TsneOptions
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
