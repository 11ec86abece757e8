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
    /// An object lacks the property of the cluster or of the id (<c>PropertyNotFound</c>, <c>NotAName</c>, <c>MissingId</c>), a clustering
    /// has no ids (<c>IdsMissing</c>), an index is not a number (<c>IndexNotNumeric</c>), a method failed
    /// (<c>MethodFailed</c>), an object is no clustering (<c>NotAClustering</c>), or a copy from another process (<c>CopyWithoutRows</c>).
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
            else if (item.BaseObject is string or Embedding or FittedPipeline)
            {
                throw NotAClustering(item.BaseObject);
            }
            else
            {
                items.Add(item);
            }
        }

        if (items.Count > 0)
        {
            partitions.Add(PartitionOf(items));
        }

        if (IsById && partitions.Find(partition => !partition.HasIds) is { } without)
        {
            throw new N2DException(
                "IdsMissing",
                ErrorKind.InvalidArgument,
                $"-IdProperty is {Quotation.Of(idProperty!)}, but the rows of the clustering {Quotation.Of(without.Name)} have no ids. "
                    + "Import its data set with -IdColumn, or match the rows by their index: leave out -IdProperty, or use Index.",
                idProperty);
        }

        return partitions;
    }

    private static N2DException NotAClustering(object item) => new(
        "NotAClustering",
        ErrorKind.InvalidType,
        item is string
            ? $"The input is the text {Quotation.Of((string)item)}, not a clustering. For a file of clusters, use Import-Csv."
            : $"The input is {(item is Embedding ? "a data set or an embedding" : "a model")}, not a clustering. Pipe the output of "
                + "Invoke-N2DCluster, Invoke-N2D or Invoke-N2DModel, or objects with a cluster.",
        item);

    /// <summary>Whether the user asked to match rows by their ids.</summary>
    private bool IsById => idProperty is not null && !Index.Equals(idProperty, StringComparison.OrdinalIgnoreCase);

    private Partition PartitionOf(List<PSObject> items)
    {
        var (clusters, clustered) = (new List<string>(), new List<(PSObject Item, int Number)>());
        for (var row = 0; row < items.Count; row++)
        {
            // Rows that were dropped for their missing values have no cluster.
            if (cluster.Read(items[row], row + 1) is { } name)
            {
                clusters.Add(name);
                clustered.Add((items[row], row + 1));
            }
        }

        cluster.ThrowIfIds(Labels.FromNames(clusters));
        var idName = IsById ? idProperty! : Id;
        var hasIds = IsById || (idProperty is null && Has(clustered, Id));
        return Partition.FromNames(
            $"{Quantity.Of(clusters.Count, "object")} by {cluster.Name}",
            clusters,
            hasIds ? [.. clustered.Select(entry => IdOf(entry.Item, idName, entry.Number))] : null,
            Has(clustered, Index) ? PlacesOf(clustered, isRequired: !hasIds) : null);
    }

    private static bool Has(List<(PSObject Item, int Number)> items, string property) =>
        items.Count > 0 && ItemProperties.TryGet(items[0].Item, property, out _);

    private static string IdOf(PSObject item, string property, int number) =>
        ItemProperties.TryGet(item, property, out var value) && ItemProperties.TextOf(value) is { Length: > 0 } id
            ? id
            : throw new N2DException(
                "MissingId",
                ErrorKind.InvalidData,
                $"Object {number}, property '{property}' is empty or does not exist. Each object needs one, to match it with a row of the "
                    + "other clustering.",
                property);

    /// <summary>The index of each row; null if one is not a number and the rows are matched by their ids.</summary>
    private static int[]? PlacesOf(List<(PSObject Item, int Number)> items, bool isRequired)
    {
        var places = new int[items.Count];
        for (var row = 0; row < places.Length; row++)
        {
            var (item, number) = items[row];
            if (!int.TryParse(IdOf(item, Index, number), CultureInfo.InvariantCulture, out places[row]))
            {
                return !isRequired ? null : throw new N2DException(
                    "IndexNotNumeric",
                    ErrorKind.InvalidData,
                    $"Object {number}, property '{Index}' is {Quotation.Of(IdOf(item, Index, number))}, not the number of a row. To match "
                        + "rows by ids, name another property with -IdProperty.",
                    Index);
            }
        }

        return places;
    }
}
