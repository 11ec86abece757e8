using System.Globalization;
using N2D.Numerics;

namespace N2D.Metrics;

/// <summary>The contingency table of two labelings: the number of rows for each combination of class and cluster. Immutable.</summary>
/// <remarks>Labels can be any integers. The table has a row or column for each label that occurs, in ascending order.</remarks>
public sealed class ContingencyTable
{
    private const int NameLength = 30;
    private const int ColumnNameLength = 16;
    private const int LineLength = 79;

    private readonly int[] _counts;
    private readonly int[] _classes;
    private readonly int[] _clusters;
    private readonly int[] _classSizes;
    private readonly int[] _clusterSizes;

    /// <summary>Counts rows by class and cluster.</summary>
    /// <param name="classes">The true label of each row.</param>
    /// <param name="clusters">The cluster of each row.</param>
    /// <exception cref="ArgumentException">The labelings have different lengths.</exception>
    /// <exception cref="N2DException">There are too many pairs of a class and a cluster (<c>TooManyValues</c>).</exception>
    public ContingencyTable(ReadOnlySpan<int> classes, ReadOnlySpan<int> clusters)
    {
        if (classes.Length != clusters.Length)
        {
            throw new ArgumentException($"{classes.Length} classes but {clusters.Length} clusters.", nameof(clusters));
        }

        RowCount = classes.Length;
        (_classes, var classOf) = Number(classes);
        (_clusters, var clusterOf) = Number(clusters);
        _counts = new int[ArraySize.Of(_classes.Length, _clusters.Length)];
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
    internal ReadOnlySpan<int> Classes => _classes;

    /// <summary>The clusters that occur, ascending.</summary>
    internal ReadOnlySpan<int> Clusters => _clusters;

    /// <summary>The number of rows in each class.</summary>
    internal ReadOnlySpan<int> ClassSizes => _classSizes;

    /// <summary>The number of rows in each cluster.</summary>
    internal ReadOnlySpan<int> ClusterSizes => _clusterSizes;

    /// <summary>The names of the classes, by label; null if they have none.</summary>
    internal IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>The names of the clusters, by number; null if they have none.</summary>
    internal IReadOnlyList<string>? ClusterNames { get; init; }

    /// <summary>What the lines and columns are, for the text.</summary>
    internal string Title { get; init; } = "class \\ cluster";

    /// <summary>The number of rows with a class and a cluster.</summary>
    /// <param name="classIndex">The index of the class in <see cref="GetClasses"/>.</param>
    /// <param name="clusterIndex">The index of the cluster in <see cref="GetClusters"/>.</param>
    public int this[int classIndex, int clusterIndex] => _counts[(classIndex * _clusters.Length) + clusterIndex];

    /// <summary>Returns the true labels that occur, ascending.</summary>
    public IReadOnlyList<int> GetClasses() => Array.AsReadOnly(_classes);

    /// <summary>Returns the clusters that occur, ascending.</summary>
    public IReadOnlyList<int> GetClusters() => Array.AsReadOnly(_clusters);

    /// <summary>Returns the number of rows in each class.</summary>
    public IReadOnlyList<int> GetClassSizes() => Array.AsReadOnly(_classSizes);

    /// <summary>Returns the number of rows in each cluster.</summary>
    public IReadOnlyList<int> GetClusterSizes() => Array.AsReadOnly(_clusterSizes);

    /// <summary>
    /// The table as text, with a line for each class and a column for each cluster. If the line is longer than a terminal, more clusters
    /// follow below.
    /// </summary>
    public override string ToString()
    {
        string[] names = [.. _classes.Select(label => NameOf(label, ClassNames, NameLength))];
        string[] columnNames = [.. _clusters.Select(cluster => NameOf(cluster, ClusterNames, ColumnNameLength))];
        var nameWidth = Math.Max(names.Max(name => name.Length), Title.Length);
        var width = Math.Max($" {RowCount}".Length, columnNames.Max(name => name.Length)) + 1;
        var columnsPerBlock = Math.Max(1, (LineLength - nameWidth) / width);
        return string.Join("\n\n", Enumerable.Range(0, _clusters.Length).Chunk(columnsPerBlock).Select(columns => string.Join(
            '\n',
            names.Select((name, row) => Line(name, columns.Select(column => TextOf(this[row, column]))))
                .Prepend(Line(Title, columns.Select(column => columnNames[column]))))));

        string Line(string name, IEnumerable<string> cells) =>
            name.PadRight(nameWidth) + string.Concat(cells.Select(cell => cell.PadLeft(width)));
    }

    private static string NameOf(int number, IReadOnlyList<string>? names, int length)
    {
        var name = Quotation.Printable(names is not null && number >= 0 && number < names.Count ? names[number] : TextOf(number));
        return name.Length <= length ? name : $"{name[..(length - 1)]}…";
    }

    private static string TextOf(int number) => number.ToString(CultureInfo.InvariantCulture);

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
