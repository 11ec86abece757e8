using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>
/// k-means++ initialization (Arthur and Vassilvitskii, 2007): each center is a row drawn with a probability proportional to its squared
/// distance from the nearest previous center.
/// </summary>
/// <remarks>
/// The greedy variant of the paper's conclusion, as in scikit-learn: of 2 + ln k candidates for a center, the one that reduces the sum of
/// squared distances most is kept.
/// </remarks>
internal static class KMeansPlusPlus
{
    /// <summary>Draws centers.</summary>
    /// <param name="rows">n rows.</param>
    /// <param name="clusterCount">The number of centers, k, 1 to n.</param>
    /// <param name="random">The random sequence.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <param name="weights">The weight of each row, above 0; null if each row counts once.</param>
    /// <returns>k x d values. Each center is one of the rows; some are equal if there are fewer than k distinct rows.</returns>
    public static float[] Choose(
        ColumnBlocks rows, int clusterCount, ref RandomSequence random, Execution execution, double[]? weights = null)
    {
        var dimension = rows.ColumnCount;
        var centers = new float[clusterCount * dimension];
        var candidateCount = 2 + (int)PortableMath.Log(clusterCount);
        var candidates = new float[candidateCount][];
        var sampler = new DSquaredSampler(rows, candidateCount, weights);
        rows.CopyRow(sampler.First(ref random), centers.AsSpan(0, dimension));
        sampler.AddBest([centers.AsSpan(0, dimension).ToArray()], execution);
        for (var center = 1; center < clusterCount; center++)
        {
            for (var candidate = 0; candidate < candidateCount; candidate++)
            {
                candidates[candidate] = new float[dimension];
                rows.CopyRow(sampler.Next(ref random), candidates[candidate]);
            }

            candidates[sampler.AddBest(candidates, execution)].CopyTo(centers, center * dimension);
        }

        return centers;
    }
}
