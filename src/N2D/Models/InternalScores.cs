using N2D.Clustering;
using N2D.Metrics;
using N2D.Numerics;

namespace N2D.Models;

/// <summary>The scores of clusters in the space that they were found in. They need no labels.</summary>
/// <param name="Silhouette">The mean silhouette; null if it is undefined.</param>
/// <param name="Dispersion">The indices of Davies-Bouldin and Calinski-Harabasz; null if they are undefined.</param>
/// <param name="Dbcv">The density-based validity; null if it is undefined, or if the clusters are not those of Hdbscan.</param>
internal sealed record InternalScores(double? Silhouette, ClusterDispersion? Dispersion, double? Dbcv)
{
    /// <summary>Scores clusters.</summary>
    /// <param name="rows">n rows.</param>
    /// <param name="prediction">Their clusters.</param>
    /// <param name="clusterer">The clusterer. Its seed is that of the samples.</param>
    /// <param name="execution">Threads and cancellation.</param>
    public static InternalScores Of(Matrix rows, ClusterPrediction prediction, FittedClusterer clusterer, Execution execution) => new(
        Metrics.Silhouette.Compute(rows, prediction.Assignments, clusterer.Seed, execution, ClusterPrediction.Noise),
        ClusterDispersion.Compute(rows, prediction.Assignments, execution, ClusterPrediction.Noise),
        clusterer is Hdbscan
            ? DensityValidity.Compute(rows, prediction.Assignments, clusterer.Seed, execution, ClusterPrediction.Noise)
            : null);
}
