using N2D.Metrics;

namespace N2D.Comparison;

/// <summary>
/// The clusters of two partitions, paired one to one so that the pairs share as many rows as possible (Kuhn, 1955). Noise is paired with
/// noise only.
/// </summary>
internal sealed class ClusterMatching
{
    private readonly int[] _differenceOf;

    private ClusterMatching(int[] differenceOf) => _differenceOf = differenceOf;

    /// <summary>Pairs the clusters.</summary>
    /// <param name="counts">The number of rows in each pair of a reference cluster and another one.</param>
    /// <param name="referenceNoise">The index of noise among the reference clusters; -1 if there is none.</param>
    /// <param name="differenceNoise">The index of noise among the other clusters; -1 if there is none.</param>
    /// <param name="token">Cancels the work.</param>
    public static ClusterMatching Of(int[,] counts, int referenceNoise, int differenceNoise, CancellationToken token)
    {
        var (rowCount, columnCount) = (counts.GetLength(0), counts.GetLength(1));
        var pairs = OptimalAssignment.Maximize(rowCount, columnCount, Shared, token);
        for (var row = 0; row < rowCount; row++)
        {
            // Clusters without a common row are paired only because both were left over.
            if (pairs[row] >= 0 && Shared(row, pairs[row]) == 0)
            {
                pairs[row] = -1;
            }
        }

        if (referenceNoise >= 0)
        {
            pairs[referenceNoise] = differenceNoise;
        }

        return new ClusterMatching(pairs);

        double Shared(int row, int column) => row == referenceNoise || column == differenceNoise ? 0 : counts[row, column];
    }

    /// <summary>The cluster that a reference cluster is paired with; -1 if there is none.</summary>
    /// <param name="reference">The index of the reference cluster.</param>
    public int this[int reference] => _differenceOf[reference];

    /// <summary>All clusters of the other partition: first the paired ones, in the order of the reference, then the rest.</summary>
    /// <param name="differenceCount">The number of clusters of the other partition.</param>
    public int[] AlignedOrder(int differenceCount)
    {
        int[] paired = [.. _differenceOf.Where(difference => difference >= 0)];
        return [.. paired, .. Enumerable.Range(0, differenceCount).Except(paired)];
    }
}
