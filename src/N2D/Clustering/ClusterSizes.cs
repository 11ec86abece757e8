namespace N2D.Clustering;

/// <summary>The sizes of clusters. Clusters are numbered by size.</summary>
internal static class ClusterSizes
{
    /// <summary>Counts the rows of each cluster.</summary>
    /// <param name="assignments">The cluster of each row. Negative numbers are not counted.</param>
    /// <param name="clusterCount">k.</param>
    public static int[] Of(ReadOnlySpan<int> assignments, int clusterCount)
    {
        var sizes = new int[clusterCount];
        foreach (var cluster in assignments)
        {
            if (cluster >= 0)
            {
                sizes[cluster]++;
            }
        }

        return sizes;
    }

    /// <summary>Sums the weights of the rows in each cluster.</summary>
    /// <param name="assignments">The cluster of each row.</param>
    /// <param name="clusterCount">k.</param>
    /// <param name="weights">The weight of each row.</param>
    public static double[] Of(ReadOnlySpan<int> assignments, int clusterCount, double[] weights)
    {
        var sizes = new double[clusterCount];
        for (var row = 0; row < assignments.Length; row++)
        {
            sizes[assignments[row]] += weights[row];
        }

        return sizes;
    }

    /// <summary>The clusters by decreasing size. Clusters of equal size keep their order.</summary>
    /// <param name="sizes">The size of each cluster.</param>
    public static int[] Descending<T>(T[] sizes) => [.. Enumerable.Range(0, sizes.Length).OrderByDescending(cluster => sizes[cluster])];

    /// <summary>Renumbers clusters by decreasing size.</summary>
    /// <param name="assignments">The cluster of each row. Receives the new numbers; negative ones stay.</param>
    /// <param name="clusterCount">k.</param>
    /// <returns>The old number of each cluster.</returns>
    public static int[] Renumber(Span<int> assignments, int clusterCount)
    {
        var order = Descending(Of(assignments, clusterCount));
        var place = new int[clusterCount];
        for (var index = 0; index < order.Length; index++)
        {
            place[order[index]] = index;
        }

        foreach (ref var cluster in assignments)
        {
            cluster = cluster < 0 ? cluster : place[cluster];
        }

        return order;
    }

    /// <summary>Warns of empty clusters.</summary>
    /// <param name="sizes">The size of each cluster.</param>
    /// <param name="execution">Receives the warning.</param>
    public static void WarnIfEmpty(int[] sizes, Execution execution)
    {
        if (sizes.Count(size => size == 0) is > 0 and var empty)
        {
            execution.Warn?.Invoke(
                $"{empty} of {Quantity.Of(sizes.Length, "cluster")} {(empty == 1 ? "is" : "are")} empty, because there are fewer "
                    + "distinct rows or groups of rows. Ask for fewer clusters, and check that the columns vary.");
        }
    }
}
