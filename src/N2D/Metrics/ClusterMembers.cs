namespace N2D.Metrics;

/// <summary>The rows of each cluster.</summary>
internal static class ClusterMembers
{
    /// <summary>Groups rows by cluster.</summary>
    /// <param name="clusters">The cluster of each row.</param>
    /// <param name="noise">The cluster number of noise, whose rows are left out; null if no row is noise.</param>
    /// <returns>The rows of each cluster, ascending; clusters by ascending number.</returns>
    public static int[][] Of(ReadOnlySpan<int> clusters, int? noise)
    {
        var members = new SortedDictionary<int, List<int>>();
        for (var row = 0; row < clusters.Length; row++)
        {
            if (clusters[row] != noise)
            {
                if (!members.TryGetValue(clusters[row], out var rows))
                {
                    members.Add(clusters[row], rows = []);
                }

                rows.Add(row);
            }
        }

        return [.. members.Values.Select(rows => rows.ToArray())];
    }
}
