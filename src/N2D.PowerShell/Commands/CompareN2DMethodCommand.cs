using System.Management.Automation;
using N2D.Autoencoders;
using N2D.Manifolds;
using N2D.Pipeline;
using N2D.Study;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Compares N2D with the methods that lack one of its parts, or have another, on a data set.</para>
/// <para type="description">Puts out a row a method as soon as it is done: the mixture (GMM), k-means (KM) and spectral clustering (SC) on the raw rows; the mixture and
/// k-means on each manifold of these (UMAP, t-SNE, Isomap, LLE, PCA); all three on the codes of an autoencoder (AE), and on each manifold of the codes, which is N2D for
/// UMAP and the mixture. What several methods need is computed once: the autoencoder, the neighbours, each manifold. Each comes to what its cmdlets come to by hand. A method that fails is a row
/// with the reason in its Error, and the others go on. The row's GetResult() is the clustering itself.</para>
/// <para type="description">Acc, Nmi and Ari tell of labelled rows. Silhouette needs no labels: for all methods it is that of the clusters among the rows as they were piped, on the same sample of them
/// past 2000. It prefers compact, round clusters, as k-means does; where clusters are long or bent, a good one is not high by it.</para>
/// <para type="description">A mixture on raw rows of many columns takes long, as its covariances grow with their square: of 784 columns hours. All but that: -Method *+*, N2D, KM, SC.
/// One start of it: -StartCount 1, or -Preset Paper.</para>
/// </summary>
[Cmdlet(VerbsData.Compare, "N2DMethod")]
[OutputType(typeof(MethodScore))]
public sealed class CompareN2DMethodCommand : RowsCmdlet
{
    // As of the cmdlets that fit the parts.
    private static readonly int DefaultDimension = new UmapOptions().Dimension;

    /// <summary>
    /// <para type="description">The methods: names such as N2D, AE+KM, UMAP+GMM, or wildcards such as AE+* for all on the autoencoder's codes, N2D (AE+UMAP+GMM) among
    /// them. Default: all.</para>
    /// </summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(MethodNameCompleter))]
    [DataArePiped("Compare-N2DMethod")]
    public string[] Method { get; set; } = ["*"];

    /// <summary>
    /// <para type="description">The seeds: every method is run with each. Default 0.</para>
    /// </summary>
    [Parameter]
    [Alias("random_state")]
    [ValidateNotNullOrEmpty]
    [ValidateRange(0, int.MaxValue)]
    [WholeNumber]
    public int[] Seed { get; set; } = [0];

    /// <summary>
    /// <para type="description">The number of clusters, the same for all methods. Default: the number of classes, where labels are known. Range: 1 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("k", "n_clusters")]
    [WholeNumber]
    public ClusterCountArgument? ClusterCount { get; set; }

    /// <summary>
    /// <para type="description">The dimensions of codes and manifolds. Default: 10, as of Invoke-N2D; with -Preset Paper as many as clusters. t-SNE's are 2 in any case, and PCA's no more
    /// than the rows have. Range: 1 to 512.</para>
    /// </summary>
    [Parameter]
    [Alias("umap_dim")]
    [WholeNumber]
    public int? Dimension { get; set; }

    /// <summary>
    /// <para type="description">How many neighbours UMAP, Isomap and LLE look at, counted as their cmdlets do. Default 20. Range: 2 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("n_neighbors", "umap_neighbors")]
    [WholeNumber]
    public int? NeighborCount { get; set; }

    /// <summary>
    /// <para type="description">Whose recipe autoencoder and mixture follow: this module's own, or the N2D study's (Paper), 1000 epochs and one start of the mixture. Parameters given
    /// beside it win.</para>
    /// </summary>
    [Parameter]
    public Preset Preset { get; set; }

    /// <summary>
    /// <para type="description">The autoencoder's number of passes over all rows. Default: as many as make 4096 steps, from 10 to 100. Range: 1 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("epochs", "pretrain_epochs")]
    [WholeNumber]
    public int? Epoch { get; set; }

    /// <summary>
    /// <para type="description">The widths of the encoder's hidden layers. Default: 500, 500, 2000. Range: each 1 or more.</para>
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    [WholeNumber]
    public int[]? HiddenUnit { get; set; }

    /// <summary>
    /// <para type="description">The number of starts of every clusterer. Default: that of each, 20 of the mixture and 10 of the others. Range: 1 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("n_init")]
    [WholeNumber]
    public int? StartCount { get; set; }

    /// <summary>
    /// <para type="description">Where to train: auto, cpu, cuda, cuda:1, mps. Default: auto.</para>
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(DeviceNameCompleter))]
    public ComputeDevice? Device { get; set; }

    /// <summary>
    /// <para type="description">A file to save the training in now and then, and at its end; if it is there already, the training goes on from it. One data set and one seed a file. While a training runs, no other one can use its file.</para>
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CheckpointPath { get; set; }

    /// <summary>
    /// <para type="description">The least number of seconds from one save of the checkpoint to the next. Default 120.</para>
    /// </summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    [WholeNumber]
    public int CheckpointIntervalSec { get; set; } = 120;

    /// <inheritdoc/>
    protected override void CheckParameters()
    {
        if (ClusterCount is { IsAuto: true })
        {
            throw new N2DException(
                "AutoNotForComparison",
                ErrorKind.InvalidArgument,
                "Methods are compared at one number of clusters, and each would choose its own by -ClusterCount Auto. Give a number, such as that of (... | Invoke-N2D Auto).ClusterCount.",
                ClusterCount);
        }

        Options(ClusterCount?.Count ?? 1).ThrowIfUnusable();
        Checkpoint()?.ThrowIfNotUsable();
    }

    /// <inheritdoc/>
    protected override void ProcessRows()
    {
        var options = Options(ClusterCount?.Count ?? InputObject.ClassCount ?? throw new N2DException(
            "ClusterCountRequired",
            ErrorKind.InvalidArgument,
            $"Data set '{InputObject.Dataset}' has no labels that tell the number of clusters; give -ClusterCount.",
            InputObject));
        RunLong($"Comparing methods on {InputObject.Dataset}", ThreadCount, (execution, put) =>
        {
            foreach (var score in MethodComparison.Run(InputObject, options, execution))
            {
                put(score);
            }

            return options;
        });
    }

    private StudyOptions Options(int clusterCount)
    {
        var defaults = new StudyOptions(clusterCount);
        return defaults with
        {
            Methods = StudyMethod.Select(Method),
            Seeds = Seed,
            Dimension = Dimension ?? (Preset == Preset.Paper ? defaults.Dimension : DefaultDimension),
            NeighborCount = NeighborCount ?? defaults.NeighborCount,
            Preset = Preset,
            Epochs = Epoch,
            HiddenUnits = HiddenUnit,
            StartCount = StartCount,
            Device = Device ?? defaults.Device,
            Checkpoint = Checkpoint(),
        };
    }

    private CheckpointFile? Checkpoint() =>
        CheckpointPath is null ? null : new CheckpointFile(ResolveFilePath(CheckpointPath), TimeSpan.FromSeconds(CheckpointIntervalSec));
}
