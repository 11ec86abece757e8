using System.Runtime.CompilerServices;
using N2D.Autoencoders;
using N2D.Clustering;
using N2D.Devices;
using N2D.Models;
using N2D.Pipeline;

namespace N2D.Ablation;

/// <summary>
/// The options of the comparison: the methods, and the options of their parts. Each part has its usual defaults, except that manifolds and
/// codes have as many dimensions as there are clusters, as in the N2D study. Immutable.
/// </summary>
public sealed record AblationOptions
{
    private readonly IReadOnlyList<AblationMethod> _methods = AblationMethod.All;
    private readonly IReadOnlyList<int> _seeds = [0];
    private readonly int? _dimension;

    /// <summary>Creates options.</summary>
    /// <param name="clusterCount">The number of clusters, k, 1 or more.</param>
    /// <exception cref="N2DException">The number is below 1 (<c>ClusterCountOutOfRange</c>).</exception>
    public AblationOptions(int clusterCount) => ClusterCount = ClusterCountRange.Exactly(clusterCount).Most;

    /// <summary>The methods, in the order in which they run.</summary>
    public IReadOnlyList<AblationMethod> Methods
    {
        get => _methods;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            _methods = [.. value.Distinct()];
        }
    }

    /// <summary>The seeds. Each method runs with each seed. At least one seed, each 0 or more. Default: 0.</summary>
    /// <exception cref="N2DException">There are no seeds, or one is negative (<c>SeedsOutOfRange</c>).</exception>
    public IReadOnlyList<int> Seeds
    {
        get => _seeds;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            _seeds = value.Count > 0 && value.All(seed => seed >= 0)
                ? value.Distinct().ToArray()
                : throw new N2DException(
                    "SeedsOutOfRange",
                    ErrorKind.InvalidArgument,
                    value.Count == 0 ? "There are no seeds. Give at least one."
                        : $"The seeds are {string.Join(", ", value)}. Each must be 0 or more.",
                    value);
        }
    }

    /// <summary>The number of clusters, k.</summary>
    public int ClusterCount { get; }

    /// <summary>
    /// The number of dimensions of manifolds and codes. Default: k. Range: 1 to 512. t-SNE always uses 2: it is meant for plots, and above
    /// 3 dimensions it compares all pairs of rows.
    /// </summary>
    /// <exception cref="N2DException">The value is out of range (<c>DimensionOutOfRange</c>).</exception>
    [OptionRange(1, 512)]
    public int Dimension
    {
        get => _dimension ?? Math.Min(ClusterCount, 512);
        init => _dimension = Check(value);
    }

    /// <summary>
    /// The NeighborCount of the manifold learners. t-SNE uses its perplexity instead. Default: 20. Range: 2 or more.
    /// </summary>
    [OptionRange(2)]
    public int NeighborCount
    {
        get;
        init => field = Check(value);
    } = 20;

    /// <summary>The preset of the autoencoder and the mixture.</summary>
    public Preset Preset { get; init; }

    /// <summary>The number of passes over all rows in training; null for the preset's number.</summary>
    [OptionRange(1)]
    public int? Epochs
    {
        get;
        init => field = Check(value);
    }

    /// <summary>The widths of the encoder's hidden layers; null for the preset's widths.</summary>
    public IReadOnlyList<int>? HiddenUnits { get; init; }

    /// <summary>The device to train on.</summary>
    public ComputeDevice Device { get; init; } = ComputeDevice.Auto;

    /// <summary>The number of starts of each clusterer; null for its default.</summary>
    [OptionRange(1)]
    public int? StartCount
    {
        get;
        init => field = Check(value);
    }

    /// <summary>
    /// A file that the training is saved to, and resumes from if it exists. It requires a single seed. Null to save nothing.
    /// </summary>
    public CheckpointFile? Checkpoint { get; init; }

    /// <summary>The number of neighbors of spectral clustering, without the row itself.</summary>
    internal int SpectralNeighborCount => new SpectralOptions(ClusterCount).NeighborCount - 1;

    /// <summary>Whether an autoencoder is trained.</summary>
    internal bool HasAutoencoder => Methods.Any(method => method.Representation == Representation.Autoencoder);

    /// <summary>Rejects options that are invalid for any rows.</summary>
    /// <exception cref="N2DException">
    /// An option of a part is out of range (its name and <c>OutOfRange</c>), there is a checkpoint but several seeds
    /// (<c>CheckpointOfSeveralSeeds</c>), or the device is not available (<c>DeviceUnavailable</c>).
    /// </exception>
    public void ThrowIfUnusable()
    {
        foreach (var method in Methods)
        {
            _ = ClustererFor(method.Clusterer, 0);
            _ = method.Manifold is { } manifold ? ManifoldFit.Options(manifold, this, 0, Dimension) : null;
        }

        if (Checkpoint is not null && Seeds.Count > 1)
        {
            throw new N2DException(
                "CheckpointOfSeveralSeeds",
                ErrorKind.InvalidArgument,
                $"The checkpoint '{Checkpoint.Path}' can store only one training, but {Seeds.Count} seeds train {Seeds.Count} "
                    + $"autoencoders. Use one value of {nameof(Seeds)} at a time, each with its own {nameof(Checkpoint)}.",
                Checkpoint.Path)
            { Options = [nameof(Seeds), nameof(Checkpoint)] };
        }

        var autoencoder = PipelineFor(0).Autoencoder;
        if (HasAutoencoder)
        {
            autoencoder.ThrowIfUnusable();
        }
    }

    /// <summary>
    /// Rejects rows that the comparison cannot use, before long work starts. Rows that only some methods reject are left to these methods.
    /// </summary>
    /// <param name="input">The rows: a data set, scaled or not.</param>
    /// <exception cref="N2DException">
    /// There are fewer rows than clusters (<c>ClusterCountOutOfRange</c>), or the rows are the output of an autoencoder or a manifold
    /// learner (<c>RowsNotRaw</c>).
    /// </exception>
    public void ThrowIfUnfit(Embedding input)
    {
        ArgumentNullException.ThrowIfNull(input);
        ClusterCountRange.Exactly(ClusterCount).ThrowIfTooFewRows(input.RowCount);
        if (input.GetStages().Any(stage => stage.Role != StageRole.Scaling))
        {
            throw new N2DException(
                "RowsNotRaw",
                ErrorKind.InvalidArgument,
                $"The rows are the output of {input.Stages}, but the comparison fits its own autoencoders and manifolds. Use the data set "
                    + "itself.",
                input);
        }
    }

    /// <summary>Returns the options of N2D, whose stages the other methods also use.</summary>
    /// <param name="seed">The seed.</param>
    internal N2DOptions PipelineFor(int seed) => new(ClusterCount)
    {
        Preset = Preset,
        Dimension = Dimension,
        Epochs = Epochs,
        HiddenUnits = HiddenUnits,
        NeighborCount = NeighborCount,
        StartCount = StartCount,
        Device = Device,
        Seed = seed,
    };

    /// <summary>Returns the options of a clusterer.</summary>
    /// <param name="method">The clusterer.</param>
    /// <param name="seed">The seed.</param>
    internal ClustererOptions ClustererFor(ClusterMethod method, int seed)
    {
        var means = new KMeansOptions(ClusterCount);
        var spectral = new SpectralOptions(ClusterCountRange.Exactly(ClusterCount));
        return method switch
        {
            ClusterMethod.KMeans => means with { StartCount = StartCount ?? means.StartCount, Seed = seed },
            ClusterMethod.Spectral => spectral with { StartCount = StartCount ?? spectral.StartCount, Seed = seed },
            _ => PipelineFor(seed).Mixture,
        };
    }

    private static T Check<T>(T value, [CallerMemberName] string name = "") =>
        OptionRange.Check("The comparison", typeof(AblationOptions), name, value);
}
