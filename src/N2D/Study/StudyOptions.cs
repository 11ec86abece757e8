using System.Runtime.CompilerServices;
using N2D.Autoencoders;
using N2D.Clustering;
using N2D.Models;
using N2D.Pipeline;

namespace N2D.Study;

/// <summary>
/// What to compare, and how its parts are to work: each as its cmdlet does by default, but that manifold and code have as many dimensions as there are clusters, as in the N2D
/// study. Immutable.
/// </summary>
public sealed record StudyOptions
{
    private readonly IReadOnlyList<StudyMethod> _methods = StudyMethod.All;
    private readonly IReadOnlyList<int> _seeds = [0];
    private readonly int? _dimension;

    /// <summary>Makes options.</summary>
    /// <param name="clusterCount">The number of clusters, k, 1 or more.</param>
    /// <exception cref="N2DException">The number is below 1 (<c>ClusterCountOutOfRange</c>).</exception>
    public StudyOptions(int clusterCount) => ClusterCount = ClusterCountRange.Exactly(clusterCount).Most;

    /// <summary>The methods, in the order in which they are run.</summary>
    public IReadOnlyList<StudyMethod> Methods
    {
        get => _methods;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            _methods = [.. value.Distinct()];
        }
    }

    /// <summary>The seeds, each of which every method is run with; at least one, each 0 or more.</summary>
    /// <exception cref="N2DException">There is none, or one is negative (<c>SeedsOutOfRange</c>).</exception>
    public IReadOnlyList<int> Seeds
    {
        get => _seeds;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            _seeds = value.Count > 0 && value.All(seed => seed >= 0)
                ? value.Distinct().ToArray()
                : throw new N2DException(
                    "SeedsOutOfRange", ErrorKind.InvalidArgument, $"The seeds are: {string.Join(", ", value)}. There must be one at least, each 0 or more.", value);
        }
    }

    /// <summary>The number of clusters, k.</summary>
    public int ClusterCount { get; }

    /// <summary>The dimensions of manifolds and codes, 1 to 512; k unless set. t-SNE's are two in any case: it is made for the eye, and past three looks at all pairs.</summary>
    /// <exception cref="N2DException">It is out of that range (<c>DimensionOutOfRange</c>).</exception>
    [OptionRange(1, 512)]
    public int Dimension
    {
        get => _dimension ?? Math.Min(ClusterCount, 512);
        init => _dimension = Check(value);
    }

    /// <summary>How many neighbors manifold learners look at, counted as each counts them; 2 or more. t-SNE has its perplexity instead.</summary>
    [OptionRange(2)]
    public int NeighborCount
    {
        get;
        init => field = Check(value);
    } = 20;

    /// <summary>The recipe of the autoencoder and the mixture.</summary>
    public Preset Preset { get; init; }

    /// <summary>Passes over all rows in training; null for the recipe's own.</summary>
    [OptionRange(1)]
    public int? Epochs
    {
        get;
        init => field = Check(value);
    }

    /// <summary>The widths of the encoder's hidden layers; null for the recipe's own.</summary>
    public IReadOnlyList<int>? HiddenUnits { get; init; }

    /// <summary>Where to train.</summary>
    public ComputeDevice Device { get; init; } = ComputeDevice.Auto;

    /// <summary>The number of starts of every clusterer; null for each one's own.</summary>
    [OptionRange(1)]
    public int? StartCount
    {
        get;
        init => field = Check(value);
    }

    /// <summary>A file that the training is saved in, and goes on from if it is there; it takes one seed. Null to save nothing.</summary>
    public CheckpointFile? Checkpoint { get; init; }

    /// <summary>How many nearest other rows spectral clustering looks at: it counts the row itself.</summary>
    internal int SpectralNeighborCount => new SpectralOptions(ClusterCount).NeighborCount - 1;

    /// <summary>Whether an autoencoder is trained.</summary>
    internal bool HasAutoencoder => Methods.Any(method => method.Representation == Representation.Autoencoder);

    /// <summary>Refuses options that no rows could go with.</summary>
    /// <exception cref="N2DException">
    /// An option of a part is out of its range (its name and <c>OutOfRange</c>), a checkpoint is to take several seeds (<c>CheckpointOfSeveralSeeds</c>), or the device is not there
    /// (<c>DeviceUnavailable</c>).
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
                $"The file '{Checkpoint.Path}' holds one training, and {Seeds.Count} seeds train as many autoencoders: give one seed at a time, each with a file of its own.",
                Checkpoint.Path);
        }

        var autoencoder = PipelineFor(0).Autoencoder;
        if (HasAutoencoder)
        {
            autoencoder.ThrowIfDeviceUnavailable();
        }
    }

    /// <summary>Refuses rows that cannot be studied, before anything long begins. What only some methods cannot do with is left to these.</summary>
    /// <param name="input">The rows: a data set, scaled or not.</param>
    /// <exception cref="N2DException">
    /// There are fewer rows than clusters (<c>ClusterCountOutOfRange</c>), or the rows are what an autoencoder or a manifold learner made (<c>RowsNotRaw</c>).
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
                $"The rows went through {input.Stages} already, and the study makes autoencoders and manifolds of its own: pipe the data set itself.",
                input);
        }
    }

    /// <summary>The options of N2D, whose stages the other methods use as well.</summary>
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

    /// <summary>The options of a clusterer.</summary>
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

    private static T Check<T>(T value, [CallerMemberName] string name = "") => OptionRange.Check("The study", typeof(StudyOptions), name, value);
}
