using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Clustering;

/// <summary>A clusterer that was fitted to rows and can tell the clusters of others. Immutable.</summary>
public abstract class FittedClusterer
{
    /// <summary>The algorithm's name, such as <c>GaussianMixture</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The number of clusters, k. They are numbered from 0 by decreasing size on the rows of the fit.</summary>
    public abstract int ClusterCount { get; }

    /// <summary>The number of columns that it was fitted to, d.</summary>
    public abstract int Dimension { get; }

    /// <summary>What was asked of the fit.</summary>
    public abstract ClustererOptions Options { get; }

    /// <summary>The seed of everything random in the fit.</summary>
    public int Seed => Options.Seed;

    /// <summary>The number of starts of which the best was kept; null if the algorithm has none.</summary>
    public virtual int? StartCount => null;

    /// <summary>How many starts reached the best optimum found; null if the algorithm has none. One of many says that a better one may have been missed.</summary>
    public virtual int? BestStartCount => null;

    /// <summary>
    /// By how much the next best optimum that a start ended at falls short of the best, in the mean log-likelihood of a row for mixtures, in
    /// the mean squared distance of a row from its center for k-means; null if all ended at the best, or the algorithm has no starts. The nearer to zero,
    /// the more the clusters are a matter of chance.
    /// </summary>
    public virtual double? OptimumGap => null;

    /// <summary>The number of free parameters, which information criteria charge for; null if the model has no density.</summary>
    internal virtual long? ParameterCount => null;

    /// <summary>
    /// How the number of clusters was chosen: the score of each number that was tried, ascending by number; empty where a number was given, or none is
    /// needed.
    /// </summary>
    public IReadOnlyList<ClusterCountScore> GetClusterCountCurve() => Curve;

    /// <summary>What was asked of the fit, by the names of the cmdlet's parameters, such as <c>ClusterCount=10; StartCount=20</c>.</summary>
    public virtual string Settings => StageSettings.TextOf(
        new StageSettings.Setting("ClusterCount", ClusterCount), new StageSettings.Setting("Seed", Seed));

    /// <summary>Wall-clock seconds of the fit.</summary>
    public required double Seconds { get; init; }

    /// <summary>What <see cref="GetClusterCountCurve"/> tells.</summary>
    internal IReadOnlyList<ClusterCountScore> Curve { get; init; } = [];

    /// <summary>Finds the clusters of rows, those of the fit or others.</summary>
    /// <param name="rows">n x Dimension.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <exception cref="N2DException">
    /// The rows have another number of columns (<c>DimensionMismatch</c>), or a value is NaN or infinite (<c>NotFinite</c>).
    /// </exception>
    public abstract ClusterPrediction Predict(Matrix rows, Execution execution);

    /// <summary>
    /// Does as <see cref="Predict"/>, and tells how far each row lies from those that were clustered: from its nearest center, its nearest Gaussian, the nearest rows of the fit. Of rows of
    /// the fit it tells as of any.
    /// </summary>
    /// <param name="rows">n x Dimension.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <exception cref="N2DException">As for <see cref="Predict"/>.</exception>
    public abstract MeasuredClusters Measure(Matrix rows, Execution execution);

    /// <summary>How far rows of the fit lie from those that were clustered, each as if it had not been among them as nearly as that can be told: what distances of others compare with.</summary>
    /// <param name="rows">Some of the rows of the fit, or all.</param>
    /// <param name="execution">Threads and cancellation.</param>
    internal virtual float[] MeasureLeftOut(Matrix rows, Execution execution) => Measure(rows, execution).Distances;

    /// <summary>Fits the same anew, with another seed.</summary>
    /// <param name="rows">The rows to fit to.</param>
    /// <param name="seed">The seed of everything random.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <param name="weights">What each row counts; null where each counts once. An algorithm that takes none leaves them.</param>
    public FittedClusterer Refit(Matrix rows, int seed, Execution execution, IReadOnlyList<double>? weights = null) =>
        (Options with { Seed = seed }).Fit(rows, Options.TakesWeights ? weights : null, execution);

    /// <summary>Refuses rows that the clusterer was not fitted for.</summary>
    /// <param name="rows">The rows to predict.</param>
    /// <exception cref="N2DException">The rows have another number of columns (<c>DimensionMismatch</c>).</exception>
    protected void ThrowIfMismatched(Matrix rows) => FittedDimension.ThrowIfMismatched(rows, Name, Dimension);

    /// <inheritdoc/>
    public override string ToString() => $"{Name}, {Quantity.Of(ClusterCount, "cluster")}";
}

/// <summary>The clusters of rows.</summary>
/// <param name="Prediction">The cluster of each, and how likely it is.</param>
/// <param name="Distances">How far each lies from the rows that were clustered, 0 or more, in the clusterer's own units.</param>
public readonly record struct MeasuredClusters(ClusterPrediction Prediction, float[] Distances);
