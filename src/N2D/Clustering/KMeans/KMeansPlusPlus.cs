using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>
/// Starting centers that lie apart: each next one is a row drawn with a probability proportional to its squared distance from the
/// nearest center so far (Arthur and Vassilvitskii, 2007).
/// </summary>
/// <remarks>
/// The greedy form, as in that paper's conclusion: of 2 + ln k rows drawn for a center, the one that lowers the sum of squared
/// distances most is kept.
/// </remarks>
internal static class KMeansPlusPlus
{
    /// <summary>Draws centers.</summary>
    /// <param name="rows">n rows.</param>
    /// <param name="clusterCount">The number of centers, k, 1 to n.</param>
    /// <param name="random">What draws.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <param name="weights">What each row counts, above 0; null where each counts once.</param>
    /// <returns>k x d values, each center one of the rows; some are equal where there are fewer than k distinct rows.</returns>
    public static float[] Choose(ColumnBlocks rows, int clusterCount, ref RandomSequence random, Execution execution, double[]? weights = null)
    {
        var dimension = rows.ColumnCount;
        var centers = new float[clusterCount * dimension];
        var candidateCount = 2 + (int)Math.Log(clusterCount);
        var candidates = new float[candidateCount][];
        var draw = new NearestDistanceDraw(rows, candidateCount, weights);
        rows.CopyRow(draw.First(ref random), centers.AsSpan(0, dimension));
        draw.AddBest([centers.AsSpan(0, dimension).ToArray()], execution);
        for (var center = 1; center < clusterCount; center++)
        {
            for (var candidate = 0; candidate < candidateCount; candidate++)
            {
                candidates[candidate] = new float[dimension];
                rows.CopyRow(draw.Next(ref random), candidates[candidate]);
            }

            candidates[draw.AddBest(candidates, execution)].CopyTo(centers, center * dimension);
        }

        return centers;
    }
}
