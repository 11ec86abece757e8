using System.Runtime.CompilerServices;
using N2D.Autoencoders;
using N2D.Clustering;
using N2D.Devices;
using N2D.Manifolds;
using N2D.Pipeline;

namespace N2D.Models;

/// <summary>
/// The options of the N2D pipeline (McConville et al., 2020): an autoencoder, UMAP of its codes, and a Gaussian mixture of the layout. Each
/// stage has its own options record; these are the most important options, and the presets. Immutable.
/// </summary>
public sealed record N2DOptions
{
    /// <summary>The default number of dimensions of codes and layouts.</summary>
    public const int DefaultDimension = 10;

    private readonly int? _dimension;

    /// <summary>Creates options for a number of clusters.</summary>
    /// <param name="clusterCount">The number of clusters, 1 or more.</param>
    /// <exception cref="N2DException">The number is below 1 (<c>ClusterCountOutOfRange</c>).</exception>
    public N2DOptions(int clusterCount)
        : this(ClusterCountRange.Exactly(clusterCount))
    {
    }

    /// <summary>Creates options for a range of numbers of clusters, from which the mixture chooses one.</summary>
    /// <param name="clusterCounts">The range.</param>
    public N2DOptions(ClusterCountRange clusterCounts)
    {
        ArgumentNullException.ThrowIfNull(clusterCounts);
        ClusterCounts = clusterCounts;
    }

    /// <summary>The number of clusters, or the range from which to choose it.</summary>
    public ClusterCountRange ClusterCounts { get; }

    /// <summary>The criterion that chooses from a range of numbers of clusters.</summary>
    public ClusterCountCriterion CountCriterion { get; init; }

    /// <summary>The preset of all options that are not set here.</summary>
    public Preset Preset { get; init; }

    /// <summary>
    /// The number of dimensions of the code and of the layout, 1 to 512. Default: 10; with <see cref="Preset.Paper"/>, the number of
    /// clusters.
    /// </summary>
    /// <exception cref="N2DException">It is out of range (<c>DimensionOutOfRange</c>).</exception>
    [OptionRange(1, 512)]
    public int Dimension
    {
        get => _dimension ?? (Preset == Preset.Paper && ClusterCounts.IsSingle ? Math.Min(ClusterCounts.Most, 512) : DefaultDimension);
        init => _dimension = Check(value);
    }

    /// <summary>The number of passes over all rows in training; null for the preset's number.</summary>
    [OptionRange(1)]
    public int? Epochs
    {
        get;
        init => field = Check(value);
    }

    /// <summary>The widths of the encoder's hidden layers; null for the preset's widths.</summary>
    public IReadOnlyList<int>? HiddenUnits { get; init; }

    /// <summary>The number of nearest neighbors in UMAP, including the row itself. Default: 20. Range: 2 or more.</summary>
    [OptionRange(2)]
    public int NeighborCount
    {
        get;
        init => field = Check(value);
    } = 20;

    /// <summary>The number of starts of the mixture; null for the preset's number.</summary>
    [OptionRange(1)]
    public int? StartCount
    {
        get;
        init => field = Check(value);
    }

    /// <summary>The seed of all random numbers.</summary>
    public int Seed { get; init; }

    /// <summary>The device to train on.</summary>
    public ComputeDevice Device { get; init; } = ComputeDevice.Auto;

    /// <summary>The options of the autoencoder.</summary>
    public AutoencoderOptions Autoencoder
    {
        get
        {
            var preset = Preset == Preset.Paper ? AutoencoderOptions.Paper(Dimension) : new AutoencoderOptions();
            return preset with
            {
                LatentDimension = Dimension,
                HiddenUnits = HiddenUnits ?? preset.HiddenUnits,
                Epochs = Epochs ?? preset.Epochs,
                Device = Device,
                Seed = Seed,
            };
        }
    }

    /// <summary>The options of UMAP.</summary>
    public UmapOptions Umap => new() { Dimension = Dimension, NeighborCount = NeighborCount, Seed = Seed };

    /// <summary>The options of the mixture.</summary>
    public GaussianMixtureOptions Mixture
    {
        get
        {
            var preset = Preset == Preset.Paper ? GaussianMixtureOptions.Paper(ClusterCounts) : new GaussianMixtureOptions(ClusterCounts);
            return preset with { CountCriterion = CountCriterion, StartCount = StartCount ?? preset.StartCount, Seed = Seed };
        }
    }

    /// <summary>Rejects options that are invalid for any rows, before long work starts.</summary>
    /// <exception cref="N2DException">
    /// An option is out of its range, or the device is not available (<c>DeviceUnavailable</c>, <c>TorchUnavailable</c>).
    /// </exception>
    public void ThrowIfUnusable()
    {
        Autoencoder.ThrowIfUnusable();
        Umap.ThrowIfInconsistent();
        Umap.ThrowIfUnavailable();
        _ = Mixture;
    }

    /// <summary>Rejects rows that a stage cannot be fitted to, before the first stage starts.</summary>
    /// <param name="input">The rows.</param>
    /// <exception cref="N2DException">
    /// There are too few rows (<c>TooFewRows</c>), fewer than clusters (<c>ClusterCountOutOfRange</c>), or more than arrays can hold values
    /// of (<c>TooManyValues</c>).
    /// </exception>
    public void ThrowIfUnfit(Embedding input)
    {
        ArgumentNullException.ThrowIfNull(input);
        AutoencoderOptions.ThrowIfTooFewRows(input.RowCount);
        Autoencoder.ThrowIfNotTrainable(input.GetImageShape(), input.Dimension);
        Umap.ThrowIfTooFewRows(input.RowCount);
        Mixture.ThrowIfTooFewRows(input.RowCount);
        Umap.ThrowIfTooManyRows(input.RowCount);
        Mixture.ThrowIfTooManyRows(input.RowCount);
    }

    private static T Check<T>(T value, [CallerMemberName] string name = "") => OptionRange.Check("N2D", typeof(N2DOptions), name, value);
}
