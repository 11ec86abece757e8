using System.Globalization;
using N2D.Clustering;
using N2D.Metrics;
using N2D.Pipeline;

namespace N2D.Models;

/// <summary>
/// Measures how much a clustering depends on its seed: refits the whole pipeline with other seeds and compares both clusterings.
/// Differences between seeds are not a property of the data.
/// </summary>
internal static class PipelineStability
{
    /// <summary>Refits all stages and the clusterer, each with its seed plus 1.</summary>
    /// <param name="embedding">The clustered rows, with the stages that produced them.</param>
    /// <param name="clusterer">The clusterer.</param>
    /// <param name="assignments">The clusters of the rows.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <returns>
    /// The adjusted Rand index between both clusterings, and the share of rows that both put in the same cluster under the best matching of
    /// their clusters.
    /// </returns>
    public static (double RandIndex, double AgreedShare) Compute(
        Embedding embedding, FittedClusterer clusterer, ReadOnlySpan<int> assignments, Execution execution)
    {
        execution.Explain?.Invoke("Stability: refitting the pipeline, each stage with its seed plus 1.");
        Embedding again = embedding.GetDataset();
        foreach (var stage in embedding.GetStages())
        {
            again = stage.Refit(again, Next(stage.Seed), execution);
        }

        var other =
            clusterer.Refit(again.GetRows(), Next(clusterer.Seed), execution, again.GetWeights()).Predict(again.GetRows(), execution);
        var randIndex = AdjustedRandIndex.Compute(assignments, other.Assignments);
        var agreedShare = LayoutPair.ShareOf(LayoutPair.AgreedOf(
            assignments.ToArray(), other.Assignments.ToArray(), execution.CancellationToken));
        execution.Explain?.Invoke(string.Create(
            CultureInfo.InvariantCulture,
            $"Stability: adjusted Rand index {randIndex:F4} between both clusterings; {agreedShare:P1} of the rows are in the same "
                + $"cluster."));
        return (randIndex, agreedShare);
    }

    /// <summary>The seed of the second fit.</summary>
    internal static int Next(int seed) => seed == int.MaxValue ? 0 : seed + 1;
}
