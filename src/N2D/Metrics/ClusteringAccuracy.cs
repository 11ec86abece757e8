namespace N2D.Metrics;

/// <summary>
/// Clustering accuracy (ACC): the share of rows whose cluster is matched to their class, under the best one-to-one matching of clusters and
/// classes (Yang et al., 2010), a linear assignment problem (Kuhn, 1955).
/// </summary>
public sealed class ClusteringAccuracy
{
    private readonly Dictionary<int, int> _classOfCluster;

    private ClusteringAccuracy(double value, Dictionary<int, int> classOfCluster)
    {
        Value = value;
        _classOfCluster = classOfCluster;
    }

    /// <summary>The accuracy, 0 to 1.</summary>
    public double Value { get; }

    /// <summary>The class that each cluster is matched to. If there are more clusters than classes, some have none.</summary>
    public IReadOnlyDictionary<int, int> GetClassMapping() => _classOfCluster;

    /// <summary>Computes the accuracy of a clustering.</summary>
    /// <param name="classes">The true class of each row.</param>
    /// <param name="clusters">The cluster of each row. The numbers of clusters and classes can differ.</param>
    /// <exception cref="ArgumentException">The labelings are empty or have different lengths.</exception>
    public static ClusteringAccuracy Compute(ReadOnlySpan<int> classes, ReadOnlySpan<int> clusters) =>
        Compute(new ContingencyTable(classes, clusters));

    /// <summary>Computes the accuracy of a clustering.</summary>
    /// <param name="table">The contingency table of classes and clusters.</param>
    /// <param name="noise">The cluster number of noise, which is not matched to any class; null if there is none.</param>
    /// <exception cref="ArgumentException">The table is empty.</exception>
    public static ClusteringAccuracy Compute(ContingencyTable table, int? noise = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (table.RowCount == 0)
        {
            throw new ArgumentException("There are no rows to score.", nameof(table));
        }

        var clusterOf = OptimalAssignment.Maximize(table.Classes.Length, table.Clusters.Length, Matched);
        var mapping = new Dictionary<int, int>();
        var matched = 0L;
        for (var index = 0; index < clusterOf.Length; index++)
        {
            if (clusterOf[index] >= 0 && table.Clusters[clusterOf[index]] != noise)
            {
                mapping.Add(table.Clusters[clusterOf[index]], table.Classes[index]);
                matched += table[index, clusterOf[index]];
            }
        }

        return new ClusteringAccuracy((double)matched / table.RowCount, mapping);

        double Matched(int row, int column) => table.Clusters[column] == noise ? 0 : table[row, column];
    }
}
