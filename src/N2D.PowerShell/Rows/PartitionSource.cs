using System.Globalization;
using System.Management.Automation;
using N2D.Comparison;
using N2D.Models;
using N2D.Pipeline;

namespace N2D.PowerShell;

/// <summary>Reads clusterings from pipeline objects: each clustering is one, and all other objects together are one more.</summary>
/// <param name="cluster">The property that holds the cluster of an object.</param>
/// <param name="idProperty">The property that identifies an object; null for Id or Index, if the objects have one of them.</param>
internal sealed class PartitionSource(NameProperty cluster, string? idProperty)
{
    private const string Id = nameof(IdentifiedAssignment.Id), Index = nameof(ClusterAssignment.Index);

    /// <summary>Reads the clusterings.</summary>
    /// <param name="objects">Clusterings, rows of Compare-N2DMethod, and objects with a cluster.</param>
    /// <exception cref="N2DException">
    /// An object has no cluster or no id (<c>PropertyNotFound</c>, <c>NotAName</c>, <c>MissingCluster</c>, <c>MissingId</c>), its method
    /// failed (<c>MethodFailed</c>), or it is a copy from another process (<c>CopyWithoutRows</c>).
    /// </exception>
    public IReadOnlyList<Partition> PartitionsOf(IEnumerable<PSObject> objects)
    {
        var (partitions, items) = (new List<Partition>(), new List<PSObject>());
        foreach (var item in objects)
        {
            RowlessCopy.ThrowIf(item);
            if (StageInput.Behind(item.BaseObject) is ClusterResult result)
            {
                partitions.Add(Partition.Of(result));
            }
            else if (item.BaseObject is not ClusterAssignment { Cluster: null })
            {
                items.Add(item);
            }
        }

        if (items.Count > 0)
        {
            partitions.Add(PartitionOf(items));
        }

        return partitions;
    }

    private Partition PartitionOf(List<PSObject> items)
    {
        var clusters = new string[items.Count];
        for (var row = 0; row < clusters.Length; row++)
        {
            clusters[row] = cluster.ReadCluster(items[row], row + 1);
        }

        cluster.ThrowIfIds(Labels.FromNames(clusters));
        var key = idProperty ?? new[] { Id, Index }.FirstOrDefault(name => ItemProperties.TryGet(items[0], name, out _));
        var ids = key is null ? null : items.Select((item, row) => IdOf(item, key, row + 1)).ToArray();
        var name = $"{Quantity.Of(items.Count, "object")} by {cluster.Name}";
        return Index.Equals(key, StringComparison.OrdinalIgnoreCase) && idProperty is null && PlacesOf(ids!) is { } places
            ? Partition.FromNames(name, clusters, places: places)
            : Partition.FromNames(name, clusters, ids);
    }

    private static string IdOf(PSObject item, string property, int number) =>
        ItemProperties.TryGet(item, property, out var value) && ItemProperties.TextOf(value) is { Length: > 0 } id
            ? id
            : throw new N2DException(
                "MissingId",
                ErrorKind.InvalidData,
                $"Object {number}, property '{property}' is empty or does not exist. Each object needs one, to match it with a row of the "
                    + "other clustering.",
                property);

    private static int[]? PlacesOf(string[] indices)
    {
        var places = new int[indices.Length];
        for (var row = 0; row < places.Length; row++)
        {
            if (!int.TryParse(indices[row], CultureInfo.InvariantCulture, out places[row]))
            {
                return null;
            }
        }

        return places;
    }
}
