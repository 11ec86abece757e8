using N2D.Devices;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Clustering;

/// <summary>A fitted clusterer, which can predict the clusters of new rows. Immutable.</summary>
public abstract class FittedClusterer
{
    /// <summary>The algorithm's name, such as <c>GaussianMixture</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The number of clusters, k. Clusters are numbered from 0 by decreasing size on the rows of the fit.</summary>
    public abstract int ClusterCount { get; }

    /// <summary>The number of columns of the rows of the fit, d.</summary>
    public abstract int Dimension { get; }

    /// <summary>The options of the fit.</summary>
    public abstract ClustererOptions Options { get; }

    /// <summary>The random seed of the fit.</summary>
    public int Seed => Options.Seed;

    /// <summary>The number of random starts, of which the best is kept; null if the algorithm has none.</summary>
    public virtual int? StartCount => null;

    /// <summary>
    /// The number of starts that reached the best optimum; null if the algorithm has none. If it is 1 of many, there may be a better
    /// optimum.
    /// </summary>
    public virtual int? BestStartCount => null;

    /// <summary>
    /// The difference between the best optimum and the next best one that a start reached: in mean log-likelihood per row for mixtures, in
    /// mean squared distance to the center for k-means. The closer to zero, the more the clusters depend on chance. Null if all starts
    /// reached the best optimum, or if the algorithm has no starts.
    /// </summary>
    public virtual double? OptimumGap => null;

    /// <summary>The number of free parameters, for information criteria; null if the model has no density.</summary>
    internal virtual long? ParameterCount => null;

    /// <summary>
    /// The score of each number of clusters that was tried, in ascending order of the number; empty if the number was given or the
    /// algorithm needs none.
    /// </summary>
    public IReadOnlyList<ClusterCountScore> GetClusterCountCurve() => Curve;

    /// <summary>The settings of the fit as text, such as <c>ClusterCount=10; StartCount=20</c>.</summary>
    public virtual string Settings => StageSettings.TextOf(
        new StageSettings.Setting("ClusterCount", ClusterCount), new StageSettings.Setting("Seed", Seed));

    /// <summary>The name of the device of the fit, such as <c>cpu</c> or <c>cuda:0</c>.</summary>
    public string Device { get; private protected init; } = ComputeDevice.Cpu.ToString();

    /// <summary>The duration of the fit, in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>Whether the clusterer computes the probability of every cluster for a row, not only that of the row's own.</summary>
    public virtual bool HasAllProbabilities => false;

    /// <summary>
    /// The measure of confidence, from the centers of the clusters; null if clusters can have any shape, so that their centers mean little.
    /// </summary>
    internal ClusterConfidence? Confidence
    {
        get => field ??= CentersOfClusters() is { } centers ? new ClusterConfidence(centers) : null;
        private set;
    }

    /// <summary>The result of <see cref="GetClusterCountCurve"/>.</summary>
    internal IReadOnlyList<ClusterCountScore> Curve { get; init; } = [];

    /// <summary>Predicts the clusters of rows, which may be rows of the fit.</summary>
    /// <param name="rows">n x Dimension.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <exception cref="N2DException">
    /// The rows have another number of columns (<c>DimensionMismatch</c>), or a value is NaN or infinite (<c>NotFinite</c>).
    /// </exception>
    public abstract ClusterPrediction Predict(Matrix rows, Execution execution);

    /// <summary>
    /// Predicts the clusters of rows, and measures the distance of each row from the rows of the fit: from its nearest center, its nearest
    /// Gaussian, or its nearest rows. Rows of the fit are treated like any other rows.
    /// </summary>
    /// <param name="rows">n x Dimension.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <exception cref="N2DException">As for <see cref="Predict"/>.</exception>
    public abstract MeasuredClusters Measure(Matrix rows, Execution execution);

    /// <summary>
    /// Approximates the leave-one-out distances of rows of the fit: as <see cref="Measure"/>, but as if each row had not been in the fit.
    /// The distances of new rows are compared with these.
    /// </summary>
    /// <param name="rows">Some of the rows of the fit, or all.</param>
    /// <param name="execution">Threads and cancellation.</param>
    internal virtual float[] MeasureLeftOut(Matrix rows, Execution execution) => Measure(rows, execution).Distances;

    /// <summary>Fits a clusterer with the same options and another seed.</summary>
    /// <param name="rows">The rows of the fit.</param>
    /// <param name="seed">The random seed.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <param name="weights">
    /// The weight of each row; null if each row counts once. Ignored if the algorithm does not support weights.
    /// </param>
    public FittedClusterer Refit(Matrix rows, int seed, Execution execution, IReadOnlyList<double>? weights = null) =>
        (Options with { Seed = seed }).Fit(rows, Options.TakesWeights ? weights : null, execution);

    /// <summary>The center of each cluster; null if clusters can have any shape.</summary>
    private protected virtual double[][]? CentersOfClusters() => null;

    /// <summary>Throws if rows have another number of columns than the rows of the fit.</summary>
    /// <param name="rows">The rows to predict.</param>
    /// <exception cref="N2DException">The rows have another number of columns (<c>DimensionMismatch</c>).</exception>
    protected void ThrowIfMismatched(Matrix rows) => FittedDimension.ThrowIfMismatched(rows, Name, Dimension);

    /// <inheritdoc/>
    public override string ToString() => $"{Name}, {Quantity.Of(ClusterCount, "cluster")}";
}

/// <summary>The clusters of rows, and the distances of the rows from the rows of the fit.</summary>
/// <param name="Prediction">The cluster of each row, with probabilities.</param>
/// <param name="Distances">The distance of each row from the rows of the fit, 0 or more, in units that depend on the clusterer.</param>
public readonly record struct MeasuredClusters(ClusterPrediction Prediction, float[] Distances);
