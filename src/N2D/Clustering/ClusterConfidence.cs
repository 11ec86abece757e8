namespace N2D.Clustering;

/// <summary>
/// How clearly a row belongs to its cluster, 0 to 1: its simplified silhouette, (b - a) / max(a, b), where a is the squared distance of the
/// row to the center of its cluster, and b to the nearest other center (Hruschka et al. 2004), mapped from -1..1 to 0..1. A row halfway
/// between two centers has 0.5. Immutable.
/// </summary>
/// <remarks>
/// In layouts of UMAP, the clusters are so far apart that the posterior of a mixture is 1 for nearly all rows. This value predicts which
/// rows another seed puts in another cluster, without fitted constants; <c>bench/README.md</c> compares it with other measures.
/// Squared distances are less demanding than distances: a row twice as far from the other center has 0.875.
/// </remarks>
internal sealed class ClusterConfidence
{
    private readonly double[][] _centers;

    /// <summary>Creates a measure.</summary>
    /// <param name="centers">The center of each cluster, d values.</param>
    public ClusterConfidence(double[][] centers) => _centers = centers;

    /// <summary>The confidence of a row in a cluster; 1 if there is no other cluster.</summary>
    /// <param name="row">The row, d values.</param>
    /// <param name="cluster">The row's cluster.</param>
    public float Of(ReadOnlySpan<float> row, int cluster)
    {
        var (own, other) = (SquaredDistance(row, _centers[cluster]), double.PositiveInfinity);
        for (var candidate = 0; candidate < _centers.Length; candidate++)
        {
            other = candidate == cluster ? other : Math.Min(other, SquaredDistance(row, _centers[candidate]));
        }

        // Both are 0 if centers coincide with the row.
        return (float)(own < other ? 1 - (own / other / 2) : own > 0 ? other / own / 2 : 0.5);
    }

    private static double SquaredDistance(ReadOnlySpan<float> row, double[] center)
    {
        var sum = 0.0;
        for (var column = 0; column < center.Length; column++)
        {
            var difference = row[column] - center[column];
            sum += difference * difference;
        }

        return sum;
    }
}
