using System.Text.Json.Serialization;
using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>How k-means is run. Defaults are scikit-learn's of ten starts.</summary>
public sealed record KMeansOptions : CountedClustererOptions
{
    private readonly int _startCount = 10;
    private readonly Matrix? _initialCenters;

    /// <summary>Makes options.</summary>
    /// <param name="clusterCount">The number of clusters, k, 1 or more.</param>
    /// <exception cref="N2DException">The number is below 1 (<c>ClusterCountOutOfRange</c>).</exception>
    public KMeansOptions(int clusterCount)
        : base(ClusterCountRange.Exactly(clusterCount))
    {
    }

    /// <summary>
    /// The number of k-means++ starts, 1 or more; the one that ends at the smallest sum of squared distances wins. Default 10; 1 where
    /// <see cref="InitialCenters"/> are given.
    /// </summary>
    /// <exception cref="N2DException">The value is below 1 (<c>StartCountOutOfRange</c>).</exception>
    [OptionRange(1)]
    public int StartCount
    {
        get => InitialCenters is null ? _startCount : 1;
        init => _startCount = Check(value);
    }

    /// <summary>The largest number of iterations of a start, 1 or more. Default 300.</summary>
    /// <exception cref="N2DException">The value is below 1 (<c>MaxIterationsOutOfRange</c>).</exception>
    [OptionRange(1)]
    public int MaxIterations
    {
        get;
        init => field = Check(value);
    } = 300;

    /// <summary>
    /// A start has converged when the squared moves of its centers add up to no more than this share of the columns' mean variance, or when no row
    /// changes its cluster. 0 or more; default 1e-4.
    /// </summary>
    /// <exception cref="N2DException">The value is negative or not finite (<c>ToleranceOutOfRange</c>).</exception>
    [OptionRange(0)]
    public double Tolerance
    {
        get;
        init => field = Check(value);
    } = 1e-4;

    /// <summary>
    /// The centers that the only start begins at, one row for each cluster, in the columns of the rows. Default null: centers drawn by
    /// k-means++.
    /// </summary>
    /// <exception cref="N2DException">
    /// There is not one for each cluster (<c>InitialCenterCount</c>), or a value is NaN or infinite (<c>NotFinite</c>).
    /// </exception>
    [JsonIgnore]
    public Matrix? InitialCenters
    {
        get => _initialCenters;
        init => _initialCenters = InitialPlaces.Check(value, ClusterCounts, "initial centers");
    }

    /// <inheritdoc/>
    public override bool TakesWeights => true;

    /// <inheritdoc/>
    public override FittedClusterer Fit(Matrix rows, Execution execution) => KMeans.Fit(rows, this, execution);

    /// <inheritdoc/>
    public override FittedClusterer Fit(Matrix rows, IReadOnlyList<double>? weights, Execution execution) => KMeans.Fit(rows, this, execution, weights);
}
