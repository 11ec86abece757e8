namespace N2D.Models;

/// <summary>The names that a user gave to clusters. Immutable.</summary>
internal sealed class ClusterNames
{
    private readonly string?[] _names;

    private ClusterNames(string?[] names) => _names = names;

    /// <summary>Clusters without names.</summary>
    public static ClusterNames None { get; } = new([]);

    /// <summary>Whether a cluster has a name.</summary>
    public bool HasAny => _names.Length > 0;

    /// <summary>The name of a cluster; null if it has none, and for noise.</summary>
    /// <param name="cluster">The number of the cluster.</param>
    public string? this[int cluster] => (uint)cluster < (uint)_names.Length ? _names[cluster] : null;

    /// <summary>Names clusters.</summary>
    /// <param name="names">The name of each cluster. Null or blank text is no name.</param>
    public static ClusterNames Of(IEnumerable<string?> names)
    {
        string?[] given = [.. names.Select(name => string.IsNullOrWhiteSpace(name) ? null : name.Trim())];
        return Array.TrueForAll(given, name => name is null) ? None : new ClusterNames(given);
    }

    /// <summary>The name of each cluster, null for those without one; null if there are no names.</summary>
    public string?[]? ToArray() => HasAny ? [.. _names] : null;
}
