using System.Globalization;
using N2D.Clustering;
using N2D.Metrics;
using N2D.Pipeline;

namespace N2D.Models;

/// <summary>
/// How much of a clustering hangs on its seed: the whole pipeline is fitted anew with other ones, and both clusterings are compared. What differs between
/// seeds is nothing that the rows tell.
/// </summary>
internal static class PipelineStability
{
    /// <summary>Fits every stage and the clusterer anew, each with the seed after its own.</summary>
    /// <param name="embedding">The rows that were clustered, with the stages that made them.</param>
    /// <param name="clusterer">The clusterer.</param>
    /// <param name="assignments">The clusters that it found.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <returns>The adjusted Rand index of both clusterings.</returns>
    public static double Compute(Embedding embedding, FittedClusterer clusterer, ReadOnlySpan<int> assignments, Execution execution)
    {
        execution.Explain?.Invoke("Stability: the pipeline is fitted anew, each stage with the seed after its own.");
        Embedding again = embedding.GetDataset();
        foreach (var stage in embedding.GetStages())
        {
            again = stage.Refit(again, Next(stage.Seed), execution);
        }

        var other = clusterer.Refit(again.GetRows(), Next(clusterer.Seed), execution, again.GetWeights()).Predict(again.GetRows(), execution);
        var agreement = AdjustedRandIndex.Compute(assignments, other.Assignments);
        execution.Explain?.Invoke(string.Create(CultureInfo.InvariantCulture, $"Stability: adjusted Rand index {agreement:F4} between both clusterings."));
        return agreement;
    }

    private static int Next(int seed) => seed == int.MaxValue ? 0 : seed + 1;
}
