namespace N2D.Profiles;

/// <summary>The profile of a cluster: its size, how certain and compact it is, its classes, and what sets it apart. Immutable.</summary>
/// <remarks>The properties are scalars, for tables and files. The lists behind them are methods.</remarks>
public sealed record ClusterProfile
{
    /// <summary>The number of the cluster, from 0; -1 for the rows in no cluster (noise).</summary>
    public required int Cluster { get; init; }

    /// <summary>
    /// The name of the cluster: the one it was given or, if there are texts, its three most distinctive words. Otherwise null.
    /// </summary>
    public string? Name { get; init; }

    /// <summary>The number of rows.</summary>
    public required int RowCount { get; init; }

    /// <summary>The share of all rows, 0 to 1.</summary>
    public required double Share { get; init; }

    /// <summary>The mean probability of the rows in the cluster, 0 to 1; null without rows, and for noise.</summary>
    public double? Probability { get; init; }

    /// <summary>The mean novelty of the rows; null for the training rows, and without rows.</summary>
    public double? Novelty { get; init; }

    /// <summary>The most frequent class; null if no class is known.</summary>
    public string? Class => ClassList is [var first, ..] ? first.Class : null;

    /// <summary>The share of the most frequent class in the rows with a known class (purity), 0 to 1; null if no class is known.</summary>
    public double? ClassShare => ClassList is [var first, ..] ? first.Share : null;

    /// <summary>The classes with their shares, most frequent first, such as <c>7 (98 %), 1 (2 %)</c>; null if no class is known.</summary>
    public string? Classes => ProfileText.OfClasses(ClassList);

    /// <summary>
    /// The mean Euclidean distance of the rows to the center of the cluster, in the clustered space: small for a compact cluster. Null
    /// without rows, and for noise.
    /// </summary>
    public double? Cohesion { get; init; }

    /// <summary>
    /// The distance of the center to that of the nearest other cluster, in the clustered space: large for a separate cluster. Null for
    /// noise, and if there is no other cluster.
    /// </summary>
    public double? Separation { get; init; }

    /// <summary>The cluster with the nearest center; null for noise, and if there is no other cluster.</summary>
    public int? NearestCluster { get; init; }

    /// <summary>
    /// The mean silhouette of the rows, -1 to 1, in the clustered space; of a sample above 10,000 rows. Null for noise, if no row is in the
    /// sample, and if there is no other cluster.
    /// </summary>
    public double? Silhouette { get; init; }

    /// <summary>
    /// The columns that set the cluster apart, in words, such as <c>power high (2.1 sd), temp2 low (1.3 sd)</c>; null if no columns were
    /// compared, as for images.
    /// </summary>
    public string? Summary { get; init; }

    /// <summary>The most distinctive words, the first first; null without texts.</summary>
    public string? Words => WordList.Count == 0 ? null : string.Join(", ", WordList.Select(word => word.Word));

    /// <summary>Returns the classes of the rows, the most frequent first; empty if no class is known.</summary>
    public IReadOnlyList<ClassShare> GetClasses() => ClassList;

    /// <summary>
    /// Returns the comparison of each column with the other rows, the largest difference first. A column of categories has an entry for
    /// each category. Empty if no columns were compared.
    /// </summary>
    public IReadOnlyList<ColumnProfile> GetColumns() => ColumnList;

    /// <summary>Returns the most distinctive words, the first first; empty without texts.</summary>
    public IReadOnlyList<WordScore> GetWords() => WordList;

    /// <inheritdoc/>
    public override string ToString() => ProfileText.OfCluster(this);

    internal IReadOnlyList<ClassShare> ClassList { get; init; } = [];

    internal IReadOnlyList<ColumnProfile> ColumnList { get; init; } = [];

    internal IReadOnlyList<WordScore> WordList { get; init; } = [];
}
