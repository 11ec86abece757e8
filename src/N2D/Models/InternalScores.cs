using N2D.Clustering;
using N2D.Metrics;
using N2D.Numerics;

namespace N2D.Models;

/// <summary>The scores of clusters in the space that they were found in. They need no labels, and ignore noise.</summary>
/// <param name="Silhouette">The mean silhouette; null if it is undefined.</param>
/// <param name="Dispersion">The indices of Davies-Bouldin and Calinski-Harabasz; null if they are undefined.</param>
internal sealed record InternalScores(double? Silhouette, ClusterDispersion? Dispersion)
{
    /// <summary>Scores clusters.</summary>
    /// <param name="rows">n rows.</param>
    /// <param name="prediction">Their clusters.</param>
    /// <param name="seed">The seed of the silhouette's sample.</param>
    /// <param name="execution">Threads and cancellation.</param>
    public static InternalScores Of(Matrix rows, ClusterPrediction prediction, int seed, Execution execution) => new(
        Metrics.Silhouette.Compute(rows, prediction.Assignments, seed, execution, ClusterPrediction.Noise),
        ClusterDispersion.Compute(rows, prediction.Assignments, execution, ClusterPrediction.Noise));
}
