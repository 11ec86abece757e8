namespace N2D.Metrics;

/// <summary>The contingency table of two labelings: the number of rows for each combination of class and cluster. Immutable.</summary>
/// <remarks>Labels can be any integers. The table has a row or column for each label that occurs, in ascending order.</remarks>
public sealed class ContingencyTable
{
    private readonly int[] _counts;
    private readonly int[] _classes;
    private readonly int[] _clusters;
    private readonly int[] _classSizes;
    private readonly int[] _clusterSizes;

    /// <summary>Counts rows by class and cluster.</summary>
    /// <param name="classes">The true label of each row.</param>
    /// <param name="clusters">The cluster of each row.</param>
    /// <exception cref="ArgumentException">The labelings have different lengths.</exception>
    public ContingencyTable(ReadOnlySpan<int> classes, ReadOnlySpan<int> clusters)
    {
        if (classes.Length != clusters.Length)
        {
            throw new ArgumentException($"{classes.Length} classes but {clusters.Length} clusters.", nameof(clusters));
        }

        RowCount = classes.Length;
        (_classes, var classOf) = Number(classes);
        (_clusters, var clusterOf) = Number(clusters);
        _counts = new int[_classes.Length * _clusters.Length];
        _classSizes = new int[_classes.Length];
        _clusterSizes = new int[_clusters.Length];
        for (var row = 0; row < RowCount; row++)
        {
            var (classIndex, clusterIndex) = (classOf[classes[row]], clusterOf[clusters[row]]);
            _counts[(classIndex * _clusters.Length) + clusterIndex]++;
            _classSizes[classIndex]++;
            _clusterSizes[clusterIndex]++;
        }
    }

    /// <summary>The number of rows, n.</summary>
    public int RowCount { get; }

    /// <summary>The true labels that occur, ascending.</summary>
    public ReadOnlySpan<int> Classes => _classes;

    /// <summary>The clusters that occur, ascending.</summary>
    public ReadOnlySpan<int> Clusters => _clusters;

    /// <summary>The number of rows in each class.</summary>
    public ReadOnlySpan<int> ClassSizes => _classSizes;

    /// <summary>The number of rows in each cluster.</summary>
    public ReadOnlySpan<int> ClusterSizes => _clusterSizes;

    /// <summary>The number of rows with a class and a cluster.</summary>
    /// <param name="classIndex">The index of the class in <see cref="Classes"/>.</param>
    /// <param name="clusterIndex">The index of the cluster in <see cref="Clusters"/>.</param>
    public int this[int classIndex, int clusterIndex] => _counts[(classIndex * _clusters.Length) + clusterIndex];

    private static (int[] Values, Dictionary<int, int> IndexOf) Number(ReadOnlySpan<int> labels)
    {
        var distinct = new HashSet<int>();
        foreach (var label in labels)
        {
            distinct.Add(label);
        }

        int[] values = [.. distinct.Order()];
        var indexOf = new Dictionary<int, int>(values.Length);
        for (var index = 0; index < values.Length; index++)
        {
            indexOf.Add(values[index], index);
        }

        return (values, indexOf);
    }
}
