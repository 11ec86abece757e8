using System.Globalization;
using N2D.Clustering;
using N2D.Models;

namespace N2D.Comparison;

/// <summary>A clustering of any origin: the name of each row's cluster, and what identifies the row. Immutable.</summary>
public sealed class Partition
{
    /// <summary>The name of the cluster of noise rows.</summary>
    public const string Noise = "-1";

    private readonly string?[] _givenNames;

    private Partition(
        string name, string? dataset, int[] clusters, string[] clusterNames, string?[] givenNames, string[]? ids, int[]? places)
    {
        Name = name;
        Dataset = dataset;
        Clusters = clusters;
        ClusterNames = clusterNames;
        _givenNames = givenNames;
        Ids = ids;
        Places = places;
    }

    /// <summary>What the clustering is, for people: its method, number of clusters and seed.</summary>
    public string Name { get; }

    /// <summary>The name of the data set; null if it is not known.</summary>
    public string? Dataset { get; }

    /// <summary>The number of rows, n.</summary>
    public int RowCount => Clusters.Length;

    /// <summary>Whether the rows have ids.</summary>
    public bool HasIds => Ids is not null;

    /// <summary>The position of each row's cluster in <see cref="ClusterNames"/>.</summary>
    internal int[] Clusters { get; }

    /// <summary>The numbers or names of the clusters: numbers in ascending order, or text in ordinal order. Noise is last.</summary>
    internal string[] ClusterNames { get; }

    /// <summary>The id of each row; null if the rows have none.</summary>
    internal string[]? Ids { get; }

    /// <summary>The index of each row in its source; null if that is its position.</summary>
    internal int[]? Places { get; }

    /// <summary>The position of noise in <see cref="ClusterNames"/>; null if no row is noise.</summary>
    internal int? NoiseIndex => ClusterNames is [.., Noise] ? ClusterNames.Length - 1 : null;

    /// <summary>The name that a cluster was given; null if it has none.</summary>
    /// <param name="cluster">The position in <see cref="ClusterNames"/>.</param>
    internal string? GivenNameOf(int cluster) => cluster < _givenNames.Length ? _givenNames[cluster] : null;

    /// <summary>The number or name of a cluster with the name that it was given, such as <c>3: login failures</c>.</summary>
    /// <param name="cluster">The position in <see cref="ClusterNames"/>.</param>
    internal string TitleOf(int cluster) =>
        GivenNameOf(cluster) is { } name ? $"{ClusterNames[cluster]}: {name}" : ClusterNames[cluster];

    /// <summary>The partition of a clustering.</summary>
    /// <param name="result">The clustering.</param>
    public static Partition Of(ClusterResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var embedding = result.GetEmbedding();
        int[] clusters = [.. result.Assignments];
        var names = Enumerable.Range(0, result.ClusterCount).Select(TextOf);
        if (result.NoiseCount > 0)
        {
            names = names.Append(Noise);
            clusters = Array.ConvertAll(clusters, cluster => cluster == ClusterPrediction.Noise ? result.ClusterCount : cluster);
        }

        return new Partition(
            $"{result.Stages} > {result.Method}({TextOf(result.ClusterCount)}), seed {TextOf(result.Seed)}",
            result.Dataset,
            clusters,
            [.. names],
            [.. result.GetClusterNames()],
            embedding.GetIds() is { } ids ? [.. ids] : null,
            [.. embedding.EnumeratePlaces()]);
    }

    /// <summary>The partition of rows that another program clustered.</summary>
    /// <param name="name">What the clustering is, for people.</param>
    /// <param name="clusters">The name of each row's cluster; <see cref="Noise"/> for none.</param>
    /// <param name="ids">The id of each row; null if the rows have none.</param>
    /// <param name="places">The index of each row in its source; null if that is its position.</param>
    /// <exception cref="ArgumentException">The numbers of clusters, ids and places differ.</exception>
    public static Partition FromNames(
        string name, IReadOnlyList<string> clusters, IReadOnlyList<string>? ids = null, IReadOnlyList<int>? places = null)
    {
        ArgumentNullException.ThrowIfNull(clusters);
        if ((ids?.Count ?? clusters.Count) != clusters.Count || (places?.Count ?? clusters.Count) != clusters.Count)
        {
            throw new ArgumentException($"{clusters.Count} clusters, but another number of ids or places.", nameof(clusters));
        }

        var names = InOrder(clusters.Distinct(StringComparer.Ordinal));
        var indexOf = names.Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
        return new Partition(
            name,
            dataset: null,
            [.. clusters.Select(cluster => indexOf[cluster])],
            names,
            [],
            ids is null ? null : [.. ids],
            places is null ? null : [.. places]);
    }

    private static string[] InOrder(IEnumerable<string> names)
    {
        var numbered = names
            .Select(name => (Name: name, IsNumber: int.TryParse(name, CultureInfo.InvariantCulture, out var number), Number: number))
            .ToArray();
        var byNumber = Array.TrueForAll(numbered, entry => entry.IsNumber);
        return
        [
            .. numbered
                .OrderBy(entry => entry.Name == Noise)
                .ThenBy(entry => byNumber ? entry.Number : 0)
                .ThenBy(entry => entry.Name, StringComparer.Ordinal)
                .Select(entry => entry.Name),
        ];
    }

    private static string TextOf(int number) => number.ToString(CultureInfo.InvariantCulture);
}
