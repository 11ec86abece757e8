using System.Numerics.Tensors;
using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>The most typical rows of a cluster: those nearest to its center.</summary>
public static class Exemplars
{
    /// <summary>Finds the rows of each cluster that are nearest to the mean of the cluster, by Euclidean distance.</summary>
    /// <param name="rows">The clustered rows, n x d.</param>
    /// <param name="clusters">The cluster of each row, from 0; negative for rows in no cluster.</param>
    /// <param name="clusterCount">The number of clusters, k.</param>
    /// <param name="count">The number of rows for each cluster. Smaller clusters have fewer.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>The row numbers for each cluster, nearest first. Ties are in row order.</returns>
    /// <exception cref="ArgumentException">The numbers of clusters and rows differ.</exception>
    public static int[][] Find(Matrix rows, ReadOnlySpan<int> clusters, int clusterCount, int count, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(execution);
        if (clusters.Length != rows.RowCount)
        {
            throw new ArgumentException($"{clusters.Length} clusters for {rows.RowCount} rows.", nameof(clusters));
        }

        var members = MembersOf(clusters, clusterCount);
        var nearest = new int[clusterCount][];
        ParallelRows.For(clusterCount, 1, execution, (start, end) =>
        {
            for (var cluster = start; cluster < end; cluster++)
            {
                var center = MeanOf(rows, members[cluster]);
                var distances = members[cluster].ConvertAll(row => SquaredDistance(rows.Row(row), center));
                nearest[cluster] = [.. Enumerable.Range(0, distances.Count)
                    .OrderBy(place => distances[place])
                    .Take(count)
                    .Select(place => members[cluster][place])];
            }
        });
        return nearest;
    }

    private static List<int>[] MembersOf(ReadOnlySpan<int> clusters, int clusterCount)
    {
        List<int>[] members = [.. Enumerable.Range(0, clusterCount).Select(_ => new List<int>())];
        for (var row = 0; row < clusters.Length; row++)
        {
            if (clusters[row] >= 0)
            {
                members[clusters[row]].Add(row);
            }
        }

        return members;
    }

    private static double[] MeanOf(Matrix rows, List<int> members)
    {
        var mean = new double[rows.ColumnCount];
        foreach (var row in members)
        {
            var values = rows.Row(row);
            for (var column = 0; column < mean.Length; column++)
            {
                mean[column] += values[column];
            }
        }

        // The additions are in row order. The vectorized division rounds like a scalar one.
        TensorPrimitives.Divide(mean, Math.Max(1, members.Count), mean);
        return mean;
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
