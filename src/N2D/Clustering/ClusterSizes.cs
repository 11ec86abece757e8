namespace N2D.Clustering;

/// <summary>The numbers of rows of clusters, by which they are numbered.</summary>
internal static class ClusterSizes
{
    /// <summary>Counts the rows of each cluster.</summary>
    /// <param name="assignments">The cluster of each row; negative numbers are not counted.</param>
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

    /// <summary>Adds up what the rows of each cluster count.</summary>
    /// <param name="assignments">The cluster of each row.</param>
    /// <param name="clusterCount">k.</param>
    /// <param name="weights">What each row counts.</param>
    public static double[] Of(ReadOnlySpan<int> assignments, int clusterCount, double[] weights)
    {
        var sizes = new double[clusterCount];
        for (var row = 0; row < assignments.Length; row++)
        {
            sizes[assignments[row]] += weights[row];
        }

        return sizes;
    }

    /// <summary>The clusters by decreasing size, equally large ones in their order so far.</summary>
    /// <param name="sizes">The size of each.</param>
    public static int[] Descending<T>(T[] sizes) => [.. Enumerable.Range(0, sizes.Length).OrderByDescending(cluster => sizes[cluster])];

    /// <summary>Numbers clusters by decreasing size.</summary>
    /// <param name="assignments">The cluster of each row; takes the new numbers. Negative ones stay.</param>
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

    /// <summary>Tells of clusters that no row belongs to.</summary>
    /// <param name="sizes">The size of each.</param>
    /// <param name="execution">Whom to tell.</param>
    public static void WarnIfEmpty(int[] sizes, Execution execution)
    {
        if (sizes.Count(size => size == 0) is > 0 and var empty)
        {
            execution.Warn?.Invoke(
                $"{empty} of {Quantity.Of(sizes.Length, "cluster")} hold{(empty == 1 ? "s" : "")} no row: there are fewer distinct rows or groups of rows than that. Ask for fewer clusters, and check that the columns vary.");
        }
    }
}
