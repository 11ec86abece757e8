using System.Text.Json.Serialization;
using N2D.Devices;
using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>Options of k-means. Defaults are those of scikit-learn, with ten starts.</summary>
public sealed record KMeansOptions : CountedClustererOptions
{
    private readonly int _startCount = 10;
    private readonly Matrix? _initialCenters;

    /// <summary>Creates options.</summary>
    /// <param name="clusterCount">The number of clusters, k, 1 or more.</param>
    /// <exception cref="N2DException">The number is below 1 (<c>ClusterCountOutOfRange</c>).</exception>
    public KMeansOptions(int clusterCount)
        : base(ClusterCountRange.Exactly(clusterCount))
    {
    }

    /// <summary>
    /// n_init: the number of k-means++ starts; the one with the smallest inertia is kept. More starts take longer and miss the best optimum
    /// less often. Default: 10, or 1 if there are <see cref="InitialCenters"/>. Range: 1 or more.
    /// </summary>
    /// <exception cref="N2DException">The value is below 1 (<c>StartCountOutOfRange</c>).</exception>
    [OptionRange(1)]
    public int StartCount
    {
        get => InitialCenters is null ? _startCount : 1;
        init => _startCount = Check(value);
    }

    /// <summary>max_iter: the largest number of iterations of a start. Default: 300. Range: 1 or more.</summary>
    /// <exception cref="N2DException">The value is below 1 (<c>MaxIterationsOutOfRange</c>).</exception>
    [OptionRange(1)]
    public int MaxIterations
    {
        get;
        init => field = Check(value);
    } = 300;

    /// <summary>
    /// tol: a start converges when the sum of its centers' squared moves is at most this share of the columns' mean variance, or when no
    /// row changes its cluster. Default: 1e-4. Range: 0 or more.
    /// </summary>
    /// <exception cref="N2DException">The value is negative or not finite (<c>ToleranceOutOfRange</c>).</exception>
    [OptionRange(0)]
    public double Tolerance
    {
        get;
        init => field = Check(value);
    } = 1e-4;

    /// <summary>
    /// init: the initial centers of a single start, one row for each cluster, with the columns of the rows. Default: null, which draws
    /// centers with k-means++.
    /// </summary>
    /// <exception cref="N2DException">
    /// The number of centers is not the number of clusters (<c>InitialCenterCount</c>), or a value is NaN or infinite (<c>NotFinite</c>).
    /// </exception>
    [JsonIgnore]
    public Matrix? InitialCenters
    {
        get => _initialCenters;
        init => _initialCenters = InitialCenterValidation.Check(value, ClusterCounts, "initial centers");
    }

    /// <summary>
    /// The device that assigns the rows: the processor or an NVIDIA GPU. <see cref="ComputeDevice.Auto"/> selects a GPU for large work, if
    /// there is one, and warns if it fails. Default: the processor, because the kernels have not been measured on GPUs yet.
    /// </summary>
    public ComputeDevice Device { get; init; } = ComputeDevice.Cpu;

    /// <inheritdoc/>
    /// <exception cref="N2DException">The device is not available (<c>DeviceUnavailable</c>).</exception>
    public override void ThrowIfUnavailable()
    {
        if (Device.Kind != ComputeDeviceKind.Auto)
        {
            DeviceChoice.Resolve(Device);
        }
    }

    /// <inheritdoc/>
    protected internal override string Method => "KMeans";

    /// <inheritdoc/>
    public override bool TakesWeights => true;

    /// <inheritdoc/>
    public override FittedClusterer Fit(Matrix rows, Execution execution) => KMeans.Fit(rows, this, execution);

    /// <inheritdoc/>
    public override FittedClusterer Fit(Matrix rows, IReadOnlyList<double>? weights, Execution execution) =>
        KMeans.Fit(rows, this, execution, weights);
}
